"""Which part of a photograph the network sees, and how it becomes the network's 224 × 224 pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
INPUT = 224
"""Side of the network's input, in pixels."""
SHARE = 224 / 256
"""Side of the crop as a share of the shorter side: the shorter side is scaled to 256 and the central 224 are kept."""


@dataclass(frozen=True)
class Crop:
    """A square in shares of the photograph's width (left, right) and height (top, bottom), 0…1."""

    left: float
    top: float
    right: float
    bottom: float


def centre_crop(width: int, height: int) -> Crop:
    """The central square that ImageNet networks are tested on (Tan and Le 2019 use the same margins)."""
    side = SHARE * min(width, height)
    x, y = (width - side) / 2 / width, (height - side) / 2 / height
    return Crop(x, y, 1 - x, 1 - y)


def network_pixels(photograph: Pixels, crop: Crop) -> Pixels:
    """(224, 224, 3): the crop, resampled (bicubic, area-aware when shrinking)."""
    height, width = photograph.shape[:2]
    box = (crop.left * width, crop.top * height, crop.right * width, crop.bottom * height)
    resized = Image.fromarray(photograph).resize((INPUT, INPUT), Image.Resampling.BICUBIC, box=box)
    return np.asarray(resized)


def display_pixels(photograph: Pixels, longest: int = 512) -> Pixels:
    """(h, w, 3) with neither side over `longest`; small photographs stay as they are."""
    height, width = photograph.shape[:2]
    share = min(1.0, longest / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(Image.fromarray(photograph).resize(size, Image.Resampling.LANCZOS, reducing_gap=3))
