"""The rule of Bienenstock, Cooper and Munro on spike trains: rates, and a threshold that slides.

E. L. Bienenstock, L. N. Cooper and P. W. Munro 1982 (doi:10.1523/JNEUROSCI.02-01-00032.1982): with presynaptic rate x and postsynaptic
rate c,

    ẇ ∝ x c (c − θ),   θ = (c̄/c₀)ᵖ c̄      (c̄ is c averaged over a long time)

N. Intrator and L. N. Cooper 1992 (doi:10.1016/S0893-6080(05)80003-6) take the mean of the square instead: θ = mean of c²/c₀ here, c₀
giving it the unit of a rate. The rule knows rates, not spikes. What makes rates of spikes, and every constant, is ours: each spike raises
its neuron's rate by 1/τ, and the rate decays with τ; ẇ = (x/c₀)(c/c₀)((c − θ)/c₀)/τ_w; before the protocol c̄ is c₀, so that θ is c₀ too.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Bcm(NamedTuple):
    """Rate c₀ in Hz, the exponent p, whether θ is the mean square, and three time constants in ms: rates, threshold, weight."""

    target_hz: float = 10.0
    exponent: float = 2.0
    mean_square: bool = False
    window_ms: float = 500.0
    average_ms: float = 30_000.0
    weight_ms: float = 200_000.0


@njit(cache=True, inline="always")
def threshold(average: float, p: Bcm) -> float:
    """θ in Hz; `average` is c̄ (Hz), or the mean of c² (Hz²)."""
    return average / p.target_hz if p.mean_square else (average / p.target_hz) ** p.exponent * average


@njit(cache=True, inline="always")
def slope(pre_hz: float, post_hz: float, theta_hz: float, p: Bcm) -> float:
    """Relative weight change per ms."""
    return pre_hz * post_hz * (post_hz - theta_hz) / (p.target_hz**3 * p.weight_ms)


class Course(NamedTuple):
    """Of a protocol, at the moments asked for: each (m,)."""

    weight: Floats
    """Relative to the start; the rule has no bound."""
    pre_hz: Floats
    post_hz: Floats
    threshold_hz: Floats


def course(pre: Floats, post: Floats, p: Bcm, times: Floats) -> Course:
    """Weight, rates and threshold at `times` (m,), ms, ascending from ≥ 0; between spikes the rates decay exactly."""
    moments = np.concatenate((pre, post, times))
    order = np.argsort(moments, kind="stable")
    kinds = np.concatenate((np.zeros(pre.size, np.int64), np.ones(post.size, np.int64), np.full(times.size, 2)))
    return Course(*_course(moments[order], kinds[order], times.size, p))


@njit(cache=True)
def _course(moments: Floats, kinds: NDArray[np.int64], asked: int, p: Bcm) -> Floats:
    """(4, asked). Within a step θ stands at its middle value and the rates' decay is integrated exactly: ∫xc² and ∫xc are exponentials.

    Steps are at most a tenth of the rates' time constant; where both rates have died only the average moves.
    """
    found = np.empty((4, asked))
    x = c = now = 0.0
    weight, m = 1.0, 0
    average = p.target_hz**2 if p.mean_square else p.target_hz
    for k in range(moments.size):
        elapsed = moments[k] - now
        now = moments[k]
        while elapsed > 0.0:
            dead = x < 1e-9 and c < 1e-9
            step = elapsed if dead else min(elapsed, 0.1 * p.window_ms, 0.1 * p.average_ms)
            half, slow = math.exp(-0.5 * step / p.window_ms), math.exp(-0.5 * step / p.average_ms)
            value = (c * half) ** 2 if p.mean_square else c * half
            average = value + (average - value) * slow
            products = p.window_ms / 2 * (1.0 - half**4) * x * c
            squares = p.window_ms / 3 * (1.0 - half**6) * x * c * c
            weight += (squares - threshold(average, p) * products) / (p.target_hz**3 * p.weight_ms)
            average = value + (average - value) * slow
            x, c = x * half * half, c * half * half
            elapsed -= step
        if kinds[k] == 0:
            x += 1000.0 / p.window_ms
        elif kinds[k] == 1:
            c += 1000.0 / p.window_ms
        else:
            found[0, m], found[1, m], found[2, m], found[3, m] = weight, x, c, threshold(average, p)
            m += 1
    return found


@njit(cache=True)
def closed_loop(pre_hz: float, start: float, sliding: bool, p: Bcm, duration_ms: float, points: int) -> Floats:
    """(3, points): ms, weight and c of a neuron c = w·x whose input keeps the rate x; θ slides, or stays at c₀. Its fixed point is c = c₀.

    With θ fixed it has none but 0: above θ the rate runs away (it is cut at 10 c₀), below θ it dies.
    """
    found = np.empty((3, points))
    weight = start
    average = p.target_hz**2 if p.mean_square else p.target_hz
    step = duration_ms / (points - 1)
    parts = max(1, math.ceil(step / (0.02 * min(p.average_ms, p.weight_ms))))
    for k in range(points):
        found[0, k], found[1, k], found[2, k] = k * step, weight, weight * pre_hz
        for _ in range(parts):
            c = weight * pre_hz
            value = c * c if p.mean_square else c
            average = value + (average - value) * math.exp(-step / parts / p.average_ms)
            theta = threshold(average, p) if sliding else p.target_hz
            weight += step / parts * slope(pre_hz, c, theta, p)
            weight = min(max(weight, 0.0), 10.0 * p.target_hz / pre_hz)
    return found
