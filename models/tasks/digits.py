"""1797 handwritten digits of 8×8 pixels (Alpaydin and Kaynak 1998, UCI; as scikit-learn ships them)."""

from __future__ import annotations

import gzip
import importlib.util
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIDE = 8
CLASSES = 10
_GREY_LEVELS = 16.0


@cache
def _table() -> NDArray[np.float64]:
    """(1797, 65): 64 pixels of 0…16 and the label. Read from the package's file: importing scikit-learn takes a second."""
    spec = importlib.util.find_spec("sklearn")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("scikit-learn, which carries the digits, is not installed")
    with gzip.open(Path(spec.submodule_search_locations[0]) / "datasets" / "data" / "digits.csv.gz", "rt") as lines:
        return np.loadtxt(lines, delimiter=",")


def draw(noise: float, train_share: float, seed: int) -> tuple[NDArray[np.float64], NDArray[np.int64], int]:
    """Images (1797, 64) in 0…1 with Gaussian pixel noise, labels (1797,), and how many of them train."""
    generator = np.random.default_rng([seed, 0])
    table = _table()[generator.permutation(len(_table()))]
    images = table[:, :-1] / _GREY_LEVELS + generator.normal(0.0, 1.0, (len(table), SIDE * SIDE)) * noise
    return images, table[:, -1].astype(np.int64), round(len(table) * train_share)
