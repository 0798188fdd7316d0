"""One noisy pass of a batch beside the quiet one: what neurons tried out, and whether the answer was the better for it."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.rules.attempt import attempts, costs, draw
from models.rules.dense_rule import DenseRule, Floats, Rows

NOISE: Final = 0.1
"""Standard deviation of the noise, in units of a neuron's drive z."""


class Tried:
    """`noise` (batch, units) of units `first` to `last` − 1, the activations `units` that it gave, and each answer's `cost` (batch,)."""

    def __init__(self, rule: DenseRule, first: int, last: int, size: float = NOISE) -> None:
        self.rule, self.first, self.last, self.size = rule, first, last, size
        self.noise: Floats = np.zeros((0, 0))
        self.units: Floats = np.zeros((0, 0))
        self.cost: Floats = np.zeros(0)
        self._quiet: Floats = np.zeros(0)

    def run(self, step: int, rows: Rows) -> None:
        """Tries once for each row; the network's own `units` stay."""
        rule, network, batches = self.rule, self.rule.network, self.rule.batches
        if self.noise.shape != network.units.shape:
            self.noise, self.units = np.zeros(network.units.shape), np.zeros(network.units.shape)
            self.cost, self._quiet = np.zeros(rows.size), np.zeros(rows.size)
        draw(rule.seed, step, self.first, self.last, self.size, network.alive, self.noise)
        codes = network.hidden_code, network.output_code
        attempts(network.parameters, network.sizes, *codes, network.alive, batches.inputs, rows, self.noise, self.units)
        costs(rule.loss_code, network.output_code, batches.targets, rows, self.units, self.cost)
        costs(rule.loss_code, network.output_code, batches.targets, rows, network.units, self._quiet)

    def better(self) -> Floats:
        """(batch,): by how much less each noisy answer cost than the quiet one to the same input."""
        better: Floats = self._quiet - self.cost
        return better
