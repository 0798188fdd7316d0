"""Random changes of an image before each look at it. What happens to a look is a function of (seed, look) alone.

A pixel of the new image takes the old image's value at the place that shift, rotation and scale carry it to, between four pixels
(bilinear); beyond the old image there is its border's value. Light: (pixel − ½)·contrast + ½ + brightness, kept within 0…1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.splitmix import uniform
from models.types import Array

SHIFT = 2.0
"""Pixels, or a twelfth of the side where that is more."""
ANGLE = 15.0
"""Degrees."""
SCALE = 0.15
LIGHT = 0.25
_STREAM = 1 << 40  # epochs take the streams from 0 on


@njit(cache=True)
def _between(seed: int, look: int, which: int, reach: float) -> float:
    """A number in ±reach."""
    return (2.0 * uniform(seed, _STREAM, look * 8 + which) - 1.0) * reach


@njit(cache=True)
def _warp(image: Array, angle: float, scale: float, down: float, right: float, contrast: float, brightness: float, out: Array) -> None:
    height, width, channels = image.shape
    middle_y, middle_x = (height - 1) / 2, (width - 1) / 2
    cosine, sine = np.cos(angle) / scale, np.sin(angle) / scale
    for i in range(height):
        for j in range(width):
            y, x = i - middle_y - down, j - middle_x - right
            from_y = min(max(cosine * y - sine * x + middle_y, 0.0), height - 1.0)
            from_x = min(max(sine * y + cosine * x + middle_x, 0.0), width - 1.0)
            top, left = int(from_y), int(from_x)
            bottom, beside = min(top + 1, height - 1), min(left + 1, width - 1)
            v, u = from_y - top, from_x - left
            for c in range(channels):
                above = image[top, left, c] * (1 - u) + image[top, beside, c] * u
                below = image[bottom, left, c] * (1 - u) + image[bottom, beside, c] * u
                value = (above * (1 - v) + below * v - 0.5) * contrast + 0.5 + brightness
                out[i, j, c] = min(max(value, 0.0), 1.0)


@njit(cache=True)
def _augmented(images: Array, looks: NDArray[np.int64], seed: int, reaches: NDArray[np.float64], out: Array) -> None:
    """`reaches`: of shift (pixels), angle (radians), scale and light; 0 leaves that as it is."""
    shift, turn, zoom, light = reaches
    for e in range(looks.size):
        look = looks[e]
        _warp(
            images[e],
            _between(seed, look, 0, turn),
            1.0 + _between(seed, look, 1, zoom),
            _between(seed, look, 2, shift),
            _between(seed, look, 3, shift),
            1.0 + _between(seed, look, 4, light),
            _between(seed, look, 5, light),
            out[e],
        )


class Augmentation:
    """Of images (n, height, width, channels); `kinds` are shift, rotate, scale and light."""

    def __init__(self, kinds: Sequence[str], seed: int, side: int) -> None:
        reaches = {"shift": max(SHIFT, side / 12), "rotate": np.deg2rad(ANGLE), "scale": SCALE, "light": LIGHT}
        self._reaches = np.array([reach if name in kinds else 0.0 for name, reach in reaches.items()])
        self._seed = seed

    def __call__(self, images: Array, looks: NDArray[np.int64]) -> Array:
        out = np.empty_like(images)
        _augmented(images, looks, self._seed, self._reaches, out)
        return out
