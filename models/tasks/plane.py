"""Points in the plane in two to five classes, or with a number each, and the features shown of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labelled = tuple[Floats, NDArray[np.int64]]
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


def _rings(n: int, noise: float, classes: int, generator: np.random.Generator) -> Labelled:
    """Rings around a disc, of equal width out to radius 5, a fifth of it left free; noise blurs the label's radius."""
    ring = np.arange(n) % classes
    width = 5 / classes
    radius = (ring + generator.uniform(0.1, 0.9, n)) * width
    angle = generator.uniform(0, 2 * np.pi, n)
    points = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    seen = points + _stray(generator, n, 5 * noise)
    return points, np.clip(np.hypot(seen[:, 0], seen[:, 1]) / width, 0, classes - 1).astype(np.int64)


def _pinwheel(n: int, noise: float, classes: int, generator: np.random.Generator) -> Labelled:
    """Exclusive-or for more classes: 2·classes sectors around the origin that take the classes in turn."""
    points = generator.uniform(-5, 5, (n, 2))
    seen = points + _stray(generator, n, 5 * noise)
    sector = np.floor(np.arctan2(seen[:, 1], seen[:, 0]) / np.pi * classes).astype(np.int64)
    return points, sector % classes


def _clouds(n: int, noise: float, classes: int, generator: np.random.Generator) -> Labelled:
    """Clouds around evenly spaced places at radius 3; the variance grows from 0.3 to 2.8 with noise from 0 to 0.5."""
    labels = np.arange(n) % classes
    angle = np.pi / 2 + 2 * np.pi * labels / classes
    centres = 3 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centres + generator.normal(0, np.sqrt(0.3 + 5 * noise), (n, 2)), labels


def _arms(n: int, noise: float, classes: int, generator: np.random.Generator) -> Labelled:
    """Arms out to radius 5, fewer turns the more there are, so that the space between them stays; noise as for two."""
    labels = np.arange(n) % classes
    along = (np.arange(n) // classes + 1) / np.ceil(n / classes)
    angle = 2 * np.pi * (3.5 / classes * along + labels / classes)
    points = np.stack([5 * along * np.sin(angle), 5 * along * np.cos(angle)], axis=1)
    return points + _stray(generator, n, noise), labels


_DRAW: Final = {"circle": _circle, "xor": _xor, "gaussians": _gaussians, "spiral": _spiral}
_DRAW_MORE: Final = {"circle": _rings, "xor": _pinwheel, "gaussians": _clouds, "spiral": _arms}


def _train_count(samples: int, train_share: float) -> int:
    return min(max(round(samples * train_share), 1), samples - 1)


def draw(
    dataset: str, samples: int, noise: float, train_share: float, seed: int, classes: int = 2
) -> tuple[Floats, NDArray[np.int64], int]:
    """Points (n, 2) and labels (n,) from 0 in random order, and how many of them train."""
    generator = np.random.default_rng([seed, 0])
    if classes == 2:
        points, labels = _DRAW[dataset](samples, noise, generator)
    else:
        points, labels = _DRAW_MORE[dataset](samples, noise, classes, generator)
    order = generator.permutation(samples)
    return points[order], labels[order], _train_count(samples, train_share)


HILLS: Final = tuple((3.5 * np.cos(np.pi / 3 * k), 3.5 * np.sin(np.pi / 3 * k), 1.0 if k % 2 == 0 else -1.0) for k in range(6))
"""(x, y, sign) of the six hills and hollows, in turn around the origin."""
HILL_WIDTH: Final = 1.1


def slope(points: Floats) -> Floats:
    """A tilted plane over points (n, 2): (x + y)/10."""
    return np.asarray((points[:, 0] + points[:, 1]) / 10)


def hills(points: Floats) -> Floats:
    """Six Gaussians of standard deviation 1.1 over points (n, 2), three up and three down."""
    squared = [(points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2 for x, y, _ in HILLS]
    return np.asarray(sum(sign * np.exp(-d / (2 * HILL_WIDTH**2)) for d, (_, _, sign) in zip(squared, HILLS, strict=True)))


_VALUES: Final = {"slope": slope, "hills": hills}


def draw_values(dataset: str, samples: int, noise: float, train_share: float, seed: int) -> tuple[Floats, Floats, int]:
    """Points (n, 2) within ±5, a number each (n,), and how many of them train. Noise moves the place at which the number is read."""
    generator = np.random.default_rng([seed, 0])
    points = generator.uniform(-5, 5, (samples, 2))
    return points, _VALUES[dataset](points + _stray(generator, samples, 5 * noise)), _train_count(samples, train_share)


def starter() -> tuple[Floats, NDArray[np.int64]]:
    """Two half moons of twenty points each: where a person's own drawing begins."""
    along = (np.arange(20) + 0.5) / 20 * np.pi
    upper = np.stack([3 * np.cos(along) - 1.5, 3 * np.sin(along) - 0.75], axis=1)
    return np.concatenate([upper, -upper]), np.repeat([1, 0], 20)


def grid(side: int) -> Floats:
    """Centres (side², 2) of a square grid over the plane; row 0 is the top."""
    ticks = (np.arange(side) + 0.5) / side * 2 * EXTENT - EXTENT
    x, y = np.meshgrid(ticks, -ticks)
    return np.stack([x.ravel(), y.ravel()], axis=1)
