"""BCM (Bienenstock, Cooper and Munro 1982, doi:10.1523/JNEUROSCI.02-01-00032.1982): Δw = η x y (y − θ) in hidden layers.

Activity above the threshold strengthens, below it weakens, and the threshold slides with the neuron's own activity:
- `mean_square`: θ = E[y²] (Intrator and Cooper 1992, doi:10.1016/S0893-6080(05)80003-6);
- `power`: θ = (c̄/c₀)^p c̄ with c̄ = E[y], as in 1982; a negative mean counts as none.
E is a running mean over `memory` updates; over the first ones it is the plain mean of all so far. The threshold has to follow faster
than the weights grow, or activity runs away before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, final

import numpy as np

from models.rules.dense_rule import Floats
from models.rules.local_rule import LocalRule
from models.rules.optimisers import Optimiser
from models.rules.running import RunningMean
from models.types import Array, Batches, LayeredLearner

Threshold = Literal["mean_square", "power"]
HIDDEN_SHARE: Final = 1e-4
MEMORY: Final = 50.0
"""Updates over which the threshold remembers activity."""


@final
class BCM(LocalRule):
    def __init__(
        self,
        network: LayeredLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        threshold: Threshold = "mean_square",
        memory: float = MEMORY,
        power: float = 2.0,
        reference: float = 1.0,
        hidden_share: float = HIDDEN_SHARE,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed, hidden_share=hidden_share)
        self.of_squares = threshold == "mean_square"
        self.power, self.reference = power, reference
        units = self.hidden_units
        self.average = RunningMean(units.stop - units.start, memory)
        """Running mean of y² (or of y) of each hidden neuron."""

    def postsynaptic(self, activity: Floats, deltas: Floats) -> None:
        self.average.follow((activity * activity if self.of_squares else activity).mean(0))
        np.multiply(activity, self.theta() - activity, deltas)

    def theta(self) -> Floats:
        """(hidden units,): the threshold of each."""
        if self.of_squares:
            return self.average.value
        mean = np.maximum(self.average.value, 0.0)
        theta: Floats = (mean / self.reference) ** self.power * mean
        return theta

    def state(self) -> dict[str, Array]:
        return {**super().state(), "average": self.average.value.copy(), "averaged": self.average.seen.copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        super().restore(arrays)
        self.average.restore(arrays["average"], arrays["averaged"])
