"""Tuning of a unit to drifting gratings: harmonics, preferred values, widths, circular variance.

Over the phases φ of one cycle: F0 = ⟨r⟩, F1 = 2·|⟨r·e^{−iφ}⟩|. A cell is called simple where F1/F0 > 1 at its best grating and complex
below (Skottun et al. 1991, 10.1016/0042-6989(91)90033-2); a rectifier alone makes such classes out of a smooth distribution
(Mechler and Ringach 2002, 10.1016/S0042-6989(02)00025-1). Half a rectified cosine has F1/F0 = π/2.
Circular variance 1 − |Σ r·e^{2iθ}| / Σ r over orientations: 0 for one orientation alone, 1 for all alike
(Ringach, Shapley and Hawken 2002, 10.1523/JNEUROSCI.22-13-05639.2002).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tuning:
    """What one unit's responses come to; None where they do not say (a silent unit, a curve that never falls to half)."""

    orientation: float
    """Preferred orientation, degrees 0…180, between the measured ones."""
    frequency: float
    """Preferred spatial frequency, cycles per degree, between the measured ones."""
    best: tuple[int, int]
    """Row (frequency) and column (orientation) of the largest response."""
    modulated: bool
    """Whether F1 is the unit's response (F1 > F0 at the best grating), else F0 is."""
    ratio: float | None
    half_width: float | None
    """Half the width of the orientation curve at half its height, degrees."""
    circular_variance: float | None
    octaves: float | None
    """Width of the frequency curve at half its height."""


def harmonics(rates: NDArray[Any], phases: NDArray[Any]) -> tuple[Floats, Floats]:
    """(…, phases) → F0 and F1 over the last axis; `phases` in degrees, evenly spaced over one cycle."""
    turns = np.exp(-1j * np.deg2rad(np.asarray(phases, np.float64)))
    rates = np.asarray(rates, np.float64)
    return rates.mean(-1), 2 * np.abs((rates * turns).mean(-1))


def responses(rates: NDArray[Any], phases: NDArray[Any]) -> tuple[Floats, bool, float | None]:
    """(frequencies, orientations, phases) → the response to each grating, whether it is F1, and F1/F0 at the best grating."""
    mean, first = harmonics(rates, phases)
    largest = np.maximum(mean, first)
    best = np.unravel_index(int(largest.argmax()), largest.shape)
    modulated = bool(first[best] > mean[best])
    ratio = float(first[best] / mean[best]) if mean[best] > 1e-9 * max(1.0, float(largest.max())) else None
    return (first if modulated else mean), modulated, ratio


def tuning(rates: NDArray[Any], phases: NDArray[Any], orientations: NDArray[Any], frequencies: NDArray[Any]) -> Tuning | None:
    """None for a unit that no grating drives. `rates` (frequencies, orientations, phases), not negative."""
    table, modulated, ratio = responses(rates, phases)
    if not table.max() > 0:
        return None
    row, column = (int(index) for index in np.unravel_index(int(table.argmax()), table.shape))
    curve = table[row]
    return Tuning(
        orientation=peak(orientations, curve),
        frequency=best_frequency(frequencies, table[:, column]),
        best=(row, column),
        modulated=modulated,
        ratio=ratio,
        half_width=half_width(orientations, curve),
        circular_variance=circular_variance(orientations, curve),
        octaves=octaves(frequencies, table[:, column]),
    )


def circular_variance(orientations: NDArray[Any], curve: NDArray[Any]) -> float | None:
    """Of responses to evenly spaced orientations (degrees)."""
    total = float(np.sum(curve))
    return 1 - abs(complex(np.sum(curve * np.exp(2j * np.deg2rad(orientations))))) / total if total > 0 else None


def peak(orientations: NDArray[Any], curve: NDArray[Any]) -> float:
    """Where a parabola through the largest value and its two neighbours on the circle has its top, degrees 0…180."""
    best, step = int(np.argmax(curve)), float(orientations[1] - orientations[0])
    shift = _top(*(float(curve[(best + way) % len(curve)]) for way in (-1, 0, 1)))
    return float((orientations[best] + shift * step) % 180)


def best_frequency(frequencies: NDArray[Any], curve: NDArray[Any]) -> float:
    """The same over the logarithm of frequency; at an end of the range, the end."""
    best = int(np.argmax(curve))
    if best in (0, len(curve) - 1):
        return float(frequencies[best])
    shift = _top(*(float(curve[best + way]) for way in (-1, 0, 1)))
    return float(frequencies[best] * (frequencies[1] / frequencies[0]) ** shift)


def _top(before: float, top: float, after: float) -> float:
    """Where the parabola through three values has its top, in steps from the middle one."""
    bend = before - 2 * top + after
    return 0.5 * (before - after) / bend if bend < 0 else 0.0


def half_width(orientations: NDArray[Any], curve: NDArray[Any]) -> float | None:
    """Half the full width at half the height above zero, interpolated; None where a side never falls so low."""
    best, count, step = int(np.argmax(curve)), len(curve), float(orientations[1] - orientations[0])
    sides = [_fall([float(curve[(best + way * k) % count]) for k in range(count // 2 + 1)]) for way in (-1, 1)]
    return None if None in sides else 0.5 * step * sum(side for side in sides if side is not None)


def octaves(frequencies: NDArray[Any], curve: NDArray[Any]) -> float | None:
    """Full width at half height in octaves, of evenly spaced logarithms of frequency; None where an end of the range cuts it off."""
    best, step = int(np.argmax(curve)), float(np.log2(frequencies[1] / frequencies[0]))
    sides = [_fall([float(value) for value in part]) for part in (curve[best::-1], curve[best:])]
    return None if None in sides else step * sum(side for side in sides if side is not None)


def _fall(values: list[float]) -> float | None:
    """After how many steps the values, largest first, fall to half of the first."""
    half = values[0] / 2
    for k in range(1, len(values)):
        if values[k] <= half:
            return k - 1 + (values[k - 1] - half) / (values[k - 1] - values[k])
    return None
