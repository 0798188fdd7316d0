"""Units of the brain models: what each packaged picture makes of every one of them, and the stimuli that are known to drive them most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.brain.gabor import quadrature_pair
from models.brain.hmax import Unit
from models.brain.retina import difference_of_gaussians
from models.brain.v1 import GAIN
from models.experiments.brain_ladder import RUNGS, STRIDES
from models.experiments.brain_ladder_rungs import (
    HALF,
    PIXELS_PER_DEGREE,
    RETINA,
    SIDE,
    Square,
    c1_square,
    patch_side,
    retina_square,
    s2_square,
    v1_square,
)
from models.experiments.hierarchy_brain import ladder
from models.experiments.network_units import SHOWN
from models.probes.receptive_field import Box
from models.specs.pictures import PICTURES
from models.tasks.pictures import picture_pixels
from models.types import Array

_SPREADS = 3.0
"""Standard deviations of a Gabor's envelope to either side that its picture shows."""


@dataclass(frozen=True)
class BrainAnswers:
    """Of every unit of a rung to every picture: the largest response, and where the unit that had it looks."""

    values: Array
    """f4 (pictures, channels)"""
    places: Array
    """i4 (pictures, channels, 2): row and column"""
    matched: list[list[Unit]]
    """C2 only: by picture, where each stored patch was matched best"""


_ANSWERS: dict[str, BrainAnswers] = {}


def brain_answers(told: Callable[[float], None]) -> dict[str, BrainAnswers]:
    """By rung; some seconds the first time in a worker, kept from then on."""
    if not _ANSWERS:
        _ANSWERS.update(_asked(told))
    return _ANSWERS


def _asked(told: Callable[[float], None]) -> dict[str, BrainAnswers]:
    found: dict[str, list[tuple[Array, Array]]] = {name: [] for name in RUNGS}
    matched = []
    for index, picture in enumerate(PICTURES[:SHOWN]):
        told(index / SHOWN)
        looked = ladder().look(picture_pixels(picture))
        matched.append(looked.best)
        for name, maps in looked.maps.items():
            flat = maps.reshape(len(maps), -1)
            places = np.stack(np.divmod(flat.argmax(axis=1), maps.shape[-1] if maps.ndim == 3 else 1), axis=1)
            found[name].append((flat.max(axis=1), places))
    return {
        name: BrainAnswers(np.stack([values for values, _ in pictures]), np.stack([places for _, places in pictures]), matched)
        for name, pictures in found.items()
    }


def box_of(rung: str, channel: int, answers: BrainAnswers, picture: int) -> Box:
    """The pixels that the unit with a picture's largest response can see, within the picture."""
    if rung == "c2":
        unit = answers.matched[picture][channel]
        box = Box(HALF * unit.left, HALF * unit.top, HALF * unit.right, HALF * unit.bottom)
    else:
        row, column = (int(part) for part in answers.places[picture, channel])
        box = Box(*_square(rung, channel).box(row, column))
    return box.clipped(SIDE)


def _square(rung: str, channel: int) -> Square:
    if rung == "retina":
        return retina_square(channel)
    if rung.startswith("v1"):
        return v1_square(ladder().population, cell_number(rung, channel), STRIDES[False])
    return c1_square(channel) if rung == "c1" else s2_square(patch_side(ladder().patches, channel))


def cell_number(rung: str, channel: int) -> int:
    """Number in the population of a V1 rung's channel."""
    return int(np.flatnonzero(ladder().population.complex == (rung == "v1_complex"))[channel])


def stored_patch(channel: int) -> Array:
    """f4 (4, side, side): what an S2 or C2 unit compares C1 with, one plane an orientation."""
    for stored in ladder().patches.stored:
        if channel < len(stored):
            return np.asarray(stored[channel], np.float32)
        channel -= len(stored)
    raise IndexError(channel)


@dataclass(frozen=True)
class KnownOptimum:
    """`image` u1 (side, side, 3): of all pictures of its contrast energy the one that drives the unit most.
    `noise`: another of the same energy."""

    image: Array
    noise: Array
    drive: float
    noise_drive: float


def gabor_optimum(cell: dict[str, Any], seed: int) -> KnownOptimum:
    """A simple cell sums the picture under its Gabor, so by Cauchy and Schwarz that Gabor is the best of all of its energy.
    A complex cell answers to it, and alike to the same Gabor at any phase. Drive is the model's rate, gain ×25."""
    spread = max(cell["nx"], cell["ny"]) / cell["frequency"]
    side = int(np.clip(2 * round(_SPREADS * spread * PIXELS_PER_DEGREE), 16, 224))
    pair = quadrature_pair((side, side), PIXELS_PER_DEGREE, cell["frequency"], cell["orientation"], cell["nx"], cell["ny"])
    turned = pair * np.exp(1j * np.radians(cell["phase"]))

    def rate(light: Array) -> float:
        first, second = float((turned.real * light).sum()), float((turned.imag * light).sum())
        return GAIN * (float(np.sqrt((first**2 + second**2) / 2)) if cell["complex"] else max(0.0, first))

    return _optimum(np.asarray(turned.real), rate, seed, cell["channel"])


def spot_optimum(channel: int, seed: int) -> KnownOptimum:
    """A ganglion cell's own centre and surround, light and dark exchanged for an OFF cell; by the same argument."""
    cell, sign = RETINA[channel]
    side = 2 * round(2 * cell.surround * PIXELS_PER_DEGREE) + 1
    point = np.zeros((side, side), np.float32)
    point[side // 2, side // 2] = 1
    field = difference_of_gaussians(point, PIXELS_PER_DEGREE, cell.centre, cell.surround, cell.surround_weight)
    signed = field if sign == "ON" else -field
    return _optimum(signed, lambda light: max(0.0, float((signed * light).sum())), seed, None)


def _optimum(field: Array, rate: Callable[[Array], float], seed: int, channel: int | None) -> KnownOptimum:
    light = field / np.abs(field).max()
    noise = np.random.default_rng(seed).standard_normal(field.shape)
    noise *= np.sqrt((light**2).sum() / (noise**2).sum())
    return KnownOptimum(_drawn(light, channel), _drawn(noise, channel), rate(light), rate(noise))


def _drawn(light: Array, channel: int | None) -> Array:
    """u1 (side, side, 3): −1…1 as 0…255 around mid-grey, in the colour channel that the cell reads or in all."""
    drawn = np.full((*light.shape, 3), 127, np.uint8)
    values = np.clip(127.5 + 127.5 * light, 0, 255).round().astype(np.uint8)
    drawn[..., slice(None) if channel is None else channel] = values[..., None] if channel is None else values
    return drawn
