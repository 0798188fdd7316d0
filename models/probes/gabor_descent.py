"""Levenberg–Marquardt for one Gabor function on one small filter (Levenberg 1944, doi:10.1090/qam/10666; Marquardt 1963,
doi:10.1137/0111030). Parameters p = (a, b, x, y, angle, f, log σx, log σy) of exp(−½(u²/σx² + v²/σy²))(a cos 2πfu + b sin 2πfu), where u
runs along `angle` (radians, from rightwards towards downwards) and v across it, both from (x, y), pixels from the filter's centre.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SLOWEST: Final = 0.02
_FASTEST: Final = 0.5
"""cycles/pixel: slower is no oscillation within twelve pixels, faster is beyond what pixels can carry along a row."""
NARROWEST: Final = 0.5
"""pixels: a narrower envelope lies between two pixels, and fits one weight with eight numbers."""
_STEEPEST: Final = 4.0
"""Largest amplitude, in units of the filter's largest |weight|. An odd filter is fitted ever so slightly better by an ever larger
amplitude at an ever lower frequency; the bound keeps nx of such a filter at about .07, just under what was counted in macaques."""
_ITERATIONS: Final = 60


@njit(cache=True)
def _normal_equations(w: Floats, side: int, p: Floats, h: Floats, g: Floats) -> float:
    """Fills JᵀJ (8, 8) and Jᵀr (8,) at p = (a, b, x, y, angle, f, log σx, log σy); returns the squared error."""
    a, b, angle, f = p[0], p[1], p[4], p[5]
    c, s = math.cos(angle), math.sin(angle)
    ix, iy = math.exp(-2 * p[6]), math.exp(-2 * p[7])
    middle = 0.5 * (side - 1)
    h[:] = 0.0
    g[:] = 0.0
    j = np.empty(8)
    error = 0.0
    for row in range(side):
        for column in range(side):
            dx, dy = column - middle - p[2], row - middle - p[3]
            u, v = c * dx + s * dy, c * dy - s * dx
            e = math.exp(-0.5 * (u * u * ix + v * v * iy))
            ec, es = e * math.cos(2 * math.pi * f * u), e * math.sin(2 * math.pi * f * u)
            value, turn = a * ec + b * es, 2 * math.pi * (b * ec - a * es)
            du, dv = f * turn - u * ix * value, -v * iy * value
            j[0], j[1] = ec, es
            j[2], j[3] = s * dv - c * du, -s * du - c * dv
            j[4], j[5] = du * v - dv * u, u * turn
            j[6], j[7] = u * u * ix * value, v * v * iy * value
            r = w[row * side + column] - value
            error += r * r
            for m in range(8):
                g[m] += j[m] * r
                for n in range(m + 1):
                    h[m, n] += j[m] * j[n]
    return error


@njit(cache=True)
def _error(w: Floats, side: int, p: Floats) -> float:
    a, b, angle, f = p[0], p[1], p[4], p[5]
    c, s = math.cos(angle), math.sin(angle)
    ix, iy = math.exp(-2 * p[6]), math.exp(-2 * p[7])
    middle = 0.5 * (side - 1)
    error = 0.0
    for row in range(side):
        for column in range(side):
            dx, dy = column - middle - p[2], row - middle - p[3]
            u, v = c * dx + s * dy, c * dy - s * dx
            e = math.exp(-0.5 * (u * u * ix + v * v * iy))
            r = w[row * side + column] - e * (a * math.cos(2 * math.pi * f * u) + b * math.sin(2 * math.pi * f * u))
            error += r * r
    return error


@njit(cache=True)
def _bounded(p: Floats, side: int, largest: float) -> None:
    half = 0.5 * side
    p[2], p[3] = min(max(p[2], -half), half), min(max(p[3], -half), half)
    p[5] = min(max(p[5], SLOWEST), _FASTEST)
    for k in (6, 7):
        p[k] = min(max(p[k], math.log(NARROWEST)), math.log(side))
    size = math.hypot(p[0], p[1])
    if size > _STEEPEST * largest:
        p[0] *= _STEEPEST * largest / size
        p[1] *= _STEEPEST * largest / size


@njit(cache=True)
def _solved(h: Floats, g: Floats, damping: float, step: Floats) -> bool:
    """step = (H + damping·diag H)⁻¹ g by Cholesky's decomposition; false where the matrix is not positive."""
    low = np.zeros((8, 8))
    for m in range(8):
        for n in range(m + 1):
            total = h[m, n]
            if m == n:
                total += damping * h[m, m] + 1e-12
            for k in range(n):
                total -= low[m, k] * low[n, k]
            if m == n:
                if total <= 0.0:
                    return False
                low[m, m] = math.sqrt(total)
            else:
                low[m, n] = total / low[n, n]
    for m in range(8):
        total = g[m]
        for k in range(m):
            total -= low[m, k] * step[k]
        step[m] = total / low[m, m]
    for m in range(7, -1, -1):
        total = step[m]
        for k in range(m + 1, 8):
            total -= low[k, m] * step[k]
        step[m] = total / low[m, m]
    return True


@njit(cache=True)
def descend(w: Floats, side: int, p: Floats, enough: float) -> float:
    """Levenberg–Marquardt from p, in place; returns the squared error reached. `enough`: an improvement that is none."""
    h, g, step, tried = np.empty((8, 8)), np.empty(8), np.empty(8), np.empty(8)
    largest = np.abs(w).max()
    _bounded(p, side, largest)
    error, damping = _normal_equations(w, side, p, h, g), 1e-2
    for _ in range(_ITERATIONS):
        gained = -1.0
        if _solved(h, g, damping, step):
            tried[:] = p + step
            _bounded(tried, side, largest)
            gained = error - _error(w, side, tried)
        if gained > 0.0:
            p[:] = tried
            damping = max(damping * 0.2, 1e-7)
            if gained < enough:
                return error - gained
            error = _normal_equations(w, side, p, h, g)
        else:
            damping *= 5.0
            if damping > 1e6:
                break
    return error
