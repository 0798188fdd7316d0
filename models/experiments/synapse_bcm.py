"""BCM's part of the answer: rates and threshold over the protocol, and what the sliding threshold is for."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from models.brain.bcm_synapse import closed_loop, course
from models.brain.spike_protocols import Floats, Spikes
from models.experiments.synapse_models import bcm, bcm_end, change
from models.experiments.synapse_words import bcm_said
from models.specs.synapse import SynapseSpec
from models.types import Array

_LOOP_LENGTH: Final = 20.0
"""Of the time that the lone neuron is watched, in units of the longer of its two time constants."""
_HELD_MS: Final = 1e12
"""A threshold with this time constant stays where it was."""
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
    result: dict[str, Any] = {
        "target_hz": p.target_hz,
        "change": change("bcm", train, spec),
        "held": float(course(*train, p._replace(average_ms=_HELD_MS), np.array([bcm_end(train, spec)])).weight[0]) - 1.0,
        "threshold_begins_hz": float(threshold[0]),
        "threshold_ends_hz": float(threshold[-1]),
        "highest_hz": float(rate.max()),
        "loop": loop,
    }
    return result | {"said": bcm_said(result, float(spec.bcm_average_s))}, arrays
