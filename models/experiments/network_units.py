"""Units of an opened network: where a channel's central unit looks, and which packaged pictures drive each channel most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
import torch
from torch import Tensor

from models.networks.opened import SIDE, Opened
from models.probes.receptive_field import Box, Convolution, Field
from models.specs.pictures import PICTURES, Picture
from models.tasks.pictures import picture_pixels
from models.types import Array

SHOWN = 36
"""Packaged pictures that are searched for the patches that drive a unit most."""
_CROWDED = 2
"""Most patches of one photograph: its windows overlap, and nine times the same patch tells nothing."""


def field_of(network: Opened, stage: str) -> Field:
    """The receptive field of a stage's units, in input pixels."""
    field = Field()
    for name in network.rungs:
        field = field.through(Convolution(*kernel) for kernel in network.kernels[name])
        if name == stage:
            return field
    raise KeyError(stage)


@dataclass(frozen=True)
class Centre:
    """A square input of `side` pixels on which the unit at [row, row] sees `box`; smaller than 224 where its field is."""

    side: int
    row: int
    box: Box


def centre_of(field: Field) -> Centre:
    """The smallest input that holds a whole field of this stage; the whole 224 × 224 where the field is as large."""
    row = max(0, ceil(-field.start / field.jump))
    side = ceil((field.start + field.jump * row + field.size) / field.jump) * field.jump
    if side >= SIDE or field.jump >= 32:
        row = (SIDE // field.jump - 1) // 2
        return Centre(SIDE, row, field.box(row, row).clipped(SIDE))
    # Padding at the input's end may lie one unit further than at its beginning: one more keeps the field away from both.
    return Centre(side + 2 * field.jump, row, field.box(row, row))


def unit_drive(network: Opened, stage: str, channel: int, centre: Centre) -> Callable[[Tensor], Tensor]:
    """(1, 3, side, side) of 0…1 → the drive of the channel's unit at the centre."""

    def drive(image: Tensor) -> Tensor:
        return network.drive(network.scale(image * 255), stage)[0, channel, centre.row, centre.row]

    return drive


@dataclass(frozen=True)
class Answers:
    """Of every channel of a stage to every picture: the largest drive, and the unit (row · width + column) that had it."""

    values: Array
    """f4 (pictures, channels)"""
    places: Array
    """i4 (pictures, channels)"""
    width: int


_ANSWERS: dict[str, dict[str, Answers]] = {}


def picture_answers(network: Opened, told: Callable[[float], None] = lambda share: None) -> dict[str, Answers]:
    """By stage; about a second the first time in a worker, kept from then on."""
    known = _ANSWERS.get(network.known.name)
    if known is None:
        known = _ANSWERS[network.known.name] = _asked(network, told)
    return known


@torch.inference_mode()
def _asked(network: Opened, told: Callable[[float], None]) -> dict[str, Answers]:
    found: dict[str, list[tuple[Tensor, Tensor]]] = {}
    widths: dict[str, int] = {}
    for index, picture in enumerate(PICTURES[:SHOWN]):
        told(index / SHOWN)
        for stage, _, drive in network.climbed(network.prepare(picture_pixels(picture))):
            found.setdefault(stage, []).append(drive[0].flatten(1).max(dim=1))  # type: ignore[arg-type]
            widths[stage] = int(drive.shape[-1])
    return {
        stage: Answers(
            torch.stack([values for values, _ in all_found]).numpy(),
            torch.stack([places for _, places in all_found]).to(torch.int32).numpy(),
            widths[stage],
        )
        for stage, all_found in found.items()
    }


def best_patches(values: Array, count: int) -> list[int]:
    """Numbers of the pictures with the largest values (pictures,), best first, at most two of one photograph."""
    chosen: list[int] = []
    for index in np.argsort(-values, kind="stable"):
        photograph = PICTURES[index].photograph.name
        if sum(PICTURES[other].photograph.name == photograph for other in chosen) < _CROWDED:
            chosen.append(int(index))
        if len(chosen) == count:
            break
    return chosen


def patch(picture: Picture, box: Box) -> Array:
    """u1 (side, side, 3): the picture's pixels in an unclipped box; grey where it reaches beyond. Fields over 224: the whole picture."""
    pixels = picture_pixels(picture)
    side = box.right - box.left
    if side >= SIDE:
        return pixels
    cut = np.full((side, side, 3), 127, np.uint8)
    inside = box.clipped(SIDE)
    top, left = inside.top - box.top, inside.left - box.left
    cut[top : top + inside.bottom - inside.top, left : left + inside.right - inside.left] = pixels[
        inside.top : inside.bottom, inside.left : inside.right
    ]
    return cut
