"""BCM's part of the answer: rates and threshold over the protocol, and what the sliding threshold is for."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from models.brain.bcm_synapse import closed_loop, course
from models.brain.spike_protocols import Floats, Spikes
from models.experiments.synapse_models import bcm
from models.experiments.synapse_words import bcm_said
from models.specs.synapse import SynapseSpec
from models.types import Array

_LOOP_LENGTH: Final = 20.0
"""Of the time that the lone neuron is watched, in units of the longer of its two time constants."""
_LOOP_POINTS: Final = 200
_LOOP_START: Final = 1.2
"""The neuron that is left alone begins a fifth above c₀."""


def told(train: Spikes, spec: SynapseSpec, times: Floats, near: Floats) -> tuple[dict[str, Any], dict[str, Array]]:
    """Numbers and sentence; arrays of the rates and the threshold at `times` and, under `window/`, at `near`."""
    p = bcm(spec)
    arrays: dict[str, Array] = {}
    for prefix, chosen in (("", times), ("window/", near)):
        found = course(*train, p, chosen)
        rates = {"pre_hz": found.pre_hz, "post_hz": found.post_hz, "threshold_hz": found.threshold_hz}
        arrays |= {f"{prefix}bcm/{name}": values for name, values in rates.items()}
    length = _LOOP_LENGTH * max(p.weight_ms, p.average_ms)
    sliding, fixed = (closed_loop(p.target_hz, _LOOP_START, slides, p, length, _LOOP_POINTS) for slides in (True, False))
    arrays["bcm/loop"] = np.array([sliding[0] / 1000.0, sliding[2], fixed[2], sliding[1]])
    loop = {"begins": float(sliding[2, 0]), "sliding": float(sliding[2, -1]), "fixed": float(fixed[2, -1]), "seconds": length / 1000.0}
    threshold, rate = arrays["bcm/threshold_hz"], arrays["bcm/post_hz"]
    result = {
        "target_hz": p.target_hz,
        "threshold_begins_hz": float(threshold[0]),
        "threshold_ends_hz": float(threshold[-1]),
        "highest_hz": float(rate.max()),
        "loop": loop,
        "said": bcm_said(p.target_hz, float(threshold[-1]), float(rate.max()), loop),
    }
    return result, arrays
