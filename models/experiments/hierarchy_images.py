"""The photographs of one page as its analyses see them: decoded and cut once, however often a slider asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

import numpy as np

from models.tasks.crops import Crop, Pixels, centre_crop, network_pixels
from models.tasks.photographs import Photograph, decode
from models.tasks.samples import is_sample, sample_bytes
from models.types import Array, Refused

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """The newest few of what is costly to make, by key. A worker answers one question at a time: no lock."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Made] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        made = make()
        self._made[key] = made
        while len(self._made) > self._most:
            self._made.popitem(last=False)
        return made


def content(image: str, images: Mapping[str, bytes], field: str = "image") -> bytes:
    """The file behind `sample:<name>` or a content id. Raises Refused."""
    if is_sample(image):
        return sample_bytes(image)
    if image in images:
        return images[image]
    raise Refused(field, "This photograph is no longer kept. Photographs expire: choose it again.")


def cut(image: str, images: Mapping[str, bytes], field: str = "image") -> tuple[Photograph, Crop, Pixels]:
    """The photograph, the square that is seen of it, and that square as (224, 224, 3). Raises Refused."""
    photograph = decode(content(image, images, field))
    crop = centre_crop(*photograph.pixels.shape[1::-1])
    return photograph, crop, network_pixels(photograph.pixels, crop)


_SEEN: Kept[Pixels] = Kept(24)


def seen(image: str, images: Mapping[str, bytes], field: str = "image") -> Pixels:
    """(224, 224, 3): the square that is seen, kept by content id. Raises Refused."""
    return _SEEN.of(image, lambda: cut(image, images, field)[2])


def is_even(pixels: Array) -> bool:
    """Whether u1 (height, width, 3) is one colour throughout: no channel varies by more than a rounding of its bytes."""
    return bool(np.ptp(pixels, axis=(0, 1)).max() <= 1)
