"""Synthetic scenes whose reflectance is known: overlapping patches of even grey under uneven light.

Luminance = reflectance × illumination. Reflectance: rectangles and bars dropped one over the other, each of one grey (a "Mondrian",
after Land and McCann 1971, 10.1364/JOSA.61.000001). Illumination: smooth, and in some sets cut by the edges of shadows.
A scene is a function of (seed, number).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import fft

Scenes = NDArray[np.float32]
Light = Literal["smooth", "shadows"]
SIDE = 64
DARKEST, LIGHTEST = 0.05, 0.95
"""Reflectances of a patch lie between these, evenly."""
PATCHES = 28
_STRENGTH = 0.5
"""Standard deviation of the natural logarithm of smooth illumination."""
_CORRELATION = 12.0
"""Standard deviation of the Gaussian that smooths illumination, in pixels."""


def scenes(seed: int, first: int, count: int, light: Light = "smooth") -> tuple[Scenes, Scenes]:
    """Luminance and reflectance of scenes `first` … `first + count − 1`, both (count, 64, 64). Mean illumination is about 1."""
    reflectance = np.stack([_patches(np.random.default_rng((seed, number, 0))) for number in range(first, first + count)])
    illumination = np.stack([_illumination(np.random.default_rng((seed, number, 1)), light) for number in range(first, first + count)])
    return (reflectance * illumination).astype(np.float32), reflectance


def _patches(random: np.random.Generator) -> Scenes:
    """(64, 64) reflectances; half of the patches are long and thin, so that there are bars as well as squares."""
    scene = np.full((SIDE, SIDE), random.uniform(DARKEST, LIGHTEST), np.float32)
    across = np.exp(random.uniform(np.log(3), np.log(36), (PATCHES, 2))).astype(int)
    corners = random.integers(-8, SIDE, (PATCHES, 2))
    greys = random.uniform(DARKEST, LIGHTEST, PATCHES)
    for (height, width), (top, left), grey in zip(across, corners, greys, strict=True):
        scene[max(0, top) : top + height, max(0, left) : left + width] = grey
    return scene


def _illumination(random: np.random.Generator, light: Light) -> Scenes:
    """(64, 64), positive. The logarithm is Gaussian noise, smoothed around the edges and brought to its standard deviation."""
    frequency = np.hypot(fft.fftfreq(SIDE)[:, None], fft.rfftfreq(SIDE)[None, :])
    kernel = np.exp(-2 * (np.pi * _CORRELATION * frequency) ** 2)
    smooth = fft.irfft2(fft.rfft2(random.standard_normal((SIDE, SIDE))) * kernel, s=(SIDE, SIDE))
    field = _STRENGTH * smooth / smooth.std()
    if light == "shadows":
        field += _shadow(random)
    lit: Scenes = np.exp(field - np.log(np.mean(np.exp(field)))).astype(np.float32)
    return lit


def _shadow(random: np.random.Generator) -> NDArray[np.float64]:
    """One straight edge at any angle through the middle part; one side gets a third to a tenth of the light."""
    angle, offset = random.uniform(0, 2 * np.pi), random.uniform(-SIDE / 4, SIDE / 4)
    y, x = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    side = x * np.cos(angle) + y * np.sin(angle) > offset
    return np.where(side, np.log(random.uniform(0.1, 0.33)), 0.0)
