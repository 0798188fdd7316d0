"""The pass that a rule tries: without noise it is the network's own, and its cost is the network's loss."""

from __future__ import annotations

import numpy as np
import pytest

from models.networks.dense import LOSS_CODES, DenseNetwork
from models.rules.attempt import attempts, costs

OUTPUTS = [("softmax", "cross_entropy"), ("sigmoid", "cross_entropy"), ("tanh", "squared_error"), ("linear", "squared_error")]


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_equals_the_networks_own_pass_and_loss(hidden: str, output: str, loss: str) -> None:
    network = DenseNetwork((4, 5, 3), hidden, output)
    network.initialise("uniform", 1)
    network.alive[[2, 6]] = 0.0
    generator = np.random.default_rng(2)
    inputs, labels = generator.normal(size=(9, 4)), generator.integers(0, 3, 9)
    targets, rows = np.eye(3)[labels], np.arange(9)
    units, found = np.zeros((9, 12)), np.zeros(9)
    codes = network.hidden_code, network.output_code
    attempts(network.parameters, network.sizes, *codes, network.alive, inputs, rows, np.zeros((9, 12)), units)
    np.testing.assert_allclose(units, network.responses(inputs * network.alive[:4]), rtol=1e-12)
    costs(LOSS_CODES[loss], network.output_code, targets, rows, units, found)
    assert found.mean() == pytest.approx(network.evaluate(loss, inputs, targets, labels).loss, rel=1e-12)


def test_noise_is_added_to_the_drive() -> None:
    network = DenseNetwork((4, 5, 3), "tanh", "softmax")
    network.initialise("xavier", 1)
    inputs, noise, units = np.ones((1, 4)), np.zeros((1, 12)), np.zeros((1, 12))
    noise[0, 4:9] = [0.5, -0.5, 0.25, 0.0, 1.0]
    attempts(network.parameters, network.sizes, 2, 4, network.alive, inputs, np.zeros(1, np.int64), noise, units)
    network.parameters[network.bias_slice(1)] += noise[0, 4:9]
    np.testing.assert_allclose(units, network.responses(inputs), rtol=1e-12)


def test_what_is_no_number_stays_one() -> None:
    found, units = np.zeros(1), np.array([[1.0, np.nan, 0.5]])
    costs(LOSS_CODES["cross_entropy"], 4, np.array([[1.0, 0.0]]), np.zeros(1, np.int64), units, found)
    assert np.isnan(found[0])
