"""Small networks under a rule, for tests: one linear neuron on Gaussian data, or a few layers on random examples."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.networks.dense import LOSS_CODES, DenseNetwork
from models.rules.backpropagation import Backpropagation
from models.rules.dense_rule import DenseRule
from models.rules.optimisers import Optimiser
from models.tasks.batches import ShuffledBatches


def optimiser(network: DenseNetwork, rate: float, kind: str = "sgd") -> Optimiser:
    settings = {"learning_rate": rate, "momentum": 0.9, "regularisation_rate": 0.0}
    return Optimiser(kind, "none", network.parameters.size, settings)


def classes(sizes: tuple[int, ...] = (5, 7, 6, 3), examples: int = 24, batch: int = 6) -> ShuffledBatches:
    generator = np.random.default_rng(0)
    targets = np.eye(sizes[-1])[generator.integers(0, sizes[-1], examples)]
    return ShuffledBatches(generator.normal(size=(examples, sizes[0])), targets, batch, 1)


def make(
    rule: type[DenseRule], hidden: str = "tanh", output: str = "softmax", kind: str = "sgd", rate: float = 0.1, seed: int = 4, **more: Any
) -> DenseRule:
    """A 5-7-6-3 network under cross-entropy with softmax, or under squared error with any other output."""
    network = DenseNetwork((5, 7, 6, 3), hidden, output)
    network.initialise("xavier", 3)
    network.parameters += 0.1 * np.random.default_rng(9).normal(size=network.parameters.size)
    loss = "cross_entropy" if output == "softmax" else "squared_error"
    return rule(network, classes(), LOSS_CODES[loss], optimiser(network, rate, kind), seed, **more)


def one_linear(rule: type[DenseRule], inputs: np.ndarray, rate: float, batch: int = 10, width: int = 1, **more: Any) -> DenseRule:
    """Linear hidden neurons on these inputs (examples, n); the output has nothing to learn."""
    network = DenseNetwork((inputs.shape[1], width, 1), "linear", "linear")
    network.initialise("xavier", 2)
    batches = ShuffledBatches(inputs, np.zeros((len(inputs), 1)), batch, 1)
    return rule(network, batches, LOSS_CODES["squared_error"], optimiser(network, rate), 0, **more)


def run(rule: DenseRule, updates: int, first: int = 0) -> DenseRule:
    for step in range(first, first + updates):
        rule.network.apply(rule.updates(step))
    return rule


def ready(rule: DenseRule, step: int = 0) -> np.ndarray:
    """Rows of this step's batch, carried through the network and with room for them in `deltas`; `direction` may be asked of them."""
    rows = rule.forward(step).copy()
    rule.deltas = np.zeros(rule.network.units.shape)
    return rows


def true_gradient(rule: DenseRule, step: int) -> np.ndarray:
    """Backpropagation's, at the same weights and on the same batch."""
    oracle = Backpropagation(rule.network, rule.batches, rule.loss_code, rule.optimiser)
    oracle.direction(step, ready(oracle, step))
    return oracle.gradient


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a.ravel() @ b.ravel() / np.linalg.norm(a) / np.linalg.norm(b))


def correlated(examples: int = 2000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gaussian inputs (examples, 3) whose covariance is exactly Q diag(3, 1, ½) Qᵀ, Q's columns, and those eigenvalues."""
    generator = np.random.default_rng(5)
    axes, _ = np.linalg.qr(generator.normal(size=(3, 3)))
    white = generator.normal(size=(examples, 3))
    white -= white.mean(0)
    white = white @ np.linalg.inv(np.linalg.cholesky(white.T @ white / examples)).T
    variances = np.array([3.0, 1.0, 0.5])
    return white * np.sqrt(variances) @ axes.T, axes, variances


def resumed_equals(make_one: Any, steps: int = 5) -> bool:
    """Whether a rule restored at a step goes on bit by bit as the one that was never stopped."""
    whole, part = run(make_one(), 2 * steps), run(make_one(), steps)
    rule_state, network_state = part.state(), part.network.state()
    fresh = make_one()
    fresh.network.restore(network_state)
    fresh.restore(rule_state)
    run(fresh, steps, steps)
    return bool(np.array_equal(whole.network.parameters, fresh.network.parameters))
