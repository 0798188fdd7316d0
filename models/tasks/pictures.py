"""The packaged pictures as the network's pixels: from a fixed table, never a path from outside."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from models.specs.feature_hierarchy import Sample
from models.specs.pictures import Picture
from models.tasks.crops import Crop, Pixels, centre_crop, network_pixels
from models.tasks.photographs import decode

_HALF = 0.5
"""Side of a window, as a share of the photograph's shorter side."""


def picture_pixels(picture: Picture) -> Pixels:
    """(224, 224, 3), 0…255."""
    photograph = _photograph(picture.photograph)
    height, width = photograph.shape[:2]
    return network_pixels(photograph, centre_crop(width, height) if picture.at is None else window(width, height, picture.at))


def uploaded_pixels(content: bytes) -> Pixels:
    """(224, 224, 3) of an upload: its central square. Raises PhotographRefused."""
    photograph = decode(content).pixels
    return network_pixels(photograph, centre_crop(*photograph.shape[1::-1]))


def window(width: int, height: int, at: tuple[float, float]) -> Crop:
    """A square of half the shorter side, at shares of the room that it has."""
    side = _HALF * min(width, height)
    left, top = at[0] * (width - side), at[1] * (height - side)
    return Crop(left / width, top / height, (left + side) / width, (top + side) / height)


@lru_cache(maxsize=4)
def _photograph(sample: Sample) -> Pixels:
    return decode(_path(sample).read_bytes()).pixels


@cache
def _path(sample: Sample) -> Path:
    package = find_spec(sample.package)
    if package is None or package.origin is None:
        raise FileNotFoundError(f"The package {sample.package}, which holds the photograph {sample.name}, is not installed.")
    return Path(package.origin).parent / sample.file
