"""The six rungs of the brain's ladder in words and fields; all fields in pixels of the 224-pixel input, 28 of which are a degree.

A rung's `receptive_field` is that of most of its units; a map whose units see more or less carries its own, `maps[i].receptive_field`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from models.brain.hmax import BANDS, ORIENTATIONS, PATCH_BAND, PATCH_SIDES, POOLING, SIZES, Patches
from models.brain.retina import MAGNOCELLULAR, PARVOCELLULAR
from models.brain.v1_population import Population
from models.types import Array

SIDE: Final = 224
PIXELS_PER_DEGREE: Final = 28.0
HMAX_SIDE: Final = 112
"""HMAX sees 112 × 112, half of the input, so that its fields are whole pixels; the original took 128 × 128."""
HALF: Final = SIDE // HMAX_SIDE
DENSE: Final = 4
"""C1 units are shown every 4 pixels of HMAX's picture, in all bands alike."""
_COLOURS: Final = ("red", "green", "blue")
_REACH: Final = 2.0
"""Standard deviations of a Gaussian envelope that count as the field: a square of that size holds 91% of a round one's weight."""
_BARS: Final = 0.3
"""nx from which a field has flanks beside its middle; with fewer periods Ringach (2002) counts it among the blobs."""
_ROUND: Final = 12
_DRAWN: Final = "Its field is drawn to two standard deviations: at least nine tenths of its weight."

TITLES: Final = {
    "retina": "Retina",
    "v1_simple": "V1, simple cells",
    "v1_complex": "V1, complex cells",
    "c1": "C1: V1 pooled",
    "s2": "S2: stored patches",
    "c2": "C2: best match anywhere",
}
ABOUT: Final = {
    "retina": "Model: ganglion cells compare a small centre with its surround, ON cells for lighter, OFF cells for darker "
    "(sizes of macaque cells, Croner and Kaplan 1995). Even light leaves them silent. The field is the surround's, drawn to two standard "
    "deviations, and the magnocellular one is wider than most fields of V1, whose model reads the photograph itself and not these cells.",
    "v1_simple": "Model: one Gabor filter a cell, cut at zero; 128 cells sampled from published counts of macaque V1 (VOneBlock, Dapello "
    "et al. 2020). Shown are, for each direction, the strongest cells that prefer bars; those with a field of one blob answer to plain "
    "light too, and count among the responses. Fields differ in size.",
    "v1_complex": "Model: two Gabors a quarter of a cycle apart, squared and added: as simple cells, but light and dark bars count alike, "
    "and a small shift changes little.",
    "c1": "HMAX, a model of V1 to IT (Riesenhuber and Poggio 1999): the largest response of a neighbourhood and of two sizes, in eight "
    "bands from fine to coarse. Place counts less.",
    "s2": "HMAX, for V2 and V4, of which no mechanism is agreed: how like a neighbourhood of C1 is to each of 100 patches stored from "
    "another photograph. Shown in the second finest of eight bands.",
    "c2": "HMAX, for V4 to IT: for each stored patch the best match over all places and bands. Where it stood is no longer told; "
    "that invariance is built in by the maximum.",
}
RETINA: Final = tuple((cell, sign) for cell in (MAGNOCELLULAR, PARVOCELLULAR) for sign in ("ON", "OFF"))
"""Cell and sign of each of the retina's channels."""


@dataclass(frozen=True)
class Square:
    """Field of a map's units: the unit in column x sees `size` columns from `start` + `stride`·x on. `covers`: units that see all."""

    size: int
    stride: int
    start: int
    exact: bool = True
    """False where a Gaussian has no edge and the square ends at two of its standard deviations."""

    def described(self, width: int) -> dict[str, Any]:
        covering = sum(self.start + self.stride * x <= 0 and self.start + self.stride * x + self.size >= SIDE for x in range(width))
        fields = {"size": self.size, "stride": self.stride, "start": self.start}
        return {**fields, "larger_than_input": self.size > SIDE, "covers": covering**2, "exact": self.exact}

    def box(self, row: int, column: int) -> tuple[int, int, int, int]:
        """left, top, right, bottom; may reach beyond the input"""
        left, top = self.start + self.stride * column, self.start + self.stride * row
        return left, top, left + self.size, top + self.size


def around(reach: float, stride: int, first: float) -> Square:
    """Units centred at `first` + stride·x that see `reach` pixels on each side."""
    start = int(np.floor(first - reach))
    return Square(2 * int(np.ceil(reach)), stride, start, exact=False)


def retina_square(channel: int) -> Square:
    """The surround's Gaussian (σ = radius/√2)."""
    cell, _ = RETINA[channel]
    return around(_REACH * cell.surround / np.sqrt(2) * PIXELS_PER_DEGREE, 1, 0.5)


def v1_square(population: Population, cell: int, stride: int) -> Square:
    """The envelope's longer axis."""
    sigma = max(population.nx[cell], population.ny[cell]) / population.frequency[cell] * PIXELS_PER_DEGREE
    return around(_REACH * sigma, stride, stride / 2 + 0.5)


def c1_square(channel: int) -> Square:
    """Exact: the neighbourhood and the larger of its two filters."""
    pool, margin = POOLING[channel // 4], SIZES[2 * (channel // 4) + 1] // 2
    return Square(HALF * (pool + 2 * margin), HALF * DENSE, HALF * (DENSE // 2 - pool // 2 - margin))


def s2_square(side: int) -> Square:
    """Exact. Units of 8 × 8 patches are shown around the same middle as those of 4 × 4 ones."""
    step, margin = POOLING[PATCH_BAND] // 2, SIZES[2 * PATCH_BAND + 1] // 2
    first = -(side - PATCH_SIDES[0]) // 2 * step - margin
    return Square(HALF * ((side - 1) * step + POOLING[PATCH_BAND] + 2 * margin), HALF * step, HALF * first)


def patch_side(patches: Patches, channel: int) -> int:
    """Side of the stored patch of S2 and C2 channel `channel`, in C1 units."""
    for stored in patches.stored:
        if channel < len(stored):
            return int(stored.shape[-1])
        channel -= len(stored)
    raise IndexError(channel)


def retina_cell(channel: int) -> dict[str, Any]:
    cell, sign = RETINA[channel]
    centre = f"centre of radius {cell.centre:g}°"
    surround = f"surround of {cell.surround:.2g}° with {cell.surround_weight:g} of its weight"
    return {"kind": cell.name, "sign": sign, "sentence": f"{cell.title} {sign} cell: {centre}, {surround}. {_DRAWN}"}


def v1_cell(population: Population, cell: int) -> dict[str, Any]:
    """`orientation` is the direction in which the grating varies, `bars` that of its bars, counter-clockwise from rightwards."""
    found = population.cell(cell)
    kind = "Complex" if found["complex"] else "Simple"
    phase = "" if found["complex"] else f", phase {found['phase']:.0f}°"
    sentence = (
        f"{kind} cell {cell}: varies along {found['orientation']:.0f}° (bars at {found['bars']:.0f}°), "
        f"{found['frequency']:.3g} cycles/degree{phase}; nx {found['nx']:.2f}, ny {found['ny']:.2f}; "
        f"reads {_COLOURS[int(found['channel'])]}. {_DRAWN}"
    )
    return {**found, "cell": cell, "colour": _COLOURS[int(found["channel"])], "sentence": sentence}


def c1_cell(channel: int) -> dict[str, Any]:
    band, orientation = channel // 4, ORIENTATIONS[channel % 4]
    sizes, pool = SIZES[2 * band : 2 * band + 2], POOLING[band]
    sentence = (
        f"Band {band + 1} of {BANDS}: varies along {orientation:.0f}° (bars at {(orientation + 90) % 180:.0f}°), "
        f"filters of {HALF * sizes[0]} and {HALF * sizes[1]} pixels, "
        f"the largest within {HALF * pool} × {HALF * pool} pixels."
    )
    return {
        "orientation": orientation,
        "bars": (orientation + 90) % 180,
        "band": band,
        "sizes": list(sizes),
        "pooling": pool,
        "sentence": sentence,
    }


def patch_cell(patches: Patches, channel: int) -> dict[str, Any]:
    side = patch_side(patches, channel)
    return {"patch": channel, "side": side, "sentence": f"Stored patch {channel}: {side} × {side} places of C1 in four orientations."}


def strongest(values: Array, count: int) -> list[int]:
    """Channels with the largest value anywhere, best first."""
    peaks = values.reshape(len(values), -1).max(axis=1)
    return [int(channel) for channel in np.argsort(-peaks, kind="stable")[:count]]


def strongest_bars(values: Array, cells: Array, population: Population, count: int) -> list[int]:
    """Channels of V1 `cells` (their numbers): the strongest one of each of `count` directions among those that prefer bars.

    By direction, in rounds of at most 12 that go through all directions: the first 12 are no half of the circle. A direction in which
    there is none leaves its place to the next strongest.
    """
    directions = population.orientation[cells] % 180
    ranked = [channel for channel in strongest(values, len(values)) if population.nx[cells[channel]] >= _BARS]
    sector = (directions / (180 / count)).astype(int)
    first: dict[int, int] = {}
    for channel in ranked:
        first.setdefault(int(sector[channel]), channel)
    chosen = list(first.values())
    chosen += [channel for channel in ranked if channel not in chosen][: count - len(chosen)]
    by_direction, rounds = sorted(chosen, key=lambda channel: float(directions[channel])), -(-count // _ROUND)
    return [channel for turn in range(rounds) for channel in by_direction[turn::rounds]]


def map_bytes(values: Array) -> Array:
    """0 at the map's minimum, 255 at its maximum; a constant map is all 0."""
    low, span = values.min(), values.max() - values.min()
    return np.zeros(values.shape, np.uint8) if span == 0 else ((values - low) * (255 / span)).round().astype(np.uint8)
