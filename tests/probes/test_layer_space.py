"""A layer's space as a plane: the components that numpy's SVD finds, turned so that the picture does not jump, and kept for a moment."""

from __future__ import annotations

import itertools
import time
from typing import Any

import numpy as np
import pytest

from models.catalog import EXPERIMENTS
from models.experiments import dense_spaces
from models.probes.layer_space import GRID, nearest, principal_plane, space
from models.trainer import Trainer
from models.types import Subscription

WATCHED = frozenset({"*/space", "*/space_share"})


def blob(units: int, seed: int, n: int = 80) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Activations (n, units) that spread unevenly and lean on each other."""
    generator = np.random.default_rng(seed)
    return np.tanh(generator.normal(size=(n, units)) @ generator.normal(size=(units, units)) + generator.normal(size=units))


@pytest.mark.parametrize(("units", "seed"), list(itertools.product([2, 3, 8, 32], [0, 1])))
def test_it_is_the_plane_that_a_singular_value_decomposition_finds(units: int, seed: int) -> None:
    activations = blob(units, seed)
    centred = activations - activations.mean(axis=0)
    _, sizes, rows = np.linalg.svd(centred, full_matrices=False)
    mean, axes, share = principal_plane(activations, None)
    np.testing.assert_allclose(mean, activations.mean(axis=0))
    np.testing.assert_allclose(np.abs(axes.T @ rows[:2].T), np.eye(2), atol=1e-6)
    np.testing.assert_allclose(share, sizes[:2] ** 2 / (sizes**2).sum(), atol=1e-9)
    assert share.sum() <= 1 + 1e-12
    assert bool(share.sum() == pytest.approx(1)) is (units == 2)


def test_turning_it_towards_the_data_leaves_plane_and_distances_as_they_are() -> None:
    activations, anchors = blob(6, 2), np.random.default_rng(3).normal(size=(80, 2))
    mean, plain, _ = principal_plane(activations, None)
    _, turned, _ = principal_plane(activations, anchors)
    np.testing.assert_allclose(plain @ plain.T, turned @ turned.T, atol=1e-9)
    np.testing.assert_allclose(turned.T @ turned, np.eye(2), atol=1e-9)
    centred, wanted = activations - mean, anchors - anchors.mean(axis=0)
    angles = np.linspace(0, 2 * np.pi, 73)
    turns = [np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) @ np.diag([1, flip]) for a in angles for flip in (1, -1)]
    best = min(((centred @ plain @ turn - wanted) ** 2).sum() for turn in turns)
    assert ((centred @ turned - wanted) ** 2).sum() <= best + 1e-9


def test_the_picture_does_not_jump_where_two_components_change_places() -> None:
    """Where the variances cross, the eigenvectors swap; the turned picture moves no more than the activations."""
    anchors = np.random.default_rng(4).normal(size=(200, 2))
    anchors = (anchors - anchors.mean(axis=0)) @ np.linalg.inv(np.linalg.cholesky(np.cov(anchors.T)).T)
    before, after = anchors * [1.001, 0.999], anchors * [0.999, 1.001]
    first, second = (space(activations, None, anchors) for activations in (before, after))
    assert first is not None and second is not None
    assert np.abs(first[0] - second[0]).max() < 0.02
    plain = [places[0] for places in (space(before, None, None), space(after, None, None)) if places is not None]
    assert np.abs(plain[0] - plain[1]).max() > 1


def test_scale_edge_cases_and_neighbours() -> None:
    places, share = space(blob(5, 7), blob(5, 8, 9), None) or (None, None)
    assert places is not None and share is not None
    assert places.shape == (89, 2)
    assert np.sqrt((places[:80] ** 2).sum(axis=1).mean()) == pytest.approx(1, abs=1e-5)
    flat = space(np.ones((10, 3)), None, None)
    assert flat is not None and np.all(flat[0] == 0) and np.all(flat[1] == 0)
    alone = space(np.arange(10.0)[:, None], None, None)
    assert alone is not None and alone[1].tolist() == [1, 0] and np.all(alone[0][:, 1] == 0)
    assert space(np.full((4, 2), np.nan), None, None) is None
    order, distances = nearest(np.array([[3.0, 4.0], [0.0, 1.0], [0.0, -1.0]]), np.zeros(2), 2)
    assert (order.tolist(), distances.tolist()) == ([1, 2], [1.0, 1.0])


def trainer(**spec: Any) -> Trainer:
    experiment = EXPERIMENTS["gradient-flow"]
    return Trainer(experiment.build(experiment.validate(spec)))


def read(of: Trainer, passing: bool = False) -> dict[str, Any]:
    return dict(of.snapshot(Subscription(WATCHED, passing=passing)).arrays)


def test_a_learning_network_moves_its_picture_in_small_steps() -> None:
    """From update to update no point of any layer's picture moves by as much as a quarter of the spread."""
    learning = trainer(dataset="spiral", hidden_layers=[8, 8], optimiser="adam", learning_rate=0.01)
    before = read(learning)
    examples = min(learning.static().metadata["train_examples"], 300)
    assert before["1/space"].shape == before["2/space"].shape == (examples + GRID**2, 2)
    for _ in range(60):
        learning.advance(learning.step + 1, time.perf_counter() + 1)
        after = read(learning)
        for k in (1, 2):
            assert np.abs(after[f"{k}/space"] - before[f"{k}/space"])[:examples].max() < 0.25
        before = after


@pytest.mark.parametrize("spec", [{"dataset": "digits", "hidden_layers": [6]}, {"dataset": "circle", "hidden_layers": [3]}])
def test_inputs_of_digits_have_a_space_and_every_example_its_class(spec: dict[str, Any]) -> None:
    made = trainer(**spec)
    static = made.static()
    labels = static.arrays["data/train_labels"]
    assert labels.shape == (static.metadata["train_examples"],)
    assert set(labels.tolist()) == set(range(static.metadata["classes"]))
    rows = min(len(labels), 300)
    assert read(made)["0/space"].shape == (rows if spec["dataset"] == "digits" else rows + GRID**2, 2)


def test_passing_frames_may_show_a_moment_ago_and_a_question_never_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense_spaces, "LEAST_GAP", 3600)
    learning, other = trainer(dataset="xor"), trainer(dataset="xor")
    first = read(learning, passing=True)["1/space"]
    for each in (learning, other):
        each.advance(50, time.perf_counter() + 5)
    assert np.array_equal(read(learning, passing=True)["1/space"], first)
    fresh = read(learning)["1/space"]
    assert not np.array_equal(fresh, first)
    assert np.array_equal(fresh, read(other)["1/space"])
    monkeypatch.setattr(dense_spaces, "LEAST_GAP", 0)
    learning.advance(90, time.perf_counter() + 5)
    assert not np.array_equal(read(learning, passing=True)["1/space"], fresh)


def test_the_nearest_are_those_of_the_whole_layer_and_the_spread_is_its_own() -> None:
    made = trainer(dataset="spiral", hidden_layers=[5])
    made.advance(40, time.perf_counter() + 5)
    train = made.static().metadata["train_examples"]
    points = made.static().arrays["data/train_points"]
    values = np.array([made.ask("neuron_values", {"x": float(x), "y": float(y)})["layers"][1] for x, y in points])
    answer = made.ask("nearest", {"layer": 1, "example": 7, "count": 5})
    distances = np.linalg.norm(values - values[7], axis=1)
    order = [int(i) for i in np.argsort(distances) if i != 7]
    assert [one["example"] for one in answer["neighbours"]] == order[:5]
    assert [one["distance"] for one in answer["neighbours"]] == pytest.approx(distances[order[:5]], abs=1e-6)
    assert answer["scale"] == pytest.approx(np.sqrt(((values - values.mean(axis=0)) ** 2).sum(axis=1).mean()), rel=1e-6)
    some = made.ask("nearest", {"layer": 1, "example": 7, "count": 5, "among": train // 2})
    assert [one["example"] for one in some["neighbours"]] == [i for i in order if i < train // 2][:5]
