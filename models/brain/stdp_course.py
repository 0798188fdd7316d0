"""The weight and the traces under the pair and the triplet rule, moment by moment; the rule itself is in `models.brain.stdp`.

J.-P. Pfister and W. Gerstner 2006, doi:10.1523/JNEUROSCI.1425-06.2006. All times in ms, weights relative to the start.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from models.brain.stdp import SIMULTANEOUS_MS, Floats, Plasticity, depression, potentiation

# numba bakes in what it takes from models.brain.stdp: whoever changes it there deletes the cached *.nbi beside this file.


@njit(cache=True)
def weight_steps(pre: Floats, post: Floats, p: Plasticity, nearest: bool) -> tuple[Floats, Floats]:
    """When spikes came (n,) ms, and the summed relative change right after each (n,); the last is `stdp.weight_change`, bit for bit."""
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
def trace(times: Floats, spikes: Floats, tau_ms: float) -> Floats:
    """(m,) at `times` (ascending): each spike s ≤ t raises the trace by 1, and it decays with `tau_ms` (all-to-all)."""
    values = np.empty(times.size)
    level = last = 0.0
    k = 0
    for m in range(times.size):
        while k < spikes.size and spikes[k] <= times[m]:
            level = level * math.exp(-(spikes[k] - last) / tau_ms) + 1.0
            last = spikes[k]
            k += 1
        values[m] = level * math.exp(-(times[m] - last) / tau_ms) if level > 0.0 else 0.0
    return values


def weight_at(times: Floats, moments: Floats, changes: Floats) -> Floats:
    """(m,) relative weight at `times`, 1 before the first spike."""
    reached = np.searchsorted(moments, times, side="right")
    weights: Floats = 1.0 + np.concatenate((np.zeros(1), changes))[reached]
    return weights
