"""Feedback alignment (Lillicrap, Cownden, Tweed and Akerman 2016, doi:10.1038/ncomms13276).

δ_L = ∂L/∂z_L,  δ_k = (B_{k+1}ᵀ δ_{k+1}) ∘ f′(z_k) with B fixed and random: no synapse has to know the weights above it.
While W learns, it comes to lie so that B brings down something useful; how far, the angle to the true gradient shows.
"""

from __future__ import annotations

from typing import final

from models.rules.dense_rule import Floats
from models.rules.feedback import ErrorRule, fixed_feedback
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner


@final
class FeedbackAlignment(ErrorRule):
    """B is drawn once from `seed` and is no part of the state."""

    def __init__(self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.feedback: Floats = fixed_feedback(network.sizes, seed)

    def way_down(self) -> Floats:
        return self.feedback
