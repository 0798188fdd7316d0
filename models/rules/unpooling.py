"""The way back through max pooling: an error goes to the place that won, and to no other."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.floating]


@njit(cache=True)
def unpool(errors: Floats, side: int, winners: NDArray[np.uint8], maps: Floats) -> None:
    """Fills the pooled squares of `maps` (n, height, width, channels) with the errors (n, rows, columns, channels) of their winners."""
    n, rows, columns, channels = errors.shape
    zero = errors.dtype.type(0.0)
    for e in range(n):
        for i in range(rows):
            for j in range(columns):
                error, place = errors[e, i, j], winners[e, i, j]
                for at in range(side * side):
                    here = maps[e, i * side + at // side, j * side + at % side]
                    for c in range(channels):
                        here[c] = error[c] if place[c] == at else zero
