"""The calcium model's part of the answer: thresholds, closed form, single synapses with noise, and a simulated population."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.brain.calcium import (
    CALCIUM_SETS,
    Calcium,
    Transient,
    after_protocol,
    outcome,
    time_above,
    transient,
    until,
)
from models.brain.calcium_noise import population, rho_course
from models.brain.spike_protocols import Floats, Spikes
from models.experiments.synapse_words import calcium_said
from models.specs.synapse import SynapseSpec
from models.types import Array


def told(train: Spikes, spec: SynapseSpec, times: Floats, near: Floats) -> tuple[dict[str, Any], dict[str, Array]]:
    """Numbers and sentence, and the arrays of ρ at `times` and, under `window/`, at `near`."""
    p = CALCIUM_SETS[spec.calcium_set]
    found = transient(*train, p)
    above_p, above_d = time_above(p.theta_p, found, p), time_above(p.theta_d, found, p)
    ended = outcome(above_p, above_d, p)
    result: dict[str, Any] = {
        "set": spec.calcium_set,
        "parameters": p._asdict(),
        "theta_p": p.theta_p,
        "theta_d": p.theta_d,
        "above_p_ms": float(above_p[0]),
        "above_d_ms": float(above_d[0]),
        "drawn_to": float(ended.mean[0]),
        "spread": float(ended.spread[0]),
        "up": float(ended.up[0]),
        "down": float(ended.down[0]),
        "change": float(ended.strength(p)[0]) - 1.0,
        "sets": {name: float(after_protocol(*train, other).strength(other)[0]) - 1.0 for name, other in CALCIUM_SETS.items()},
        "simulated": simulated(found, p, spec),
    }
    return result | {"said": calcium_said(result, spec)}, _arrays(found, p, spec, times, near)


def simulated(found: Transient, p: Calcium, spec: SynapseSpec) -> dict[str, float] | None:
    """Mean relative change of a population with noise, and its standard error, each half of it starting in one state."""
    if spec.synapses < 2:
        return None
    before, after = population(found, p, spec.seed, spec.synapses, p.down_share)
    strength = np.where(after > p.rho_star, p.strength_ratio, 1.0)
    start = float(np.where(before > p.rho_star, p.strength_ratio, 1.0).mean())
    halves = [strength[before < p.rho_star], strength[before > p.rho_star]]
    variance = sum(float(half.var()) * half.size for half in halves) / spec.synapses**2
    return {"change": float(strength.mean()) / start - 1.0, "standard_error": float(np.sqrt(variance)) / start, "synapses": spec.synapses}


def _arrays(found: Transient, p: Calcium, spec: SynapseSpec, times: Floats, near: Floats) -> dict[str, Array]:
    """The noise is drawn once, over the instants of both pictures, so that the close-up shows the same synapse."""
    every = np.union1d(times, near)
    end = float(every[-1])
    arrays: dict[str, Array] = {}
    for name, start in (("down", 0.0), ("up", 1.0)):
        rho = rho_course(every, found, end, p, spec.seed, start)
        for prefix, chosen in (("", times), ("window/", near)):
            arrays[f"{prefix}calcium/rho_{name}"] = rho[np.searchsorted(every, chosen)]
            arrays[f"{prefix}calcium/mean_{name}"] = until(chosen, found, p).rho(start)
    return arrays
