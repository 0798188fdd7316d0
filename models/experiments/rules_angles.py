"""How far a rule's direction lies from the gradient: degrees, layer by layer, for the same weights and the same batch.

The gradient is that of the loss of the lane's own network, whatever its forward pass: where hidden layers settle or are normalised, of
the answers that come of it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.experiments.rule_networks import network_of
from models.networks.batched import BatchedNetwork
from models.networks.dense import DenseNetwork
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
    """The gradient of the loss at any weights of a network of this kind, sizes and activations; a network of its own works it out."""

    def __init__(self, kind: str, network: DenseNetwork, loss: str) -> None:
        sizes = tuple(int(n) for n in network.sizes)
        own = network_of("forward" if kind == "dense" else kind, sizes, network.hidden, network.output, "gradient")
        assert isinstance(own, BatchedNetwork)
        self._network, self._loss = own, loss

    def at(self, weights: Array, inputs: Array, targets: Array) -> Array:
        """(parameters,): mean over the rows of `inputs` (n, n_0) and `targets` (n, n_L)."""
        network = self._network
        network.parameters[:] = weights
        with np.errstate(all="ignore"):
            return network.gradient_of(self._loss, network.responses(inputs), targets)
