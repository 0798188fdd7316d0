"""The plain feed-forward network, a whole batch at a time: the same network as DenseNetwork, and faster where layers are wide."""

from __future__ import annotations

from typing import final

from models.networks.batched import BatchedNetwork, activate
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
