"""Backpropagation written out, layer by layer (Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0).

δ_L = ∂L/∂z_L,  δ_k = (W_{k+1}ᵀ δ_{k+1}) ∘ f′(z_k),  ∂L/∂W_k = δ_k a_{k−1}ᵀ,  ∂L/∂b_k = δ_k,
averaged over the batch. Every δ stays in a buffer, so that it can be shown.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.dense_rule import DenseRule, Floats, Rows

SQUARED_ERROR: Final = 0
_RELU: Final = 1
_TANH: Final = 2
_SIGMOID: Final = 3
_SOFTMAX: Final = 4


@njit(cache=True, inline="always")
def slope(kind: int, a: float) -> float:
    """f′(z) in terms of a = f(z)."""
    if kind == _RELU:
        return 1.0 if a > 0.0 else 0.0 * a
    if kind == _TANH:
        return 1.0 - a * a
    if kind == _SIGMOID:
        return a * (1.0 - a)
    return 1.0


@njit(cache=True, fastmath={"reassoc", "contract", "nsz"})
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
    """Fills `gradient` (parameters,) with the batch's mean gradient and `deltas` (batch, units) with every δ but the input's.

    Indices into the flat arrays instead of views of them: a view in the innermost loops costs as much as their arithmetic.
    """
    layers = sizes.size - 1
    gradient[:] = 0.0
    share = 1.0 / rows.size
    for e in range(rows.size):
        above = alive.size - sizes[layers]
        offset = parameters.size
        # δ_L = ∂L/∂z_L; cross-entropy of a logistic or softmax output gives a − y.
        for j in range(sizes[layers]):
            error = units[e, above + j] - targets[rows[e], j]
            if loss == SQUARED_ERROR:
                error *= slope(output, units[e, above + j])
            deltas[e, above + j] = error if output == _SOFTMAX else error * alive[above + j]
        for k in range(layers, 0, -1):
            n_in, n_out = sizes[k - 1], sizes[k]
            offset -= (n_in + 1) * n_out
            below = above - n_in
            for i in range(n_in):
                deltas[e, below + i] = 0.0
            for j in range(n_out):
                row = offset + j * n_in
                delta = deltas[e, above + j]
                part = delta * share
                gradient[offset + n_in * n_out + j] += part
                for i in range(n_in):
                    gradient[row + i] += part * units[e, below + i]
                if k > 1:
                    for i in range(n_in):
                        deltas[e, below + i] += delta * parameters[row + i]
            if k > 1:
                for i in range(n_in):
                    deltas[e, below + i] *= slope(hidden, units[e, below + i]) * alive[below + i]
            above = below


class Backpropagation(DenseRule):
    """The gradient of the loss on each step's batch, turned into deltas by an optimiser."""

    def direction(self, step: int, rows: Rows) -> None:
        network = self.network
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
