"""Sign-symmetric feedback (Liao, Leibo and Poggio 2016, doi:10.1609/aaai.v30i1.10279; Xiao and others 2019, arXiv:1811.03567).

δ_k = (sign(W_{k+1})ᵀ s_{k+1} δ_{k+1}) ∘ f′(z_k): the way down knows whether each weight above excites or inhibits, and not how strongly.
s_k is one number a layer, the mean |W_k| of Xavier's first weights, so that signals begin with about the size of backpropagation's.
"""

from __future__ import annotations

from itertools import pairwise
from typing import final

import numpy as np

from models.rules.dense_rule import Floats
from models.rules.feedback import ErrorRule
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner


@final
class SignSymmetric(ErrorRule):
    """The scale is Xavier's mean |W|, half of its limit: fixed by the layers' sizes, so no part of the state."""

    def __init__(self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        sizes = network.sizes
        scales = [np.full(int((n + 1) * m), np.sqrt(6.0 / (n + m)) / 2) for n, m in pairwise(sizes)]
        self._scale: Floats = np.concatenate(scales)

    def way_down(self) -> Floats:
        signs: Floats = np.sign(self.network.parameters) * self._scale
        return signs
