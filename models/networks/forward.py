"""The plain feed-forward network, a whole batch at a time: the same network as DenseNetwork, and faster where layers are wide."""

from __future__ import annotations

from typing import final

import numpy as np

from models.networks.batched import BatchedNetwork, activate, slopes
from models.networks.dense import Floats


@final
class ForwardNetwork(BatchedNetwork):
    """Activations differ from DenseNetwork's by rounding only."""

    def carry(self, units: Floats) -> None:
        for k in range(1, self.layers):
            weights, biases = self.layer[k - 1]
            drive = units[:, self.unit_slice(k - 1)] @ weights.T
            drive += biases
            activate(self.hidden_code, drive)
            drive *= self.alive[self.unit_slice(k)]
            units[:, self.unit_slice(k)] = drive
        self.read_out(units)

    def gradient_of(self, loss: str, units: Floats, targets: Floats) -> Floats:
        """Backpropagation (Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0)."""
        errors = np.zeros_like(units)
        errors[:, self.unit_slice(self.layers)] = self.output_error(loss, units, targets)
        for k in range(self.layers - 1, 0, -1):
            here = self.unit_slice(k)
            arriving = errors[:, self.unit_slice(k + 1)] @ self.layer[k][0]
            errors[:, here] = arriving * slopes(self.hidden_code, units[:, here]) * self.alive[here]
        return self.outer_products(errors, units)
