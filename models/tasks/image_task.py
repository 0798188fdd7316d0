"""Images to tell apart: what a network learns from, what is held out, and what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.splitmix import shuffle
from models.types import Array

Bytes = NDArray[np.uint8]
Labels = NDArray[np.int64]
SAMPLES = 40
"""Held-out images that a viewer can choose from."""


class ImageSize(NamedTuple):
    height: int
    width: int
    channels: int


@dataclass(frozen=True)
class Labelled:
    """`pixels` u1 (n, height, width, channels), `labels` (n,)."""

    pixels: Bytes
    labels: Labels


class ImageTask:
    """Arrays of 0…1, single precision, (n, height, width, channels). Which images are held out is the same for every seed."""

    def __init__(self, name: str, class_names: tuple[str, ...], train: Labelled, test: Labelled) -> None:
        self.name, self.class_names = name, class_names
        self.image = ImageSize(*train.pixels.shape[1:])
        self.train, self.test = _unit(train.pixels), _unit(test.pixels)
        self.train_labels, self.test_labels = train.labels, test.labels
        self.samples: Bytes = test.pixels[:SAMPLES]
        self.sample_labels: Labels = test.labels[:SAMPLES]

    @property
    def test_images(self) -> Array:
        """(n, channels, height, width)"""
        return np.moveaxis(self.test, 3, 1)

    @property
    def classes(self) -> int:
        return len(self.class_names)

    def from_bytes(self, pixels: Array) -> Array:
        """height·width·channels numbers of 0…255 as one image (1, height, width, channels) of 0…1."""
        return (np.asarray(pixels, np.float32) / np.float32(255)).reshape(1, *self.image)


def _unit(pixels: Bytes) -> Array:
    return pixels.astype(np.float32) / np.float32(255)


def held_out(images: Labelled, share: float) -> tuple[Labelled, Labelled]:
    """Train and test, the same share of each class (at least one image) held out, each in mixed order; always the same."""
    generator = np.random.default_rng(2023)
    train, test = [], []
    for label in np.unique(images.labels):
        members = generator.permutation(np.flatnonzero(images.labels == label))
        count = min(max(1, round(len(members) * share)), len(members) - 1)
        test.append(members[:count])
        train.append(members[count:])
    parts = [generator.permutation(np.concatenate(part)) for part in (train, test)]
    first, second = (Labelled(images.pixels[rows], images.labels[rows]) for rows in parts)
    return first, second


Augment = Callable[[Array, NDArray[np.int64]], Array]


class ImageBatches:
    """Deals the training images in batches, in a fresh order each epoch; the last of an epoch may be smaller.

    `augment(images, looks)` changes each image on its way; `looks` (n,) counts every look at an image over the whole run.
    """

    def __init__(self, task: ImageTask, batch_size: int, seed: int, augment: Augment | None = None) -> None:
        self._images, self._labels, self._augment = task.train, task.train_labels, augment
        self.batch_size = min(batch_size, len(self._images))
        self.seed = seed
        self.steps_per_epoch = -(-len(self._images) // self.batch_size)
        self._order = np.zeros(len(self._images), np.int64)
        self._epoch = -1

    def batch(self, step: int) -> tuple[Array, Labels]:
        """Images (n, height, width, channels) and their classes of update `step`, counted from 0."""
        epoch, position = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            shuffle(self._order, self.seed, epoch)
            self._epoch = epoch
        start = position * self.batch_size
        rows = self._order[start : start + self.batch_size]
        images = self._images[rows]
        if self._augment is not None:
            looks = np.arange(len(rows), dtype=np.int64) + (epoch * len(self._images) + start)
            images = self._augment(images, looks)
        return images, self._labels[rows]
