"""One photograph, changed in ways that leave what it shows the same: moved, scaled, turned, lit, flattened, covered.

In this order, as light falls on a scene before a camera turns and before something stands in the way:

    light      in linear light (sRGB decoded, IEC 61966-2-1): L ← gain · (1 + side · x) · L, x from −1 at the left edge to +1 at
               the right; what exceeds white is cut there, as a camera would
    contrast   p ← m + c · (p − m) for every pixel, m the mean colour of the (lit) picture: its mean light stays, up to cuts at 0 and 255
    geometry   scaled about the centre (area-aware when shrinking), turned counter-clockwise, then shifted right and down; bilinear
    occlusion  a square of mid-grey over a share of the area

Beyond the picture's edge nothing was photographed: geometry fills it with mid-grey (127), which is the network's zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
GREY = 127
"""Value of pixels that nobody photographed, in all three channels."""


@dataclass(frozen=True)
class Transformation:
    """Shifts in pixels of the picture (right and down positive), rotation in degrees, the rest as factors and shares."""

    shift_x: float = 0.0
    shift_y: float = 0.0
    scale: float = 1.0
    rotate: float = 0.0
    light: float = 1.0
    light_side: float = 0.0
    """−1…1: light from the left (−1: none at the right edge) or from the right."""
    contrast: float = 1.0
    occlude: float = 0.0
    """Share of the area, 0…1."""
    occlude_x: float = 0.5
    occlude_y: float = 0.5
    """Where the square's centre lies, in shares of the free way: 0 touches the left (upper) edge, 1 the right (lower) one."""


def transformed(pixels: Pixels, wanted: Transformation) -> Pixels:
    """(side, side, 3) of 0…255 in, the same out; the identity returns the very values."""
    lit = _lit(pixels, wanted.light, wanted.light_side)
    flattened = _contrasted(lit, wanted.contrast)
    moved = _moved(flattened, wanted)
    return _covered(moved, wanted)


def _lit(pixels: Pixels, gain: float, side: float) -> Pixels:
    if gain == 1 and side == 0:
        return pixels
    across = gain * (1 + side * np.linspace(-1, 1, pixels.shape[1], dtype=np.float32))
    linear = _decoding()[pixels] * across[None, :, None]
    found: Pixels = _encoding()[(linear.clip(0, 1) * (_LEVELS - 1) + 0.5).astype(np.uint16)]
    return found


_LEVELS = 1 << 14


@cache
def _decoding() -> NDArray[np.float32]:
    """(256,): linear light 0…1 of an sRGB byte."""
    encoded = np.arange(256) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


@cache
def _encoding() -> Pixels:
    """(levels,): the sRGB byte of linear light 0…1; a table, as powers of 150,000 numbers take longer than a frame."""
    linear = np.linspace(0, 1, _LEVELS)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return (255 * encoded + 0.5).astype(np.uint8)


def _contrasted(pixels: Pixels, contrast: float) -> Pixels:
    if contrast == 1:
        return pixels
    mean = pixels.mean(axis=(0, 1), dtype=np.float32)
    changed: Pixels = (mean + np.float32(contrast) * (pixels - mean) + np.float32(0.5)).clip(0, 255).astype(np.uint8)
    return changed


def _moved(pixels: Pixels, wanted: Transformation) -> Pixels:
    if wanted.scale == 1 and wanted.rotate % 360 == 0 and wanted.shift_x == wanted.shift_y == 0:
        return pixels
    image, scale = _shrunk(Image.fromarray(pixels), wanted.scale)
    source = _affine(image.size[0], scale, wanted)
    fill = (GREY, GREY, GREY)
    return np.asarray(image.transform(image.size, Image.Transform.AFFINE, source, Image.Resampling.BILINEAR, fillcolor=fill))


def _shrunk(image: Image.Image, scale: float) -> tuple[Image.Image, float]:
    """A smaller picture in the middle of grey, by means over areas; and the factor that is left to do."""
    side = image.size[0]
    inner = 2 * round(side * scale / 2)  # even, so that the centre stays where it is
    if scale >= 1 or inner >= side:
        return image, scale
    framed = Image.new("RGB", (side, side), (GREY, GREY, GREY))
    framed.paste(image.resize((inner, inner), Image.Resampling.BOX, reducing_gap=None), ((side - inner) // 2,) * 2)
    return framed, scale * side / inner


def _affine(side: int, scale: float, wanted: Transformation) -> tuple[float, float, float, float, float, float]:
    """Where each pixel of the result is taken from: the inverse of scale, turn and shift about the centre."""
    angle, centre = math.radians(wanted.rotate), side / 2
    # Rows run downwards, so a counter-clockwise turn on the screen takes (x, y) to (x cos + y sin, −x sin + y cos).
    a, b = math.cos(angle) / scale, -math.sin(angle) / scale
    d, e = -b, a
    x, y = centre + wanted.shift_x, centre + wanted.shift_y
    return a, b, centre - a * x - b * y, d, e, centre - d * x - e * y


def _covered(pixels: Pixels, wanted: Transformation) -> Pixels:
    side = pixels.shape[0]
    width = round(side * math.sqrt(max(0.0, wanted.occlude)))
    if width == 0:
        return pixels
    left, top = (round(share * (side - width)) for share in (wanted.occlude_x, wanted.occlude_y))
    covered = pixels.copy()
    covered[top : top + width, left : left + width] = GREY
    return covered
