"""Output layer only: the control. Hidden layers keep their random first weights; the output learns by the delta rule.

Δw = −η δ_L a_{L−1} (Widrow and Hoff 1960). What a rule for hidden layers adds is what it gains over this.
"""

from __future__ import annotations

from typing import final

from models.rules.feedback import ErrorRule
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner


@final
class OutputOnly(ErrorRule):
    def __init__(self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.lowest = network.sizes.size - 1

    def signal(self, examples: int) -> None:
        """No signal reaches a hidden layer."""
