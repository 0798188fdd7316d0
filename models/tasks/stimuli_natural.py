"""Natural patches: squares cut from the packaged photographs, at places that a seed decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.specs.feature_hierarchy import SAMPLES
from models.tasks.photographs import decode
from models.tasks.samples import sample_bytes

PHOTOGRAPHS = tuple(sample.name for sample in SAMPLES if sample.name not in ("horse", "brick"))
"""The photographs of scenes; the drawing and the bare texture are left out."""


@dataclass(frozen=True)
class Patch:
    """Where a patch was cut: its photograph and its upper left corner, in the photograph's pixels."""

    photograph: str
    left: int
    top: int


def patches(count: int, side: int, seed: int) -> tuple[list[Patch], NDArray[np.uint8]]:
    """`count` patches of (side, side, 3), taken from the photographs in turn; one pixel of a photograph is one pixel of the patch."""
    chance = np.random.default_rng(seed)
    places, cut = [], np.empty((count, side, side, 3), np.uint8)
    for number in range(count):
        name = PHOTOGRAPHS[number % len(PHOTOGRAPHS)]
        pixels = _pixels(name, side)
        top, left = (int(chance.integers(0, extent - side + 1)) for extent in pixels.shape[:2])
        places.append(Patch(name, left, top))
        cut[number] = pixels[top : top + side, left : left + side]
    return places, cut


@cache
def _pixels(name: str, least: int) -> NDArray[np.uint8]:
    """A photograph as (h, w, 3) of 0…255; every packaged one is larger than a patch may be."""
    pixels: NDArray[np.uint8] = decode(sample_bytes(f"sample:{name}")).pixels
    if min(pixels.shape[:2]) < least:
        raise ValueError(f"The photograph {name} is smaller than a patch of {least} pixels.")
    return pixels
