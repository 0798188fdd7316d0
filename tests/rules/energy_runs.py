"""Small runs of rules that need a network of their own, and torch's account of the same networks."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from models.networks.dense import LOSS_CODES, DenseNetwork
from models.rules.dense_rule import DenseRule
from models.tasks.batches import ShuffledBatches
from tests.rules.small_runs import optimiser

TORCH = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "linear": lambda z: z}
OUTPUTS = [
    ("softmax", "cross_entropy"),
    ("sigmoid", "cross_entropy"),
    ("tanh", "squared_error"),
    ("sigmoid", "squared_error"),
    ("linear", "squared_error"),
]


def examples(output: str, n_in: int, n_out: int, count: int = 24, batch: int = 6) -> ShuffledBatches:
    """Gaussian inputs; classes one-hot for a softmax, 0 or 1 for a logistic output, else −1 or +1."""
    generator = np.random.default_rng(0)
    if output == "softmax":
        targets = np.eye(n_out)[generator.integers(0, n_out, count)]
    else:
        targets = generator.integers(0, 2, (count, n_out)).astype(float)
        targets = targets if output == "sigmoid" else 2 * targets - 1
    return ShuffledBatches(generator.normal(size=(count, n_in)), targets, batch, 1)


def build(
    network_class: type[DenseNetwork],
    rule: type[DenseRule],
    sizes: tuple[int, ...],
    hidden: str = "tanh",
    pair: tuple[str, str] = OUTPUTS[0],
    rate: float = 0.1,
    **more: Any,
) -> Any:
    """Xavier's first weights and small biases; plain descent."""
    network = network_class(sizes, hidden, pair[0])
    network.initialise("xavier", 3)
    network.parameters += 0.05 * np.random.default_rng(9).normal(size=network.parameters.size)
    return rule(network, examples(pair[0], sizes[0], sizes[-1]), LOSS_CODES[pair[1]], optimiser(network, rate), 4, **more)


def torch_layers(network: DenseNetwork, flat: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
    found = []
    for k in range(1, network.layers + 1):
        shape = int(network.sizes[k]), int(network.sizes[k - 1])
        found.append((flat[network.weight_slice(k)].reshape(shape), flat[network.bias_slice(k)]))
    return found


def torch_loss(output: str, loss: str, drive: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """(rows,) of the output's drive."""
    if output == "softmax":
        return -(targets * torch.log_softmax(drive, 1)).sum(1)
    if loss == "cross_entropy":
        return torch.nn.functional.binary_cross_entropy_with_logits(drive, targets, reduction="none").sum(1)
    return 0.5 * ((TORCH[output](drive) - targets) ** 2).sum(1)


def flat_of(network: DenseNetwork) -> torch.Tensor:
    return torch.tensor(network.parameters.copy(), requires_grad=True)
