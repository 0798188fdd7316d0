"""Four pictures in which equal greys look unequal, drawn from a few lengths in degrees. Luminances 0…1, linear.

Simultaneous contrast; White's effect (White 1979, 10.1068/p080413); Mach bands (Ratliff 1965); the Hermann grid (Hermann 1870),
straight, or with wavy streets, along which people no longer see spots (Geier et al. 2008, 10.1068/p5622).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
DEGREES = 16.0
"""Side of a picture in degrees of visual angle."""
PIXELS_PER_DEGREE = 16
SIDE = int(DEGREES * PIXELS_PER_DEGREE)
GROUND = 0.5
"""Luminance of what surrounds a picture: the mean of its light and its dark parts."""
_MACH_STRIP = 0.5
"""Width of a place of comparison beside a ramp, in degrees."""


@dataclass(frozen=True)
class Target:
    """A place that is as bright as its partner: pixels left ≤ x < right, top ≤ y < bottom."""

    name: str
    left: int
    top: int
    right: int
    bottom: int

    def mean(self, values: NDArray[np.floating]) -> float:
        return float(values[self.top : self.bottom, self.left : self.right].mean())


@dataclass(frozen=True)
class Illusion:
    """A picture and its pairs of equal places: of each pair, the first is asked about and the second compared."""

    picture: Picture
    pairs: tuple[tuple[Target, Target], ...]


@dataclass(frozen=True)
class Shape:
    """Lengths in degrees, luminances 0…1."""

    size: float
    contrast: float
    """(light − dark) / (light + dark) of the parts around the targets, whose mean is 0.5."""
    grey: float
    wavy: bool = False

    @property
    def dark(self) -> float:
        return GROUND * (1 - self.contrast)

    @property
    def light(self) -> float:
        return GROUND * (1 + self.contrast)


def draw(name: str, shape: Shape) -> Illusion:
    """The illusion `name`; raises KeyError for any other name."""
    return _DRAWN[name](shape)


def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """x to the right and y down, of pixel centres in degrees."""
    along = (np.arange(SIDE) + 0.5) / PIXELS_PER_DEGREE
    return along[None, :], along[:, None]


def _box(name: str, x: float, y: float, width: float, height: float) -> Target:
    """The place centred at (x, y), in degrees, at least one pixel, within the picture."""
    left, right = _span(x, width)
    top, bottom = _span(y, height)
    return Target(name, left, top, right, bottom)


def _span(centre: float, length: float) -> tuple[int, int]:
    first = round((centre - length / 2) * PIXELS_PER_DEGREE)
    last = max(first + 1, round((centre + length / 2) * PIXELS_PER_DEGREE))
    return max(0, first), min(SIDE, last)


def _fill(picture: Picture, target: Target, value: float) -> None:
    picture[target.top : target.bottom, target.left : target.right] = value


def simultaneous_contrast(shape: Shape) -> Illusion:
    """Two squares of one grey, `size` wide: one on the dark half, one on the light half."""
    x, _ = _grid()
    picture = np.broadcast_to(np.where(x < DEGREES / 2, shape.dark, shape.light), (SIDE, SIDE)).astype(np.float32)
    on_dark = _box("on the dark ground", DEGREES / 4, DEGREES / 2, shape.size, shape.size)
    on_light = _box("on the light ground", 0.75 * DEGREES, DEGREES / 2, shape.size, shape.size)
    for target in (on_dark, on_light):
        _fill(picture, target, shape.grey)
    return Illusion(picture, ((on_dark, on_light),))


def white(shape: Shape) -> Illusion:
    """Bars of width `size`; one dark and one light bar are grey over twice that height. Both patches touch more of the other kind."""
    x, _ = _grid()
    picture = np.broadcast_to(np.where(np.floor(x / shape.size) % 2 == 0, shape.dark, shape.light), (SIDE, SIDE)).astype(np.float32)
    places = (_bar(shape.size, 0, DEGREES / 4), _bar(shape.size, 1, 0.75 * DEGREES))
    names = ("on the dark bar", "on the light bar")
    targets = [_box(name, place, DEGREES / 2, shape.size, 2 * shape.size) for name, place in zip(names, places, strict=True)]
    for target in targets:
        _fill(picture, target, shape.grey)
    return Illusion(picture, ((targets[0], targets[1]),))


def _bar(width: float, parity: int, near: float) -> float:
    """The centre of the whole bar of that kind (0 dark, 1 light) that is nearest to `near`, in degrees."""
    centres = (np.arange(int(DEGREES / width)) + 0.5) * width
    kind = centres[parity::2]
    return float(kind[np.abs(kind - near).argmin()])


def mach_bands(shape: Shape) -> Illusion:
    """Two plateaus joined by a ramp `size` wide. Compared: each plateau beside the ramp, and away from it."""
    x, _ = _grid()
    middle, half = DEGREES / 2, shape.size / 2
    ramp = np.clip((x - middle + half) / shape.size, 0, 1)
    picture = np.broadcast_to(shape.dark + (shape.light - shape.dark) * ramp, (SIDE, SIDE)).astype(np.float32)
    low, high = middle - half, middle + half
    light, dark = "on the light side", "on the dark side"
    above = (_strip(f"{light}, at the ramp", high + _MACH_STRIP / 2), _strip(f"{light}, away from the ramp", (high + DEGREES) / 2))
    below = (_strip(f"{dark}, at the ramp", low - _MACH_STRIP / 2), _strip(f"{dark}, away from the ramp", low / 2))
    return Illusion(picture, (above, below))


def _strip(name: str, x: float) -> Target:
    return _box(name, x, DEGREES / 2, _MACH_STRIP, DEGREES / 4)


def hermann_grid(shape: Shape) -> Illusion:
    """Light streets `size` wide between dark squares of three times that. Compared: a crossing, and a street between two crossings."""
    x, y = _grid()
    period = 4 * shape.size
    bend = shape.size * 0.4 if shape.wavy else 0.0
    upright = _street(x - bend * np.sin(2 * np.pi * (y - DEGREES / 2) / period), shape.size, period)
    level = _street(y - bend * np.sin(2 * np.pi * (x - DEGREES / 2) / period), shape.size, period)
    picture = np.where(upright | level, shape.light, shape.dark).astype(np.float32)
    crossing = _box("at a crossing", DEGREES / 2, DEGREES / 2, shape.size / 2, shape.size / 2)
    between = _box("between crossings", DEGREES / 2 - period / 2, DEGREES / 2, shape.size / 2, shape.size / 2)
    return Illusion(picture, ((crossing, between),))


def _street(distance: NDArray[np.float64], width: float, period: float) -> NDArray[np.bool_]:
    """Where a street lies: one passes through the picture's middle, further ones every `period`."""
    offset = (distance - DEGREES / 2 + period / 2) % period - period / 2
    return np.abs(offset) < width / 2


_DRAWN: dict[str, Callable[[Shape], Illusion]] = {
    "simultaneous_contrast": simultaneous_contrast,
    "white": white,
    "mach_bands": mach_bands,
    "hermann_grid": hermann_grid,
}
