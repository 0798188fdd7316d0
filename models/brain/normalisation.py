"""Responses divided by what the neighbourhood does (Heeger 1992; Carandini and Heeger 2012, 10.1038/nrn3136), and light adaptation.

    Naka–Rushton     R = Rmax cⁿ / (c50ⁿ + cⁿ) + R0                       (Naka and Rushton 1966)
    normalisation    R = γ Dⁿ / (σⁿ + Σ Dⁿ)
    adaptation       R = Iⁿ / (Iⁿ + Hⁿ),  H = I_b + H0                    (Normann and Perlman 1979: the curve follows the light)
    threshold        ΔI = d √( I_b + I_D + (4 s H / n)² )

The threshold is where the adapting response to I_b + ΔI differs from that to I_b by d standard deviations of two noises: of the photons
(variance I_b + I_D, events of which I_D come in the dark: Barlow 1957) and of the response (s), which H divides by its slope n / 4H.
log ΔI rises against log I_b with slope 0 in the dark, ½ where photon noise is larger (de Vries 1943; Rose 1948), 1 where the response's
noise is (Weber's law).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from models.brain.gabor import grid, quadrature_pair
from models.brain.v1 import GAIN, V1, Floats, channel_of
from models.specs.v1_published import SUMMATION_FIELD_DEGREES, SURROUND_DEGREES

Values = NDArray[np.float64]
_Number = TypeVar("_Number", float, NDArray[np.float64])


def naka_rushton(contrast: _Number, maximum: float, half: float, exponent: float, baseline: float = 0.0) -> _Number:
    """`maximum` + `baseline` is approached, half of `maximum` reached at contrast `half`. Contrast and half in the same unit, ≥ 0."""
    driven = contrast**exponent
    return maximum * driven / (half**exponent + driven) + baseline


def normalised(drive: Values | float, pool: Values | float, half: float, exponent: float, gain: float = 1.0) -> Values:
    """γ Dⁿ / (σⁿ + P), where `pool` P is already the sum Σ Dⁿ over the pool. `half` is σ; negative drive counts as 0."""
    driven = np.maximum(np.asarray(drive, dtype=np.float64), 0) ** exponent
    return np.asarray(gain * driven / (half**exponent + np.asarray(pool, dtype=np.float64)))


@dataclass(frozen=True)
class Adaptation:
    """An observer of steady light. Light is counted in photon events per integration time and area; the numbers are this lab's choice.

    With them the three laws share seven decades evenly: they are no measurement of one eye.
    """

    dark_events: float = 1.0
    """I_D: events that come without light."""
    dark_half: float = 1.0
    """H0: half-saturation in the dark."""
    response_noise: float = 0.001
    """s: standard deviation of the response, as a share of its range."""
    exponent: float = 1.0
    """n of the response curve."""
    criterion: float = 1.0
    """d: how many standard deviations are needed to see it."""


OBSERVER: Final = Adaptation()


def adapted(intensity: _Number, background: float, adaptation: Adaptation = OBSERVER) -> _Number:
    """0…1: the response to `intensity` of a cell that has adapted to `background`, both in the same unit; ½ at H."""
    return naka_rushton(intensity, 1.0, background + adaptation.dark_half, adaptation.exponent)


def increment_threshold(background: Values, adaptation: Adaptation = OBSERVER) -> Values:
    """ΔI that is just seen on each background, in the background's unit."""
    light = np.asarray(background, dtype=np.float64)
    from_response = 4 * adaptation.response_noise * (light + adaptation.dark_half) / adaptation.exponent
    return np.asarray(adaptation.criterion * np.sqrt(light + adaptation.dark_events + from_response**2))


def threshold_slope(background: Values, adaptation: Adaptation = OBSERVER) -> Values:
    """d log ΔI / d log I: 0 in the dark, ½ in dim light, 1 in bright light. Exact."""
    light = np.asarray(background, dtype=np.float64)
    weber = (4 * adaptation.response_noise / adaptation.exponent) ** 2
    square = light + adaptation.dark_events + weber * (light + adaptation.dark_half) ** 2
    return np.asarray(light * (1 + 2 * weber * (light + adaptation.dark_half)) / (2 * square))


@dataclass(frozen=True)
class Pool:
    """The neighbours that a cell is divided by: same frequency and shape of field, all orientations alike, two Gaussians of places.

    One is as wide as the cell's own envelope, the other, with `surround` of the weight, `extent` times as wide: the ratio of the published
    medians of surround and summation field (Cavanaugh, Bair and Movshon 2002). `surround` is chosen so that the median index at full
    contrast is about the published histogram's (0.33); `half` (c50 ≈ 0.33) and the flat weight of orientations are this lab's choice.
    All cells have the same pool, so the model's indices spread less than the recorded ones.
    """

    half: float = 0.33
    exponent: float = 2.0
    extent: float = SURROUND_DEGREES / SUMMATION_FIELD_DEGREES
    surround: float = 0.27
    orientations: int = 8
    strength: float = 1.0
    """1: a large preferred grating of contrast c drives the pool to cⁿ, so that the cell follows Naka–Rushton with c50 = `half`."""


class Normalised:
    """V1 cells in the middle of a stimulus, divided by a pool around them. Drive is the cell's own, in units of grating contrast."""

    def __init__(self, v1: V1, pool: Pool | None = None) -> None:
        self.v1, self.pool = v1, pool or Pool()

    def centre(self, stimuli: Floats, pixels_per_degree: float, cells: NDArray[np.int64] | list[int]) -> Floats:
        """(n, cells): rates as `V1.centre` gives them, normalised. A cell without its pool reaches the same rate at contrast 1."""
        linear = self.v1.centre(stimuli, pixels_per_degree, cells)
        rates = np.empty_like(linear)
        for column, cell in enumerate(np.asarray(cells, dtype=np.int64)):
            largest = GAIN / 2 * (np.sqrt(0.5) if self.v1.population.complex[cell] else 1.0)
            around = self.pool.strength * self.drive_of_pool(stimuli, pixels_per_degree, int(cell))
            drive = linear[:, column].astype(np.float64) / largest
            rates[:, column] = normalised(drive, around, self.pool.half, self.pool.exponent, largest)
        return rates

    def drive_of_pool(self, stimuli: Floats, pixels_per_degree: float, cell: int) -> Values:
        """(n,): the pool's sum of contrastⁿ; a grating of contrast c and any orientation that covers the pool gives cⁿ."""
        frames = 2 * channel_of(stimuli, self.v1.population, cell) - 1
        weights, spectra, scale = self._filters(frames.shape[1:], pixels_per_degree, cell)
        height, width = frames.shape[1:]
        around = scipy.fft.fft2(frames, s=spectra.shape[1:]).astype(np.complex64)
        total = np.zeros(len(frames))
        for spectrum in spectra:
            amplitude = 2 * np.abs(scipy.fft.ifft2(around * spectrum)[:, :height, :width])
            total += np.tensordot(amplitude**self.pool.exponent, weights, axes=2)
        return total / scale

    def _filters(self, shape: tuple[int, ...], pixels_per_degree: float, cell: int) -> tuple[Floats, NDArray[np.complex64], float]:
        """Weights of places (h, w), spectra of the pool's filters (orientations, H, W), and their sum for a grating of contrast 1."""
        own = self.v1.population
        frequency, nx, ny = own.frequency[cell], own.nx[cell], own.ny[cell]
        angles = 180 / self.pool.orientations * np.arange(self.pool.orientations)
        sigma = np.sqrt(nx * ny) / frequency
        reach = int(np.ceil(3 * max(nx, ny) / frequency * pixels_per_degree))  # so that the torus does not bring the other side near
        side = 2 * min(reach, max(shape)) + 1
        padded = [scipy.fft.next_fast_len(length + side // 2) for length in shape]
        pairs = [quadrature_pair((side, side), pixels_per_degree, frequency, own.orientation[cell] + angle, nx, ny) for angle in angles]
        fields = np.zeros((len(pairs), *(max(length, side) for length in padded)), dtype=np.complex64)
        fields[:, :side, :side] = pairs
        fields = np.roll(fields, (-(side // 2), -(side // 2)), axis=(1, 2))
        x, y = grid(shape[0], shape[1], pixels_per_degree)
        weights = np.zeros(shape)
        for share, width in ((1 - self.pool.surround, sigma), (self.pool.surround, self.pool.extent * sigma)):
            weights += share * np.exp(-0.5 * (x**2 + y**2) / width**2) / (2 * np.pi * (width * pixels_per_degree) ** 2)
        off = np.radians(angles)
        tuning = np.exp(-2 * np.pi**2 * ((nx * (np.cos(off) - 1)) ** 2 + (ny * np.sin(off)) ** 2))
        scale = float((tuning**self.pool.exponent).sum())
        return weights.astype(np.float32), scipy.fft.fft2(fields).astype(np.complex64), scale
