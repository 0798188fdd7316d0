"""Hebb's product: the closed form of its growth, its output layer, and that nothing hides its divergence."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules.hebb import Hebb
from models.rules.output_only import OutputOnly
from tests.rules.small_runs import correlated, make, one_linear, resumed_equals, run


def test_the_step_is_the_product_of_activities_and_leaves_hidden_biases() -> None:
    rule = make(Hebb, hidden_share=0.5)
    before = rule.network.parameters.copy()
    rule.updates(0)
    x, y = rule.network.units[:, :5], rule.network.units[:, 5:12]
    np.testing.assert_allclose(rule.network.weights_of(rule.gradient, 1), -0.5 * y.T @ x / 6, atol=1e-15)
    np.testing.assert_array_equal(rule.deltas[:, 5:12], -y)
    for layer in (1, 2):
        assert not rule.gradient[rule.network.bias_slice(layer)].any()
    assert np.array_equal(rule.network.parameters, before)


def test_the_output_layer_learns_exactly_as_the_controls() -> None:
    rule, control = make(Hebb), make(OutputOnly)
    rule.updates(0)
    control.updates(0)
    place = slice(rule.network.weight_slice(3).start, None)
    assert np.array_equal(rule.gradient[place], control.gradient[place])
    assert rule.gradient[place].any()


def test_a_linear_neuron_grows_without_end_along_the_first_component() -> None:
    # On the whole set at once Δw = η C w exactly, so |w·axis_k| grows by (1 + η λ_k) an update, fastest along the largest λ.
    inputs, axes, variances = correlated()
    rule = one_linear(Hebb, inputs, 0.05, batch=len(inputs), hidden_share=1.0)
    start = rule.network.weights_of(rule.network.parameters, 1)[0] @ axes
    run(rule, 40)
    weights = rule.network.weights_of(rule.network.parameters, 1)[0] @ axes
    np.testing.assert_allclose(weights, start * (1 + 0.05 * variances) ** 40, rtol=1e-9)
    hurried = one_linear(Hebb, inputs[:100], 1.0, batch=100, hidden_share=1.0)
    with np.errstate(all="ignore"):
        run(hurried, 1000)
    assert not np.isfinite(hurried.network.parameters).all()


@pytest.mark.parametrize("hidden", ["tanh", "relu"])
def test_a_lesioned_neuron_neither_speaks_nor_learns(hidden: str) -> None:
    rule = make(Hebb, hidden, hidden_share=1.0)
    rule.network.alive[6] = 0.0
    rule.updates(0)
    assert not rule.deltas[:, 6].any()
    assert not rule.network.weights_of(rule.gradient, 1)[1].any()
    assert not rule.network.weights_of(rule.gradient, 2)[:, 1].any()


def test_goes_on_bit_by_bit_after_a_restore() -> None:
    assert resumed_equals(lambda: make(Hebb, kind="momentum"))
