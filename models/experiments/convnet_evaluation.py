"""How the network does on images that it never learned from: all of them, at moments that spread out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.networks.convolutional import ConvolutionalNetwork
from models.tasks.image_task import ImageTask
from models.types import Array

WORST: Final = 12
STALE_SECONDS: Final = 2.0
"""While the run plays, what is shown of the held-out images may be so old."""
_TINY: Final = 1e-30


@dataclass(frozen=True)
class Evaluation:
    """Mean cross-entropy, share right, counts (true, predicted), and each image's probability of its class and predicted class."""

    step: int
    loss: float
    accuracy: float
    confusion: Array
    certainty: Array
    predicted: Array
    wrong: Array

    def worst(self) -> Array:
        """Numbers of the wrong images with the smallest probability of their class, the worst first."""
        order = np.argsort(self.certainty, kind="stable")
        return order[self.wrong[order]][:WORST]


def evaluate(network: ConvolutionalNetwork, task: ImageTask, step: int) -> Evaluation:
    probabilities = network.answers(task.test).astype(np.float64)
    labels = task.test_labels
    certainty = probabilities[np.arange(len(labels)), labels]
    predicted = probabilities.argmax(axis=1)
    confusion = np.zeros((task.classes, task.classes), np.int32)
    np.add.at(confusion, (labels, predicted), 1)
    with np.errstate(invalid="ignore"):
        loss = float(-np.log(np.maximum(certainty, _TINY)).mean())
    wrong = predicted != labels
    return Evaluation(step, loss, float(1 - wrong.mean()), confusion, certainty.astype(np.float32), predicted, wrong)


class HeldOut:
    """The newest evaluation, made again when it is too old for whoever asks."""

    def __init__(self, network: ConvolutionalNetwork, task: ImageTask) -> None:
        self._network, self._task = network, task
        self._newest: Evaluation | None = None
        self._made_at = 0.0

    def now(self, step: int) -> Evaluation:
        if self._newest is None or self._newest.step != step:
            self._newest, self._made_at = evaluate(self._network, self._task, step), time.perf_counter()
        return self._newest

    def lately(self, step: int) -> Evaluation:
        """Of a moment ago."""
        if self._newest is None or time.perf_counter() - self._made_at > STALE_SECONDS:
            return self.now(step)
        return self._newest

    @property
    def step(self) -> int:
        """Of the newest evaluation; −1: none yet."""
        return self._newest.step if self._newest is not None else -1

    def forget(self) -> None:
        self._newest = None
