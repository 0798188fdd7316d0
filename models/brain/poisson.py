"""Poisson spike trains without a generator's state: each interval is a function of (seed, step, neuron, its number).

Intervals are exponential, −ln(1 − u)/rate, with u drawn by the counter-based splitmix64 of `models.splitmix`
(Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195). No refractory time.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.splitmix import uniform

Floats = NDArray[np.float64]

PRESYNAPTIC: Final = 1
POSTSYNAPTIC: Final = 2
_STREAM: Final = 1 << 48
"""Streams of spikes lie beyond every stream that counts epochs or steps of something else."""


@njit(cache=True, inline="always")
def interval(seed: int, step: int, neuron: int, number: int, rate_hz: float) -> float:
    """ms from spike `number` − 1 (or the stimulus' start) to spike `number` of this neuron in this step's stimulus."""
    if not rate_hz > 0.0:
        return math.inf
    return -math.log(1.0 - uniform(seed, neuron * _STREAM + step, number)) * 1000.0 / rate_hz


@njit(cache=True)
def spike_train(seed: int, step: int, neuron: int, rate_hz: float, duration_ms: float) -> Floats:
    """Spike times (n,) in ms of one neuron in one stimulus, in [0, duration)."""
    count = 0
    time = interval(seed, step, neuron, 0, rate_hz)
    while time < duration_ms:
        count += 1
        time += interval(seed, step, neuron, count, rate_hz)
    times = np.empty(count)
    time = 0.0
    for k in range(count):
        time += interval(seed, step, neuron, k, rate_hz)
        times[k] = time
    return times
