"""A three-factor synapse: spike timing leaves a trace of eligibility, and a reward signal turns it into a change.

Izhikevich 2007 (doi:10.1093/cercor/bhl152; reviewed by Frémaux and Gerstner 2016, doi:10.3389/fncir.2015.00085):

    ė = −e/τe + STDP at each pair of spikes,      ẇ = M e / τe,      τe = 1 s

The pair rule of `models.brain.stdp` gives the STDP term. Dividing by τe is ours: a pairing under M = 1 then comes to the change that the
pair rule alone would have made at once. M is the same number during a whole stimulus. With M = 0 the weight is not touched. Beside it runs
the same synapse without a third factor, whose every pairing counts at once. Weights are relative to the start and kept within 0…2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.brain.poisson import POSTSYNAPTIC, PRESYNAPTIC, interval
from models.brain.stdp import PAIR, depression, potentiation
from models.types import Array, Refused, Settings

Floats = NDArray[np.float64]
TAU_MS: Final = 1000.0
LOWEST: Final = 0.0
HIGHEST: Final = 2.0
WINDOW: Final = 240
COLUMNS: Final = ("step", "pre_rate_hz", "post_rate_hz", "eligibility", "reward", "weight", "unmodulated", "network_weight")
FASTEST_HZ: Final = 50.0
_R1, _O1, _E, _UPDATES = range(4)
_MEMORY: Final = 4


@njit(cache=True)
def _stimulus(seed: int, step: int, duration: float, rates: Floats, reward: float, memory: Floats, deltas: Floats) -> None:
    """One stimulus: `memory` (r₁, o₁, e, …) moves on; `deltas` (2,) get the change under M and without a third factor."""
    r1, o1, e = memory[_R1], memory[_O1], memory[_E]
    next_pre = interval(seed, step, PRESYNAPTIC, 0, rates[0])
    next_post = interval(seed, step, POSTSYNAPTIC, 0, rates[1])
    i = j = 0
    now = gathered = plain = 0.0
    while True:
        moment = min(next_pre, next_post, duration)
        elapsed, now = moment - now, moment
        left = math.exp(-elapsed / TAU_MS)
        gathered += e * (1.0 - left)  # ∫ e dt / τe
        e *= left
        r1 *= math.exp(-elapsed / PAIR.tau_plus)
        o1 *= math.exp(-elapsed / PAIR.tau_minus)
        if moment >= duration:
            break
        if next_pre <= next_post:
            change = depression(PAIR, o1, 0.0)
            r1, i = r1 + 1.0, i + 1
            next_pre += interval(seed, step, PRESYNAPTIC, i, rates[0])
        else:
            change = potentiation(PAIR, r1, 0.0)
            o1, j = o1 + 1.0, j + 1
            next_post += interval(seed, step, POSTSYNAPTIC, j, rates[1])
        e += change
        plain += change
    memory[_R1], memory[_O1], memory[_E] = r1, o1, e
    deltas[0] = reward * gathered if reward != 0.0 else 0.0
    deltas[1] = plain


class EligibilitySynapse:
    """A learner with two relative weights: under the third factor, and without one."""

    name = "eligibility"

    def __init__(self) -> None:
        self.parameters: Floats = np.ones(2)

    def apply(self, deltas: Array) -> None:
        np.clip(self.parameters + deltas, LOWEST, HIGHEST, out=self.parameters)

    def state(self) -> dict[str, Array]:
        return {"parameters": self.parameters.copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused for weights outside the bounds: a saved file may come from anywhere."""
        weights = np.asarray(arrays["parameters"], np.float64)
        if weights.shape != (2,) or not ((weights >= LOWEST) & (weights <= HIGHEST)).all():
            raise Refused("file", f"file: a synapse's weights lie within {LOWEST:g} and {HIGHEST:g}.")
        self.parameters[:] = weights


class ThreeFactorRule:
    """`drive` (4,), filled before each update: presynaptic rate, postsynaptic rate (Hz), M, the network's weight.

    `settings["stimulus_ms"]` is read at every update. `strength`: the share of the pair rule's published amplitudes that counts.
    """

    def __init__(self, synapse: EligibilitySynapse, drive: Array, seed: int, settings: Settings, strength: float) -> None:
        self.synapse, self.drive, self.seed, self.settings, self.strength = synapse, drive, seed, settings, strength
        self._memory: Floats = np.zeros(_MEMORY)
        self._window: Floats = np.zeros((WINDOW, len(COLUMNS)))
        self._deltas: Floats = np.zeros(2)

    def updates(self, step: int) -> Array:
        """Relative weight changes (2,) by this step's stimulus; the array is reused."""
        duration = float(self.settings["stimulus_ms"])
        _stimulus(self.seed, step, duration, self.drive, float(self.drive[2]), self._memory, self._deltas)
        self._deltas *= self.strength
        after = np.clip(self.synapse.parameters + self._deltas, LOWEST, HIGHEST)
        row = int(self._memory[_UPDATES]) % WINDOW
        self._memory[_UPDATES] += 1.0
        self._window[row] = step + 1, self.drive[0], self.drive[1], self.strength * self._memory[_E], self.drive[2], *after, self.drive[3]
        return self._deltas

    def reset(self) -> None:
        """A fresh synapse, as when another weight is chosen."""
        self.synapse.parameters[:] = 1.0
        for array in (self._memory, self._window, self._deltas):
            array[:] = 0.0

    def state(self) -> dict[str, Array]:
        return {"memory": self._memory.copy(), "window": self._window[: min(self._count, WINDOW)].copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused for what no run of this synapse can have left."""
        memory, rows = np.asarray(arrays["memory"], np.float64), np.asarray(arrays["window"], np.float64)
        if memory.shape != (_MEMORY,) or not np.isfinite(memory).all() or not 0 <= memory[_UPDATES] < 2**53:
            raise Refused("file", "file: the saved traces are not those of a synapse beside a weight.")
        if rows.shape != (int(min(memory[_UPDATES], WINDOW)), len(COLUMNS)):
            raise Refused("file", "file: the saved traces are not those of a synapse beside a weight.")
        self._memory[:] = memory
        self._window[: len(rows)] = rows

    @property
    def _count(self) -> int:
        return int(self._memory[_UPDATES])

    def window(self) -> Array:
        """(≤240, 8), oldest first, one row an update."""
        if self._count <= WINDOW:
            return self._window[: self._count].astype(np.float32)
        return np.roll(self._window, -(self._count % WINDOW), axis=0).astype(np.float32)
