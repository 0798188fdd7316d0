"""A population of V1 cells whose preferences follow published counts (VOneBlock: Dapello et al. 2020, 10.1101/2020.06.16.154542).

Orientation and spatial frequency follow De Valois et al. 1982, the field's shape nx × ny Ringach 2002; nx and spatial frequency are
tied by a Gaussian copula. Inside a bin values are even in the angle, and in the logarithm of frequency, nx and ny.
Draws are stratified: n cells fall into n equal slices of each marginal, one in each (Latin hypercube sampling, McKay et al. 1979),
so that even a small population has the published marginals. Which cell gets which slice is random, from the seed alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from models.specs.v1_published import ORIENTATION, SHAPE_COUNTS, SHAPE_EDGES, SHAPE_FREQUENCY_CORRELATION, SPATIAL_FREQUENCY

MAX_CELLS: Final = 1024
_Values = NDArray[np.float64]


@dataclass(frozen=True)
class Population:
    """Cells' preferences, arrays of (cells,). Angles in degrees, frequency in cycles/degree, nx and ny in cycles."""

    orientation: NDArray[np.float64]
    """0 ≤ θ < 180: the direction in which the preferred grating varies (its bars run at θ + 90°)."""
    frequency: NDArray[np.float64]
    phase: NDArray[np.float64]
    nx: NDArray[np.float64]
    ny: NDArray[np.float64]
    channel: NDArray[np.int64]
    """Which of red, green and blue (0–2) the cell's filter reads."""
    complex: NDArray[np.bool_]
    """True for complex cells, which stand behind the simple ones."""

    def __len__(self) -> int:
        return len(self.orientation)

    def cell(self, index: int) -> dict[str, float | int | bool]:
        """One cell's preferences, JSON-able. `bars` is the direction of the bars that it prefers."""
        return {
            "orientation": float(self.orientation[index]),
            "bars": float((self.orientation[index] + 90) % 180),
            "frequency": float(self.frequency[index]),
            "phase": float(self.phase[index]),
            "nx": float(self.nx[index]),
            "ny": float(self.ny[index]),
            "channel": int(self.channel[index]),
            "complex": bool(self.complex[index]),
        }


def sample(cells: int = 256, seed: int = 0) -> Population:
    """The first half simple, the second complex. Raises ValueError unless 2 ≤ cells ≤ 1024."""
    if not 2 <= cells <= MAX_CELLS:
        raise ValueError(f"A population has 2 to {MAX_CELLS} cells, not {cells}.")
    generator = np.random.default_rng(seed)
    covariance = [[1.0, SHAPE_FREQUENCY_CORRELATION], [SHAPE_FREQUENCY_CORRELATION, 1.0]]
    tied = generator.multivariate_normal([0.0, 0.0], covariance, cells)
    for_nx, for_frequency = (_stratified(column, generator) for column in tied.T)
    nx, ny = _shape(for_nx, generator)
    return Population(
        orientation=_quantiles(_shuffled(cells, generator), ORIENTATION.edges, ORIENTATION.counts) % 180.0,
        frequency=2 ** _quantiles(for_frequency, np.log2(SPATIAL_FREQUENCY.edges), SPATIAL_FREQUENCY.counts),
        phase=360.0 * _shuffled(cells, generator),
        nx=nx,
        ny=ny,
        channel=generator.permutation(cells) % 3,
        complex=np.arange(cells) >= cells // 2,
    )


def _stratified(values: _Values, generator: np.random.Generator) -> _Values:
    """(n,) in (0, 1): the k-th smallest value becomes a number inside the k-th of n equal slices."""
    return np.asarray((rankdata(values, method="ordinal") - generator.uniform(size=len(values))) / len(values))


def _shuffled(count: int, generator: np.random.Generator) -> _Values:
    return _stratified(generator.uniform(size=count), generator)


def _quantiles(shares: _Values, edges: tuple[float, ...] | _Values, counts: tuple[int, ...] | _Values) -> _Values:
    """The inverse of the counts' cumulative distribution, even inside a bin."""
    cumulative = np.concatenate([[0.0], np.cumsum(counts)]) / np.sum(counts)
    return np.interp(shares, cumulative, edges)


def _shape(shares: _Values, generator: np.random.Generator) -> tuple[_Values, _Values]:
    """nx by its own marginal, ny by Ringach's row for that nx."""
    counts, edges = np.asarray(SHAPE_COUNTS, dtype=np.float64), np.log10(SHAPE_EDGES)
    log_nx = _quantiles(shares, edges, counts.sum(axis=1))
    rows = np.clip(np.searchsorted(edges, log_nx, side="right") - 1, 0, len(counts) - 1)
    log_ny = np.empty_like(log_nx)
    for row in np.unique(rows):
        members = rows == row
        log_ny[members] = _quantiles(_shuffled(int(members.sum()), generator), edges, counts[row])
    return 10**log_nx, 10**log_ny
