"""Backpropagation written out, layer by layer (Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0).

δ_L = ∂L/∂z_L,  δ_k = (W_{k+1}ᵀ δ_{k+1}) ∘ f′(z_k),  ∂L/∂W_k = δ_k a_{k−1}ᵀ,  ∂L/∂b_k = δ_k,
averaged over the batch. Every δ stays in a buffer, so that it can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.optimisers import Optimiser
from models.types import Array, Batches, LayeredLearner

Floats = NDArray[np.float64]
SQUARED_ERROR: Final = 0
_RELU: Final = 1
_TANH: Final = 2
_SIGMOID: Final = 3
_SOFTMAX: Final = 4


@njit(cache=True, inline="always")
def _slope(kind: int, a: float) -> float:
    """f′(z) in terms of a = f(z)."""
    if kind == _RELU:
        return 1.0 if a > 0.0 else 0.0 * a
    if kind == _TANH:
        return 1.0 - a * a
    if kind == _SIGMOID:
        return a * (1.0 - a)
    return 1.0


@njit(cache=True)
def _output_errors(loss: int, output: int, alive: Floats, answer: Floats, target: Floats, delta: Floats) -> None:
    """δ_L = ∂L/∂z_L of one example; cross-entropy of a logistic or softmax output gives a − y."""
    for j in range(answer.size):
        error = answer[j] - target[j]
        if loss == SQUARED_ERROR:
            error *= _slope(output, answer[j])
        delta[j] = error if output == _SOFTMAX else error * alive[j]


@njit(cache=True, fastmath={"reassoc", "contract", "nsz"})
def _backward_layer(
    weights: Floats,
    gradient: Floats,
    n_in: int,
    n_out: int,
    hidden: int,
    share: float,
    first: bool,
    below: Floats,
    alive_below: Floats,
    delta: Floats,
    delta_below: Floats,
) -> None:
    """Adds one example's share to the layer's gradient and, but for the first layer, carries δ one layer down.

    `weights` and `gradient` hold (n_out, n_in) row by row; the gradient's biases follow.
    """
    for j in range(n_out):
        part = delta[j] * share
        row = j * n_in
        gradient[n_in * n_out + j] += part
        for i in range(n_in):
            gradient[row + i] += part * below[i]
    if first:
        return
    for i in range(n_in):
        delta_below[i] = 0.0
    for j in range(n_out):
        row = j * n_in
        for i in range(n_in):
            delta_below[i] += delta[j] * weights[row + i]
    for i in range(n_in):
        delta_below[i] *= _slope(hidden, below[i]) * alive_below[i]


@njit(cache=True)
def backward(
    parameters: Floats,
    sizes: NDArray[np.int64],
    hidden: int,
    output: int,
    loss: int,
    alive: Floats,
    targets: Floats,
    rows: NDArray[np.int64],
    units: Floats,
    deltas: Floats,
    gradient: Floats,
) -> None:
    """Fills `gradient` (parameters,) with the batch's mean gradient and `deltas` (batch, units) with every δ."""
    layers = sizes.size - 1
    gradient[:] = 0.0
    share = 1.0 / rows.size
    for e in range(rows.size):
        above = alive.size - sizes[layers]
        offset = parameters.size
        _output_errors(loss, output, alive[above:], units[e, above:], targets[rows[e]], deltas[e, above:])
        for k in range(layers, 0, -1):
            n_in, n_out = sizes[k - 1], sizes[k]
            offset -= (n_in + 1) * n_out
            below = above - n_in
            _backward_layer(
                parameters[offset:],
                gradient[offset:],
                n_in,
                n_out,
                hidden,
                share,
                k == 1,
                units[e, below:above],
                alive[below:above],
                deltas[e, above : above + n_out],
                deltas[e, below:above],
            )
            above = below


class Backpropagation:
    """The gradient of the loss on each step's batch, turned into deltas by an optimiser."""

    def __init__(self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser) -> None:
        self.network = network
        self.batches = batches
        self.loss_code = loss_code
        self.optimiser = optimiser
        self.gradient: Floats = np.zeros(network.parameters.size)
        self.deltas: Floats = np.zeros(network.units.shape)

    def updates(self, step: int) -> Array:
        """Deltas (parameters,) of update `step`; frozen parameters get exactly zero."""
        network = self.network
        rows = self.batches.batch(step)
        network.respond(self.batches.inputs, rows)
        if self.deltas.shape != network.units.shape:
            self.deltas = np.zeros(network.units.shape)
        backward(
            network.parameters,
            network.sizes,
            network.hidden_code,
            network.output_code,
            self.loss_code,
            network.alive,
            self.batches.targets,
            rows,
            network.units,
            self.deltas,
            self.gradient,
        )
        return self.optimiser.deltas(network, self.gradient)

    def state(self) -> dict[str, Array]:
        return {"gradient": self.gradient.copy(), "deltas": self.deltas.copy(), **self.optimiser.state()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        self.gradient[:] = arrays["gradient"]
        self.deltas = arrays["deltas"].copy()
        self.optimiser.restore(arrays)
