"""Simple and complex cells of V1 as VOneBlock models them (Dapello et al. 2020, 10.1101/2020.06.16.154542), written from the equations.

    q0, q90   the image's sum under the cell's Gabor and under the same Gabor a quarter of a cycle later
    simple    25 · max(0, q0)
    complex   25 · √((q0² + q90²) / 2)

Light of 0…1 enters as 2·light − 1: mid-grey is 0. A cell reads one colour channel. Noise is off unless asked for.
The image is mirrored beyond its border; the published model puts grey there. Units are those of the published gain, not spikes/s.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from models.brain.gabor import MAX_SIDE, quadrature_pair
from models.brain.v1_population import Population
from models.brain.v1_spectra import Spectra
from models.types import Refused

Floats = NDArray[np.float32]
GAIN: Final = 25.0
NOISE_SCALE: Final = 0.35
NOISE_LEVEL: Final = 0.07
MAX_STIMULUS_VALUES: Final = 1 << 26
"""Most numbers in one batch of stimuli (256 MB)."""
_MARGIN_DEGREES: Final = 8 / 7
"""Mirrored margin on each side: 32 of 224 pixels."""


class V1:
    """A population over a square image of `degrees` a side. Built once (0.3 s for 256 cells), then only read."""

    def __init__(self, population: Population, side: int = 224, degrees: float = 8.0, stride: int = 4) -> None:
        if not 16 <= side <= MAX_SIDE or side % stride:
            raise ValueError(f"The side is a multiple of the stride {stride} from 16 to {MAX_SIDE} pixels, not {side}.")
        self.population, self.side, self.stride = population, side, stride
        self.pixels_per_degree = side / degrees
        margin = round(_MARGIN_DEGREES * self.pixels_per_degree / stride) * stride
        self._margins = (margin - stride // 2, margin + stride // 2)  # so that cells sit at stride/2, stride/2 + stride, …
        self._first = margin // stride
        self._spectra = Spectra(population, side + 2 * margin, self.pixels_per_degree)
        self._turn = np.exp(1j * np.radians(population.phase)).astype(np.complex64)[:, None, None]

    def maps(self, image: Floats) -> Floats:
        """(3, side, side) of 0…1 → (cells, side/stride, side/stride). The cell in row r looks at pixel row stride/2 + stride·r."""
        response = self.quadrature_maps(image)
        simple = ~self.population.complex
        out = np.empty(response.shape, dtype=np.float32)
        out[simple] = np.maximum((response[simple] * self._turn[simple]).real, 0)
        out[~simple] = np.abs(response[~simple]) * np.float32(np.sqrt(0.5))
        out *= np.float32(GAIN)
        return out

    def quadrature_maps(self, image: Floats) -> NDArray[np.complex64]:
        """(cells, side/stride, side/stride) complex: real and imaginary part are the pair before phase, rectification and gain."""
        if image.shape != (3, self.side, self.side):
            raise ValueError(f"An image of shape (3, {self.side}, {self.side}) is needed, not {image.shape}.")
        padded = np.pad(2 * image.astype(np.float32) - 1, ((0, 0), self._margins, self._margins), mode="symmetric")
        spectrum = scipy.fft.fft2(padded).astype(np.complex64)
        folded = self._spectra.folded(spectrum, self.population.channel, self.stride)
        response = scipy.fft.ifft2(folded, overwrite_x=True)
        cells = slice(self._first, self._first + self.side // self.stride)
        # a convolution turns the filter round, which for a quadrature pair is its conjugate
        return np.asarray(np.conj(response[:, cells, cells]) * np.float32(1 / self.stride**2))

    def quadrature(self, stimuli: Floats, pixels_per_degree: float, cells: NDArray[np.int64] | list[int]) -> Floats:
        """(n, cells, 2): q0 and q90 of cells whose field is centred on the stimulus; outside of the stimulus is mid-grey.

        `stimuli`: (n, h, w) grey or (n, 3, h, w), of 0…1. Raises Refused when they are too large.
        """
        chosen = np.asarray(cells, dtype=np.int64)
        frames = _checked(stimuli)
        height, width = frames.shape[-2:]
        out = np.empty((len(frames), len(chosen), 2), dtype=np.float32)
        pairs = np.stack([self._field(int(cell), (height, width), pixels_per_degree) for cell in chosen])  # (cells, h·w) complex
        channels = self.population.channel[chosen] if frames.ndim == 4 else np.zeros(len(chosen), dtype=np.int64)
        for channel in np.unique(channels):
            flat = (frames[:, channel] if frames.ndim == 4 else frames).reshape(len(frames), -1)
            members = np.flatnonzero(channels == channel)
            filters = np.concatenate([pairs[members].real, pairs[members].imag])
            drive = 2 * (flat @ filters.T) - filters.sum(axis=1)  # light enters as 2·light − 1
            out[:, members, 0], out[:, members, 1] = drive[:, : len(members)], drive[:, len(members) :]
        return out

    def centre(self, stimuli: Floats, pixels_per_degree: float, cells: NDArray[np.int64] | list[int]) -> Floats:
        """(n, cells): rates of cells whose field is centred on the stimulus. Takes and refuses what `quadrature` does."""
        pair = self.quadrature(stimuli, pixels_per_degree, cells)
        complex_cell = self.population.complex[np.asarray(cells, dtype=np.int64)]
        rates = np.where(complex_cell, np.sqrt((pair**2).sum(axis=2) / 2), np.maximum(pair[..., 0], 0))
        return np.asarray(GAIN * rates, dtype=np.float32)

    def field(self, cell: int, shape: tuple[int, int], pixels_per_degree: float) -> Floats:
        """(h, w): the weights of the cell's Gabor, its own phase included."""
        return np.asarray(self._field(cell, shape, pixels_per_degree).real.reshape(shape), dtype=np.float32)

    def _field(self, cell: int, shape: tuple[int, int], pixels_per_degree: float) -> NDArray[np.complex64]:
        """(h·w,): real part the Gabor of the cell's phase, imaginary part that of a quarter cycle before."""
        own = self.population
        pair = quadrature_pair(shape, pixels_per_degree, own.frequency[cell], own.orientation[cell], own.nx[cell], own.ny[cell])
        return np.asarray(pair.ravel() * self._turn[cell, 0, 0], dtype=np.complex64)


def channel_of(stimuli: Floats, population: Population, cell: int) -> Floats:
    """(n, h, w): what the cell reads of grey or coloured stimuli. Raises Refused when they are too large."""
    frames = _checked(stimuli)
    return frames[:, population.channel[cell]] if frames.ndim == 4 else frames


def noisy(rates: Floats, seed: int) -> Floats:
    """Rates with the published noise: 0.35·rate + 0.07 is the mean, its square root the standard deviation, in the rates' own units."""
    expected = NOISE_SCALE * rates + NOISE_LEVEL
    noise = np.random.default_rng(seed).standard_normal(rates.shape, dtype=np.float32)
    drawn = expected + np.sqrt(np.maximum(expected, 0)) * noise
    return np.asarray((drawn - NOISE_LEVEL) / NOISE_SCALE, dtype=np.float32)


def _checked(stimuli: Floats) -> Floats:
    """The same stimuli, or a refusal that says what is allowed."""
    frames = np.asarray(stimuli, dtype=np.float32)
    if frames.ndim not in (3, 4) or (frames.ndim == 4 and frames.shape[1] != 3):
        raise Refused("stimuli", "Stimuli are an array of grey frames (n, height, width) or of coloured ones (n, 3, height, width).")
    if max(frames.shape[-2:]) > MAX_SIDE or frames.size > MAX_STIMULUS_VALUES:
        raise Refused("stimuli", f"Stimuli have at most {MAX_SIDE} pixels a side and {MAX_STIMULUS_VALUES:,} values in all.")
    return frames
