"""HMAX, a model of the way from V1 to IT by alternating template matching and maxima.

Riesenhuber and Poggio 1999 (10.1038/14819); numbers of Serre, Oliva and Poggio 2007 (10.1073/pnas.0700622104):

    S1   |image ∗ Gabor| / √Σ image² under the filter: 16 sizes 7, 9, … 37 pixels, 4 orientations; λ = 2·size/(4 − 0.05k), k = 0 … 15,
         σ = 0.8 λ, γ = 0.3
    C1   maximum over 2 neighbouring sizes and over 8, 10, … 22 pixels, every half of that: 8 bands
    S2   exp(−‖C1 patch − stored patch‖² / w): a Gaussian of the distance. Its width is this lab's choice: w is half of the median squared
         distance between two stored patches of that side, so that values spread over 0…1
    C2   the best match of each stored patch over all places and bands

It is feedforward and knows no time; S2 and C2 stand for V2/V4 to IT, of which no mechanism is agreed. Where a filter would reach beyond
the picture, S1 is 0. Invariance to place and size is not found but built in, by the maxima.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.fft
import torch
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.spatial.distance import pdist
from torch.nn.functional import max_pool2d

Floats = NDArray[np.float32]
SIDE: Final = 128
"""Side of the picture in the original, in pixels."""
SIZES: Final = tuple(range(7, 38, 2))
ORIENTATIONS: Final = (0.0, 45.0, 90.0, 135.0)
"""Degrees of the direction in which the Gabor varies, as in models/brain/gabor.py."""
POOLING: Final = tuple(range(8, 23, 2))
"""Sides of the C1 neighbourhoods, in pixels; they lie half a side apart."""
BANDS: Final = len(POOLING)
PATCH_SIDES: Final = (4, 8)
PATCH_BAND: Final = 1
"""Stored patches come from the second finest band, where enough of them fit and a patch is larger than an edge."""
_DRAWN: Final = 3


def filters() -> list[Floats]:
    """16 arrays (4, size, size): even Gabors inside a disc, of mean 0 and length 1."""
    return [np.stack([_filter(size, k, angle) for angle in ORIENTATIONS]) for k, size in enumerate(SIZES)]


def _filter(size: int, k: int, angle: float) -> Floats:
    wavelength = 2 * size / (4 - 0.05 * k)
    sigma, aspect = 0.8 * wavelength, 0.3
    x = np.arange(size) - size // 2
    right, up = x[None, :], -x[:, None]
    along = right * np.cos(np.radians(angle)) + up * np.sin(np.radians(angle))
    across = up * np.cos(np.radians(angle)) - right * np.sin(np.radians(angle))
    values = np.exp(-(along**2 + (aspect * across) ** 2) / (2 * sigma**2)) * np.cos(2 * np.pi * along / wavelength)
    values[right**2 + up**2 > (size / 2) ** 2] = 0
    values -= values.mean()
    return np.asarray(values / np.linalg.norm(values), dtype=np.float32)


@dataclass(frozen=True)
class Unit:
    """Where a C1 or S2 unit looks: pixels left ≤ x < right, top ≤ y < bottom of the model's picture; may reach beyond it."""

    band: int
    left: int
    top: int
    right: int
    bottom: int


def unit(band: int, row: int, column: int, patch_side: int = 1) -> Unit:
    """The field of the C1 unit at (row, column), or of the S2 unit whose patch begins there."""
    step, margin = POOLING[band] // 2, SIZES[2 * band + 1] // 2
    width = (patch_side - 1) * step + POOLING[band] + 2 * margin
    left, top = column * step - margin, row * step - margin
    return Unit(band, left, top, left + width, top + width)


@dataclass(frozen=True)
class Patches:
    """Stored C1 patches: for each side an array (count, 4, side, side). Units count through the sides in turn."""

    stored: tuple[Floats, ...]

    def __len__(self) -> int:
        return sum(len(patches) for patches in self.stored)


@dataclass(frozen=True)
class Response:
    """What the model makes of one picture."""

    s1: Floats
    """(16, 4, side, side)"""
    c1: list[Floats]
    """8 bands of (4, rows, columns)"""
    s2: list[list[Floats]]
    """[patch side][band]: (patches, rows, columns); bands that are too coarse for the patch are left out"""
    c2: Floats
    """(patches,) of 0…1"""
    best: list[Unit]
    """where each stored patch was matched best"""


class Hmax:
    """Built once for a side of the picture (its filters' spectra: 5 MB), then only read."""

    def __init__(self, patches: Patches | None = None, side: int = SIDE) -> None:
        if not 64 <= side <= 256:
            raise ValueError(f"HMAX takes pictures of 64 to 256 pixels a side, not {side}.")
        self.side, self.patches = side, patches or Patches(())
        self._widths = [_width(stored) for stored in self.patches.stored]
        self._spectra = np.stack([_spectrum(bank, side) for bank in filters()])

    def s1(self, picture: Floats) -> Floats:
        """(side, side) grey 0…1 → (16, 4, side, side). Simple cells: 0…1, the cosine between filter and what lies under it."""
        light = np.asarray(picture, dtype=np.float32)
        spectrum = scipy.fft.fft2(light).astype(np.complex64)
        # even filters have real spectra, so two responses travel as real and imaginary part of one transform
        pairs = scipy.fft.ifft2(spectrum * (self._spectra[:, :2] + 1j * self._spectra[:, 2:]), overwrite_x=True)
        out = np.concatenate([np.abs(pairs.real), np.abs(pairs.imag)], axis=1)
        for k, size in enumerate(SIZES):
            half = size // 2
            inside = slice(half, self.side - half)
            out[k, :, inside, inside] /= _length(light, size)
            out[k, :, :half], out[k, :, -half:], out[k, :, :, :half], out[k, :, :, -half:] = 0, 0, 0, 0
        return np.asarray(out, dtype=np.float32)

    def c1(self, picture: Floats) -> list[Floats]:
        """8 bands of (4, rows, columns)."""
        return _pooled(self.s1(picture))

    def respond(self, picture: Floats) -> Response:
        """All stages of one grey picture (side, side) of 0…1."""
        s1 = self.s1(picture)
        c1 = _pooled(s1)
        s2 = [_matches(c1, stored, width) for stored, width in zip(self.patches.stored, self._widths, strict=True)]
        best = [_best(bands, stored.shape[-1]) for bands, stored in zip(s2, self.patches.stored, strict=True)]
        values = [value for found in best for value, _ in found]
        return Response(s1, c1, s2, np.asarray(values, dtype=np.float32), [where for found in best for _, where in found])


def _pooled(s1: Floats) -> list[Floats]:
    """C1: the larger of two sizes, then the largest of each neighbourhood."""
    simple = torch.from_numpy(s1)
    larger = [simple[2 * band : 2 * band + 2].amax(dim=0)[None] for band in range(BANDS)]
    return [np.asarray(max_pool2d(values, side, side // 2)[0]) for values, side in zip(larger, POOLING, strict=True)]


def sampled(c1: list[list[Floats]], count: int, seed: int) -> Patches:
    """`count` stored patches of each side from the pictures whose C1 bands are given: of three times as many random places those with
    the most response, because an empty patch matches every empty place. Seeded.
    """
    generator = np.random.default_rng(seed)
    stored = []
    for side in PATCH_SIDES:
        chosen = []
        for picture in generator.integers(len(c1), size=_DRAWN * count):
            band = c1[picture][PATCH_BAND]
            row, column = (generator.integers(length - side + 1) for length in band.shape[1:])
            chosen.append(band[:, row : row + side, column : column + side])
        fullest = np.sort(np.argsort([-np.linalg.norm(patch) for patch in chosen])[:count])
        stored.append(np.stack([chosen[index] for index in fullest]))
    return Patches(tuple(stored))


def _spectrum(bank: Floats, side: int) -> Floats:
    """(4, side, side): the real spectrum of even filters around the origin."""
    size = bank.shape[-1]
    placed = np.zeros((len(bank), side, side), dtype=np.float32)
    placed[:, :size, :size] = bank
    centred = np.roll(placed, (-(size // 2), -(size // 2)), axis=(1, 2))
    return np.asarray(scipy.fft.fft2(centred).real, dtype=np.float32)


def _length(light: Floats, size: int) -> Floats:
    """√Σ light² under each size × size window that lies inside; never 0."""
    total = np.zeros((light.shape[0] + 1, light.shape[1] + 1))
    np.cumsum(np.cumsum(light.astype(np.float64) ** 2, axis=0), axis=1, out=total[1:, 1:])
    window = total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]
    return np.sqrt(np.maximum(window, 1e-6)).astype(np.float32)


def _width(stored: Floats) -> float:
    """Half of the median squared distance between two stored patches; 1 for a single one."""
    return float(np.median(pdist(stored.reshape(len(stored), -1), "sqeuclidean"))) / 2 if len(stored) > 1 else 1.0


def _matches(c1: list[Floats], stored: Floats, width: float) -> list[Floats]:
    """S2 in each band that holds the patch: (patches, rows, columns)."""
    side, flat = stored.shape[-1], stored.reshape(len(stored), -1)
    out = []
    for band in c1:
        if min(band.shape[1:]) < side:
            break
        windows = sliding_window_view(band, (side, side), axis=(1, 2))  # (4, rows, columns, side, side)
        rows, columns = windows.shape[1:3]
        places = windows.transpose(1, 2, 0, 3, 4).reshape(rows * columns, -1)
        distance = (places**2).sum(axis=1)[:, None] - 2 * (places @ flat.T) + (flat**2).sum(axis=1)
        out.append(np.exp(-np.maximum(distance, 0) / width).T.reshape(len(stored), rows, columns).astype(np.float32))
    return out


def _best(bands: list[Floats], patch_side: int) -> list[tuple[float, Unit]]:
    """For each patch its largest value and the unit that has it."""
    flat = [band.reshape(len(band), -1) for band in bands]
    places = np.stack([band.argmax(axis=1) for band in flat])
    values = np.stack([band.max(axis=1) for band in flat])
    found = []
    for patch, band in enumerate(values.argmax(axis=0)):
        row, column = divmod(int(places[band, patch]), bands[band].shape[2])
        found.append((float(values[band, patch]), unit(int(band), row, column, patch_side)))
    return found
