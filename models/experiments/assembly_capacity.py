"""Recall of stored random patterns against their number, for populations of several sizes and for a network under descent.

Arrays, in previews and at the end: `loads` f4 (loads,) patterns per unit; `overlap` f4 (series, loads, 3) mean, and its 95% interval over
draws; NaN where nothing has been measured yet. Series: the outer-product rule for each of `SIZES`, then descent with `TAUGHT` units.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.brain.assembly import Circuit, overlap, recalled, stored
from models.experiments import assembly_descent as descent
from models.experiments.assembly_patterns import damaged
from models.experiments.progress import Progress
from models.specs.assembly_capacity import THEORY, CapacitySpec
from models.types import Array

Floats = NDArray[np.float64]
SIZES: Final = (100, 400, 1000)
TAUGHT: Final = 100
LOADS: Final = (0.04, 0.08, 0.1, 0.12, 0.14, 0.15, 0.16, 0.18, 0.2, 0.25, 0.3)
PROBES: Final = 16
"""Of each draw's patterns, how many are recalled."""
ROUNDS: Final = 60
_SIGNED: Final = Circuit(True)


def build(spec: CapacitySpec) -> Capacity:
    return Capacity(spec)


def measured(units: int, load: float, spec: CapacitySpec, taught: bool = False) -> Floats:
    """(draws,) mean overlap that recall ends with, for `load` · `units` random patterns, half of the units active on average."""
    found = np.zeros(spec.draws)
    for draw in range(spec.draws):
        draws = np.random.default_rng((spec.seed, units, round(1000 * load), draw))
        patterns = draws.integers(0, 2, (max(2, round(load * units)), units)).astype(np.uint8)
        weights = descent.trained(patterns, ROUNDS, descent.Activation("tanh"), 1.0) if taught else stored(patterns, 0.5)
        asked = patterns[:PROBES]
        cues = np.stack([damaged(pattern, "flipped", spec.flipped, draws) for pattern in asked])
        found[draw] = overlap(recalled(weights, cues, _SIGNED, spec.seed + draw), asked).mean()
    return found


class Capacity:
    """One analysis of the long kind; previews hold the curves as far as they are."""

    def __init__(self, spec: CapacitySpec) -> None:
        self.spec = spec

    def analyse(self, _images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """Loads in ascending order, small populations first."""
        found = np.full((len(SIZES) + 1, len(LOADS), 3), np.nan)
        series = [(0, SIZES[0], False), (len(SIZES), TAUGHT, True), *((row, units, False) for row, units in enumerate(SIZES[1:], 1))]
        for done, (row, units, taught) in enumerate(series):
            for column, load in enumerate(LOADS):
                share = (done + column / len(LOADS)) / len(series)
                progress(share, f"{units} units with {round(load * units)} patterns", _arrays(found))
                each = measured(units, load, self.spec, taught)
                half = 1.96 * each.std(ddof=1) / np.sqrt(len(each))
                found[row, column] = each.mean(), each.mean() - half, each.mean() + half
        told: dict[str, Any] = {"sizes": list(SIZES), "taught": TAUGHT, "theory": THEORY, "draws": self.spec.draws, "probes": PROBES}
        told["borne_out"] = borne_out(found[: len(SIZES), :, 0])
        return told, _arrays(found)


def borne_out(curves: Floats) -> bool:
    """Whether `curves` (sizes, loads) speak for a breakdown near THEORY: whole well below, broken well above, more so the larger."""
    below = np.array(LOADS) <= 0.87 * THEORY
    above = np.array(LOADS) >= 1.4 * THEORY
    largest = curves[-1]
    return bool((largest[below] > 0.95).all() and (largest[above] < 0.6).all() and (np.diff(curves[:, above], axis=0) < 0.05).all())


def _arrays(found: Floats) -> dict[str, Array]:
    return {"loads": np.array(LOADS, np.float32), "overlap": found.astype(np.float32)}
