"""Published counts of macaque V1 cells that the model population is sampled from, or compared with. Torch-free.

Orientation, spatial frequency and the shape of the field are those of the tables that VOneBlock uses (Dapello et al. 2020,
doi:10.1101/2020.06.16.154542). `citation` is a key of references.bib.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Counts:
    """How many recorded cells lie between one edge and the next: len(edges) = len(counts) + 1."""

    title: str
    unit: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    source: str
    citation: str
    doi: str

    @property
    def cells(self) -> int:
        return sum(self.counts)


ORIENTATION: Final = Counts(
    "Preferred orientation",
    "degrees",
    (-22.5, 22.5, 67.5, 112.5, 157.5),
    (66, 49, 77, 54),
    "De Valois, Yund and Hepler 1982, counts as in Dapello et al. 2020",
    "devalois1982orientation",
    "10.1016/0042-6989(82)90112-2",
)
"""Degrees of the direction in which the preferred grating varies, as VOneBlock's Gabor takes them (see models/brain/gabor.py)."""

SPATIAL_FREQUENCY: Final = Counts(
    "Preferred spatial frequency",
    "cycles/degree",
    (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0),
    (4, 4, 8, 25, 32, 26, 28, 12),
    "De Valois, Albrecht and Thorell 1982, counts as in Dapello et al. 2020",
    "devalois1982frequency",
    "10.1016/0042-6989(82)90113-4",
)

SHAPE_EDGES: Final[tuple[float, ...]] = tuple(10 ** (-1 + 0.24 * k) for k in range(6))
"""Edges of nx and of ny: 0.1 to 10^0.2 in five equal steps of the logarithm."""
SHAPE_COUNTS: Final[tuple[tuple[int, ...], ...]] = (
    (2, 0, 1, 0, 0),
    (8, 9, 4, 1, 0),
    (1, 2, 19, 17, 3),
    (0, 0, 1, 7, 4),
    (0, 0, 0, 0, 0),
)
"""Row = bin of nx, column = bin of ny (Ringach 2002, doi:10.1152/jn.2002.88.1.455, 79 cells that fall on this grid)."""
SHAPE_CITATION: Final = "ringach2002"

SHAPE_FREQUENCY_CORRELATION: Final = 0.75
"""Correlation of the Gaussian copula between nx and spatial frequency (Dapello et al. 2020)."""

SUPPRESSION: Final = Counts(
    "Suppression index of size tuning",
    "share of the largest response",
    (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0),
    (66, 44, 38, 23, 16, 3, 0, 0, 0, 0),
    "Cavanaugh, Bair and Movshon 2002",
    "cavanaugh2002",
    "10.1152/jn.00692.2001",
)
"""190 cells; 124 of them at 0.2 or more."""
SUMMATION_FIELD_DEGREES: Final = 0.78
"""Median diameter of the summation field (Cavanaugh, Bair and Movshon 2002)."""
SURROUND_DEGREES: Final = 2.6
"""Median diameter of the surround (Cavanaugh, Bair and Movshon 2002)."""
