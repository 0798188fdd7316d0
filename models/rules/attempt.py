"""What a rule that learns by trying tries out: a forward pass with noise on every neuron's drive, and what its answer costs.

Noise is a function of (seed, step, example, unit): a run that goes back draws what it drew the first time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.backpropagation import SQUARED_ERROR
from models.rules.dense_rule import Floats
from models.splitmix import uniform

_RELU: Final = 1
_TANH: Final = 2
_SIGMOID: Final = 3
_SOFTMAX: Final = 4
_TINY: Final = 1e-300
_STREAM: Final = 1 << 42  # epochs take the streams from 0 on, augmentation those from 1 << 40 on


@njit(cache=True, inline="always")
def _activation(kind: int, z: float) -> float:
    if kind == _RELU:
        return z if z > 0.0 or z != z else 0.0
    if kind == _TANH:
        return np.tanh(z)
    if kind == _SIGMOID:
        return 1.0 / (1.0 + np.exp(-z))
    return z


@njit(cache=True, fastmath={"reassoc", "contract", "nsz"})
def attempt(parameters: Floats, sizes: NDArray[np.int64], hidden: int, output: int, alive: Floats, noise: Floats, units: Floats) -> None:
    """Fills `units` (sum of sizes,), whose first n_0 are the input, with the activations that z + `noise` (sum of sizes,) gives."""
    layers = sizes.size - 1
    offset = 0
    below = 0
    for k in range(layers):
        n_in, n_out = sizes[k], sizes[k + 1]
        above = below + n_in
        kind = output if k == layers - 1 else hidden
        for j in range(n_out):
            row = offset + j * n_in
            z = parameters[offset + n_in * n_out + j] + noise[above + j]
            for i in range(n_in):
                z += parameters[row + i] * units[below + i]
            units[above + j] = z if kind == _SOFTMAX else _activation(kind, z) * alive[above + j]
        if kind == _SOFTMAX:
            largest = units[above : above + n_out].max()
            total = 0.0
            for j in range(n_out):
                units[above + j] = np.exp(units[above + j] - largest)
                total += units[above + j]
            for j in range(n_out):
                units[above + j] /= total
        offset += (n_in + 1) * n_out
        below = above


@njit(cache=True)
def cost(loss: int, output: int, answer: Floats, target: Floats) -> float:
    """½ Σ(a−y)², or the cross-entropy of a logistic or softmax output (natural logarithm), of one example."""
    total = 0.0
    for j in range(answer.size):
        a, y = answer[j], target[j]
        if loss == SQUARED_ERROR:
            total += 0.5 * (a - y) * (a - y)
            continue
        if y != 0.0 or output != _SOFTMAX:
            total -= y * np.log(max(a, _TINY) if a == a else a)
        if output != _SOFTMAX:
            total -= (1.0 - y) * np.log(max(1.0 - a, _TINY) if a == a else a)
    return total


@njit(cache=True)
def costs(loss: int, output: int, targets: Floats, rows: NDArray[np.int64], units: Floats, found: Floats) -> None:
    """Fills `found` (batch,) with the cost of each row's answer in `units` (batch, units)."""
    start = units.shape[1] - targets.shape[1]
    for e in range(rows.size):
        found[e] = cost(loss, output, units[e, start:], targets[rows[e]])


@njit(cache=True)
def draw(seed: int, step: int, first: int, last: int, size: float, alive: Floats, noise: Floats) -> None:
    """Fills units `first` … `last` − 1 of `noise` (batch, units) with normal numbers (Box and Muller 1958), 0 where lesioned."""
    examples, units = noise.shape
    for e in range(examples):
        for u in range(first, last, 2):
            counter = 2 * (e * units + u)
            radius = size * np.sqrt(-2.0 * np.log(1.0 - uniform(seed, _STREAM + step, counter)))
            angle = 2.0 * np.pi * uniform(seed, _STREAM + step, counter + 1)
            noise[e, u] = radius * np.cos(angle) * alive[u]
            if u + 1 < last:
                noise[e, u + 1] = radius * np.sin(angle) * alive[u + 1]


@njit(cache=True)
def attempts(
    parameters: Floats,
    sizes: NDArray[np.int64],
    hidden: int,
    output: int,
    alive: Floats,
    inputs: Floats,
    rows: NDArray[np.int64],
    noise: Floats,
    units: Floats,
) -> None:
    """Fills `units` (batch, units) with each row's activations under its own `noise` (batch, units)."""
    for e in range(rows.size):
        for i in range(sizes[0]):
            units[e, i] = inputs[rows[e], i] * alive[i]
        attempt(parameters, sizes, hidden, output, alive, noise[e], units[e])
