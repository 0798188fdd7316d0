"""Direct feedback alignment (Nøkland 2016, arXiv:1609.01596).

δ_k = (B_k e) ∘ f′(z_k) with e = ∂L/∂z_L and B_k (n_k, n_L) fixed and random: the output's error vector reaches every hidden layer at
once, without passing through the layers between.
"""

from __future__ import annotations

from typing import Final, final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.backpropagation import slope
from models.rules.dense_rule import Floats
from models.rules.feedback import ErrorRule
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner

_STREAM: Final = 12


@njit(cache=True, fastmath={"reassoc", "contract", "nsz"})
def broadcast(sizes: NDArray[np.int64], hidden: int, alive: Floats, direct: Floats, units: Floats, deltas: Floats, examples: int) -> None:
    """Fills each hidden layer's δ with the output's error through `direct` (hidden units, n_L), times the unit's slope."""
    n_out = sizes[sizes.size - 1]
    start = alive.size - n_out
    for e in range(examples):
        for u in range(sizes[0], start):
            signal = 0.0
            for j in range(n_out):
                signal += direct[u - sizes[0], j] * deltas[e, start + j]
            deltas[e, u] = signal * slope(hidden, units[e, u]) * alive[u]


def direct_feedback(sizes: NDArray[np.int64], seed: int) -> Floats:
    """(hidden units, n_L), uniform within ±√(6/(n_k + n_L)) for the units of layer k."""
    generator = np.random.default_rng([seed, _STREAM])
    n_out = int(sizes[-1])
    parts = [np.zeros((0, n_out))]
    for n in sizes[1:-1]:
        limit = np.sqrt(6.0 / (int(n) + n_out))
        parts.append(generator.uniform(-limit, limit, (int(n), n_out)))
    return np.concatenate(parts)


@final
class DirectFeedbackAlignment(ErrorRule):
    """B is drawn once from `seed` and is no part of the state."""

    def __init__(self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.feedback: Floats = direct_feedback(network.sizes, seed)

    def signal(self, examples: int) -> None:
        network = self.network
        broadcast(network.sizes, network.hidden_code, network.alive, self.feedback, network.units, self.deltas, examples)
