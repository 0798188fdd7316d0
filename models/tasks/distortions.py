"""Pictures made harder to see, by the published recipes where there is one (Geirhos et al. 2018, arXiv 1808.08750).

    noise            grey; p ← ½ + 0.3 (p − ½); plus noise of even density in ±w, cut at 0 and 1
    salt_and_pepper  grey; the same contrast; a share s of the pixels becomes 0 or 1, half each
    contrast         grey; p ← ½ + c (p − ½)
    low_pass         grey; a Gaussian of standard deviation σ pixels of 224, mid-grey beyond the edge

Rotation, occlusion and light are those of `models.tasks.transformations`. On pictures of another size, σ is scaled with the side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from models.tasks.transformations import Transformation, transformed

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]
REDUCED = 0.3
"""Contrast under noise, so that noise up to 0.35 is not cut."""
_REFERENCE = 224
_GREY = 127 / 255
_LUMA = np.array([0.2125, 0.7154, 0.0721], np.float32)
"""Weights of red, green and blue in grey (ITU-R BT.709)."""


def distorted(pixels: Pixels, distortion: str, level: float, seed: int) -> Pixels:
    """(side, side, channels) of 0…255 in, the same out; equal for equal seeds. Raises KeyError for an unknown distortion."""
    if distortion in ("rotation", "occlusion", "light"):
        return _transformed(pixels, distortion, level, seed)
    grey = _grey(pixels)
    changed = _GREY_RECIPES[distortion](grey, level, np.random.default_rng(seed))
    bytes_ = (255 * changed.clip(0, 1) + 0.5).astype(np.uint8)
    return np.repeat(bytes_[:, :, None], pixels.shape[2], axis=2)


def _transformed(pixels: Pixels, distortion: str, level: float, seed: int) -> Pixels:
    x, y = np.random.default_rng(seed).random(2)
    wanted = {
        "rotation": Transformation(rotate=level),
        "occlusion": Transformation(occlude=level, occlude_x=x, occlude_y=y),
        "light": Transformation(light=level),
    }[distortion]
    colour = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels
    return transformed(colour, wanted)[:, :, : pixels.shape[2]]


def _grey(pixels: Pixels) -> Floats:
    values: Floats = (pixels / 255).astype(np.float32)
    grey: Floats = values @ _LUMA if values.shape[2] == 3 else values[:, :, 0]
    return grey


def _contrasted(grey: Floats, contrast: float) -> Floats:
    return (1 - contrast) / 2 + contrast * grey


def _noise(grey: Floats, level: float, random: np.random.Generator) -> Floats:
    return _contrasted(grey, REDUCED) + random.uniform(-level, level, grey.shape).astype(np.float32)


def _salt_and_pepper(grey: Floats, level: float, random: np.random.Generator) -> Floats:
    drawn = random.random(grey.shape)
    salted: Floats = np.where(drawn < level / 2, 0, np.where(drawn >= 1 - level / 2, 1, _contrasted(grey, REDUCED))).astype(np.float32)
    return salted


def _contrast(grey: Floats, level: float, _: np.random.Generator) -> Floats:
    return _contrasted(grey, level)


def _low_pass(grey: Floats, level: float, _: np.random.Generator) -> Floats:
    if level == 0:
        return grey
    blurred: Floats = gaussian_filter(grey, level * grey.shape[0] / _REFERENCE, mode="constant", cval=_GREY)
    return blurred


_GREY_RECIPES = {"noise": _noise, "salt_and_pepper": _salt_and_pepper, "contrast": _contrast, "low_pass": _low_pass}
