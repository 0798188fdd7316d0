"""A grating under a mask: a normalised cell's contrast response beside that of the network's first layer.

Arrays: `contrast` f4 (n,); `alone`, `masked` f4 (n,): the cell's response, as a share of its largest; `stem_alone`, `stem_masked`
f4 (n,): the network's unit, less its response to even grey; `stimulus` u1 (n, 64, 64): grating and mask, as both see them.
The cell is driven by the grating alone; its pool by grating and mask: R = cⁿ / (σⁿ + cⁿ + mⁿ) (Carandini and Heeger 2012).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.brain.normalisation import normalised
from models.experiments.perception_stem import CEILING, rectified, stem
from models.specs.perception import PerceptionSpec
from models.types import Array

Values = NDArray[np.float64]
CONTRASTS = np.linspace(0, 1, 41)
_SIDE = 64
_FREQUENCY = 0.125
"""Cycles per pixel: what a 3 × 3 kernel still tells from grey, and a person can see."""
_SHARE = 0.25
"""Of the pixel range, that a grating of contrast 1 rises above mid-grey: with a mask of contrast 1 nothing is clipped."""


def contrast_response(spec: PerceptionSpec) -> tuple[dict[str, Any], dict[str, Array]]:
    exponent, half, mask = spec.exponent, spec.half, spec.mask
    alone = normalised(CONTRASTS, CONTRASTS**exponent, half, exponent)
    masked = normalised(CONTRASTS, CONTRASTS**exponent + mask**exponent, half, exponent)
    plain, covered = stimuli(0.0), stimuli(mask)
    stem_alone, stem_masked = unit(plain, covered)
    arrays = {
        "contrast": CONTRASTS,
        "alone": alone,
        "masked": masked,
        "stem_alone": stem_alone,
        "stem_masked": stem_masked,
    }
    shown: dict[str, Array] = {name: values.astype(np.float32) for name, values in arrays.items()}
    shown["stimulus"] = (covered * 255).round().astype(np.uint8)
    return {"half_alone": half, "half_masked": (half**exponent + mask**exponent) ** (1 / exponent)}, shown


def stimuli(mask: float) -> Values:
    """(n, 64, 64) of pixel values 0…1: upright bars of each contrast, with level bars of contrast `mask` over them."""
    wave = np.sin(2 * np.pi * _FREQUENCY * (np.arange(_SIDE) + 0.5))
    bars = CONTRASTS[:, None, None] * wave[None, None, :] + mask * wave[None, :, None]
    return np.asarray(0.5 + _SHARE * bars)


def unit(plain: Values, covered: Values) -> tuple[Values, Values]:
    """Each grating's largest response over places, less that to even grey, of the channel that upright bars drive most.

    Channels that reach the cut at 6 on the way are left out where there are others: the cut is no saturation with contrast.
    """
    drives = [stem(pictures)[:, :, 2:-2, 2:-2] for pictures in (plain, covered)]
    largest = [rectified(drive).max(axis=(2, 3)) for drive in drives]
    grey = largest[0][0]
    upright, level = largest[0][-1] - grey, rectified(stem(plain[-1:].transpose(0, 2, 1)))[:, :, 2:-2, 2:-2].max(axis=(2, 3))[0] - grey
    below = (drives[0].max(axis=(0, 2, 3)) < CEILING) & (drives[1].max(axis=(0, 2, 3)) < CEILING)
    channel = int(np.argmax(np.where(below | ~below.any(), upright - level, -np.inf)))
    return largest[0][:, channel] - grey[channel], largest[1][:, channel] - grey[channel]
