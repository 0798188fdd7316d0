"""Patches of whitened photographs: what a sparse code learns from.

Each photograph is filtered by f·exp(−(f/f₀)⁴), f in cycles/pixel (Olshausen and Field 1996, doi:10.1038/381607a0): natural images hold
less and less power towards high frequencies; the first factor evens that out, the second takes away what the sampling grid cannot carry.
Then it is scaled to unit variance. Patches come from everywhere in it but the rim, which the filter's wrap-around touches.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray
from PIL import Image

from models.splitmix import uniform
from models.tasks.samples import sample_bytes

Singles = NDArray[np.float32]
PHOTOGRAPHS: Final = ("sample:china", "sample:flower")
CUT_OFF: Final = 0.4
"""f₀, cycles/pixel: 200 cycles a picture of 512 pixels, as published."""
SIDE: Final = 12
_RIM: Final = 8
_STREAM: Final = 96_381_607
"""The stream of random numbers that is the patches' own."""


def whitened(pixels: NDArray[np.floating], cut_off: float = CUT_OFF) -> Singles:
    """(h, w) of zero mean and unit variance: the photograph (h, w) through f·exp(−(f/f₀)⁴)."""
    height, width = pixels.shape
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    kept = np.fft.rfft2(pixels) * frequency * np.exp(-((frequency / cut_off) ** 4))
    filtered = np.fft.irfft2(kept, s=pixels.shape)
    return (filtered / filtered.std()).astype(np.float32)


@cache
def photographs() -> tuple[Singles, ...]:
    """The packaged photographs, grey and whitened. Made once a process."""
    grey = (Image.open(io.BytesIO(sample_bytes(name))).convert("L") for name in PHOTOGRAPHS)
    return tuple(whitened(np.asarray(image, np.float64)) for image in grey)


@njit(cache=True)
def _cut(picture: Singles, seed: int, counter: int, patch: Singles) -> None:
    """Fills `patch` (SIDE²,) with a place of `picture` that belongs to (seed, counter), its mean taken away."""
    top = _RIM + int(uniform(seed, _STREAM, counter + 1) * (picture.shape[0] - SIDE - 2 * _RIM))
    left = _RIM + int(uniform(seed, _STREAM, counter + 2) * (picture.shape[1] - SIDE - 2 * _RIM))
    total = 0.0
    for row in range(SIDE):
        for column in range(SIDE):
            value = picture[top + row, left + column]
            patch[row * SIDE + column] = value
            total += value
    mean = np.float32(total / (SIDE * SIDE))
    for i in range(SIDE * SIDE):
        patch[i] -= mean


class NaturalPatches:
    """Patches (n, 144) as a function of seed and update, as a sparse code's rule takes them."""

    def __init__(self, seed: int, count: int) -> None:
        self.seed = seed
        self._patches: Singles = np.empty((count, SIDE * SIDE), np.float32)

    def batch(self, update: int) -> Singles:
        """The patches of this update, (count, 144), zero mean each. The same memory every time."""
        pictures = photographs()
        for i, patch in enumerate(self._patches):
            counter = 3 * (update * len(self._patches) + i)
            chosen = int(uniform(self.seed, _STREAM, counter) * len(pictures))
            _cut(pictures[chosen], self.seed, counter, patch)
        return self._patches
