"""Reward-modulated plasticity: nothing moves without reward, and on average it moves down the loss."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules.three_factor import ThreeFactor
from tests.rules.small_runs import cosine, make, ready, resumed_equals, run, true_gradient


def mean_direction(rule: ThreeFactor, draws: int) -> np.ndarray:
    """Over many draws of the noise for the first batch: (parameters,)."""
    total = np.zeros_like(rule.gradient)
    rows = ready(rule)
    for step in range(draws):
        rule.direction(step, rows)
        total += rule.gradient
    return total / draws


@pytest.mark.parametrize("kind", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("more", [{}, {"expected": "running"}, {"trace": 0.9}], ids=["same input", "running", "trace"])
def test_without_reward_every_weight_keeps_its_bits(kind: str, more: dict) -> None:
    rule = make(ThreeFactor, kind=kind, reward_scale=0.0, **more)
    before = rule.network.parameters.tobytes()
    run(rule, 30)
    assert rule.network.parameters.tobytes() == before
    rule.reward_scale = 1.0
    run(rule, 1, 30)
    assert rule.network.parameters.tobytes() != before


def test_the_mean_direction_is_the_gradient() -> None:
    rule = make(ThreeFactor, noise=0.01)
    assert cosine(mean_direction(rule, 4000), true_gradient(rule, 0)) > 0.98


def test_one_draw_is_not_the_gradient() -> None:
    rule = make(ThreeFactor, noise=0.01)
    assert cosine(mean_direction(rule, 1), true_gradient(rule, 0)) < 0.9


@pytest.mark.parametrize("more", [{"expected": "running", "noise": 0.5}, {"trace": 0.5, "noise": 0.1}], ids=["running", "trace"])
def test_other_expectations_and_traces_point_the_same_way(more: dict) -> None:
    rule = make(ThreeFactor, **more)
    assert cosine(mean_direction(rule, 6000), true_gradient(rule, 0)) > 0.9


def test_one_scalar_reaches_all_synapses() -> None:
    # δ_j = −M ξ_j/σ² for every neuron of an example, the output's too: divided by its own noise it is the same number everywhere.
    rule = make(ThreeFactor)
    rule.updates(0)
    assert isinstance(rule, ThreeFactor)
    scalar = rule.deltas[:, 5:] / rule.tried.noise[:, 5:]
    np.testing.assert_allclose(scalar, np.tile(scalar[:, :1], scalar.shape[1]), rtol=1e-12)
    np.testing.assert_allclose(-scalar[:, 0] * rule.tried.size**2, rule.tried.better(), rtol=1e-12)


def test_a_trace_remembers_the_share_that_it_is_told() -> None:
    rule = make(ThreeFactor, trace=0.9)
    assert isinstance(rule, ThreeFactor)
    rule.updates(0)
    first = rule.eligibility.copy()
    tried = rule.tried
    expected = tried.noise[:, 5:12].T @ tried.units[:, :5] / 6 / tried.size**2
    np.testing.assert_allclose(rule.network.weights_of(first, 1), expected, atol=1e-12)
    rule.reward_scale = 0.0
    rule.updates(1)
    fresh = tried.noise[:, 5:12].T @ tried.units[:, :5] / 6 / tried.size**2
    np.testing.assert_allclose(rule.network.weights_of(rule.eligibility, 1), 0.9 * expected + fresh, atol=1e-12)


def test_noise_belongs_to_the_step_and_has_its_size() -> None:
    rule, again = make(ThreeFactor), make(ThreeFactor)
    drawn = []
    for step in range(200):
        rule.updates(step)
        drawn.append(rule.tried.noise[:, 5:].copy())
    again.updates(150)
    assert np.array_equal(again.tried.noise[:, 5:], drawn[150])
    assert np.mean(drawn) == pytest.approx(0.0, abs=0.003)
    assert np.std(drawn) == pytest.approx(0.1, rel=0.02)
    assert abs(np.corrcoef(np.concatenate(drawn).T) - np.eye(16)).max() < 0.12


def test_a_lesioned_neuron_tries_nothing() -> None:
    rule = make(ThreeFactor)
    rule.network.alive[7] = 0.0
    rule.updates(0)
    assert not rule.deltas[:, 7].any()
    assert not rule.tried.units[:, 7].any()


@pytest.mark.parametrize("more", [{}, {"expected": "running", "trace": 0.5}])
def test_goes_on_bit_by_bit_after_a_restore(more: dict) -> None:
    assert resumed_equals(lambda: make(ThreeFactor, **more))
