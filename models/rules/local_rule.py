"""Hidden layers that learn from what they see, with no error and no reward: what Hebb, Oja and BCM share.

The output layer learns by the delta rule, as the control's does; so whatever such a rule gains or loses against the control, its
hidden layers did. A hidden weight's step is η·ρ·(pre × post): ρ (`hidden_share`) is small, because coincidences, unlike errors, do
not shrink as the task is learned. A hidden bias has no presynaptic neuron and stays.

Signs: `deltas` is minus the postsynaptic factor, so that Δw = −η·ρ·mean(δ a) reads as for every other rule.
"""

from __future__ import annotations

from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.feedback import outer_products, output_error
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner


class LocalRule(DenseRule):
    """Says what the hidden neurons' postsynaptic factor is; may add what keeps the weights in bounds."""

    def __init__(
        self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0, *, hidden_share: float
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        n_in, n_out = network.sizes[-2:]
        self.hidden_units = slice(int(network.sizes[0]), network.units.shape[1] - int(n_out))
        self.hidden_parameters = slice(0, network.parameters.size - int((n_in + 1) * n_out))
        self.hidden_share = hidden_share
        self._shares: Floats = hidden_share * network.is_weight[self.hidden_parameters]

    def direction(self, step: int, rows: Rows) -> None:
        network = self.network
        output_error(
            network.sizes, network.output_code, self.loss_code, network.alive, self.batches.targets, rows, network.units, self.deltas
        )
        self.postsynaptic(network.units[:, self.hidden_units], self.deltas[:, self.hidden_units])
        outer_products(network.sizes, network.units, self.deltas, rows.size, 1, self.gradient)
        self.bound(rows.size)
        self.gradient[self.hidden_parameters] *= self._shares

    def postsynaptic(self, activity: Floats, deltas: Floats) -> None:
        """Fills `deltas` (batch, hidden units) with minus the factor that `activity` (batch, hidden units) gives."""
        raise NotImplementedError

    def bound(self, examples: int) -> None:
        """Adds to the hidden layers' `gradient` what keeps the weights in bounds: nothing, unless a rule has such a term."""
