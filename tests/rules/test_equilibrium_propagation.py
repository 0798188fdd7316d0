"""Equilibrium propagation's estimate goes to the gradient of the loss as β → 0 (Scellier and Bengio 2017)."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.networks.relaxing import RelaxingNetwork
from models.rules.equilibrium_propagation import EquilibriumPropagation
from tests.networks.test_relaxing import torch_settled_loss
from tests.rules.energy_runs import OUTPUTS, build
from tests.rules.small_runs import cosine, ready, resumed_equals, run, true_gradient

ONE, TWO, THREE = (5, 9, 3), (5, 9, 8, 3), (5, 9, 8, 7, 3)


def make(sizes: tuple[int, ...] = TWO, hidden: str = "tanh", pair: tuple[str, str] = OUTPUTS[0], **more: float) -> EquilibriumPropagation:
    return build(RelaxingNetwork, EquilibriumPropagation, sizes, hidden, pair, **more)


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid"])
@pytest.mark.parametrize("pair", OUTPUTS)
def test_with_one_hidden_layer_it_goes_to_backpropagation_as_beta_squared(hidden: str, pair: tuple[str, str]) -> None:
    distances = []
    for beta in (0.1, 0.05, 0.025):
        rule = make(ONE, hidden, pair, beta=beta, nudged_sweeps=60)
        rule.updates(0)
        truth = true_gradient(rule, 0)
        distances.append(np.linalg.norm(rule.gradient - truth) / np.linalg.norm(truth))
    assert cosine(rule.gradient, truth) > 0.999
    # Nudged both ways, the bias is of second order (Laborieux and others 2021): half the nudge, a quarter of the error.
    assert distances[0] > distances[1]
    assert distances[1] / distances[2] == pytest.approx(4, rel=0.1)


@pytest.mark.parametrize("sizes", [TWO, THREE])
@pytest.mark.parametrize(("hidden", "pair"), [("tanh", OUTPUTS[0]), ("sigmoid", OUTPUTS[2])])
def test_with_more_layers_it_goes_to_the_gradient_at_the_fixed_point(sizes: tuple[int, ...], hidden: str, pair: tuple[str, str]) -> None:
    rule = make(sizes, hidden, pair, beta=1e-3, nudged_sweeps=80)
    network = rule.network
    assert isinstance(network, RelaxingNetwork)
    rows = ready(rule)
    network.settle(network.units, 80)
    network.read_out(network.units)
    rule.direction(0, rows)
    flat = torch.tensor(network.parameters.copy(), requires_grad=True)
    torch_settled_loss(network, flat, rule.batches.inputs[rows], rule.batches.targets[rows], pair[1]).backward()
    assert flat.grad is not None
    np.testing.assert_allclose(rule.gradient, flat.grad.numpy(), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("sizes", [ONE, TWO, THREE, (5, 60, 60, 60, 3)])
@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu"])
def test_the_default_nudge_is_small_and_long_enough(sizes: tuple[int, ...], hidden: str) -> None:
    rule = make(sizes, hidden)
    network = rule.network
    assert isinstance(network, RelaxingNetwork)
    for updates in (0, 60):
        run(rule, updates)
        rows = ready(rule)
        rule.direction(0, rows)
        truth = network.gradient_of("cross_entropy", network.units, rule.batches.targets[rows])
        assert cosine(rule.gradient, truth) > 0.98


def test_deltas_are_the_errors_of_the_drives() -> None:
    rule = make(ONE, beta=1e-3)
    rule.updates(0)
    mine = rule.deltas.copy()
    layer = rule.network.unit_slice(1)
    np.testing.assert_allclose(rule.gradient[rule.network.bias_slice(1)], mine[:, layer].mean(0), atol=1e-14)
    np.testing.assert_allclose(true_gradient(rule, 0)[rule.network.bias_slice(1)], mine[:, layer].mean(0), rtol=1e-3, atol=1e-7)


def test_a_lesioned_neuron_is_silent_in_every_phase() -> None:
    rule = make()
    unit = rule.network.unit_slice(2).start + 3
    rule.network.alive[unit] = 0.0
    rule.updates(0)
    assert not rule.network.units[:, unit].any() and not rule.deltas[:, unit].any()
    assert not rule.network.weights_of(rule.gradient, 2)[3].any()
    assert not rule.network.weights_of(rule.gradient, 3)[:, 3].any()


def test_it_resumes_bit_by_bit_and_ends_in_no_number_when_it_diverges() -> None:
    assert resumed_equals(make)
    wild = make()
    wild.network.parameters[-1] = np.inf
    run(wild, 2)
    assert not np.isfinite(wild.network.parameters).all()
