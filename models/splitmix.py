"""Counter-based random numbers: a draw is a function of (seed, stream, counter), so it needs no state.

SplitMix64's output function over a Weyl sequence (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
A run that is restored at step s draws what it drew the first time.
"""

from __future__ import annotations

import numpy as np
from numba import njit

GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_UNIT = 1.0 / (1 << 53)


@njit(cache=True, inline="always")
def mixed(word: np.uint64) -> np.uint64:
    """SplitMix64's finaliser: one 64-bit word to another, bijective."""
    word = (word ^ (word >> np.uint64(30))) * _MIX_1
    word = (word ^ (word >> np.uint64(27))) * _MIX_2
    return word ^ (word >> np.uint64(31))


@njit(cache=True, inline="always")
def uniform(seed: int, stream: int, counter: int) -> float:
    """A number in [0, 1) that belongs to this seed, stream and counter alone."""
    key = mixed(np.uint64(seed) * GAMMA + np.uint64(stream) + np.uint64(1))
    return float(mixed(key + np.uint64(counter) * GAMMA) >> np.uint64(11)) * _UNIT


@njit(cache=True)
def shuffle(order: np.ndarray, seed: int, epoch: int) -> None:
    """Fills `order` (n,) with a permutation of 0…n−1 that belongs to this seed and epoch (Fisher–Yates)."""
    n = order.size
    for i in range(n):
        order[i] = i
    for i in range(n - 1, 0, -1):
        j = int(uniform(seed, epoch, i) * (i + 1))
        order[i], order[j] = order[j], order[i]
