"""Contrast and size: the Naka–Rushton fit, and how much a large stimulus suppresses.

R(c) = R₀ + Rmax·cⁿ / (c50ⁿ + cⁿ) (Naka and Rushton 1966, 10.1113/jphysiol.1966.sp008003; for cortical cells Albrecht and
Hamilton 1982, 10.1152/jn.1982.48.1.217). It never falls with contrast, so supersaturation cannot be fitted by it: least squares
returns four numbers for any points, and `described` says whether they mean anything.
Suppression index (R_best − R_largest) / R_best (Cavanaugh, Bair and Movshon 2002, 10.1152/jn.00692.2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

Floats = NDArray[np.float64]
LARGEST_EXPONENT = 6.0
LARGEST_HALF = 10.0
SMALLEST_EXPONENT = 0.2
LEAST_EXPLAINED = 0.9
LARGEST_FALL = 0.1
"""A curve that falls by more than this share of its peak is not one that never falls."""


@dataclass(frozen=True)
class NakaRushton:
    """A fit: `maximum` and `baseline` in the response's unit, `half` the contrast of half the maximum, `residual` its root mean square."""

    maximum: float
    half: float
    exponent: float
    baseline: float
    residual: float
    explained: float
    """Share of the responses' variance that the fit explains."""
    described: bool
    """Whether the function describes the responses: see `describes`."""

    def at(self, contrast: NDArray[Any]) -> Floats:
        return naka_rushton(contrast, self.maximum, self.half, self.exponent, self.baseline)

    @property
    def saturates(self) -> bool:
        """Whether the function describes the responses and half the maximum lies within the contrasts that exist."""
        return self.described and self.half <= 1.0


def naka_rushton(contrast: NDArray[Any], maximum: float, half: float, exponent: float, baseline: float = 0.0) -> Floats:
    power = np.asarray(contrast, np.float64) ** exponent
    result: Floats = baseline + maximum * power / (half**exponent + power)
    return result


def fit(contrasts: NDArray[Any], rates: NDArray[Any], baseline: float | None = None) -> NakaRushton | None:
    """Least squares within .001 ≤ c50 ≤ 10 and .2 ≤ n ≤ 6; None for responses that do not rise. A given `baseline` is held."""
    contrasts, rates = np.asarray(contrasts, np.float64), np.asarray(rates, np.float64)
    scale = float(rates.max() - rates.min())
    if not scale > 0 or rates.argmax() == 0:
        return None
    floor = float(rates.min() if baseline is None else baseline)

    def misfit(values: Floats) -> Floats:
        maximum, half, exponent = np.exp(values[:3])
        return (naka_rushton(contrasts, maximum, half, exponent, values[3] if baseline is None else floor / scale) - rates / scale).ravel()

    low, high = np.log([1e-3, 1e-3, SMALLEST_EXPONENT]), np.log([1e3, LARGEST_HALF, LARGEST_EXPONENT])
    starts = [np.log([1.0, half, 2.0]) for half in (0.1, 0.4, 1.5)]
    if baseline is None:
        low, high = np.append(low, -1.0), np.append(high, rates.max() / scale)
        starts = [np.append(start, floor / scale) for start in starts]
    tried = (least_squares(misfit, start, bounds=(low, high), max_nfev=200) for start in starts)
    best = min(tried, key=lambda found: float(found.cost))
    maximum, half, exponent = (float(value) for value in np.exp(best.x[:3]))
    residual = float(np.sqrt(np.mean(best.fun**2)))
    explained = 1 - residual**2 / float(np.var(rates / scale))
    fitted = scale * float(best.x[3]) if baseline is None else floor
    known = describes(contrasts, rates, half, exponent, explained)
    return NakaRushton(maximum * scale, half, exponent, fitted, residual * scale, explained, known)


def describes(contrasts: NDArray[Any], rates: NDArray[Any], half: float, exponent: float, explained: float) -> bool:
    """False where c50 lies below the lowest contrast shown, n at a bound, or too little is explained, or the responses fall.

    c50 at its upper bound is no such case: the fit of a curve in proportion to contrast, which says that it does not saturate.
    """
    if half < contrasts[0] or explained < LEAST_EXPLAINED:
        return False
    if not 1.01 * SMALLEST_EXPONENT < exponent < 0.99 * LARGEST_EXPONENT:
        return False
    return falls(rates) <= LARGEST_FALL


def falls(rates: NDArray[Any]) -> float:
    """The largest fall from any earlier response to a later one, as a share of the peak."""
    return float((np.maximum.accumulate(rates) - rates).max() / rates.max())


def half_rise(contrasts: NDArray[Any], rates: NDArray[Any], level: float) -> float | None:
    """The contrast at which the response, as measured and joined by straight lines, first reaches `level`; None where it never does."""
    rates = np.asarray(rates, np.float64)
    above = np.flatnonzero(rates >= level)
    if not above.size:
        return None
    k = int(above[0])
    if k == 0:
        return float(contrasts[0])
    share = (level - rates[k - 1]) / (rates[k] - rates[k - 1])
    return float(contrasts[k - 1] + share * (contrasts[k] - contrasts[k - 1]))


def suppression_index(rates: NDArray[Any]) -> float | None:
    """Of responses to growing diameters: how far the response to the largest lies below the best, as a share; None for a silent unit."""
    best = float(np.max(rates))
    return (best - float(rates[-1])) / best if best > 0 else None
