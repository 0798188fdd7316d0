"""Cells of the V1 model under a physiologist's gratings, each alone and divided by its pool.

A grating without an aperture is taken as endless: then the pool's drive has a closed form, the sum over its orientations of the energy
that passes each filter (for an exponent of 2, the energies of two gratings add). Gratings in an aperture go through the pool's filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.brain.gabor import gabor
from models.brain.normalisation import Normalised, Pool, normalised
from models.brain.v1 import GAIN, V1
from models.brain.v1_population import Population, sample
from models.specs.unit_physiology import CELLS, PIXELS_PER_DEGREE
from models.tasks.stimuli import Floats, Grating, Window, render

SIDE = 224
_REACH = 3.0
"""Standard deviations of a Gabor's envelope that its window reaches on each side."""
_PER_CYCLE = 8
"""Pixels a cycle that are enough for a grating of the cell's own frequency."""


@dataclass(frozen=True)
class Described:
    """A unit in words and numbers: JSON-able."""

    title: str
    about: str
    field_degrees: float
    rate: str
    """Name of the response."""
    facts: dict[str, Any]


class Subject(Protocol):
    """A unit whose responses are recorded. `variants`: the unit itself first, then what it is compared with."""

    variants: tuple[tuple[str, str], ...]
    """(name, title) of each."""

    def described(self) -> Described: ...

    def window(self, protocol: str) -> Window: ...

    """The pixels that this protocol's stimuli are rendered on."""

    def box(self, window: Window) -> tuple[float, float, float, float]: ...

    """The field on that window: left, top, right, bottom in pixels."""

    def answer(self, gratings: list[Grating], window: Window) -> Floats: ...

    """(variants, stimuli) of rates ≥ 0."""

    def see(self, frames: NDArray[Any], window: Window) -> Floats: ...

    """(frames,) of the unit's own rates for frames (n, side, side) or (n, side, side, 3) of 0…1."""


@cache
def population() -> Population:
    return sample(CELLS, seed=0)


@cache
def cortex() -> V1:
    # Only single cells are asked, never maps: a small side keeps the spectra small.
    return V1(population(), side=16, degrees=1.0)


class Cell:
    """One cell of the model. `divided` says whether the cell with normalisation comes first, or the cell alone."""

    def __init__(self, cell: int, divided: bool = True) -> None:
        self.cell, self.divided, self.pool = cell, divided, Pool()
        names = (("divided", "with normalisation"), ("alone", "without normalisation"))
        self.variants: tuple[tuple[str, str], ...] = names if divided else names[::-1]
        cells = population()
        self.frequency, self.preferred = float(cells.frequency[cell]), float(cells.orientation[cell])
        self.nx, self.ny = float(cells.nx[cell]), float(cells.ny[cell])
        self.is_complex = bool(cells.complex[cell])
        self.sigma = max(self.nx, self.ny) / self.frequency

    @property
    def field(self) -> float:
        """Diameter that holds ±2 standard deviations of the envelope's longer axis, degrees."""
        return 4 * self.sigma

    def described(self) -> Described:
        kind = "complex" if self.is_complex else "simple"
        two = "Two Gabor filters a quarter of a cycle apart: the root of their mean square."
        about = two if self.is_complex else "One Gabor filter, cut at zero."
        facts = {"kind": kind, **population().cell(self.cell)}
        return Described(f"V1 model, {kind} cell {self.cell}", about, self.field, "response", facts)

    def window(self, protocol: str) -> Window:
        reach, density = 2 * _REACH * self.sigma, PIXELS_PER_DEGREE
        if protocol == "size":
            reach, density = 4.2 * self.field, min(density, _PER_CYCLE * self.frequency)
        if protocol == "noise":
            return Window.centred(64, 64 / (1.5 * self.field))
        return Window.centred(int(min(SIDE, max(32, 2 * np.ceil(reach * density / 2)))), density)

    def box(self, window: Window) -> tuple[float, float, float, float]:
        reach = min(self.field * window.pixels_per_degree, window.side) / 2
        middle = window.side / 2
        return (middle - reach, middle - reach, middle + reach, middle + reach)

    def answer(self, gratings: list[Grating], window: Window) -> Floats:
        frames = render(gratings, window)
        alone = self.see(frames, window)
        largest = GAIN / 2 * (0.5**0.5 if self.is_complex else 1.0)
        around = self._around(gratings, window)
        divided = normalised(alone.astype(np.float64) / largest, around, self.pool.half, self.pool.exponent, largest)
        both = (divided, alone) if self.divided else (alone, divided)
        return np.asarray(both, np.float32)

    def see(self, frames: NDArray[Any], window: Window) -> Floats:
        """The cell alone."""
        stimuli = np.ascontiguousarray(np.moveaxis(frames, -1, 1) if frames.ndim == 4 else frames, np.float32)
        return cortex().centre(stimuli, window.pixels_per_degree, [self.cell])[:, 0]

    def planted(self, window: Window, squares: int, quarter: bool = False) -> Floats:
        """The cell's own field (or the same a quarter of a cycle on), averaged over squares: what noise of that grain can recover."""
        phase = float(population().phase[self.cell]) + 90 * quarter
        whole = gabor(window.side, window.pixels_per_degree, self.frequency, self.preferred, phase, self.nx, self.ny)
        grain = window.side // squares
        averaged: Floats = whole.reshape(squares, grain, squares, grain).mean((1, 3))
        return averaged

    def _around(self, gratings: list[Grating], window: Window) -> NDArray[np.float64]:
        """The pool's drive. It sums energy over places, which a drift does not change: gratings that differ in phase alone share it."""
        still = [grating.at(0.0, 0.0) for grating in gratings]
        kinds = list(dict.fromkeys(still))
        if kinds[0].diameter is None:
            drives = self.endless(kinds)
        else:
            # An aperture's edge cuts through the bars; two phases a quarter of a cycle apart even that out.
            both = render([grating.at(phase) for phase in (0.0, 90.0) for grating in kinds], window)
            drives = Normalised(cortex(), self.pool).drive_of_pool(both, window.pixels_per_degree, self.cell).reshape(2, -1).mean(axis=0)
        known = dict(zip(kinds, drives, strict=True))
        return self.pool.strength * np.array([known[grating] for grating in still])

    def endless(self, gratings: list[Grating]) -> NDArray[np.float64]:
        """The pool's drive by gratings (and their masks) that cover everything: about cⁿ for the cell's own frequency."""
        power = self.pool.exponent
        columns = np.array([[g.frequency, g.orientation, g.contrast, g.mask_orientation, g.mask_contrast] for g in gratings]).T
        own = columns[2] ** power * self._passed(columns[0], columns[1]).sum(axis=0)
        mask = columns[4] ** power * self._passed(columns[0], columns[3]).sum(axis=0)
        best = self._passed(np.array([self.frequency]), np.array([self.preferred]))[0]
        return np.asarray((own + mask) / best)

    def _passed(self, frequency: NDArray[Any], orientation: NDArray[Any]) -> NDArray[Any]:
        """(2, gratings): what the pool's filters pass of a grating, to the pool's exponent and summed over their orientations.

        A grating has its frequency in both directions; a filter passes the one on its own side, and a little of the other.
        """
        angles = 180 / self.pool.orientations * np.arange(self.pool.orientations) + self.preferred
        off = np.radians(orientation[:, None] - angles)
        along, across = frequency[:, None] * np.cos(off), frequency[:, None] * np.sin(off)
        nearest = np.stack([np.abs(along - self.frequency), np.abs(along + self.frequency)])
        passed = np.exp(-2 * np.pi**2 * ((self.nx * nearest) ** 2 + (self.ny * across) ** 2) / self.frequency**2)
        return np.asarray((passed**self.pool.exponent).sum(axis=2))
