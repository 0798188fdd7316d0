"""Oja's rule against the eigenvectors of the data: one neuron, a layer that spans a subspace, one in order, and one that collapses."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules.oja import Oja
from tests.rules.small_runs import correlated, cosine, make, one_linear, resumed_equals, run


@pytest.mark.parametrize("form", ["each", "subspace", "ordered"])
def test_one_neuron_finds_the_first_component_at_length_one(form: str) -> None:
    # Oja 1982: |w| → 1, and w → the first eigenvector of E[x xᵀ]; here that is axes[:, 0] with 3 against 1 and ½.
    inputs, axes, _ = correlated()
    rule = run(one_linear(Oja, inputs, 0.002, form=form, hidden_share=1.0), 3000)
    weights = rule.network.weights_of(rule.network.parameters, 1)[0]
    assert np.linalg.norm(weights) == pytest.approx(1.0, abs=0.02)
    assert abs(cosine(weights, axes[:, 0])) > 0.999


def test_the_whole_set_at_once_settles_exactly() -> None:
    inputs, axes, _ = correlated()
    rule = run(one_linear(Oja, inputs, 0.1, batch=len(inputs), hidden_share=1.0), 200)
    weights = rule.network.weights_of(rule.network.parameters, 1)[0]
    np.testing.assert_allclose(np.abs(weights), np.abs(axes[:, 0]), atol=1e-9)


@pytest.mark.parametrize("form", ["each", "subspace", "ordered"])
def test_two_neurons_part_as_the_form_says(form: str) -> None:
    inputs, axes, _ = correlated()
    rule = run(one_linear(Oja, inputs, 0.15, batch=len(inputs), width=2, form=form, hidden_share=1.0), 400)
    weights = rule.network.weights_of(rule.network.parameters, 1)
    along = np.abs(weights @ axes)
    if form == "each":
        np.testing.assert_allclose(along, [[1, 0, 0], [1, 0, 0]], atol=1e-6)
    elif form == "ordered":
        np.testing.assert_allclose(along, [[1, 0, 0], [0, 1, 0]], atol=1e-6)
    else:
        np.testing.assert_allclose(weights @ weights.T, np.eye(2), atol=1e-6)
        np.testing.assert_allclose(weights.T @ weights, axes[:, :2] @ axes[:, :2].T, atol=1e-6)
        assert along.max() < 0.999


@pytest.mark.parametrize("form", ["each", "subspace", "ordered"])
def test_the_step_is_the_equation(form: str) -> None:
    rule = make(Oja, form=form, hidden_share=1.0)
    rule.updates(0)
    x, y = rule.network.units[:, 5:12], rule.network.units[:, 12:18]
    w = rule.network.weights_of(rule.network.parameters, 2)
    among = {"each": np.eye(6), "subspace": np.ones((6, 6)), "ordered": np.tri(6)}[form]
    expected = np.mean([ye[:, None] * (xe - (among * ye) @ w) for xe, ye in zip(x, y, strict=True)], axis=0)
    np.testing.assert_allclose(rule.network.weights_of(rule.gradient, 2), -expected, atol=1e-14)


def test_goes_on_bit_by_bit_after_a_restore() -> None:
    assert resumed_equals(lambda: make(Oja, kind="adam"))
