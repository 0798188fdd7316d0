"""HMAX's stored patches: cut from a photograph that no page shows or tests.

One scene, a motorcycle in a garage (left view of the Middlebury 2014 stereo pair, as scikit-image packages it), as nine squares: three of
the whole height, six of half of it. 50 patches of 4 × 4 and 50 of 8 × 8 C1 units, at seeded places.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from models.brain.hmax import Floats, Hmax, Patches, sampled

COUNT: Final = 50
"""Patches of each side."""
SEED: Final = 0
SOURCE: Final = "a photograph of a motorcycle in a garage (Middlebury 2014, packaged with scikit-image)"
_FILE: Final = "data/motorcycle_left.png"
_GREY: Final = (0.299, 0.587, 0.114)
"""Weights of red, green and blue pixel values (ITU-R BT.601), as the original's pictures were made grey."""


def grey(pixels: np.ndarray) -> Floats:
    """(h, w, 3) of 0…255 → (h, w) of 0…1."""
    return np.asarray(pixels.astype(np.float32) @ (np.asarray(_GREY, dtype=np.float32) / 255))


@cache
def patches(side: int) -> Patches:
    """Made once a worker (0.4 s)."""
    model = Hmax(side=side)
    return sampled([model.c1(square) for square in _squares(side)], COUNT, SEED)


def _squares(side: int) -> list[Floats]:
    package = find_spec("skimage")  # finds the folder without importing the package
    if package is None or package.origin is None:
        raise FileNotFoundError("The package scikit-image, which holds the photograph of the stored patches, is not installed.")
    scene = Image.open(Path(package.origin).parent / _FILE).convert("RGB")
    height, half = scene.height, scene.height // 2
    whole = [(left, 0, left + height, height) for left in _spread(scene.width - height)]
    halves = [(left, top, left + half, top + half) for top in (0, half) for left in _spread(scene.width - half)]
    return [grey(np.asarray(scene.resize((side, side), Image.Resampling.BICUBIC, box=box))) for box in (*whole, *halves)]


def _spread(room: int) -> tuple[int, int, int]:
    return 0, room // 2, room
