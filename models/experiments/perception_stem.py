"""EfficientNet-Lite0's first layer as an observer: a 3 × 3 convolution, a batch normalisation whose numbers are fixed, a cut to 0…6.

Its drive is a straight line in the pixels: what is added to an even field changes it as much in the dark as in bright light.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.networks.efficientnet import EfficientNetLite0

Values = NDArray[np.float64]
CEILING = 6.0
_SIDE = 32
_EDGE = 0.01
"""Height of the edge that is laid on an even field, as a share of the largest pixel value: small enough to stay clear of the cuts."""
BACKGROUNDS = np.logspace(-2, -0.1, 20)


@cache
def network() -> EfficientNetLite0:
    """Loaded once a worker (0.2 s), on one thread: other work shares the cores."""
    torch.set_num_threads(1)
    return EfficientNetLite0()


@torch.inference_mode()
def stem(pictures: NDArray[np.floating]) -> Values:
    """(n, h, w) of grey pixel values 0…1 → (n, channels, h/2, w/2): drive before the cut."""
    values: Tensor = (torch.from_numpy(np.asarray(pictures, np.float32))[:, None].expand(-1, 3, -1, -1) * 255 - 127) / 128
    for layer in network().stages[0].layers:
        values = layer(values)
    return np.asarray(values.numpy(), np.float64)


def rectified(drive: Values) -> Values:
    return np.clip(drive, 0, CEILING)


@cache
def stem_thresholds() -> Values:
    """(2, n): pixel value of an even field, and the edge that changes the most sensitive unit by as much on each, relative to the first.

    The unit is the one that an upright edge changes most among those that are neither silent nor at the ceiling on any background.
    """
    fields = np.repeat(BACKGROUNDS, _SIDE * _SIDE).reshape(-1, _SIDE, _SIDE)
    edges = fields.copy()
    edges[:, :, _SIDE // 2 :] += _EDGE
    before, after = stem(fields), stem(edges)
    middle = (slice(None), slice(None), _SIDE // 4, slice(_SIDE // 4 - 2, _SIDE // 4 + 2))
    base, change = before[middle], np.abs(rectified(after) - rectified(before))[middle]
    working = ((base > 0.05) & (base < CEILING - 0.05)).all(axis=0)
    best = np.unravel_index(np.argmax(np.where(working, change.mean(axis=0), -1)), working.shape)
    needed = 1 / change[:, best[0], best[1]]
    return np.stack([BACKGROUNDS, needed / needed[0]])
