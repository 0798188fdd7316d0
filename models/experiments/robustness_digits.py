"""Two networks of one kind, trained here on MNIST digits: on the digits as they are, and on digits that vary from look to look.

The same first weights, the same digits in the same order, the same number of updates; then both name held-out digits that are distorted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
import torch

from models.experiments.live_convnet import build
from models.specs.live_convnet import ADAPTER
from models.tasks.distortions import distorted
from models.types import Array

UPDATES: Final = 500
"""Enough for both to name 19 of 20 held-out digits or more as they are."""
DISTORTED: Final = 1000
"""Held-out digits that are distorted and named."""
_TOLD: Final = 25
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Pair:
    """The two trained networks' trials, and the seconds that each was trained."""

    VARIETY: ClassVar[tuple[str, ...]] = ("shift", "rotate", "scale", "light")
    VARIETY_WORDS: ClassVar[str] = "moved, turned, scaled, lit"

    trials: tuple[Any, Any]
    seconds: tuple[float, float]

    def accuracies(self, distortion: str, level: float, seed: int) -> tuple[float, float]:
        """Of the plain and of the varied network, on the same distorted digits."""
        plain, varied = self.trials
        images, labels = held_out(plain, DISTORTED)
        changed = distorted_digits(images, distortion, level, seed)
        return accuracy(plain, changed, labels), accuracy(varied, changed, labels)


@lru_cache(maxsize=2)
def _trained(seed: int, variety: tuple[str, ...], tell: _Told) -> tuple[Any, float]:
    trial = build(ADAPTER.validate_python({"seed": seed + 1, "augmentation": variety, "sparse_every": 10_000}))
    lane = next(lane for lane in trial.lanes if lane.side == "network")
    begun = time.perf_counter()
    for step in range(UPDATES):
        lane.learner.apply(lane.rule.updates(step))
        if step % _TOLD == 0:
            tell.progress(step / UPDATES, f"training on {'varied' if variety else 'plain'} digits: update {step} of {UPDATES}")
    return trial, time.perf_counter() - begun


class _Told:
    """Progress that takes no part in what a training is kept by."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told)

    def __hash__(self) -> int:
        return 0


def pair(seed: int, progress: Progress) -> Pair:
    """Trained once a worker for each seed (about ten seconds), then kept."""
    torch.set_num_threads(1)
    plain, first = _trained(seed, (), _Told(lambda share, doing: progress(share / 2, doing)))
    varied, second = _trained(seed, Pair.VARIETY, _Told(lambda share, doing: progress(0.5 + share / 2, doing)))
    return Pair((plain, varied), (first, second))


def held_out(trial: Any, count: int) -> tuple[Array, Array]:
    """u1 (n, height, width, channels) and labels of held-out images."""
    images = np.asarray(trial.task.test_images[:count])
    bytes_ = (255 * images + 0.5).astype(np.uint8) if images.dtype != np.uint8 else images
    return np.ascontiguousarray(bytes_.transpose(0, 2, 3, 1)), np.asarray(trial.task.test_labels[:count])


def distorted_digits(images: Array, distortion: str, level: float, seed: int) -> Array:
    """The same shape; every image has noise, or a place of its own."""
    return np.stack([distorted(image, distortion, level, seed + 7919 * i) for i, image in enumerate(images)])


def accuracy(trial: Any, images: Array, labels: Array) -> float:
    """Share of u1 (n, height, width, channels) named rightly."""
    floats = np.ascontiguousarray(images.transpose(0, 3, 1, 2).astype(np.float32) / 255)
    return float((np.asarray(trial.network.probabilities(floats)).argmax(axis=1) == labels).mean())
