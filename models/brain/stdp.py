"""Spike-timing-dependent plasticity: the pair rule and the triplet rule of Pfister and Gerstner 2006.

J.-P. Pfister and W. Gerstner, doi:10.1523/JNEUROSCI.1425-06.2006. Each neuron leaves two synaptic traces, which decay and
are raised by its own spikes (by 1: all-to-all; to 1: nearest neighbour):

    presynaptic   τ⁺ ṙ₁ = −r₁,  τx ṙ₂ = −r₂        postsynaptic   τ⁻ ȯ₁ = −o₁,  τy ȯ₂ = −o₂
    at a presynaptic spike     w ← w − o₁ (A₂⁻ + A₃⁻ r₂)
    at a postsynaptic spike    w ← w + r₁ (A₂⁺ + A₃⁺ o₂)

Every trace is read before the spike raises it (t − ε), the slow ones r₂ and o₂ included; two spikes at one moment both read
first. The pair rule is the case A₃⁺ = A₃⁻ = 0. Weight changes are relative to the weight before; times are in ms.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIMULTANEOUS_MS: Final = 1e-6
"""Spikes closer than this count as one moment: rounding must not decide which came first."""


class Plasticity(NamedTuple):
    """Amplitudes (relative weight change) and time constants (ms) of the rule."""

    a2_plus: float
    a3_plus: float
    a2_minus: float
    a3_minus: float
    tau_plus: float
    tau_minus: float
    tau_x: float
    tau_y: float


TRIPLET: Final = Plasticity(0.0, 6.5e-3, 7.1e-3, 0.0, 16.8, 33.7, 101.0, 114.0)
"""Minimal triplet set for visual cortex, all-to-all (Pfister and Gerstner 2006). A₃⁻ = 0, so r₂ and τx have no effect."""

PAIR: Final = Plasticity(4.6e-3, 0.0, 7.1e-3, 0.0, 16.8, 33.7, 101.0, 114.0)
"""Pair rule: the same depression, and potentiation that reads no slow trace; τ⁺ and τ⁻ are those of Bi and Poo 2001
(doi:10.1146/annurev.neuro.24.1.139)."""


@njit(cache=True, inline="always")
def depression(p: Plasticity, o1: float, r2: float) -> float:
    """Change at a presynaptic spike, from the traces just before it; never positive."""
    return -o1 * (p.a2_minus + p.a3_minus * r2)


@njit(cache=True, inline="always")
def potentiation(p: Plasticity, r1: float, o2: float) -> float:
    """Change at a postsynaptic spike, from the traces just before it; never negative."""
    return r1 * (p.a2_plus + p.a3_plus * o2)


@njit(cache=True)
def weight_steps(pre: Floats, post: Floats, p: Plasticity, nearest: bool) -> tuple[Floats, Floats]:
    """When spikes came (n,) ms, and the summed relative change right after each (n,). Trains are ascending, all traces zero at first."""
    moments, changes = np.empty(pre.size + post.size), np.empty(pre.size + post.size)
    r1 = r2 = o1 = o2 = 0.0
    keep = 0.0 if nearest else 1.0
    now = change = 0.0
    i = j = n = 0
    while i < pre.size or j < post.size:
        next_pre = pre[i] if i < pre.size else math.inf
        next_post = post[j] if j < post.size else math.inf
        elapsed, now = min(next_pre, next_post) - now, min(next_pre, next_post)
        r1 *= math.exp(-elapsed / p.tau_plus)
        r2 *= math.exp(-elapsed / p.tau_x)
        o1 *= math.exp(-elapsed / p.tau_minus)
        o2 *= math.exp(-elapsed / p.tau_y)
        fired_pre = next_pre <= now + SIMULTANEOUS_MS
        fired_post = next_post <= now + SIMULTANEOUS_MS
        if fired_pre:
            change += depression(p, o1, r2)
        if fired_post:
            change += potentiation(p, r1, o2)
        if fired_pre:
            r1, r2, i = keep * r1 + 1.0, keep * r2 + 1.0, i + 1
        if fired_post:
            o1, o2, j = keep * o1 + 1.0, keep * o2 + 1.0, j + 1
        moments[n], changes[n] = now, change
        n += 1
    return moments[:n], changes[:n]


@njit(cache=True)
def weight_change(pre: Floats, post: Floats, p: Plasticity, nearest: bool) -> float:
    """Relative weight change by two spike trains (ms, ascending), all traces zero at first; the weight is not bounded."""
    _, changes = weight_steps(pre, post, p, nearest)
    return float(changes[-1]) if changes.size else 0.0
