"""The written-out backward pass and every optimiser against autograd and torch.optim, in float64."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from models.networks.dense import LOSS_CODES, DenseNetwork
from models.rules.backpropagation import Backpropagation
from models.rules.optimisers import Optimiser
from models.tasks.batches import ShuffledBatches

SETTINGS = {"learning_rate": 0.05, "momentum": 0.8, "regularisation_rate": 0.01}
TORCH_ACTIVATIONS = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "linear": lambda z: z,
    "softmax": lambda z: torch.softmax(z, -1),
}
OUTPUTS = [
    ("squared_error", "tanh"),
    ("squared_error", "linear"),
    ("squared_error", "sigmoid"),
    ("cross_entropy", "sigmoid"),
    ("cross_entropy", "softmax"),
]


def make_task(output: str, seed: int = 0) -> ShuffledBatches:
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(23, 3))
    classes = generator.integers(0, 4, 23)
    targets = np.eye(4)[classes] if output == "softmax" else (generator.integers(0, 2, (23, 1)).astype(float))
    return ShuffledBatches(inputs, targets, 5, seed)


def make(hidden: str, output: str, loss: str, optimiser: str, regularisation: str, task: ShuffledBatches) -> Backpropagation:
    network = DenseNetwork((3, 6, 5, task.targets.shape[1]), hidden, output)
    network.initialise("xavier", 3)
    network.parameters += np.random.default_rng(9).normal(size=network.parameters.size) * 0.05
    return Backpropagation(network, task, LOSS_CODES[loss], Optimiser(optimiser, regularisation, network.parameters.size, SETTINGS))


def torch_loss(network: DenseNetwork, flat: torch.Tensor, x: torch.Tensor, y: torch.Tensor, loss: str) -> torch.Tensor:
    a = x
    for k in range(1, network.layers + 1):
        weights = flat[network.weight_slice(k)].reshape(int(network.sizes[k]), int(network.sizes[k - 1]))
        z = a @ weights.T + flat[network.bias_slice(k)]
        a = TORCH_ACTIVATIONS[network.output if k == network.layers else network.hidden](z)
    if loss == "squared_error":
        return (0.5 * (a - y) ** 2).sum(1).mean()
    if network.output == "softmax":
        return -(y * torch.log(a)).sum(1).mean()
    return torch.nn.functional.binary_cross_entropy(a, y, reduction="none").sum(1).mean()


@pytest.mark.parametrize(("hidden", "pair"), list(itertools.product(["relu", "tanh", "sigmoid", "linear"], OUTPUTS)))
def test_gradient_equals_autograd(hidden: str, pair: tuple[str, str]) -> None:
    loss, output = pair
    task = make_task(output)
    rule = make(hidden, output, loss, "sgd", "none", task)
    flat = torch.tensor(rule.network.parameters.copy(), requires_grad=True)
    rows = task.batch(0).copy()
    torch_loss(rule.network, flat, torch.tensor(task.inputs[rows]), torch.tensor(task.targets[rows]), loss).backward()
    rule.updates(0)
    assert flat.grad is not None
    np.testing.assert_allclose(rule.gradient, flat.grad.numpy(), rtol=1e-6, atol=1e-12)


def regularised(loss: torch.Tensor, network: DenseNetwork, flat: torch.Tensor, kind: str) -> torch.Tensor:
    weights = flat * torch.tensor(network.is_weight)
    strength = SETTINGS["regularisation_rate"]
    return loss + strength * {"none": 0 * loss, "l1": weights.abs().sum(), "l2": 0.5 * (weights**2).sum()}[kind]


@pytest.mark.parametrize(("optimiser", "regularisation"), list(itertools.product(["sgd", "momentum", "adam"], ["none", "l1", "l2"])))
def test_forty_updates_equal_torch_optim(optimiser: str, regularisation: str) -> None:
    task = make_task("softmax")
    rule = make("tanh", "softmax", "cross_entropy", optimiser, regularisation, task)
    flat = torch.tensor(rule.network.parameters.copy(), requires_grad=True)
    rate = SETTINGS["learning_rate"]
    stepper = {
        "sgd": lambda: torch.optim.SGD([flat], lr=rate),
        "momentum": lambda: torch.optim.SGD([flat], lr=rate, momentum=SETTINGS["momentum"]),
        "adam": lambda: torch.optim.Adam([flat], lr=rate),
    }[optimiser]()
    for step in range(40):
        rows = task.batch(step).copy()
        stepper.zero_grad()
        loss = torch_loss(rule.network, flat, torch.tensor(task.inputs[rows]), torch.tensor(task.targets[rows]), "cross_entropy")
        regularised(loss, rule.network, flat, regularisation).backward()
        stepper.step()
        rule.network.apply(rule.updates(step))
    np.testing.assert_allclose(rule.network.parameters, flat.detach().numpy(), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("optimiser", "regularisation"), list(itertools.product(["sgd", "momentum", "adam"], ["none", "l1", "l2"])))
def test_parts_sum_to_the_update(optimiser: str, regularisation: str) -> None:
    task = make_task("softmax")
    rule = make("relu", "softmax", "cross_entropy", optimiser, regularisation, task)
    for step in range(7):
        before = rule.network.parameters.copy()
        deltas = rule.updates(step).copy()
        rule.network.apply(deltas)
    for index in range(before.size):
        parts = rule.optimiser.parts(index, rule.gradient[index])
        assert parts.sum() == pytest.approx(deltas[index], rel=1e-9, abs=1e-15)
        if regularisation == "l2":
            assert parts[3] == pytest.approx(-0.05 * 0.01 * before[index] * rule.network.is_weight[index], abs=1e-15)


def test_frozen_parameters_keep_their_bits() -> None:
    task = make_task("softmax")
    rule = make("tanh", "softmax", "cross_entropy", "adam", "l2", task)
    rule.network.mobile[[0, 7, 20]] = 0.0
    before = rule.network.parameters[[0, 7, 20]].copy()
    for step in range(20):
        rule.network.apply(rule.updates(step))
    assert np.array_equal(rule.network.parameters[[0, 7, 20]], before)
    assert not np.array_equal(rule.network.parameters[1:7], before)


def test_lesioned_neuron_is_silent_and_gets_no_error() -> None:
    task = make_task("softmax")
    rule = make("sigmoid", "softmax", "cross_entropy", "sgd", "none", task)
    unit = rule.network.unit_slice(1).start + 2
    rule.network.alive[unit] = 0.0
    rule.updates(0)
    assert not rule.network.units[:, unit].any()
    assert not rule.deltas[:, unit].any()
    assert rule.network.weights_of(rule.gradient, 2)[:, 2].any() == np.False_


def test_each_epoch_deals_every_example_once() -> None:
    task = make_task("softmax")
    for epoch in range(3):
        dealt = np.concatenate([task.batch(epoch * task.steps_per_epoch + i).copy() for i in range(task.steps_per_epoch)])
        assert sorted(dealt) == list(range(23))
    assert not np.array_equal(task.batch(0).copy(), task.batch(task.steps_per_epoch).copy())
