"""Max pooling that remembers who won, over squares that do not overlap. Maps are (n, height, width, channels) in memory."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Winners = NDArray[np.uint8]


@njit(cache=True)
def pool(maps: Floats, side: int, largest: Floats, winners: Winners) -> None:
    """Fills `largest` and `winners` (n, height // side, width // side, channels): the value, and its place in the square, row by row.

    Of equals the first wins, and what is no number wins at once, as in PyTorch.
    """
    n, rows, columns, channels = largest.shape
    for e in range(n):
        for i in range(rows):
            for j in range(columns):
                best, place = largest[e, i, j], winners[e, i, j]
                first = maps[e, i * side, j * side]
                for c in range(channels):
                    best[c] = first[c]
                    place[c] = 0
                for at in range(1, side * side):
                    here = maps[e, i * side + at // side, j * side + at % side]
                    for c in range(channels):
                        value = here[c]
                        if value > best[c] or value != value:
                            best[c] = value
                            place[c] = at
