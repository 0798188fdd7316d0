"""BCM: selectivity for one of two patterns with activity and threshold at their fixed point, both thresholds, and its memory."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules.bcm import BCM
from tests.rules.small_runs import make, one_linear, resumed_equals, run

PATTERNS = np.array([[1.0, 0.2], [0.3, 1.0]])


def selective(**more: object) -> tuple[np.ndarray, BCM]:
    """Responses to the two patterns, each shown half of the time, in order of size."""
    rule = one_linear(BCM, PATTERNS, 0.02, batch=2, memory=10.0, hidden_share=1.0, **more)
    rule.network.parameters[:2] = 0.5, 0.4
    run(rule, 4000)
    assert isinstance(rule, BCM)
    return np.sort(PATTERNS @ rule.network.parameters[:2]), rule


def test_responds_to_one_of_two_patterns_with_the_threshold_at_its_fixed_point() -> None:
    # Δw = 0 asks y = 0 or y = θ for each pattern. With one of two: θ = E[y²] = y²/2, so y = θ = 2 (Intrator and Cooper 1992).
    responses, rule = selective()
    np.testing.assert_allclose(responses, [0.0, 2.0], atol=1e-4)
    assert rule.theta()[0] == pytest.approx(2.0, abs=1e-4)


def test_the_threshold_of_1982_has_its_own_fixed_point() -> None:
    # c̄ = y/2, θ = (c̄/c₀)^p c̄ = y asks (y/2c₀)^p = 2: for p = 2, c₀ = 1, y = 2√2.
    responses, rule = selective(threshold="power")
    np.testing.assert_allclose(responses, [0.0, 2 * np.sqrt(2)], atol=1e-4)
    assert rule.theta()[0] == pytest.approx(2 * np.sqrt(2), abs=1e-4)


def test_activity_above_the_threshold_strengthens_and_below_it_weakens() -> None:
    rule = make(BCM, "relu", hidden_share=1.0)
    rule.updates(0)
    y = rule.network.units[:, 5:18]
    theta = (y**2).mean(0)
    np.testing.assert_allclose(rule.theta(), theta, atol=1e-15)
    np.testing.assert_allclose(-rule.deltas[:, 5:18], y * (y - theta), atol=1e-14)
    np.testing.assert_allclose(
        rule.network.weights_of(rule.gradient, 1), rule.deltas[:, 5:12].T @ rule.network.units[:, :5] / 6, atol=1e-14
    )
    assert not rule.gradient[rule.network.bias_slice(1)].any()


@pytest.mark.parametrize("threshold", ["mean_square", "power"])
def test_the_threshold_comes_back_with_a_restore(threshold: str) -> None:
    assert resumed_equals(lambda: make(BCM, threshold=threshold, hidden_share=1.0))
