"""Oriented difference of Gaussians, a model of brightness (Blakeslee and McCourt 1999, 10.1016/S0042-6989(99)00119-4).

A picture passes filters of 6 orientations and 7 sizes, an octave apart. Each is a Gaussian centre of standard deviation σ minus a
surround that is twice as wide along one axis and as wide along the other, both of unit volume:
F(x, y) = g(x; σ) g(y; σ) − g(x; 2σ) g(y; σ). Within an orientation the sizes are summed with weights σ^−0.1 (finer filters weigh
a little more: a slope of 0.1 on log–log axes). Each orientation's sum is divided by its root mean square over the whole picture,
and the six quotients are added: R = Σ_o S_o / rms(S_o).

Largest centre 3 degrees: here the standard deviation, as Robinson, Hammon and de Sa 2007 (10.1016/j.visres.2007.02.017) read it;
others take the published size for the distance between zero crossings. The authors described the model again in 2016
(10.3758/s13428-015-0573-4).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

Picture = NDArray[np.float32]
Spectrum = NDArray[np.float32]
ORIENTATIONS = 6
SCALES = 7
LARGEST = 3.0
"""Standard deviation of the largest centre, in degrees."""
SLOPE = 0.1
SURROUND = 2.0
"""The surround's standard deviation over the centre's, along the axis in which it is wider."""


def centres() -> NDArray[np.float64]:
    """(7,) standard deviations of the centres in degrees, the largest first."""
    return np.asarray(LARGEST / 2.0 ** np.arange(SCALES), np.float64)


def odog(luminance: Picture, pixels_per_degree: float, ground: float) -> Picture:
    """(h, w) → (h, w) relative brightness, without unit; zero is the brightness of a uniform field.

    `ground`: luminance of what surrounds the picture, which is padded to twice its size before filtering, so that its two ends do
    not meet. The root mean square is taken over the padded field, as the model has no other picture than that.
    """
    height, width = luminance.shape
    return combined(oriented(luminance, pixels_per_degree, ground))[:height, :width]


def oriented(luminance: Picture, pixels_per_degree: float, ground: float) -> Picture:
    """(6, 2h, 2w): each orientation's weighted sum over sizes, over the padded field; the picture is in its upper left."""
    height, width = luminance.shape
    padded = np.zeros((2 * height, 2 * width), np.float32)
    padded[:height, :width] = luminance - ground
    spectrum = fft.rfft2(padded)
    return np.stack([fft.irfft2(spectrum * one, s=padded.shape) for one in _bank(padded.shape, float(pixels_per_degree))])


def combined(channels: Picture) -> Picture:
    """(h, w) of (orientations, h, w): each divided by its root mean square, then summed. A silent orientation adds nothing."""
    size = np.sqrt(np.mean(np.square(channels), axis=(1, 2), keepdims=True))
    quotients: Picture = np.divide(channels, size, out=np.zeros_like(channels), where=size > 1e-7)
    return quotients.sum(axis=0)


@lru_cache(maxsize=4)
def _bank(shape: tuple[int, int], pixels_per_degree: float) -> tuple[Spectrum, ...]:
    """Six spectra; sums over sizes commute with filtering, so that one inverse transform an orientation is enough."""
    vertical = fft.fftfreq(shape[0], 1 / pixels_per_degree)[:, None]
    horizontal = fft.rfftfreq(shape[1], 1 / pixels_per_degree)[None, :]
    return tuple(_spectrum(horizontal, vertical, np.pi * number / ORIENTATIONS) for number in range(ORIENTATIONS))


def _spectrum(horizontal: NDArray[np.float64], vertical: NDArray[np.float64], angle: float) -> Spectrum:
    """exp(−2π²σ²(u² + v²)) − exp(−2π²σ²(4u² + v²)) in cycles per degree, weighted and summed over sizes."""
    across = horizontal * np.cos(angle) + vertical * np.sin(angle)
    along = vertical * np.cos(angle) - horizontal * np.sin(angle)
    total = np.zeros(across.shape)
    for centre in centres():
        steep = -2 * (np.pi * centre) ** 2
        total += centre**-SLOPE * (np.exp(steep * (across**2 + along**2)) - np.exp(steep * (SURROUND**2 * across**2 + along**2)))
    return total.astype(np.float32)
