"""Transmitter release that changes from spike to spike: depression and facilitation, as a mean and as single vesicles.

Tsodyks, Pawelzik and Markram (1998, doi:10.1162/089976698300017502). At a spike u ← u + U(1 − u), the share u·x of the pool is
released, and x ← x − u·x. Between spikes u decays to 0 with τ_facil and x recovers to 1 with τ_rec. Without facilitation
(τ_facil = 0) u is U at every spike. The single vesicles beside it are this lab's reading of the same equations: each of N sites
holds at most one, releases it at a spike with probability u, and is filled again at a rate of 1/τ_rec; their mean is the model's,
as u depends on the spikes alone. Times in ms, rates in Hz.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.splitmix import uniform

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_STREAM: Final = 3 << 48
"""Streams of vesicles lie beyond those of spikes (models.brain.poisson)."""


@dataclass(frozen=True)
class Release:
    """U (0…1], `recovery_ms` τ_rec > 0, `facilitation_ms` τ_facil ≥ 0."""

    use: float
    recovery_ms: float
    facilitation_ms: float = 0.0

    @property
    def limit_hz(self) -> float:
        """What steady release × rate tends to as the rate grows: pools a second, 1/τ_rec."""
        return 1000.0 / self.recovery_ms

    @property
    def peak_hz(self) -> float:
        """Where steady release per spike is about largest: 1/√(U τ_facil τ_rec); infinite without facilitation."""
        span = self.use * self.facilitation_ms * self.recovery_ms
        return 1000.0 / math.sqrt(span) if span > 0.0 else math.inf


DEPRESSING: Final = Release(0.5, 800.0)
FACILITATING: Final = Release(0.03, 130.0, 530.0)
"""The two published sets."""


def kept(elapsed_ms: Floats, tau_ms: float) -> Floats:
    """e^(−t/τ), elementwise; 0 for τ = 0 (and 1 at t = 0, which no two spikes share)."""
    if tau_ms < 1e-6:
        return np.where(elapsed_ms > 0.0, 0.0, 1.0)
    decayed: Floats = np.exp(-elapsed_ms / tau_ms)
    return decayed


def _since(times: Floats, at: Floats, spike: NDArray[np.intp]) -> Floats:
    """ms since each one's spike; before the first spike there is none, and callers overwrite what stands there."""
    elapsed: Floats = np.maximum(times - at[spike], 0.0)
    return elapsed


@dataclass(frozen=True)
class Spikes:
    """By spike, each (n,): `probability` u as used by it, `pool` x just before it, `released` u·x."""

    times: Floats
    probability: Floats
    pool: Floats

    @property
    def released(self) -> Floats:
        return self.probability * self.pool

    def pool_at(self, times: Floats, spike: NDArray[np.intp], synapse: Release) -> Floats:
        """x at `times` (m,), each after spike number `spike` (m,), −1: before the first."""
        left = self.pool - self.released
        lacking = np.where(spike < 0, 0.0, 1.0 - left[spike])
        between: Floats = 1.0 - lacking * kept(_since(times, self.times, spike), synapse.recovery_ms)
        return between

    def probability_at(self, times: Floats, spike: NDArray[np.intp], synapse: Release) -> Floats:
        """The release probability that a spike would find at `times` (m,): u + U(1 − u) of what is left of u."""
        if synapse.facilitation_ms <= 0.0:
            return np.full(len(times), synapse.use)
        since = kept(_since(times, self.times, spike), synapse.facilitation_ms)
        remaining = np.where(spike < 0, 0.0, self.probability[spike] * since)
        found: Floats = remaining + synapse.use * (1.0 - remaining)
        return found


def respond(times: Floats, synapse: Release) -> Spikes:
    """A rested synapse (u = 0, x = 1) under spikes at rising `times` (n,), by the closed form between them."""
    gaps = np.diff(times)
    remains, lacks = kept(gaps, synapse.facilitation_ms), kept(gaps, synapse.recovery_ms)
    probability, pool = np.empty(len(times)), np.empty(len(times))
    u, x = 0.0, 1.0
    for k in range(len(times)):
        if k:
            u *= remains[k - 1]
            x = 1.0 - (1.0 - x) * lacks[k - 1]
        u += synapse.use * (1.0 - u)
        probability[k], pool[k] = u, x
        x -= u * x
    return Spikes(times, probability, pool)


def steady_release(rates_hz: Floats, synapse: Release) -> Floats:
    """u·x per spike of an endless regular train, for rates (n,) > 0."""
    gap = 1000.0 / rates_hz
    facilitated, depleted = kept(gap, synapse.facilitation_ms), kept(gap, synapse.recovery_ms)
    u = synapse.use / (1.0 - (1.0 - synapse.use) * facilitated)
    x = (1.0 - depleted) / (1.0 - (1.0 - u) * depleted)
    steady: Floats = u * x
    return steady


def potential(times: Floats, spike: NDArray[np.intp], at: Floats, sizes: Floats, decay_ms: float) -> Floats:
    """Responses of `sizes` (n,) at spikes `at` (n,) that add up and decay, at `times` (m,), each after spike number `spike` (m,)."""
    total = np.empty(len(at))
    level = 0.0
    decays = kept(np.diff(at), decay_ms)
    for k in range(len(at)):
        level = (level * decays[k - 1] if k else 0.0) + sizes[k]
        total[k] = level
    summed: Floats = np.where(spike < 0, 0.0, total[spike] * kept(_since(times, at, spike), decay_ms))
    return summed


@njit(cache=True)
def _vesicles(seed: int, probability: Floats, refill: Floats, docked: Flags, freed: Flags, counts: Floats) -> None:
    """Fills the first trial's `docked` and `freed` (n, N), and `counts` (trials, n)."""
    spikes, sites = docked.shape
    full = np.empty(sites, np.bool_)
    for trial in range(len(counts)):
        full[:] = True
        for k in range(spikes):
            for site in range(sites):
                draw = 2 * (k * sites + site)
                if k and not full[site] and uniform(seed, _STREAM + trial, draw) < refill[k - 1]:
                    full[site] = True
                freeing = full[site] and uniform(seed, _STREAM + trial, draw + 1) < probability[k]
                if trial == 0:
                    docked[k, site], freed[k, site] = full[site], freeing
                if freeing:
                    full[site] = False
                    counts[trial, k] += 1.0


@dataclass(frozen=True)
class Vesicles:
    """`docked`, `freed` bool (n, N): the first trial, before and at each spike; `counts` f8 (trials, n): vesicles released."""

    docked: Flags
    freed: Flags
    counts: Floats


def vesicles(spikes: Spikes, synapse: Release, sites: int, trials: int, seed: int) -> Vesicles:
    """The same spikes through `sites` single release sites, `trials` times; a function of its arguments alone."""
    refill = 1.0 - kept(np.diff(spikes.times), synapse.recovery_ms)
    docked, freed = (np.zeros((len(spikes.times), sites), np.bool_) for _ in range(2))
    counts = np.zeros((trials, len(spikes.times)))
    _vesicles(seed, spikes.probability, refill, docked, freed, counts)
    return Vesicles(docked, freed, counts)
