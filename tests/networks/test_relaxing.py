"""Settled activity is where the energy is at rest; the layers' turns never raise it; the gradient is that of the settled answer."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.networks.dense import DenseNetwork
from models.networks.relaxing import RelaxingNetwork
from tests.rules.energy_runs import TORCH, examples, torch_layers, torch_loss

SIZES = (5, 9, 8, 7, 3)


def make(hidden: str = "tanh", sizes: tuple[int, ...] = SIZES, output: str = "softmax", **more: float) -> RelaxingNetwork:
    network = RelaxingNetwork(sizes, hidden, output, **more)
    network.initialise("xavier", 3)
    network.parameters += 0.05 * np.random.default_rng(9).normal(size=network.parameters.size)
    return network


def inputs(rows: int = 6) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(rows, SIZES[0]))


def settled(network: RelaxingNetwork, sweeps: int = 400) -> np.ndarray:
    units = network.responses(inputs())
    network.settle(units, sweeps)
    network.read_out(units)
    return units


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid"])
def test_each_hidden_layer_answers_to_both_its_neighbours(hidden: str) -> None:
    network = make(hidden, feedback=0.3)
    units = settled(network)
    s = [units[:, network.unit_slice(k)] for k in range(5)]
    w = [weights for weights, _ in network.layer]
    b = [biases for _, biases in network.layer]
    f = TORCH[hidden]
    for k in (1, 2, 3):
        drive = s[k - 1] @ w[k - 1].T + b[k - 1] + (0.3 * s[k + 1] @ w[k] if k < 3 else 0.0)
        np.testing.assert_allclose(s[k], f(torch.tensor(drive)).numpy(), atol=1e-12)
    logits = s[3] @ w[3].T + b[3]
    np.testing.assert_allclose(s[4], torch.softmax(torch.tensor(logits), 1).numpy(), atol=1e-12)


def energy(network: RelaxingNetwork, units: np.ndarray) -> np.ndarray:
    """(rows,) for tanh: G(s) = ½ [(1+s) ln(1+s) + (1−s) ln(1−s)], whose slope is artanh s."""
    total = np.zeros(len(units))
    last = network.layers - 1
    for k in range(1, last + 1):
        weights, biases = network.layer[k - 1]
        s = np.clip(units[:, network.unit_slice(k)], -1 + 1e-15, 1 - 1e-15)
        drive = units[:, network.unit_slice(k - 1)] @ weights.T + biases
        own = 0.5 * ((1 + s) * np.log1p(s) + (1 - s) * np.log1p(-s))
        total += network.feedback ** (k - last) * (own - s * drive).sum(1)
    return total


@pytest.mark.parametrize("feedback", [0.1, 1.0])
def test_turns_never_raise_the_energy_however_strong_the_weights(feedback: float) -> None:
    for strength in (1.0, 4.0):
        network = make(feedback=feedback)
        network.parameters *= strength
        units = np.zeros((6, sum(SIZES)))
        units[:, : SIZES[0]] = inputs()
        network.begin(units)
        course = [energy(network, units)]
        for _ in range(30):
            network.settle(units, 1)
            course.append(energy(network, units))
        assert (np.diff(course, axis=0) <= 1e-9).all()
        assert (course[-1] < course[0]).all()


def test_with_one_hidden_layer_it_is_the_feed_forward_network() -> None:
    for hidden in ("tanh", "relu", "sigmoid"):
        network, plain = make(hidden, (5, 9, 3)), DenseNetwork((5, 9, 3), hidden, "softmax")
        plain.parameters[:] = network.parameters
        network.alive[7] = plain.alive[7] = 0.0
        np.testing.assert_allclose(network.responses(inputs()), plain.responses(inputs()), atol=1e-12)
        truth = np.arange(6) % 3
        ours, theirs = (n.evaluate("cross_entropy", inputs(), np.eye(3)[truth], truth) for n in (network, plain))
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-12) and ours.accuracy == theirs.accuracy
        assert ours.confusion.tolist() == theirs.confusion.tolist()
        np.testing.assert_allclose(ours.highest, theirs.highest, atol=1e-12)


def test_an_answer_does_not_depend_on_its_company() -> None:
    network = make()
    rows = np.arange(6)
    network.respond(inputs(), rows)
    np.testing.assert_allclose(network.units[2:3], network.responses(inputs()[2:3]), atol=1e-13)
    np.testing.assert_array_equal(network.responses(inputs(300))[256:], network.responses(inputs(300)[256:]))


@pytest.mark.parametrize(("hidden", "pair"), [("tanh", ("softmax", "cross_entropy")), ("sigmoid", ("tanh", "squared_error"))])
def test_its_gradient_equals_autograd_through_the_settling(hidden: str, pair: tuple[str, str]) -> None:
    network = make(hidden, output=pair[0])
    targets = examples(pair[0], 5, 3).targets[:6]
    flat = torch.tensor(network.parameters.copy(), requires_grad=True)
    torch_settled_loss(network, flat, inputs(), targets, pair[1]).backward()
    assert flat.grad is not None
    found = network.gradient_of(pair[1], settled(network), targets)
    np.testing.assert_allclose(found, flat.grad.numpy(), rtol=1e-6, atol=1e-10)


def torch_settled_loss(network: RelaxingNetwork, flat: torch.Tensor, given: np.ndarray, targets: np.ndarray, loss: str) -> torch.Tensor:
    """Mean loss after 60 turns that autograd can follow."""
    layers, f = torch_layers(network, flat), TORCH[network.hidden]
    states = [torch.tensor(given)]
    for weights, biases in layers[:-1]:
        states.append(f(states[-1] @ weights.T + biases))
    for _ in range(60):
        for k in range(1, len(layers)):
            drive = states[k - 1] @ layers[k - 1][0].T + layers[k - 1][1]
            if k < len(layers) - 1:
                drive = drive + network.feedback * states[k + 1] @ layers[k][0]
            states[k] = f(drive)
    weights, biases = layers[-1]
    return torch_loss(network.output, loss, states[-1] @ weights.T + biases, torch.tensor(targets)).mean()


def test_rectified_layers_that_settle_together_stay_bounded() -> None:
    network = make("relu", feedback=1.0)
    network.parameters *= 10.0
    assert network.responses(inputs())[:, 5:-3].max() == 1.0
    network.parameters[0] = np.nan
    assert np.isnan(network.responses(inputs())[:, -1]).all()
