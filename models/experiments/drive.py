"""The clock mapping: one update of the network is one stimulus to the synapse beside its chosen weight.

|activation| of the batch's first example, over the layer's running maximum, sets each neuron's rate; see
`models.brain.synapse`. Here the chosen weight's numbers are handed over, nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.brain.synapse import SpikeTimingRule, Synapse
from models.networks.dense import DenseNetwork
from models.rules.dense_rule import DenseRule
from models.types import Array, Settings

Floats = NDArray[np.float64]


@njit(cache=True)
def _hand_over(places: NDArray[np.int64], units: Floats, deltas: Floats, gradient: Floats, parameters: Floats, drive: Floats) -> None:
    """drive (7,) = a_pre, a_post, largest |a| of each layer now, δ_post, gradient, weight.

    places (7,) = pre unit, post unit, start and stop of the pre layer and of the post layer, parameter.
    """
    pre, post = places[0], places[1]
    for which in range(2):
        largest = 0.0
        for u in range(places[2 + 2 * which], places[3 + 2 * which]):
            largest = max(largest, abs(units[0, u]))
        drive[2 + which] = largest
    drive[0] = units[0, pre]
    drive[1] = units[0, post]
    drive[4] = deltas[0, post]
    drive[5] = gradient[places[6]]
    drive[6] = parameters[places[6]]


class DrivenRule:
    """A spike-timing rule that is driven by one weight of a network."""

    def __init__(self, network: DenseNetwork, rule: DenseRule, synapse: Synapse, seed: int, settings: Settings) -> None:
        self.network = network
        self.rule = rule
        self.drive: Floats = np.zeros(7)
        self.timing = SpikeTimingRule(synapse, self.drive, seed, settings)
        self.places = np.zeros(7, np.int64)
        self.chosen = (1, 0, 0)
        self.aim(*self.chosen)

    def aim(self, layer: int, to: int, source: int) -> None:
        """Reads the numbers of this weight from now on; the synapse keeps its state."""
        network = self.network
        below, above = network.unit_slice(layer - 1), network.unit_slice(layer)
        self.places[:] = (
            below.start + source,
            above.start + to,
            below.start,
            below.stop,
            above.start,
            above.stop,
            network.index(layer, to, source),
        )
        self.chosen = (layer, to, source)

    def choose(self, layer: int, to: int, source: int) -> None:
        """Aims at another weight, with a fresh synapse."""
        self.aim(layer, to, source)
        self.timing.reset()

    def updates(self, step: int) -> Array:
        _hand_over(self.places, self.network.units, self.rule.deltas, self.rule.gradient, self.network.parameters, self.drive)
        return self.timing.updates(step)

    def readings(self) -> dict[str, Array]:
        return self.timing.readings()

    def state(self) -> dict[str, Array]:
        return self.timing.state()

    def restore(self, arrays: Mapping[str, Array]) -> None:
        self.timing.restore(arrays)
