"""How far a rule's direction lies from the gradient: degrees, layer by layer, for the same weights and the same batch.

The gradient is that of the loss of the lane's own network, whatever its forward pass: by backpropagation where it is the plain one,
by autograd through its settling or its normalising else.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import torch

from models.networks.dense import LOSS_CODES, DenseNetwork
from models.rules.backpropagation import backward
from models.types import Array

_LEAST: Final = 1e-300


def angles(network: DenseNetwork, direction: Array, gradient: Array) -> Array:
    """(L,) degrees between two flat arrays, weights and biases of each layer together; NaN where one of them is zero or no number."""
    found = np.full(network.layers, np.nan)
    with np.errstate(all="ignore"):
        for k in range(1, network.layers + 1):
            part = slice(network.weight_slice(k).start, network.bias_slice(k).stop)
            one, other = direction[part], gradient[part]
            lengths = np.linalg.norm(one) * np.linalg.norm(other)
            if np.isfinite(lengths) and lengths > _LEAST:
                found[k - 1] = np.degrees(np.arccos(np.clip(one @ other / lengths, -1.0, 1.0)))
    return found


class TrueGradient:
    """The gradient of the loss at any weights of a network like `network`, whose own state stays as it is."""

    def __init__(self, network: DenseNetwork, loss: str) -> None:
        self._network, self._loss = network, loss
        self._plain = DenseNetwork(tuple(int(n) for n in network.sizes), network.hidden, network.output, "gradient")
        self._gradient = np.zeros(network.parameters.size)

    def at(self, weights: Array, inputs: Array, targets: Array) -> Array:
        """(parameters,): mean over the rows of `inputs` (n, n_0) and `targets` (n, n_L)."""
        answer = getattr(self._network, "torch_answers", None)
        return self._by_hand(weights, inputs, targets) if answer is None else self._by_autograd(answer, weights, inputs, targets)

    def _by_hand(self, weights: Array, inputs: Array, targets: Array) -> Array:
        plain, rows = self._plain, np.arange(len(inputs))
        plain.parameters[:] = weights
        plain.alive[:] = self._network.alive
        plain.respond(inputs, rows)
        errors = np.zeros(plain.units.shape)
        code = LOSS_CODES[self._loss]
        backward(
            plain.parameters, plain.sizes, plain.hidden_code, plain.output_code, code, plain.alive, targets, rows, plain.units, errors,
            self._gradient,
        )  # fmt: skip
        return self._gradient

    def _by_autograd(self, answer: object, weights: Array, inputs: Array, targets: Array) -> Array:
        parameters = torch.tensor(weights, requires_grad=True)
        assert callable(answer)
        drive = answer(parameters, torch.from_numpy(np.ascontiguousarray(inputs)))
        loss = loss_of(drive, torch.from_numpy(np.ascontiguousarray(targets)), self._network.output, self._loss)
        loss.backward()
        assert parameters.grad is not None
        return parameters.grad.numpy()


def loss_of(drive: torch.Tensor, targets: torch.Tensor, output: str, loss: str) -> torch.Tensor:
    """Mean loss of the output's drive z (n, n_L): ½ Σ(f(z) − y)², or cross-entropy of a logistic or softmax output."""
    if loss == "squared_error":
        answer = {"tanh": torch.tanh, "sigmoid": torch.sigmoid}.get(output, lambda z: z)(drive)
        return (0.5 * (answer - targets) ** 2).sum(dim=1).mean()
    if output == "softmax":
        return -(targets * torch.log_softmax(drive, dim=1)).sum(dim=1).mean()
    return torch.nn.functional.binary_cross_entropy_with_logits(drive, targets, reduction="none").sum(dim=1).mean()
