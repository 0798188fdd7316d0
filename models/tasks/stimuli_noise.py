"""White noise: frames of black and white squares, each a function of (seed, frame) alone, so that any frame can be shown again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CHUNK = 1000
"""Frames that are drawn from one generator; frame n lies in chunk n // CHUNK."""
MAX_FRAMES = 40_000


def frames(seed: int, first: int, count: int, squares: int) -> NDArray[np.int8]:
    """(count, squares, squares) of −1 (black) and +1 (white), each with probability ½, independent. Raises ValueError beyond MAX_FRAMES."""
    if first + count > MAX_FRAMES:
        raise ValueError(f"At most {MAX_FRAMES:,} frames of noise are drawn.")
    chunks = range(first // CHUNK, -(-(first + count) // CHUNK))
    drawn = np.concatenate([_chunk(seed, chunk, squares) for chunk in chunks])
    begin = first - chunks.start * CHUNK
    return drawn[begin : begin + count]


def enlarged(drawn: NDArray[np.int8], side: int) -> NDArray[np.float32]:
    """Frames as luminance 0…1 of (count, side, side); every pixel takes the square that its middle lies in."""
    squares = drawn.shape[-1]
    index = ((np.arange(side) + 0.5) * squares / side).astype(np.intp)
    luminance: NDArray[np.float32] = (0.5 + 0.5 * drawn[:, index[:, None], index[None, :]]).astype(np.float32)
    return luminance


def _chunk(seed: int, chunk: int, squares: int) -> NDArray[np.int8]:
    bits = np.random.default_rng((seed, chunk)).integers(0, 2, (CHUNK, squares, squares), np.int8)
    return 2 * bits - 1
