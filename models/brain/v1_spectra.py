"""V1 filters in the spatial-frequency domain, where a bank of many is quick.

A Gabor's quadrature pair is one complex filter, envelope · exp(2πi f x′), whose spectrum is a single Gaussian around (f, θ) and
real. Only the box of frequencies where it is larger than e^−8 of its peak is kept. Sampling the response at every `stride`-th pixel
adds up frequencies that differ by a multiple of side/stride ("folding"), so the inverse transform is that small.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.brain.v1_population import Population

_REACH: Final = 4.0
"""Standard deviations of the spectrum that are kept: e^(−4²/2) of the peak is left out."""


class Spectra:
    """The spectra of a population's filters on a side × side torus of pixels."""

    def __init__(self, population: Population, side: int, pixels_per_degree: float) -> None:
        frequency = population.frequency / pixels_per_degree  # cycles/pixel from here on
        self.side = side
        shape = (frequency, np.radians(population.orientation), population.nx, population.ny)
        self.boxes = np.stack([_box(side, *cell) for cell in zip(*shape, strict=True)])
        sizes = self.boxes[:, 2] * self.boxes[:, 3]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.values = np.empty(self.starts[-1], dtype=np.float32)
        for cell, (box, parameters) in enumerate(zip(self.boxes, zip(*shape, strict=True), strict=True)):
            self.values[self.starts[cell] : self.starts[cell + 1]] = _values(side, box, *parameters).ravel()

    def folded(self, spectrum: NDArray[np.complex64], channel: NDArray[np.int64], stride: int) -> NDArray[np.complex64]:
        """(cells, side/stride, side/stride): each cell's channel of `spectrum` (3, side, side) times its filter, folded for the stride."""
        small = self.side // stride
        out = np.zeros((len(self.boxes), small, small), dtype=np.complex64)
        _fold(spectrum, channel, self.boxes, self.starts, self.values, out)
        return out


def _spread(frequency: float, orientation: float, nx: float, ny: float) -> tuple[float, float, float, float]:
    """Cosine, sine, and the spectrum's standard deviations along and across θ, in cycles/pixel."""
    return np.cos(orientation), np.sin(orientation), frequency / (2 * np.pi * nx), frequency / (2 * np.pi * ny)


def _box(side: int, frequency: float, orientation: float, nx: float, ny: float) -> NDArray[np.int64]:
    """First row, first column, height and width of the frequencies that are kept, from −side/2 on; rows count upwards in y."""
    cosine, sine, along, across = _spread(frequency, orientation, nx, ny)
    middle = side * frequency * np.array([sine, cosine])
    reach = _REACH * side * np.array([np.hypot(along * sine, across * cosine), np.hypot(along * cosine, across * sine)])
    first, last = np.floor(middle - reach).astype(int), np.ceil(middle + reach).astype(int)
    size = np.minimum(last - first + 1, side)
    first = np.where(size == side, -(side // 2), first)
    return np.concatenate([first, size])


def _values(side: int, box: NDArray[np.int64], frequency: float, orientation: float, nx: float, ny: float) -> NDArray[np.float32]:
    """The spectrum over a box; a box as large as the plane also holds what sampling at the pixels folds into it."""
    cosine, sine, along, across = _spread(frequency, orientation, nx, ny)
    v = ((box[0] + np.arange(box[2])) / side)[:, None].astype(np.float32)
    u = ((box[1] + np.arange(box[3])) / side)[None, :].astype(np.float32)
    total = np.zeros((box[2], box[3]), dtype=np.float32)
    for up in (-1, 0, 1) if box[2] == side else (0,):
        for right in (-1, 0, 1) if box[3] == side else (0,):
            a = ((u + right) * cosine + (v + up) * sine - frequency) / along
            b = ((v + up) * cosine - (u + right) * sine) / across
            total += np.exp(-0.5 * (a * a + b * b))
    return total


@njit(cache=True, fastmath=True)
def _fold(spectrum: np.ndarray, channel: np.ndarray, boxes: np.ndarray, starts: np.ndarray, values: np.ndarray, out: np.ndarray) -> None:
    """out[cell, row mod small, column mod small] += spectrum · filter. Rows of an image grow downwards, hence the minus."""
    side, small = spectrum.shape[1], out.shape[1]
    for cell in range(len(boxes)):
        source, target = spectrum[channel[cell]], out[cell]
        first_row, first_column, height, width = boxes[cell]
        at = starts[cell]
        for i in range(height):
            row = (-(first_row + i)) % side
            small_row = row % small
            column = first_column % side
            small_column = column % small
            for _ in range(width):
                target[small_row, small_column] += source[row, column] * values[at]
                at += 1
                column += 1
                small_column += 1
                if column == side:
                    column = 0
                if small_column == small:
                    small_column = 0
