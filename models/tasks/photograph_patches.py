"""Which photograph is this patch from? Grey patches of packaged photographs, held-out ones from another part of each.

Each patch has the same mean (½) and the same contrast (standard deviation 0.18, then cut at 0 and 1): it has to be told by its
structure, not by how bright it is. Nearly even patches (standard deviation below 0.03) are left out.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.tasks.image_task import Labelled

SIDE = 28
TEST_SHARE = 0.25
"""The rightmost part of each photograph; no training patch reaches into it."""
CONTRAST = 0.18
_EVEN = 0.03
_TRIES = 20


def patches(names: tuple[str, ...], train: int, test: int) -> tuple[Labelled, Labelled]:
    """As many of each photograph, `train` and `test` at most in all, in mixed order; always the same."""
    generator = np.random.default_rng(2023)
    photographs = [_grey(name) for name in names]
    border = [round(photograph.shape[1] * (1 - TEST_SHARE)) for photograph in photographs]
    left = [photograph[:, :at] for photograph, at in zip(photographs, border, strict=True)]
    right = [photograph[:, at:] for photograph, at in zip(photographs, border, strict=True)]
    return _labelled(left, train // len(names), generator), _labelled(right, test // len(names), generator)


def _grey(name: str) -> NDArray[np.float64]:
    """(height, width), 0…1."""
    package = importlib.util.find_spec("skimage")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("scikit-image, which holds the photographs, is not installed")
    with Image.open(Path(package.submodule_search_locations[0]) / "data" / f"{name}.png") as image:
        return np.asarray(image.convert("L"), np.float64) / 255


def _labelled(parts: list[NDArray[np.float64]], each: int, generator: np.random.Generator) -> Labelled:
    pixels = np.stack([_patch(part, generator) for part in parts for _ in range(each)])
    labels = np.repeat(np.arange(len(parts)), each)
    order = generator.permutation(len(labels))
    return Labelled(pixels[order][..., None], labels[order])


def _patch(part: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.uint8]:
    """(28, 28) bytes."""
    for _ in range(_TRIES):
        top, left = (int(generator.integers(0, size - SIDE + 1)) for size in part.shape)
        patch = part[top : top + SIDE, left : left + SIDE]
        if patch.std() >= _EVEN:
            break
    even = (patch - patch.mean()) / max(float(patch.std()), _EVEN) * CONTRAST + 0.5
    return np.round(np.clip(even, 0, 1) * 255).astype(np.uint8)
