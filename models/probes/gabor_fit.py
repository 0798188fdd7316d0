"""Least-squares fits of Gabor functions to small filters: is a first layer like a simple cell's receptive field?

g(x, y) = A exp(−½(u²/σx² + v²/σy²)) cos(2πfu + φ), u along the modulation and v along the stripes (Jones and Palmer 1987,
doi:10.1152/jn.1987.58.6.1233); nx = σx f and ny = σy f count the envelope's width and length in periods (Ringach 2002,
doi:10.1152/jn.2002.88.1.455). A cos(· + φ) is written a cos + b sin, whose two coefficients are linear. Each fit starts from the
strongest places of the filter's own windowed spectrum and goes down by Levenberg–Marquardt.

R² = 1 − Σ(w − g)²/Σw²: the share of the filter's squared weights that the fit explains (a Gabor has no constant term). Eight free
numbers meet 9 pixels in a 3×3 filter and 25 in a 5×5 one: there a high R² says little, and random filters show how little.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.probes.gabor_descent import NARROWEST, descend

Floats = NDArray[np.float64]
COLUMNS: Final = ("r2", "orientation", "frequency", "phase", "nx", "ny", "x", "y")
"""Of a fit: share explained; direction in which the field varies, in degrees counter-clockwise from rightwards, so that 0 has upright
stripes and 90 lying ones; cycles/pixel; phase in radians; widths in periods across and along the stripes; centre in pixels to the right
of and above the filter's centre."""
R2, ORIENTATION, FREQUENCY, PHASE, NX, NY, X, Y = range(8)

_STARTS: Final = 3
_ANGLES: Final = 8
_SPEEDS: Final = 6
_PACE: Final = 0.075
"""cycles/pixel between two places of the spectrum."""
_WINDOWS: Final = np.array([[0.16, 0.16], [0.16, 0.3], [0.3, 0.3]])
"""σx and σy at the start, as shares of the filter's side."""


@njit(cache=True)
def _spectrum(w: Floats, side: int, p: Floats, sums: Floats) -> None:
    """The sums cc, cs, ss, wc, ws of the linear fit for p's centre, angle and window at each speed (k + ½)·_PACE: (_SPEEDS, 5)."""
    c, s = math.cos(p[4]), math.sin(p[4])
    ix, iy = math.exp(-2 * p[6]), math.exp(-2 * p[7])
    middle = 0.5 * (side - 1)
    sums[:] = 0.0
    for row in range(side):
        for column in range(side):
            dx, dy = column - middle - p[2], row - middle - p[3]
            u, v = c * dx + s * dy, c * dy - s * dx
            value, e = w[row * side + column], math.exp(-0.5 * (u * u * ix + v * v * iy))
            half = math.pi * _PACE * u
            even, odd = e * math.cos(half), e * math.sin(half)
            turn_even, turn_odd = math.cos(2 * half), math.sin(2 * half)
            for k in range(_SPEEDS):
                sums[k, 0] += even * even
                sums[k, 1] += even * odd
                sums[k, 2] += odd * odd
                sums[k, 3] += value * even
                sums[k, 4] += value * odd
                even, odd = even * turn_even - odd * turn_odd, odd * turn_even + even * turn_odd


@njit(cache=True)
def _fastest(p: Floats, sums: Floats, found: Floats) -> float:
    """The speed that explains most of Σw², with its a and b, as `found`; returns what it explains."""
    most = -1.0
    for k in range(_SPEEDS):
        cc, cs, ss = sums[k, 0], sums[k, 1], sums[k, 2] + 1e-6 * sums[k, 0]  # a slow sine is nearly nothing
        determinant = max(cc * ss - cs * cs, 1e-12)
        a, b = (sums[k, 3] * ss - sums[k, 4] * cs) / determinant, (sums[k, 4] * cc - sums[k, 3] * cs) / determinant
        explained = a * sums[k, 3] + b * sums[k, 4]
        if explained > most:
            most = explained
            found[:] = p
            found[0], found[1], found[5] = a, b, _PACE * (k + 0.5)
    return most


@njit(cache=True)
def _starts(w: Floats, side: int, starts: Floats) -> None:
    """The places of the windowed spectrum that explain most, one a window and angle at most: `starts` (_STARTS, 8)."""
    middle = 0.5 * (side - 1)
    energy = x = y = 0.0
    for i in range(w.size):
        energy += w[i] * w[i]
        x += w[i] * w[i] * (i % side - middle)
        y += w[i] * w[i] * (i // side - middle)
    best = np.full(_STARTS, -2.0)
    p, found, sums = np.zeros(8), np.empty(8), np.empty((_SPEEDS, 5))
    p[2], p[3] = x / energy, y / energy
    for window in range(_WINDOWS.shape[0]):
        p[6] = math.log(max(_WINDOWS[window, 0] * side, NARROWEST))
        p[7] = math.log(max(_WINDOWS[window, 1] * side, NARROWEST))
        for angle in range(_ANGLES):
            p[4] = math.pi * angle / _ANGLES
            _spectrum(w, side, p, sums)
            most = _fastest(p, sums, found)
            worst = np.argmin(best)
            if most > best[worst]:
                best[worst] = most
                starts[worst] = found


@njit(cache=True)
def _fit_all(filters: Floats, side: int, fits: Floats) -> None:
    starts = np.empty((_STARTS, 8))
    for n in range(filters.shape[0]):
        w = filters[n]
        energy = (w * w).sum()
        if not energy > 1e-20 or not math.isfinite(energy):
            fits[n] = 0.0
            continue
        scaled = w / math.sqrt(energy)
        _starts(scaled, side, starts)
        least, chosen = math.inf, 0
        for k in range(_STARTS):
            error = descend(scaled, side, starts[k], 1e-5)
            if error < least:
                least, chosen = error, k
        p = starts[chosen]
        # Rows count downwards, angles upwards; half a turn of the field turns its phase's sign.
        halves = math.floor(-p[4] / math.pi)
        fits[n, 0], fits[n, 1], fits[n, 2] = 1.0 - least, math.degrees(-p[4] - halves * math.pi), p[5]
        fits[n, 3] = math.atan2(-p[1], p[0]) * (1.0 if halves % 2 == 0 else -1.0)
        fits[n, 4], fits[n, 5] = math.exp(p[6]) * p[5], math.exp(p[7]) * p[5]
        fits[n, 6], fits[n, 7] = p[2], -p[3]


def gabor_fits(filters: NDArray[np.floating]) -> NDArray[np.float32]:
    """(n, 8) fits, columns as COLUMNS, of filters (n, side, side). A filter of zeros or without numbers has zeros only."""
    count, side = filters.shape[0], filters.shape[-1]
    fits = np.empty((count, 8))
    _fit_all(np.ascontiguousarray(filters.reshape(count, side * side), np.float64), side, fits)
    return fits.astype(np.float32)


def without_colour(filters: NDArray[np.floating]) -> NDArray[np.float64]:
    """(n, side, side) of kernels (n, channels, side, side): the spatial pattern that the channels share most, which is the strongest
    singular vector over channels times its singular value. Its sign is that of the channels' sum, so that one channel stays itself."""
    count, channels, side = filters.shape[0], filters.shape[1], filters.shape[-1]
    flat = np.nan_to_num(filters.reshape(count, channels, side * side).astype(np.float64), posinf=0.0, neginf=0.0)
    if channels == 1:
        return flat.reshape(count, side, side)
    left, strength, right = np.linalg.svd(flat, full_matrices=False)
    sign = np.where(left[:, :, 0].sum(axis=1) < 0, -1.0, 1.0)
    return (right[:, 0] * (sign * strength[:, 0])[:, None]).reshape(count, side, side)
