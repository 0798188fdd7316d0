"""Weight perturbation: every weight is shaken at once, and what lowered the loss is kept in proportion.

g = (L(w + σs) − L(w − σs)) / 2σ · s with s = ±1 for every weight and bias, drawn anew for every example (Jabri and Flower 1992,
doi:10.1109/72.105429, shook one weight at a time; all at once, in proportion: Cauwenberghs 1993, NIPS 5; both signs, as here: Spall 1992,
doi:10.1109/9.119632). The mean of g over all s is the gradient, up to σ². One draw points nearly anywhere: its cosine with the gradient is
about 1/√(parameters), which is why the rate that it bears is small.

No neuron hears anything; `deltas` is its bias's share, the estimate of ∂L/∂z.
"""

from __future__ import annotations

from typing import Final, final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.attempt import attempt, cost
from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.optimisers import Optimiser
from models.splitmix import GAMMA, mixed
from models.types import Batches, LayeredLearner

SHAKE: Final = 1e-3
_STREAM: Final = 1 << 43
_BITS: Final = 64


@njit(cache=True)
def _signs(seed: int, stream: int, example: int, signs: Floats) -> None:
    """Fills `signs` (parameters,) with ±1: a bit each of the numbers that belong to this seed, stream and example."""
    words = (signs.size + _BITS - 1) // _BITS
    key = mixed(np.uint64(seed) * GAMMA + np.uint64(stream) + np.uint64(1))
    for word in range(words):
        bits = mixed(key + np.uint64(example * words + word) * GAMMA)
        start = word * _BITS
        for b in range(min(_BITS, signs.size - start)):
            signs[start + b] = 1.0 - 2.0 * float((bits >> np.uint64(b)) & np.uint64(1))


@njit(cache=True, fastmath={"reassoc", "contract", "nsz"})
def shaken(
    seed: int,
    step: int,
    size: float,
    parameters: Floats,
    sizes: NDArray[np.int64],
    hidden: int,
    output: int,
    loss: int,
    alive: Floats,
    inputs: Floats,
    targets: Floats,
    rows: NDArray[np.int64],
    deltas: Floats,
    gradient: Floats,
) -> None:
    """Fills `gradient` (parameters,) with the batch's mean estimate and `deltas` (batch, units) with each example's for the biases."""
    signs, tried, units, quiet = np.empty(parameters.size), np.empty(parameters.size), np.empty(alive.size), np.zeros(alive.size)
    start = alive.size - targets.shape[1]
    gradient[:] = 0.0
    for e in range(rows.size):
        _signs(seed, _STREAM + step, e, signs)
        for i in range(sizes[0]):
            units[i] = inputs[rows[e], i] * alive[i]
        difference = 0.0
        for way in (1.0, -1.0):
            for p in range(parameters.size):
                tried[p] = parameters[p] + way * size * signs[p]
            attempt(tried, sizes, hidden, output, alive, quiet, units)
            difference += way * cost(loss, output, units[start:], targets[rows[e]])
        slope = difference / (2.0 * size)
        part = slope / rows.size
        for p in range(parameters.size):
            gradient[p] += part * signs[p]
        offset, above = 0, sizes[0]
        for k in range(1, sizes.size):
            offset += sizes[k - 1] * sizes[k]
            for j in range(sizes[k]):
                deltas[e, above + j] = slope * signs[offset + j]
            offset += sizes[k]
            above += sizes[k]


@final
class WeightPerturbation(DenseRule):
    """`shake` is σ."""

    def __init__(
        self,
        network: LayeredLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        shake: float = SHAKE,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.shake = shake

    def direction(self, step: int, rows: Rows) -> None:
        network = self.network
        codes = network.hidden_code, network.output_code, self.loss_code
        shaken(
            self.seed,
            step,
            self.shake,
            network.parameters,
            network.sizes,
            *codes,
            network.alive,
            self.batches.inputs,
            self.batches.targets,
            rows,
            self.deltas,
            self.gradient,
        )
