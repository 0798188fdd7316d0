"""The models of plasticity under one protocol: how each weight changes in all, and its course at the moments asked for."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.brain import bcm_synapse, calcium, stdp, stdp_course
from models.brain.spike_protocols import Floats, Spikes
from models.specs.synapse_fields import ModelFields

_BCM_TAIL: Final = 3.0
"""Time constants of the rates after the last spike, when BCM's weight has come to rest: it goes with their product, e⁻⁶ by then."""


def plasticity(name: str, spec: ModelFields) -> stdp.Plasticity:
    """The parameters of the pair or the triplet rule."""
    if name == "pair":
        return stdp.PAIR._replace(a2_plus=spec.pair_potentiation, a2_minus=spec.pair_depression)
    return stdp.TRIPLET


def bcm(spec: ModelFields) -> bcm_synapse.Bcm:
    return bcm_synapse.Bcm(
        float(spec.bcm_target_hz),
        float(spec.bcm_exponent),
        spec.bcm_threshold == "mean_square",
        1000.0 * spec.bcm_window_s,
        1000.0 * spec.bcm_average_s,
        1000.0 * spec.bcm_time_s,
    )


def bcm_end(spikes: Spikes, spec: ModelFields) -> float:
    """ms: when BCM's rates have died after the protocol."""
    return last(spikes) + _BCM_TAIL * 1000.0 * spec.bcm_window_s


def last(spikes: Spikes) -> float:
    """ms: the last spike of all; 0 where there is none."""
    return float(max((times[-1] for times in spikes if times.size), default=0.0))


def change(name: str, spikes: Spikes, spec: ModelFields) -> float:
    """Relative weight change by the whole protocol (0.5 = half as strong again)."""
    if name == "calcium":
        p = calcium.CALCIUM_SETS[spec.calcium_set]
        return float(calcium.after_protocol(*spikes, p).strength(p)[0]) - 1.0
    if name == "bcm":
        return float(bcm_synapse.course(*spikes, bcm(spec), np.array([bcm_end(spikes, spec)])).weight[0]) - 1.0
    return float(stdp.weight_change(*spikes, plasticity(name, spec), name == "triplet_nearest"))


def weights(name: str, spikes: Spikes, spec: ModelFields, times: Floats) -> Floats:
    """(m,) relative weight at `times` (ms, ascending)."""
    if name == "calcium":
        p = calcium.CALCIUM_SETS[spec.calcium_set]
        found = calcium.transient(*spikes, p)
        return calcium.until(times, found, p).strength(p)
    if name == "bcm":
        return bcm_synapse.course(*spikes, bcm(spec), times).weight
    steps = stdp.weight_steps(*spikes, plasticity(name, spec), name == "triplet_nearest")
    return stdp_course.weight_at(times, *steps)
