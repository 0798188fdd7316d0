"""Shaken weights: the mean estimate is the gradient, one estimate is hardly, and the scatter is what theory says."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules.weight_perturbation import WeightPerturbation
from tests.rules.small_runs import cosine, make, ready, resumed_equals, true_gradient


def estimates(rule: WeightPerturbation, draws: int) -> np.ndarray:
    """(draws, parameters): for the first batch."""
    rows = ready(rule)
    found = np.empty((draws, rule.gradient.size))
    for step in range(draws):
        rule.direction(step, rows)
        found[step] = rule.gradient
    return found


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu"])
def test_the_mean_estimate_is_the_gradient(hidden: str) -> None:
    rule = make(WeightPerturbation, hidden)
    found, gradient = estimates(rule, 8000), true_gradient(rule, 0)
    assert cosine(found.mean(0), gradient) > 0.99
    scatter = found.std(0) / np.sqrt(len(found))
    assert (np.abs(found.mean(0) - gradient) < 5 * scatter + 1e-6).all()


def test_one_estimate_points_nearly_anywhere() -> None:
    # With one example, g = (s·∇L) s: its cosine with ∇L is |s·∇L|/(|∇L| √n), of mean square 1/n for n parameters.
    rule = make(WeightPerturbation)
    rows = rule.forward(0)[:1].copy()
    network = rule.network
    network.respond(rule.batches.inputs, rows)
    rule.deltas = np.zeros(network.units.shape)
    found = []
    for step in range(1000):
        rule.direction(step, rows)
        found.append(rule.gradient.copy())
    mean = np.mean(found, axis=0)
    squares = [cosine(one, mean) ** 2 for one in found]
    assert np.mean(squares) == pytest.approx(1 / network.parameters.size, rel=0.3)


def test_each_bias_carries_its_neurons_share() -> None:
    rule = make(WeightPerturbation)
    rule.updates(3)
    for layer in (1, 2, 3):
        deltas = rule.deltas[:, rule.network.unit_slice(layer)]
        np.testing.assert_allclose(deltas.mean(0), rule.gradient[rule.network.bias_slice(layer)], rtol=1e-12)


def test_each_example_shakes_anew() -> None:
    rule = make(WeightPerturbation)
    rule.updates(0)
    patterns = {tuple(np.sign(one * one[0])) for one in rule.deltas[:, 5:]}
    assert len(patterns) == 6


def test_weights_and_activations_are_left_as_they_were() -> None:
    rule = make(WeightPerturbation)
    before = rule.network.parameters.copy()
    rows = ready(rule)
    units = rule.network.units.copy()
    rule.direction(0, rows)
    assert np.array_equal(rule.network.parameters, before)
    assert np.array_equal(rule.network.units, units)


def test_goes_on_bit_by_bit_after_a_restore() -> None:
    assert resumed_equals(lambda: make(WeightPerturbation, kind="momentum"))
