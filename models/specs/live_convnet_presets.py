"""Named starts of the live convolutional network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from models.specs.live_convnet_predictions import PREDICTIONS
from models.types import Preset


def _layer(channels: int, size: int, padding: int, pool: int, stride: int = 1) -> dict[str, Any]:
    return {"channels": channels, "size": size, "stride": stride, "padding": padding, "pool": pool}


_STARTS: Final[tuple[Preset, ...]] = (
    Preset("mnist", "Handwritten digits", "Two convolutions learn 28×28 digits. Watch the eight kernels of the first take shape, and what each makes of the image shown.", {}),
    Preset(
        "large-kernels",
        "Large first kernels",
        "Kernels of 11×11 pixels have room for stripes: fit each with a Gabor function and lay it beside cells of macaque V1.",
        {"dataset": "patches", "layers": [_layer(16, 11, 5, 2, 2), _layer(16, 3, 1, 2)], "learning_rate": 0.002},
    ),
    Preset(
        "no-pooling",
        "No pooling",
        "Strides of two thin the maps out instead of pooling: every place that is kept is kept by its position, not by its size.",
        {"layers": [_layer(8, 5, 2, 1, 2), _layer(16, 5, 2, 1, 2)]},
    ),
    Preset(
        "sigmoid",
        "Sigmoid units",
        "The same network with sigmoid units under plain descent: compare the error that reaches the first layer with what leaves the last.",
        {"activation": "sigmoid", "initialisation": "xavier", "optimiser": "sgd", "learning_rate": 0.1, "dense": [32]},
    ),
    Preset(
        "too-high-a-rate",
        "Too high a rate",
        "Plain descent with steps that are far too long: see which layer leaves the range of numbers first.",
        {"optimiser": "sgd", "learning_rate": 10.0, "initialisation": "uniform", "layers": [_layer(8, 5, 2, 2), _layer(8, 5, 2, 2), _layer(8, 3, 1, 2)]},
    ),
    Preset(
        "small-digits",
        "Digits of 8×8 pixels",
        "Six kernels of 3×3 on images so small that every pixel of every map can be checked by hand: press one.",
        {"dataset": "digits", "layers": [_layer(6, 3, 1, 2)], "batch_size": 32, "learning_rate": 0.01},
    ),
    Preset(
        "natural-patches",
        "Patches of photographs",
        "From which of six photographs is this patch? Fur, cloth, grass and gravel differ in their texture, not in their outline.",
        {"dataset": "patches", "learning_rate": 0.002},
    ),
    Preset(
        "augmented",
        "Shifted, turned, scaled",
        "Every look at an image is a slightly different one. The training loss falls more slowly; watch what the held-out images make of it.",
        {"augmentation": ["shift", "rotate", "scale"]},
    ),
    Preset(
        "three-layers",
        "Three convolutions",
        "Small kernels, one above the other: what a unit of the third sees is wider than any kernel.",
        {"layers": [_layer(8, 3, 1, 2), _layer(12, 3, 1, 2), _layer(16, 3, 1, 2)]},
    ),
    Preset(
        "zero-start",
        "All weights zero",
        "Every kernel begins alike, and nothing passes through it: only the softmax’s biases can move.",
        {"initialisation": "zero"},
    ),
)

PRESETS: Final[tuple[Preset, ...]] = tuple(
    replace(start, prediction=PREDICTIONS[start.name].described() if start.name in PREDICTIONS else None) for start in _STARTS
)
