"""A layer hands on its activity without its length, and the gradient goes through that."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.networks.normalised import EPSILON, NormalisedNetwork
from tests.rules.energy_runs import TORCH, examples, torch_layers, torch_loss

SIZES = (5, 9, 8, 3)


def make(hidden: str = "tanh", output: str = "softmax") -> NormalisedNetwork:
    network = NormalisedNetwork(SIZES, hidden, output)
    network.initialise("xavier", 3)
    network.parameters += 0.05 * np.random.default_rng(9).normal(size=network.parameters.size)
    return network


def inputs(rows: int = 6) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(rows, SIZES[0]))


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid"])
def test_what_is_handed_on_has_a_root_mean_square_of_one(hidden: str) -> None:
    network = make(hidden)
    network.parameters *= 3.0
    units = network.responses(inputs())
    sent = network.sent(units)
    for k in (1, 2):
        layer = network.unit_slice(k)
        np.testing.assert_allclose((sent[:, layer] ** 2).mean(1), 1.0, rtol=1e-5)
        signal = 2 * units[:, layer] - 1 if hidden == "sigmoid" else units[:, layer]
        assert np.array_equal(np.sign(sent[:, layer]), np.sign(signal))
    assert np.array_equal(sent[:, network.unit_slice(0)], inputs())


def test_how_busy_a_rectified_layer_is_does_not_reach_the_next() -> None:
    network = make("relu")
    before = network.responses(inputs())
    first = slice(0, network.bias_slice(1).stop)
    network.parameters[first] *= 5.0
    after = network.responses(inputs())
    np.testing.assert_allclose(after[:, network.unit_slice(1)], 5 * before[:, network.unit_slice(1)], rtol=1e-12)
    np.testing.assert_allclose(after[:, network.unit_slice(3)], before[:, network.unit_slice(3)], rtol=1e-6)


def torch_drive(network: NormalisedNetwork, flat: torch.Tensor, given: np.ndarray) -> torch.Tensor:
    sent, layers = torch.tensor(given), torch_layers(network, flat)
    for weights, biases in layers[:-1]:
        signal = TORCH[network.hidden](sent @ weights.T + biases)
        if network.hidden == "sigmoid":
            signal = 2 * signal - 1
        sent = signal / torch.sqrt((signal**2).mean(1, keepdim=True) + EPSILON)
    weights, biases = layers[-1]
    return sent @ weights.T + biases


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("pair", [("softmax", "cross_entropy"), ("tanh", "squared_error"), ("sigmoid", "cross_entropy")])
def test_answers_and_gradient_equal_torch(hidden: str, pair: tuple[str, str]) -> None:
    network = make(hidden, pair[0])
    targets = examples(pair[0], 5, 3).targets[:6]
    flat = torch.tensor(network.parameters.copy(), requires_grad=True)
    loss = torch_loss(pair[0], pair[1], torch_drive(network, flat, inputs()), torch.tensor(targets)).mean()
    loss.backward()
    assert flat.grad is not None
    np.testing.assert_allclose(network.gradient_of(pair[1], network.responses(inputs()), targets), flat.grad.numpy(), rtol=1e-6, atol=1e-12)
    labels = targets.argmax(1)
    assert network.evaluate(pair[1], inputs(), targets, labels).loss == pytest.approx(loss.item(), rel=1e-9)


def test_a_lesioned_neuron_sends_nothing_and_a_wrong_number_stays_one() -> None:
    for hidden in ("tanh", "sigmoid"):
        network = make(hidden)
        unit = network.unit_slice(1).start + 2
        network.alive[unit] = 0.0
        assert not network.sent(network.responses(inputs()))[:, unit].any()
        network.parameters[0] = np.nan
        assert np.isnan(network.responses(inputs())[:, -1]).all()
