"""The error that arrives at each hidden neuron by one of four ways, before the neuron makes anything of it: a third factor by itself.

On the way down each layer passes it on times the slope, as backpropagation and its relatives do. A rule whose postsynaptic factor is the
slope is therefore exactly one of them.
"""

from __future__ import annotations

import numpy as np

from models.rules.dense_rule import DenseRule, Floats
from models.rules.direct_feedback_alignment import direct_feedback
from models.rules.feedback import ErrorRule, carry_down
from models.rules.feedback_alignment import FeedbackAlignment
from models.rules.sign_symmetric import SignSymmetric


class Arriving:
    """`way` is error_transposed, error_fixed, error_direct or error_sign; what carries it down is the named rule's own."""

    def __init__(self, way: str, rule: DenseRule) -> None:
        self.network = network = rule.network
        self.direct: Floats = direct_feedback(network.sizes, rule.seed) if way == "error_direct" else np.zeros((0, 0))
        self.carrier: ErrorRule | None = None
        carriers: dict[str, type[ErrorRule]] = {"error_fixed": FeedbackAlignment, "error_sign": SignSymmetric}
        if way in carriers:
            self.carrier = carriers[way](network, rule.batches, rule.loss_code, rule.optimiser, rule.seed)
        self._passed: Floats = np.zeros((0, 0))

    def fill(self, error: Floats, arriving: Floats) -> None:
        """Fills the hidden units of `arriving` (batch, units) from the output's δ_L, `error` (batch, n_L)."""
        network = self.network
        first, start = int(network.sizes[0]), arriving.shape[1] - error.shape[1]
        if self.direct.size:
            arriving[:, first:start] = error @ self.direct.T
            return
        if self._passed.shape != arriving.shape:
            self._passed = np.zeros(arriving.shape)
        self._passed[:, start:] = error
        back = network.parameters if self.carrier is None else self.carrier.way_down()
        carry_down(network.sizes, network.hidden_code, network.alive, back, network.units, self._passed, arriving)
