"""Hebb's rule (Hebb 1949, The Organization of Behavior, Wiley): Δw = η y x in hidden layers.

Nothing is subtracted from x or y, so the rule sees the mean of its inputs first of all. For a linear neuron Δw = η C w with
C = E[x xᵀ]: the weight grows without end along C's first eigenvector, by 1 + η λ₁ an update. A bounded activation (tanh) bounds the
speed of growth and not the weight: it grows in proportion to time, and the neuron saturates.
"""

from __future__ import annotations

from typing import Final, final

import numpy as np

from models.rules.dense_rule import Floats
from models.rules.local_rule import LocalRule
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner

HIDDEN_SHARE: Final = 1e-4
"""Of the output's rate; on digits under tanh growth then takes thousands of updates to show, not tens."""


@final
class Hebb(LocalRule):
    def __init__(
        self,
        network: LayeredLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        hidden_share: float = HIDDEN_SHARE,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed, hidden_share=hidden_share)

    def postsynaptic(self, activity: Floats, deltas: Floats) -> None:
        np.negative(activity, deltas)
