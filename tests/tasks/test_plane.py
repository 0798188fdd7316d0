"""The four point sets keep their geometry, and a seed decides everything."""

from __future__ import annotations

import numpy as np
import pytest

from models.tasks import digits, plane

DATASETS = ("circle", "xor", "gaussians", "spiral")


@pytest.mark.parametrize("dataset", DATASETS)
def test_seed_decides_the_points(dataset: str) -> None:
    one, two, other = (plane.draw(dataset, 200, 0.2, 0.5, seed) for seed in (4, 4, 5))
    assert np.array_equal(one[0], two[0]) and np.array_equal(one[1], two[1])
    assert not np.array_equal(one[0], other[0])


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize(("share", "expected"), [(0.1, 20), (0.5, 100), (0.9, 180)])
def test_train_share_and_balance(dataset: str, share: float, expected: int) -> None:
    points, labels, train = plane.draw(dataset, 200, 0.0, share, 1)
    assert points.shape == (200, 2) and train == expected
    assert 0.35 < labels.mean() < 0.65


def test_noiseless_labels_follow_the_geometry() -> None:
    points, labels, _ = plane.draw("circle", 500, 0.0, 0.5, 1)
    assert np.array_equal(labels == 1, np.hypot(*points.T) < 2.5)
    points, labels, _ = plane.draw("xor", 500, 0.0, 0.5, 1)
    assert np.array_equal(labels == 1, points[:, 0] * points[:, 1] > 0)
    assert np.abs(points).min() >= 0.3
    points, labels, _ = plane.draw("gaussians", 1000, 0.0, 0.5, 1)
    assert points[labels == 1].var(axis=0) == pytest.approx([0.5, 0.5], rel=0.25)
    assert points[labels == 1].mean(axis=0) == pytest.approx([2, 2], abs=0.1)
    points, labels, _ = plane.draw("spiral", 200, 0.0, 0.5, 1)
    assert np.allclose(np.sort(np.hypot(*points[labels == 1].T)), np.arange(100) / 100 * 5)


def test_noise_moves_labels_or_points() -> None:
    quiet, noisy = plane.draw("circle", 500, 0.0, 0.5, 1), plane.draw("circle", 500, 0.5, 0.5, 1)
    assert np.array_equal(quiet[0], noisy[0]) and not np.array_equal(quiet[1], noisy[1])
    assert not np.array_equal(plane.draw("spiral", 500, 0.0, 0.5, 1)[0], plane.draw("spiral", 500, 0.5, 0.5, 1)[0])


def test_features_are_what_their_names_say() -> None:
    points = np.array([[2.0, -3.0]])
    values = plane.featured(points, ("x", "y", "x²", "y²", "xy", "sin x", "sin y"))[0]
    np.testing.assert_allclose(values, [2, -3, 4, 9, -6, np.sin(2), np.sin(-3)])


def test_grid_starts_at_the_top_left() -> None:
    points = plane.grid(4)
    np.testing.assert_allclose(points[0], [-4.5, 4.5])
    np.testing.assert_allclose(points[-1], [4.5, -4.5])


def test_digits_are_all_there_and_shuffled_by_seed() -> None:
    images, labels, train = digits.draw(0.0, 0.8, 1)
    assert images.shape == (1797, 64) and images.min() == 0 and images.max() == 1 and train == 1438
    assert np.array_equal(np.bincount(labels), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    assert not np.array_equal(labels, digits.draw(0.0, 0.8, 2)[1])
    assert (digits.draw(0.2, 0.8, 1)[0] - images).std() == pytest.approx(0.2, rel=0.01)
