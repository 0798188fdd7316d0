"""What people and networks scored on distorted photographs, as published. Torch-free.

Geirhos et al. 2018 (arXiv 1808.08750): sixteen categories, chance 1/16; the accuracies are the authors' own tables (CC BY 4.0), the
three networks were trained on ImageNet. Trials a level are the smallest number of which all of the people's shares are whole
multiples; observers are named where the authors' description names them.
Huber, Geirhos and Wichmann 2023 (10.1167/jov.23.7.4; arXiv 2205.10144): twenty per cent of pixels salt or pepper, and shape bias;
aggregates read from the published trials.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

CHANCE: Final = 1 / 16


@dataclass(frozen=True)
class Curve:
    """One observer's or network's accuracies at a distortion's levels."""

    name: str
    people: bool
    accuracies: tuple[float, ...]


@dataclass(frozen=True)
class Table:
    """A distortion's published levels and curves. `trials`: of people, at each level."""

    distortion: str
    levels: tuple[float, ...]
    unit: str
    trials: int
    observers: str
    curves: tuple[Curve, ...]
    citation: str = "geirhos2018"


@dataclass(frozen=True)
class Point:
    """One published score. `people`: how many, 0 where the source at hand does not say."""

    name: str
    kind: str
    accuracy: float
    people: int = 0


NOISE: Final = Table(
    "noise", (0.0, 0.03, 0.05, 0.1, 0.2, 0.35, 0.6, 0.9), "half width of the noise, share of the range", 800, "",
    (
        Curve("people", True, (0.805, 0.79625, 0.78125, 0.75125, 0.60875, 0.45625, 0.1675, 0.06)),
        Curve("ResNet-152", False, (0.879464, 0.792857, 0.710714, 0.49375, 0.240179, 0.100893, 0.066964, 0.0625)),
        Curve("GoogLeNet", False, (0.869643, 0.808036, 0.708929, 0.408929, 0.109821, 0.063393, 0.0625, 0.0625)),
        Curve("VGG-19", False, (0.858929, 0.758929, 0.604464, 0.282143, 0.086607, 0.065179, 0.065179, 0.064286)),
    ),
)  # fmt: skip
CONTRAST: Final = Table(
    "contrast", (1.0, 0.5, 0.3, 0.15, 0.1, 0.05, 0.03, 0.01), "contrast, share of the original", 800, "5 observers",
    (
        Curve("people", True, (0.86625, 0.83375, 0.82625, 0.76375, 0.71875, 0.47625, 0.2075, 0.055)),
        Curve("ResNet-152", False, (0.967857, 0.91875, 0.890179, 0.761607, 0.651786, 0.40625, 0.210714, 0.067857)),
        Curve("GoogLeNet", False, (0.924107, 0.884821, 0.896429, 0.7875, 0.645536, 0.373214, 0.175893, 0.067857)),
        Curve("VGG-19", False, (0.950893, 0.901786, 0.867857, 0.675893, 0.539286, 0.316071, 0.155357, 0.064286)),
    ),
)  # fmt: skip
LOW_PASS: Final = Table(
    "low_pass", (0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 15.0, 40.0), "standard deviation of the blur, pixels of 224", 960, "",
    (
        Curve("people", True, (0.859375, 0.808333, 0.717708, 0.583333, 0.485417, 0.3125, 0.185417, 0.077083)),
        Curve("ResNet-152", False, (0.939583, 0.909375, 0.6375, 0.355208, 0.180208, 0.108333, 0.067708, 0.0625)),
        Curve("GoogLeNet", False, (0.909375, 0.825, 0.507292, 0.255208, 0.140625, 0.104167, 0.072917, 0.063542)),
        Curve("VGG-19", False, (0.922917, 0.813542, 0.472917, 0.267708, 0.176042, 0.111458, 0.076042, 0.042708)),
    ),
)  # fmt: skip
ROTATION: Final = Table(
    "rotation", (0.0, 90.0, 180.0, 270.0), "rotation, degrees", 1920, "",
    (
        Curve("people", True, (0.847917, 0.785417, 0.764063, 0.790625)),
        Curve("ResNet-152", False, (0.951563, 0.627083, 0.720313, 0.615104)),
        Curve("GoogLeNet", False, (0.896354, 0.50625, 0.614583, 0.5)),
        Curve("VGG-19", False, (0.916146, 0.5625, 0.667708, 0.548438)),
    ),
)  # fmt: skip
TABLES: Final = {table.distortion: table for table in (NOISE, CONTRAST, LOW_PASS, ROTATION)}

SALT_AND_PEPPER: Final = (
    Point("4–6 years", "people", 0.58),
    Point("7–9 years", "people", 0.66),
    Point("adults", "people", 0.72, 3),
    Point("VGG-19", "network", 0.06),
    Point("ResNeXt", "network", 0.29),
    Point("SWAG", "network", 0.96),
)
"""Accuracy with twenty per cent of the pixels salt or pepper (Huber et al. 2023)."""

SHAPE_BIAS: Final = (
    Point("adults", "people", 0.959, 10),
    Point("4–6 years", "people", 0.88),
    Point("ResNet-50, stylised", "network", 0.806),
    Point("SWAG", "network", 0.26),
    Point("ResNet-50", "network", 0.221),
    Point("VGG-16", "network", 0.092),
)
"""Share of decisions by shape where shape and texture disagree (Geirhos et al. 2019; children and SWAG: Huber et al. 2023)."""


def interval(share: float, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95% interval of a share (Wilson 1927). It takes trials as independent: differences between observers are not in it."""
    if trials == 0:
        return 0.0, 1.0
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)
