"""Initial weights have the distributions that their names promise; evaluation counts what it says."""

from __future__ import annotations

import numpy as np
import pytest

from models.networks.dense import DenseNetwork


def weights(kind: str) -> np.ndarray:
    network = DenseNetwork((64, 50, 40, 1), "relu", "tanh")
    network.initialise(kind, 5)
    return network.weights_of(network.parameters, 1)


def test_initialisations() -> None:
    assert weights("uniform").std() == pytest.approx(1 / np.sqrt(12), rel=0.05) and abs(weights("uniform")).max() <= 0.5
    assert weights("xavier").std() == pytest.approx(np.sqrt(2 / 114), rel=0.05)
    assert weights("he").std() == pytest.approx(np.sqrt(2 / 64), rel=0.05)
    assert not weights("zero").any()
    np.testing.assert_allclose(weights("too_large"), 10 * weights("xavier"))


def test_parameters_are_a_view_of_the_torch_tensor() -> None:
    network = DenseNetwork((2, 3, 1), "tanh", "tanh")
    network.apply(np.full(network.parameters.size, 0.25))
    assert network.tensor.eq(0.25).all()


def test_evaluation_counts_confusions_and_loss() -> None:
    network = DenseNetwork((1, 1), "tanh", "tanh")
    network.parameters[:] = 1.0, 0.0
    inputs, labels = np.array([[2.0], [-2.0], [-1.0], [0.5]]), np.array([1, 0, 1, 1])
    targets = 2.0 * labels[:, None] - 1
    result = network.evaluate("squared_error", inputs, targets, labels)
    assert result.confusion.tolist() == [[1, 0], [1, 2]] and result.accuracy == 0.75
    assert result.loss == pytest.approx(np.mean(0.5 * (np.tanh(inputs) - targets) ** 2))
    assert result.highest.tolist() == pytest.approx([2.0, np.tanh(2.0)])


def test_index_finds_weights_and_biases() -> None:
    network = DenseNetwork((2, 3, 2), "tanh", "tanh")
    network.parameters[:] = np.arange(network.parameters.size)
    assert network.parameters[network.index(2, 1, 2)] == network.weights_of(network.parameters, 2)[1, 2]
    assert network.parameters[network.index(1, 2, None)] == network.parameters[network.bias_slice(1)][2]
