"""The brain's side of the hierarchy: one image up six rungs of published models, described as the network's stages are.

retina, v1_simple, v1_complex, c1, s2, c2. Arrays: `<rung>/map` u1 (maps, height, width), byte b = minimum + b/255 · (maximum − minimum) of
that map; c2 also lists all its `values`. Boxes are input pixels: left ≤ x < right; a map's maximum is at [row, column]. Maps of one rung
may see different sizes: each has its own `receptive_field`, which goes before the rung's. `quick` gives V1 a quarter of the places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from torch.nn.functional import max_pool2d, pad

from models.brain import retina
from models.brain.hmax import PATCH_BAND, PATCH_SIDES, POOLING, Hmax, Unit
from models.brain.v1 import V1
from models.brain.v1_population import sample
from models.experiments import brain_ladder_rungs as rungs
from models.experiments.brain_ladder_patches import grey, patches
from models.experiments.brain_ladder_rungs import DENSE, HALF, HMAX_SIDE, PIXELS_PER_DEGREE, SIDE, Square
from models.types import Array

RUNGS: Final = ("retina", "v1_simple", "v1_complex", "c1", "s2", "c2")
CELLS: Final = 256
SEED: Final = 0
STRIDES: Final = {False: 4, True: 8}
"""Pixels between V1 cells; `quick` takes the second."""
_ROUNDING: Final = 1e-6
"""Responses to photographs are of the order 0.1 to 10."""


@dataclass(frozen=True)
class Looked:
    """What all rungs make of one image: float32 (channels, height, width), c2 (patches,); and where each patch was matched best."""

    maps: dict[str, Array]
    best: list[Unit]
    stride: int


class BrainLadder:
    """Built once a worker (0.6 s), then only read. Pixels are u1 (224, 224, 3)."""

    def __init__(self) -> None:
        self.population = sample(CELLS, SEED)
        self.patches = patches(HMAX_SIDE)
        self._v1 = {quick: V1(self.population, SIDE, SIDE / PIXELS_PER_DEGREE, stride) for quick, stride in STRIDES.items()}
        self._hmax = Hmax(self.patches, HMAX_SIDE)
        self.look(np.full((SIDE, SIDE, 3), 128, np.uint8), quick=True)  # compiles or loads what is compiled

    def climb(self, pixels: Array, maps: int) -> tuple[list[dict[str, Any]], dict[str, Array]]:
        """Every rung's description with its `maps` strongest channels, and their arrays."""
        return self.describe(self.look(pixels), maps)

    def responses(self, pixels: Array, quick: bool = False) -> dict[str, Array]:
        """{rung: flat float32}: every unit's response. `maps` keeps their shape."""
        return {name: values.ravel() for name, values in self.maps(pixels, quick).items()}

    def maps(self, pixels: Array, quick: bool = False) -> dict[str, Array]:
        """{rung: float32 (channels, height, width)}; c2 (patches,). Channels are numbered as in `climb`."""
        return self.look(pixels, quick).maps

    def look(self, pixels: Array, quick: bool = False) -> Looked:
        """All responses. Raises ValueError for another shape."""
        if pixels.shape != (SIDE, SIDE, 3):
            raise ValueError(f"Pixels of shape ({SIDE}, {SIDE}, 3) are needed, not {pixels.shape}.")
        colour = np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32) / np.float32(255)
        cells = self._v1[quick].maps(colour)
        simple = ~self.population.complex
        half = grey(pixels).reshape(HMAX_SIDE, HALF, HMAX_SIDE, HALF).mean(axis=(1, 3))
        seen = self._hmax.respond(half)
        maps = {
            "retina": _retina(colour),
            "v1_simple": cells[simple],
            "v1_complex": cells[~simple],
            "c1": _dense_c1(seen.s1),
            "s2": _aligned([bands[PATCH_BAND] for bands in seen.s2]),
            "c2": seen.c2,
        }
        return Looked({name: _beyond_rounding(values) for name, values in maps.items()}, seen.best, STRIDES[quick])

    def describe(self, looked: Looked, maps: int) -> tuple[list[dict[str, Any]], dict[str, Array]]:
        """Rungs and arrays of what was looked at, for the `maps` strongest channels of each."""
        described, arrays = [], {}
        for name in RUNGS:
            values = looked.maps[name]
            chosen = self._chosen(name, values, maps)
            placed = values if values.ndim == 3 else values[:, None, None]
            arrays[f"{name}/map"] = np.stack([rungs.map_bytes(placed[channel]) for channel in chosen])
            described.append(self._rung(name, looked, chosen))
        return described, arrays

    def _chosen(self, name: str, values: Array, count: int) -> list[int]:
        if not name.startswith("v1"):
            return rungs.strongest(values, count)
        return rungs.strongest_bars(values, self._cells(name), self.population, count)

    def _rung(self, name: str, looked: Looked, chosen: list[int]) -> dict[str, Any]:
        values = looked.maps[name]
        width = values.shape[-1] if values.ndim == 3 else 1
        rung = {
            "name": name,
            "title": rungs.TITLES[name],
            "about": rungs.ABOUT[name],
            "shape": list(values.shape),
            "rectified": True,
            "receptive_field": {**self._square(name, self._typical(name), looked.stride).described(width), **self._sizes(name, looked)},
            "maps": [self._map(name, channel, looked) for channel in chosen],
        }
        return {**rung, "values": [float(value) for value in values]} if name == "c2" else rung

    def _map(self, name: str, channel: int, looked: Looked) -> dict[str, Any]:
        """One channel: range, where it is largest, what that unit can see, and what the cell is."""
        values = np.atleast_2d(looked.maps[name][channel])
        row, column = divmod(int(values.argmax()), values.shape[1])
        square = self._square(name, channel, looked.stride)
        box = _box(looked.best[channel]) if name == "c2" else square.box(row, column)
        inside = tuple(int(np.clip(edge, 0, SIDE)) for edge in box)
        return {
            "channel": channel,
            **self._name(name, channel),
            "maximum": float(values.max()),
            "minimum": float(values.min()),
            "mean": float(values.mean()),
            "at_ceiling": 0,
            "position": [row, column],
            "field": dict(zip(("left", "top", "right", "bottom"), inside, strict=True)),
            "clipped": inside != box,
            "receptive_field": square.described(values.shape[1]),
            "cell": self._cell(name, channel),
        }

    def _square(self, name: str, channel: int, stride: int) -> Square:
        if name == "retina":
            return rungs.retina_square(channel)
        if name.startswith("v1"):
            return rungs.v1_square(self.population, int(self._cells(name)[channel]), stride)
        if name == "c1":
            return rungs.c1_square(channel)
        return rungs.s2_square(rungs.patch_side(self.patches, channel)) if name == "s2" else Square(SIDE, 1, 0)

    def _sizes(self, name: str, looked: Looked) -> dict[str, int]:
        """Sides of the smallest and the largest field on a rung."""
        sizes = [self._square(name, channel, looked.stride).size for channel in range(len(looked.maps[name]))]
        return {"smallest": min(sizes), "largest": max(sizes)}

    def _typical(self, name: str) -> int:
        """The channel whose field stands for the rung: V1's median size, else the first; C1's patch band."""
        if name.startswith("v1"):
            cells = self._cells(name)
            sizes = np.maximum(self.population.nx, self.population.ny)[cells] / self.population.frequency[cells]
            return int(np.argsort(sizes)[len(sizes) // 2])
        return 4 * PATCH_BAND if name == "c1" else 0

    def _cell(self, name: str, channel: int) -> dict[str, Any]:
        if name == "retina":
            return rungs.retina_cell(channel)
        if name.startswith("v1"):
            return rungs.v1_cell(self.population, int(self._cells(name)[channel]))
        return rungs.c1_cell(channel) if name == "c1" else rungs.patch_cell(self.patches, channel)

    def _name(self, name: str, channel: int) -> dict[str, str]:
        """What a map is called where its number says nothing."""
        if name == "retina":
            ganglion, sign = rungs.RETINA[channel]
            return {"name": f"{sign} cells, {ganglion.title.split()[0].lower()}"}
        if name in ("s2", "c2"):
            return {"name": f"patch {channel}"}
        cell = self._cell(name, channel)
        band = f"band {cell['band'] + 1}, " if name == "c1" else ""
        return {"name": f"{band}along {cell['orientation']:.0f}°"}

    def _cells(self, name: str) -> Array:
        """Numbers in the population of a V1 rung's channels."""
        return np.flatnonzero(self.population.complex == (name == "v1_complex"))


def _beyond_rounding(values: Array) -> Array:
    """Channels whose responses are all below the rounding of float32 sums of light (0…1) are silent, and are said to be."""
    silent = np.abs(values.reshape(len(values), -1)).max(axis=1) < _ROUNDING
    if silent.any():
        values = values.copy()
        values[silent] = 0
    return values


def _retina(colour: Array) -> Array:
    """(4, 224, 224): ON and OFF, magnocellular then parvocellular."""
    light = retina.luminance(colour)
    return np.concatenate([retina.on_and_off(light, PIXELS_PER_DEGREE, cell) for cell in (retina.MAGNOCELLULAR, retina.PARVOCELLULAR)])


def _dense_c1(s1: Array) -> Array:
    """(32, 28, 28), channel = 4 · band + orientation: every band's maxima around the same places, 2, 6, 10, … pixels."""
    simple, maps = torch.from_numpy(s1), []
    for band, side in enumerate(POOLING):
        largest = simple[2 * band : 2 * band + 2].amax(dim=0)[None]
        before = side // 2 - DENSE // 2
        around = pad(largest, (before, side, before, side))
        rows = max_pool2d(around, (side, 1), (DENSE, 1))  # a maximum over a square is one over its rows' maxima: a tenth of the work
        maps.append(max_pool2d(rows, (1, side), (1, DENSE))[0, :, : HMAX_SIDE // DENSE, : HMAX_SIDE // DENSE])
    return np.asarray(torch.cat(maps).numpy())


def _aligned(matches: list[Array]) -> Array:
    """(patches, rows, columns) of all patch sides around the same middles; 0 where a larger patch does not fit."""
    margins = [(side - PATCH_SIDES[0]) // 2 for side in PATCH_SIDES]
    return np.concatenate([np.pad(values, ((0, 0), (m, m), (m, m))) for values, m in zip(matches, margins, strict=True)])


def _box(unit: Unit) -> tuple[int, int, int, int]:
    return HALF * unit.left, HALF * unit.top, HALF * unit.right, HALF * unit.bottom
