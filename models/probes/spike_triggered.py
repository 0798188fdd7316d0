"""White-noise analysis: the spike-triggered average, its significance, and the first axis of the spike-triggered covariance.

For frames s of independent ±1 squares and responses r ≥ 0 (spike counts or rates): a = Σ r·s / Σ r. If the response had nothing to do
with a square, its part of a would have mean 0 and standard deviation √Σr² / Σr, so z = Σ r·s / √Σr² (the method:
Chichilnisky 2001). A cell that answers alike to a pattern and to its negative has no average; the covariance
C = Σ r·(s − a)(s − a)ᵀ / Σ r then has eigenvalues that leave 1 (Schwartz et al. 2006, 10.1167/6.4.13).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.special import ndtri

Floats = NDArray[np.float64]


@dataclass
class Triggered:
    """Sums over the frames so far, from which everything is read at any moment."""

    squares: int
    covariance: bool = True
    frames: int = 0
    total: float = 0.0
    total_squared: float = 0.0
    weighted: Floats = field(init=False)
    products: Floats = field(init=False)

    def __post_init__(self) -> None:
        pixels = self.squares**2
        self.weighted = np.zeros(pixels)
        self.products = np.zeros((pixels, pixels) if self.covariance else (0, 0))

    def add(self, frames: NDArray[Any], responses: NDArray[Any]) -> None:
        """`frames` (n, squares, squares) of ±1, `responses` (n,)."""
        flat = frames.reshape(len(frames), -1).astype(np.float32)
        weights = np.asarray(responses, np.float32)
        self.frames += len(flat)
        self.total += float(weights.sum())
        self.total_squared += float((weights**2).sum())
        self.weighted += weights @ flat
        if self.covariance:
            self.products += (flat * weights[:, None]).T @ flat

    def average(self) -> Floats:
        """(squares, squares), a copy that later frames leave alone; zero while there was no response."""
        flat = self.weighted / self.total if self.total > 0 else np.zeros_like(self.weighted)
        return flat.reshape(self.squares, self.squares)

    def significance(self) -> Floats:
        """z of every square, (squares, squares), a copy; zero while there was no response."""
        flat = self.weighted / math.sqrt(self.total_squared) if self.total_squared > 0 else np.zeros_like(self.weighted)
        return flat.reshape(self.squares, self.squares)

    def first_axis(self) -> tuple[Floats, float]:
        """The response-weighted covariance's eigenvector with the largest eigenvalue, (squares, squares), and that value (1 by chance)."""
        if self.total <= 0:
            return np.zeros((self.squares, self.squares)), 1.0
        mean = self.weighted / self.total
        spread = self.products / self.total - np.outer(mean, mean)
        last = len(spread) - 1
        values, vectors = eigh(spread, subset_by_index=(last, last))
        return vectors[:, 0].reshape(self.squares, self.squares), float(values[0])


def threshold(squares: int, error: float = 0.05) -> float:
    """The |z| that one of squares² unrelated squares passes with this probability altogether (Bonferroni, two-sided)."""
    return float(-ndtri(error / 2 / squares**2))


def correlation(found: NDArray[Any], planted: NDArray[Any]) -> float:
    """Pearson's r of two fields; 0 where one of them is flat."""
    a, b = (np.asarray(part, np.float64).ravel() - np.mean(part) for part in (found, planted))
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size > 0 else 0.0
