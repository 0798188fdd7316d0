"""Error signals that come down by a path of their own: what feedback alignment, its direct form and sign-symmetric feedback share.

The output's error is the same as in backpropagation, δ_L = ∂L/∂z_L, and so is what a synapse does with the signal of its neuron,
Δw ∝ δ_k a_{k−1}. Only the way down differs: `back` (parameters,) is laid out as the parameters are and takes the place of W in
δ_k = (back_{k+1}ᵀ δ_{k+1}) ∘ f′(z_k).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.backpropagation import SQUARED_ERROR, slope
from models.rules.dense_rule import DenseRule, Floats, Rows

_SOFTMAX: Final = 4
_FAST: Final = {"reassoc", "contract", "nsz"}
_STREAM: Final = 11
"""Of the generator that draws fixed feedback: not the one that draws first weights."""


@njit(cache=True)
def output_error(
    sizes: NDArray[np.int64], output: int, loss: int, alive: Floats, targets: Floats, rows: NDArray[np.int64], units: Floats, deltas: Floats
) -> None:
    """Fills the output's part of `deltas` (batch, units) with δ_L = ∂L/∂z_L of each example."""
    n_out = sizes[sizes.size - 1]
    start = alive.size - n_out
    for e in range(rows.size):
        for j in range(n_out):
            error = units[e, start + j] - targets[rows[e], j]
            if loss == SQUARED_ERROR:
                error *= slope(output, units[e, start + j])
            deltas[e, start + j] = error if output == _SOFTMAX else error * alive[start + j]


@njit(cache=True, fastmath=_FAST)
def carry_down(sizes: NDArray[np.int64], hidden: int, alive: Floats, back: Floats, units: Floats, deltas: Floats, arriving: Floats) -> None:
    """Layer by layer from the output's δ: fills the hidden units of `arriving` (batch, units) with back_{k+1}ᵀ δ_{k+1}, `back` in place of
    the weights, and of `deltas` (batch, units) with that times the slope."""
    layers = sizes.size - 1
    for e in range(units.shape[0]):
        above = alive.size - sizes[layers]
        offset = back.size
        for k in range(layers, 1, -1):
            n_in, n_out = sizes[k - 1], sizes[k]
            offset -= (n_in + 1) * n_out
            below = above - n_in
            for i in range(n_in):
                arriving[e, below + i] = 0.0
            for j in range(n_out):
                row = offset + j * n_in
                delta = deltas[e, above + j]
                for i in range(n_in):
                    arriving[e, below + i] += delta * back[row + i]
            for i in range(n_in):
                deltas[e, below + i] = arriving[e, below + i] * slope(hidden, units[e, below + i]) * alive[below + i]
            above = below


@njit(cache=True, fastmath=_FAST)
def outer_products(sizes: NDArray[np.int64], units: Floats, deltas: Floats, examples: int, lowest: int, gradient: Floats) -> None:
    """`gradient` = batch mean of δ_k a_{k−1}ᵀ and δ_k for layers k ≥ `lowest`; zero below."""
    layers = sizes.size - 1
    gradient[:] = 0.0
    share = 1.0 / examples
    for e in range(examples):
        offset = 0
        below = 0
        for k in range(1, layers + 1):
            n_in, n_out = sizes[k - 1], sizes[k]
            above = below + n_in
            if k >= lowest:
                for j in range(n_out):
                    part = deltas[e, above + j] * share
                    row = offset + j * n_in
                    gradient[offset + n_in * n_out + j] += part
                    for i in range(n_in):
                        gradient[row + i] += part * units[e, below + i]
            offset += (n_in + 1) * n_out
            below = above


class ErrorRule(DenseRule):
    """A rule whose step is δ_k a_{k−1}: it says only how δ comes about in the hidden layers."""

    lowest = 1
    """Layers below this one keep their weights."""
    _arriving: Floats = np.zeros((0, 0))

    def direction(self, step: int, rows: Rows) -> None:
        network = self.network
        output_error(
            network.sizes, network.output_code, self.loss_code, network.alive, self.batches.targets, rows, network.units, self.deltas
        )
        self.signal(rows.size)
        outer_products(network.sizes, network.units, self.deltas, rows.size, self.lowest, self.gradient)

    def signal(self, examples: int) -> None:
        """Fills the hidden layers' part of `deltas`."""
        network = self.network
        if self._arriving.shape != self.deltas.shape:
            self._arriving = np.zeros(self.deltas.shape)
        carry_down(network.sizes, network.hidden_code, network.alive, self.way_down(), network.units, self.deltas, self._arriving)

    def way_down(self) -> Floats:
        """(parameters,), laid out as the parameters are: what takes the place of the weights on the way down."""
        raise NotImplementedError


def fixed_feedback(sizes: NDArray[np.int64], seed: int) -> Floats:
    """(parameters,): a matrix B_k for each layer k, of the same shape as W_k, uniform within ±√(6/(n_in+n_out)), zero for biases.

    The range is the one of Xavier's first weights (Glorot and Bengio 2010), so that signals keep their size on the way down.
    """
    generator = np.random.default_rng([seed, _STREAM])
    parts = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6.0 / (n_in + n_out))
        parts += [generator.uniform(-limit, limit, int(n_in * n_out)), np.zeros(int(n_out))]
    return np.concatenate(parts)
