"""The synapse beside a network's weight: one update of the network is one stimulus of T ms of biological time.

The mapping is an analogy: |activation| of the batch's first example, over the largest |activation| seen in its layer so far,
sets a Poisson rate of 0–50 Hz for each of the two neurons; sign is not encoded. The synapse is a published model: pair and
triplet rule of Pfister and Gerstner 2006 (doi:10.1523/JNEUROSCI.1425-06.2006), all-to-all, their amplitudes as published.
The traces carry over from one stimulus to the next; hard bounds on the weight are ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numba import njit

from models.brain.poisson import POSTSYNAPTIC, PRESYNAPTIC, interval, spike_train
from models.brain.stdp import PAIR, TRIPLET, Floats, depression, potentiation
from models.types import Array, Refused, Settings

LOWEST: Final = 0.0
HIGHEST: Final = 2.0
"""Bounds of a relative weight (1 = as at the start). The published rule has none; without them it would run away."""
FASTEST_HZ: Final = 50.0
"""Rate of a neuron at its layer's running maximum."""
WINDOW: Final = 240
TRACE_STEP_MS: Final = 2.0
LONGEST_MS: Final = 10_000.0
"""No stimulus lasts longer; a saved state that says so is refused."""

COLUMNS: Final = (
    "step",
    "pre_rate_hz",
    "post_rate_hz",
    "w_pair",
    "w_triplet",
    "a_pre",
    "a_post",
    "delta",
    "gradient",
    "network_weight",
)
"""Columns of `synapse/window`; `step` counts the updates made, and the weights are those after it."""

# numba bakes in the constants of models.brain.stdp: whoever changes them there deletes the cached *.nbi beside this file.
# What the rule remembers, one number each; the three traces also as they were when the last stimulus began.
_R1, _O1, _O2, _START_R1, _START_O1, _START_O2, _PEAK_PRE, _PEAK_POST, _RATE_PRE, _RATE_POST, _DURATION, _UPDATES, _STEP = range(13)
_MEMORY: Final = 13


@njit(cache=True, inline="always")
def _bounded(weight: float) -> float:
    return min(max(weight, LOWEST), HIGHEST)


@njit(cache=True)
def _apply(weights: Floats, deltas: Floats) -> None:
    for k in range(2):
        weights[k] = _bounded(weights[k] + deltas[k])


class Synapse:
    """A learner with two relative weights (pair rule, triplet rule), both 1 at the start and kept within 0…2."""

    name = "synapse"

    def __init__(self) -> None:
        self.parameters: Floats = np.ones(2)

    def apply(self, deltas: Array) -> None:
        _apply(self.parameters, deltas)

    def state(self) -> dict[str, Array]:
        return {"parameters": self.parameters.copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused for weights outside the bounds: a saved file may come from anywhere."""
        weights = np.asarray(arrays["parameters"], np.float64)
        if weights.shape != (2,) or not ((weights >= LOWEST) & (weights <= HIGHEST)).all():
            raise Refused("synapse", f"synapse: a saved state holds two weights within {LOWEST:g} and {HIGHEST:g}.")
        self.parameters[:] = weights


@njit(cache=True, inline="always")
def _rate(activation: float, layer_largest: float, memory: Floats, peak: int) -> float:
    """Hz; raises the layer's running maximum. Numbers that are not finite (a diverging network) leave the neuron silent."""
    if math.isfinite(layer_largest) and layer_largest > memory[peak]:
        memory[peak] = layer_largest
    if not math.isfinite(activation) or memory[peak] <= 0.0:
        return 0.0
    return float(FASTEST_HZ * min(abs(activation) / memory[peak], 1.0))


@njit(cache=True)
def _fire(seed: int, step: int, plasticity: float, memory: Floats, deltas: Floats) -> None:
    """One stimulus: both neurons fire, the traces move on, `deltas` (2,) gets each rule's summed weight change times `plasticity`."""
    r1, o1, o2 = memory[_R1], memory[_O1], memory[_O2]
    rate_pre, rate_post, duration = memory[_RATE_PRE], memory[_RATE_POST], memory[_DURATION]
    next_pre = interval(seed, step, PRESYNAPTIC, 0, rate_pre)
    next_post = interval(seed, step, POSTSYNAPTIC, 0, rate_post)
    i = j = 0
    now = pair = triplet = 0.0
    while True:
        moment = min(next_pre, next_post, duration)
        elapsed, now = moment - now, moment
        r1 *= math.exp(-elapsed / TRIPLET.tau_plus)
        o1 *= math.exp(-elapsed / TRIPLET.tau_minus)
        o2 *= math.exp(-elapsed / TRIPLET.tau_y)
        if moment >= duration:
            break
        if next_pre <= next_post:
            pair += depression(PAIR, o1, 0.0)
            triplet += depression(TRIPLET, o1, 0.0)
            r1, i = r1 + 1.0, i + 1
            next_pre += interval(seed, step, PRESYNAPTIC, i, rate_pre)
        else:
            pair += potentiation(PAIR, r1, o2)
            triplet += potentiation(TRIPLET, r1, o2)
            o1, o2, j = o1 + 1.0, o2 + 1.0, j + 1
            next_post += interval(seed, step, POSTSYNAPTIC, j, rate_post)
    memory[_R1], memory[_O1], memory[_O2] = r1, o1, o2
    deltas[0], deltas[1] = plasticity * pair, plasticity * triplet


@njit(cache=True)
def _stimulate(
    seed: int,
    step: int,
    duration: float,
    plasticity: float,
    drive: Floats,
    weights: Floats,
    memory: Floats,
    window: Floats,
    deltas: Floats,
) -> None:
    """One update: rates from `drive`, the stimulus, and a row of `window` (WINDOW, 10), a ring."""
    for k in range(3):
        memory[_START_R1 + k] = memory[_R1 + k]
    memory[_RATE_PRE] = _rate(drive[0], drive[2], memory, _PEAK_PRE)
    memory[_RATE_POST] = _rate(drive[1], drive[3], memory, _PEAK_POST)
    memory[_DURATION] = duration
    memory[_STEP] = step
    _fire(seed, step, plasticity, memory, deltas)
    row = int(memory[_UPDATES]) % WINDOW
    memory[_UPDATES] += 1.0
    window[row, 0] = step + 1
    window[row, 1], window[row, 2] = memory[_RATE_PRE], memory[_RATE_POST]
    for k in range(2):
        window[row, 3 + k] = _bounded(weights[k] + deltas[k])
        window[row, 5 + k] = drive[k]
    for k in range(3):
        window[row, 7 + k] = drive[4 + k]


class SpikeTimingRule:
    """A rule that turns one step's stimulus into deltas (2,) for a `Synapse`; it never applies them.

    `drive` (7,), filled by the experiment before each `updates`: a_pre, a_post, largest |a| now in the presynaptic and in
    the postsynaptic layer, δ_post, gradient, network weight. `settings["stimulus_ms"]` and `settings["plasticity"]` (a share of
    the published amplitudes) are read at every update.
    """

    def __init__(self, synapse: Synapse, drive: Array, seed: int, settings: Settings) -> None:
        self.synapse = synapse
        self.drive: Floats = drive
        self.seed = seed
        self.settings = settings
        self._memory: Floats = np.zeros(_MEMORY)
        self._window: Floats = np.zeros((WINDOW, len(COLUMNS)))
        self._deltas: Floats = np.zeros(2)

    def updates(self, step: int) -> Array:
        """Relative weight change (pair, triplet) by this step's stimulus; the array is reused."""
        duration = float(self.settings["stimulus_ms"])
        _stimulate(
            self.seed,
            step,
            duration,
            float(self.settings["plasticity"]),
            self.drive,
            self.synapse.parameters,
            self._memory,
            self._window,
            self._deltas,
        )
        return self._deltas

    def reset(self) -> None:
        """A fresh synapse, as when another weight is chosen: weights 1, no traces, no history, layers unseen."""
        self.synapse.parameters[:] = 1.0
        self._memory[:] = 0.0
        self._window[:] = 0.0
        self._deltas[:] = 0.0

    def state(self) -> dict[str, Array]:
        """Complete: with it, the seed and the drive, every later update is bit-equal."""
        return {"memory": self._memory.copy(), "window": self._window[: min(self._count, WINDOW)].copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused for what no run of this synapse can have left, before anything is changed."""
        memory, rows = np.asarray(arrays["memory"], np.float64), np.asarray(arrays["window"], np.float64)
        if not _plausible(memory) or rows.shape != (int(min(memory[_UPDATES], WINDOW)), len(COLUMNS)):
            raise Refused("synapse", "synapse: the saved traces, rates or counters are not those of a synapse beside a weight.")
        self._memory[:] = memory
        self._window[: len(rows)] = rows

    @property
    def _count(self) -> int:
        return int(self._memory[_UPDATES])

    def readings(self) -> dict[str, Array]:
        """The last updates, and the last stimulus reconstructed: spikes and traces, times in ms from its start."""
        pre, post = self._spikes(PRESYNAPTIC, _RATE_PRE), self._spikes(POSTSYNAPTIC, _RATE_POST)
        times = np.arange(0.0, self._memory[_DURATION] + 1e-9, TRACE_STEP_MS) if self._count else np.zeros(0)
        return {
            "synapse/window": self._unrolled().astype(np.float32),
            "synapse/pre_spikes": pre.astype(np.float32),
            "synapse/post_spikes": post.astype(np.float32),
            "synapse/trace_time": times.astype(np.float32),
            "synapse/traces": self._traces(times, pre, post).astype(np.float32),
            "synapse/weight": self.synapse.parameters.astype(np.float32),
        }

    def _unrolled(self) -> Floats:
        """(≤240, 10), oldest first, one row an update."""
        if self._count <= WINDOW:
            return self._window[: self._count].copy()
        return np.roll(self._window, -(self._count % WINDOW), axis=0)

    def _spikes(self, neuron: int, rate: int) -> Floats:
        if not self._count:
            return np.zeros(0)
        times: Floats = spike_train(self.seed, int(self._memory[_STEP]), neuron, self._memory[rate], self._memory[_DURATION])
        return times

    def _traces(self, times: Floats, pre: Floats, post: Floats) -> Floats:
        """(3, m): r₁, o₁, o₂ at `times` (m,), from their values at the stimulus' start."""
        start = self._memory[_START_R1 : _START_O2 + 1]
        raised = ((pre, TRIPLET.tau_plus), (post, TRIPLET.tau_minus), (post, TRIPLET.tau_y))
        return np.array([_trace(times, start[k], spikes, tau) for k, (spikes, tau) in enumerate(raised)])


def _plausible(memory: Floats) -> bool:
    """Whether these numbers can be a rule's memory; a rate or a duration beyond all bounds would never end."""
    if memory.shape != (_MEMORY,) or not np.isfinite(memory).all() or (memory < 0.0).any():
        return False
    rates, counters = memory[[_RATE_PRE, _RATE_POST]], memory[[_UPDATES, _STEP]]
    return bool(rates.max() <= FASTEST_HZ and memory[_DURATION] <= LONGEST_MS and counters.max() < 2**53)


def _trace(times: Floats, start: float, spikes: Floats, tau: float) -> Floats:
    """start·e^(−t/τ) + Σ e^(−(t−s)/τ) over the spikes s ≤ t."""
    since = times[:, None] - spikes
    raised = np.where(since >= 0.0, np.exp(-np.maximum(since, 0.0) / tau), 0.0)
    decayed: Floats = start * np.exp(-times / tau) + raised.sum(axis=1)
    return decayed
