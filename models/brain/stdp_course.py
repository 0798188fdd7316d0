"""The weight and the traces under the pair and the triplet rule, moment by moment; the rule itself is in `models.brain.stdp`.

J.-P. Pfister and W. Gerstner 2006, doi:10.1523/JNEUROSCI.1425-06.2006. All times in ms, weights relative to the start.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from models.brain.stdp import Floats


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
