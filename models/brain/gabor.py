"""The Gabor function, the usual description of a V1 simple cell's receptive field (Jones and Palmer 1987, 10.1152/jn.1987.58.6.1233).

    g(x, y) = exp(−½ (x′²/σx² + y′²/σy²)) · cos(2π f x′ + φ) / (2π σx σy)
    x′ = x cos θ + y sin θ,   y′ = −x sin θ + y cos θ,   σx = nx / f,   σy = ny / f

Conventions: x grows to the right, y upwards, the origin is the middle of the array. θ is the direction in which the field varies,
in degrees counter-clockwise from rightwards: its bars run at θ + 90°, so 0° has upright bars and 90° lying ones. φ is in degrees.
σ is counted in pixels in the divisor, so that the envelope sums to 1 over the pixels: the filter's value on a grating does not
depend on the resolution. nx and ny count the envelope's standard deviations in cycles (Ringach 2002).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MAX_SIDE: Final = 512
"""Longest side of a field or a stimulus, in pixels."""


def grid(height: int, width: int, pixels_per_degree: float) -> tuple[Floats, Floats]:
    """x (1, width) and y (height, 1) in degrees from the middle; y grows upwards."""
    x = (np.arange(width, dtype=np.float32) - (width - 1) / 2) / np.float32(pixels_per_degree)
    y = ((height - 1) / 2 - np.arange(height, dtype=np.float32)) / np.float32(pixels_per_degree)
    return x[None, :].astype(np.float32), y[:, None].astype(np.float32)


def quadrature_pair(
    shape: tuple[int, int], pixels_per_degree: float, frequency: float, orientation: float, nx: float, ny: float
) -> NDArray[np.complex64]:
    """(height, width): envelope · exp(2πi f x′). Its real part is the Gabor of phase 0°, its imaginary part that of −90°."""
    x, y = grid(*shape, pixels_per_degree)
    cosine, sine = np.cos(np.radians(orientation)), np.sin(np.radians(orientation))
    along, across = (x * cosine + y * sine) * frequency, (y * cosine - x * sine) * frequency
    envelope = np.exp(-0.5 * ((along / nx) ** 2 + (across / ny) ** 2))
    weight = frequency**2 / (2 * np.pi * nx * ny * pixels_per_degree**2)
    return np.asarray(weight * envelope * np.exp(2j * np.pi * along), dtype=np.complex64)


def gabor(size: int, pixels_per_degree: float, frequency: float, orientation: float, phase: float, nx: float, ny: float) -> Floats:
    """(size, size) float32. `frequency` in cycles/degree, `orientation` and `phase` in degrees. Raises ValueError."""
    if not 1 <= size <= MAX_SIDE:
        raise ValueError(f"A field has 1 to {MAX_SIDE} pixels a side, not {size}.")
    pair = quadrature_pair((size, size), pixels_per_degree, frequency, orientation, nx, ny)
    return np.asarray((pair * np.exp(1j * np.radians(phase))).real, dtype=np.float32)


def grating(
    shape: tuple[int, int], pixels_per_degree: float, frequency: float, orientation: float, phase: float, contrast: float = 1.0
) -> Floats:
    """(height, width) of 0…1 around 0.5: the grating that the Gabor of the same orientation and phase answers to best."""
    x, y = grid(*shape, pixels_per_degree)
    along = x * np.cos(np.radians(orientation)) + y * np.sin(np.radians(orientation))
    return np.asarray(0.5 + 0.5 * contrast * np.cos(2 * np.pi * frequency * along + np.radians(phase)), dtype=np.float32)
