"""One weight under three step rules: what each gradient of a sequence does to it.

Plain descent, momentum (Polyak 1964) and Adam (Kingma and Ba 2015, arXiv:1412.6980) as in `models.rules.optimisers`, which knows
one pair of β only; here they are set by hand. ε is 1e-8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.rules.optimisers import EPSILON

Floats = NDArray[np.float64]
RULES: Final = ("sgd", "momentum", "adam")


@dataclass(frozen=True)
class Steps:
    """`deltas` (3, n) by rule; Adam's corrected moments `mean` m̂ and `root` √v̂, each (n,)."""

    deltas: Floats
    mean: Floats
    root: Floats


def steps(gradients: Floats, rate: float, momentum: float, beta_1: float, beta_2: float) -> Steps:
    """The change of the weight at each of the gradients (n,), from rest."""
    deltas = np.empty((len(RULES), len(gradients)))
    mean, root = np.empty(len(gradients)), np.empty(len(gradients))
    velocity = first = second = 0.0
    for k, g in enumerate(gradients):
        velocity = momentum * velocity + g
        first = beta_1 * first + (1.0 - beta_1) * g
        second = beta_2 * second + (1.0 - beta_2) * g * g
        mean[k] = first / (1.0 - beta_1 ** (k + 1))
        root[k] = np.sqrt(second / (1.0 - beta_2 ** (k + 1)))
        deltas[:, k] = -rate * g, -rate * velocity, -rate * mean[k] / (root[k] + EPSILON)
    return Steps(deltas, mean, root)
