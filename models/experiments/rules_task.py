"""What the networks of the page on learning rules learn: points in the plane, 8×8 digits, or MNIST."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from models.experiments.dense_task import DenseTask
from models.specs.learning_rules import DigitsRules, PlaneRules, Spec
from models.tasks import digits, plane
from models.tasks.image_sources import load as load_images
from models.types import Array

CLASSES: Final = 10
NAMES: Final = tuple("0123456789")
SAMPLES: Final = 20
"""Held-out images that a viewer is shown."""


def load(spec: Spec) -> DenseTask:
    """Rows that train come first."""
    if isinstance(spec, PlaneRules):
        points, labels, train = plane.draw(spec.dataset, spec.samples, spec.noise, spec.train_share, spec.seed, 2)
        targets = (2.0 * labels - 1.0)[:, None]
        inputs = plane.featured(points, ("x", "y"))
        names, features = ("orange", "blue"), ("x", "y")
        return DenseTask("plane", "classes", points, inputs, targets, labels, train, "tanh", "squared_error", names, features)
    if isinstance(spec, DigitsRules):
        return _images(*digits.draw(spec.noise, spec.train_share, spec.seed))
    return _images(*_mnist())


def _images(pixels: Array, labels: Array, train: int) -> DenseTask:
    targets = np.eye(CLASSES)[labels]
    return DenseTask("digits", "classes", pixels, pixels, targets, labels, train, "softmax", "cross_entropy", NAMES, ())


@cache
def _mnist() -> tuple[Array, Array, int]:
    """Images (5000, 784) in 0…1, labels, and how many of them train. The split is the same for every seed."""
    task = load_images("mnist", None, {})
    pixels = np.concatenate([task.train, task.test]).reshape(-1, task.image.height * task.image.width).astype(np.float64)
    return pixels, np.concatenate([task.train_labels, task.test_labels]), len(task.train)
