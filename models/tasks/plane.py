"""Two classes of points in the plane, the four tasks of TensorFlow Playground, and the features shown of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EXTENT: Final = 6.0
"""Fields cover x and y within ±6."""

FEATURES: Final[dict[str, Callable[[Floats, Floats], Floats]]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x²": lambda x, y: x * x,
    "y²": lambda x, y: y * y,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: np.sin(x),
    "sin y": lambda x, y: np.sin(y),
}


def featured(points: Floats, features: tuple[str, ...]) -> Floats:
    """The chosen features (n, features) of points (n, 2)."""
    return np.stack([FEATURES[name](points[:, 0], points[:, 1]) for name in features], axis=1)


def _stray(generator: np.random.Generator, n: int, reach: float) -> Floats:
    return generator.uniform(-reach, reach, (n, 2))


def _circle(n: int, noise: float, generator: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """A disc of radius 2.5 inside a ring from 3.5 to 5; noise blurs the label's radius by up to 5·noise."""
    inner = np.arange(n) < n // 2
    radius = np.where(inner, generator.uniform(0, 2.5, n), generator.uniform(3.5, 5, n))
    angle = generator.uniform(0, 2 * np.pi, n)
    points = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    seen = points + _stray(generator, n, 5 * noise)
    return points, (np.hypot(seen[:, 0], seen[:, 1]) < 2.5).astype(np.int64)


def _xor(n: int, noise: float, generator: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """Positive where x and y share a sign, with a gap of 0.3 on both sides of each axis."""
    points = generator.uniform(-5, 5, (n, 2))
    points += 0.3 * np.sign(points)
    seen = points + _stray(generator, n, 5 * noise)
    return points, (seen[:, 0] * seen[:, 1] >= 0).astype(np.int64)


def _gaussians(n: int, noise: float, generator: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """Clouds around (2, 2) and (−2, −2); the variance grows from 0.5 to 4 with noise from 0 to 0.5."""
    labels = (np.arange(n) < n // 2).astype(np.int64)
    centres = np.where(labels[:, None] == 1, 2.0, -2.0)
    return centres + generator.normal(0, np.sqrt(0.5 + 7 * noise), (n, 2)), labels


def _spiral(n: int, noise: float, generator: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """Two arms of 1.75 turns out to radius 5; noise moves points by up to noise in x and y."""
    half = n // 2
    labels = (np.arange(n) < half).astype(np.int64)
    count = np.where(labels == 1, half, n - half)
    along = np.where(labels == 1, np.arange(n), np.arange(n) - half) / count
    angle = 1.75 * along * 2 * np.pi + np.where(labels == 1, 0.0, np.pi)
    points = np.stack([5 * along * np.sin(angle), 5 * along * np.cos(angle)], axis=1)
    return points + _stray(generator, n, noise), labels


_DRAW: Final = {"circle": _circle, "xor": _xor, "gaussians": _gaussians, "spiral": _spiral}


def draw(dataset: str, samples: int, noise: float, train_share: float, seed: int) -> tuple[Floats, NDArray[np.int64], int]:
    """Points (n, 2) and labels (n,) of 0 and 1 in random order, and how many of them train."""
    generator = np.random.default_rng([seed, 0])
    points, labels = _DRAW[dataset](samples, noise, generator)
    order = generator.permutation(samples)
    return points[order], labels[order], min(max(round(samples * train_share), 1), samples - 1)


def grid(side: int) -> Floats:
    """Centres (side², 2) of a square grid over the plane; row 0 is the top."""
    ticks = (np.arange(side) + 0.5) / side * 2 * EXTENT - EXTENT
    x, y = np.meshgrid(ticks, -ticks)
    return np.stack([x.ravel(), y.ravel()], axis=1)
