"""A three-factor synapse: spike timing leaves a trace of eligibility, and a reward signal turns it into a change.

Izhikevich 2007 (doi:10.1093/cercor/bhl152; reviewed by Frémaux and Gerstner 2016, doi:10.3389/fncir.2015.00085):

    ė = −e/τe + STDP at each pair of spikes,      ẇ = M e / τe,      τe = 1 s

The pair rule of `models.brain.stdp` gives the STDP term. Dividing by τe is ours: a pairing under M = 1 then comes to the change that the
pair rule alone would have made at once. M is the same number during a whole stimulus. With M = 0 the weight is not touched. Beside it runs
the same synapse without a third factor, whose every pairing counts at once. Weights are relative to the start and kept within 0…2.

Under the published amplitudes spikes that are drawn independently leave a trace that is nearly always negative, because depression has the
larger area, A₂⁻τ⁻ > A₂⁺τ⁺; a reward would then weaken. So two things can be set, both ours: `BALANCED` amplitudes, with which independent
spikes leave no trace on the average, and a share of presynaptic spikes that `evoke` a postsynaptic one, whose rate stays what it was.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.brain.poisson import POSTSYNAPTIC, PRESYNAPTIC, spike_train
from models.brain.stdp import PAIR, Plasticity, depression, potentiation
from models.splitmix import uniform
from models.types import Array, Refused, Settings

Floats = NDArray[np.float64]
TAU_MS: Final = 1000.0
LOWEST: Final = 0.0
HIGHEST: Final = 2.0
WINDOW: Final = 240
COLUMNS: Final = ("step", "pre_rate_hz", "post_rate_hz", "eligibility", "reward", "weight", "unmodulated", "network_weight")
FASTEST_HZ: Final = 50.0
BALANCED: Final = PAIR._replace(a2_plus=PAIR.a2_minus * PAIR.tau_minus / PAIR.tau_plus)
"""The pair rule with potentiation raised until both areas are equal."""
DELAY_MS: Final = 5.0
"""From a presynaptic spike to the postsynaptic one that it evokes."""
_R1, _O1, _E, _UPDATES = range(4)
_MEMORY: Final = 4
_EVOKED: Final = 5 << 48
"""Stream of the draws that say which spikes evoke one, beyond those of the spikes themselves."""


@njit(cache=True)
def postsynaptic(seed: int, step: int, duration: float, rates: Floats, evoke: float, pre: Floats) -> Floats:
    """Spike times (n,) in ms, ascending: evoked ones, and as many of the neuron's own as its rate leaves room for."""
    if not (evoke > 0.0 and rates[0] > 0.0):
        return spike_train(seed, step, POSTSYNAPTIC, rates[1], duration)
    share = min(evoke, rates[1] / rates[0])
    own = spike_train(seed, step, POSTSYNAPTIC, rates[1] - share * rates[0], duration)
    times = np.empty(pre.size + own.size)
    count = 0
    for i in range(pre.size):
        if pre[i] + DELAY_MS < duration and uniform(seed, _EVOKED + step, i) < share:
            times[count] = pre[i] + DELAY_MS
            count += 1
    times[count : count + own.size] = own
    return np.sort(times[: count + own.size])


@njit(cache=True)
def _stimulus(
    seed: int, step: int, duration: float, rates: Floats, evoke: float, p: Plasticity, reward: float, memory: Floats, deltas: Floats
) -> None:
    """One stimulus: `memory` (r₁, o₁, e, …) moves on; `deltas` (2,) get the change under M and without a third factor."""
    r1, o1, e = memory[_R1], memory[_O1], memory[_E]
    pre = spike_train(seed, step, PRESYNAPTIC, rates[0], duration)
    post = postsynaptic(seed, step, duration, rates, evoke, pre)
    i = j = 0
    now = gathered = plain = 0.0
    while True:
        next_pre = pre[i] if i < pre.size else math.inf
        next_post = post[j] if j < post.size else math.inf
        moment = min(next_pre, next_post, duration)
        elapsed, now = moment - now, moment
        left = math.exp(-elapsed / TAU_MS)
        gathered += e * (1.0 - left)  # ∫ e dt / τe
        e *= left
        r1 *= math.exp(-elapsed / p.tau_plus)
        o1 *= math.exp(-elapsed / p.tau_minus)
        if moment >= duration:
            break
        if next_pre <= next_post:
            change = depression(p, o1, 0.0)
            r1, i = r1 + 1.0, i + 1
        else:
            change = potentiation(p, r1, 0.0)
            o1, j = o1 + 1.0, j + 1
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

    `settings["stimulus_ms"]` is read at every update. `strength`: the share of the rule's amplitudes that counts; `evoke`: of presynaptic
    spikes, those that make the other neuron fire.
    """

    def __init__(
        self,
        synapse: EligibilitySynapse,
        drive: Array,
        seed: int,
        settings: Settings,
        strength: float,
        *,
        plasticity: Plasticity = PAIR,
        evoke: float = 0.0,
    ) -> None:
        self.synapse, self.drive, self.seed, self.settings, self.strength = synapse, drive, seed, settings, strength
        self.plasticity, self.evoke = plasticity, evoke
        self._memory: Floats = np.zeros(_MEMORY)
        self._window: Floats = np.zeros((WINDOW, len(COLUMNS)))
        self._deltas: Floats = np.zeros(2)

    def updates(self, step: int) -> Array:
        """Relative weight changes (2,) by this step's stimulus; the array is reused."""
        duration = float(self.settings["stimulus_ms"])
        reward = float(self.drive[2])
        _stimulus(self.seed, step, duration, self.drive, self.evoke, self.plasticity, reward, self._memory, self._deltas)
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
