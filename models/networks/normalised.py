"""Activity whose length is taken away between hidden layers (Hinton 2022, arXiv:2212.13345).

a_k = f(W_k â_{k−1} + b_k) with â_0 the inputs and â_k = g_k / √(mean g_k² + ε), g_k the activity from its rest: the next layer learns
only which neurons of a layer are the busy ones, not how busy the layer is. Hinton divides by the length of the activity; a root mean
square of 1 instead, as here, gives the first weights of layers of any size the drive that they were drawn for. His units are
rectified, and rest at 0. A logistic unit's activity runs from 0 to 1 and is counted from the middle, g = 2a − 1 (ours): counted from
0, what all units share would hide what each of them tells.
"""

from __future__ import annotations

from typing import Final, final

import numpy as np

from models.networks.batched import BatchedNetwork, activate, slopes
from models.networks.dense import SIGMOID, Floats

EPSILON: Final = 1e-8


@final
class NormalisedNetwork(BatchedNetwork):
    """`units` holds a_k, before its length is taken away. The output reads â of the last hidden layer."""

    def carry(self, units: Floats) -> None:
        self._answer(self.hidden_layers(units), units[:, self.unit_slice(self.layers)])

    def hidden_layers(self, units: Floats, label: Floats | None = None) -> Floats:
        """Fills the hidden layers of `units` (rows, sum of sizes) from its inputs; returns â of the last, (rows, n_H).

        `label` (rows, n_1) is added to the first layer's drive.
        """
        sent = units[:, self.unit_slice(0)]
        for k in range(1, self.layers):
            weights, biases = self.layer[k - 1]
            drive = sent @ weights.T
            drive += biases
            if k == 1 and label is not None:
                drive += label
            activate(self.hidden_code, drive)
            drive *= self.alive[self.unit_slice(k)]
            units[:, self.unit_slice(k)] = drive
            sent = self._without_length(drive, k)
        return sent

    def sent(self, units: Floats) -> Floats:
        """What each layer of `units` (rows, sum of sizes) hands on: â in place of a."""
        found = units.copy()
        for k in range(1, self.layers):
            here = self.unit_slice(k)
            found[:, here] = self._without_length(units[:, here], k)
        return found

    def _without_length(self, activity: Floats, k: int) -> Floats:
        signal = self._signal(activity, k)
        return signal / root_mean_square(signal)

    def _signal(self, activity: Floats, k: int) -> Floats:
        """Activity from its rest; a lesioned neuron has none."""
        if self.hidden_code != SIGMOID:
            return activity
        return np.asarray((2.0 * activity - 1.0) * self.alive[self.unit_slice(k)])

    def gradient_of(self, loss: str, units: Floats, targets: Floats) -> Floats:
        """(parameters,): the mean gradient of the loss of the answers in `units`, through the normalisation."""
        errors, sent = np.zeros_like(units), self.sent(units)
        errors[:, self.unit_slice(self.layers)] = self.output_error(loss, units, targets)
        for k in range(self.layers - 1, 0, -1):
            here = self.unit_slice(k)
            arriving = errors[:, self.unit_slice(k + 1)] @ self.layer[k][0]
            along = (arriving * sent[:, here]).mean(1, keepdims=True)
            arriving -= along * sent[:, here]
            arriving *= (2.0 if self.hidden_code == SIGMOID else 1.0) / root_mean_square(self._signal(units[:, here], k))
            errors[:, here] = arriving * slopes(self.hidden_code, units[:, here]) * self.alive[here]
        return self.outer_products(errors, sent)


def root_mean_square(signal: Floats) -> Floats:
    """√(mean g² + ε) of each row, (rows, 1)."""
    return np.asarray(np.sqrt(np.mean(signal * signal, 1, keepdims=True) + EPSILON))
