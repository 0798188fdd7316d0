"""What every rule for dense networks shares: the forward pass, the optimiser, and the buffers that a viewer reads.

A rule says in `direction` which way it would go: it fills `gradient` (parameters,) with the *descent* direction's negative, so that an
update is −η·gradient for every rule, and `deltas` (batch, units) with what tells each unit to change. For backpropagation these are
the gradient of the loss and ∂L/∂z; for other rules they are that rule's own, and `gradient` is called so only because it takes the
gradient's place.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.rules.optimisers import Optimiser
from models.types import TIMINGS, Array, Batches, LayeredLearner

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
_TIMED_EVERY: Final = 64
"""One update in so many is timed part by part."""


class DenseRule(ABC):
    """One update: forward on the batch, the rule's direction, the optimiser's step along it. Never applied here.

    `seed` decides whatever the rule draws: once (fixed feedback), or at each update as a function of (seed, step).
    """

    def __init__(self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0) -> None:
        self.network = network
        self.batches = batches
        self.loss_code = loss_code
        self.optimiser = optimiser
        self.seed = seed
        self.gradient: Floats = np.zeros(network.parameters.size)
        self.deltas: Floats = np.zeros(network.units.shape)
        self.timings: deque[tuple[float, float, float]] = deque(maxlen=TIMINGS)
        """Seconds of forward, the rule's direction and the optimiser in the last timed updates."""

    @abstractmethod
    def direction(self, step: int, rows: Rows) -> None:
        """Fills `gradient` and `deltas` for these rows of the data; `network.units` has their activations already."""

    def updates(self, step: int) -> Array:
        """Deltas (parameters,) of update `step`; frozen parameters get exactly zero."""
        if step % _TIMED_EVERY:
            self._decide(step, self.forward(step))
            return self.optimiser.deltas(self.network, self.gradient)
        begun = perf_counter()
        rows = self.forward(step)
        forward = perf_counter()
        self._decide(step, rows)
        back = perf_counter()
        deltas = self.optimiser.deltas(self.network, self.gradient)
        self.timings.append((forward - begun, back - forward, perf_counter() - back))
        return deltas

    def forward(self, step: int) -> Rows:
        """Carries the step's batch through the network; returns its rows."""
        rows: Rows = self.batches.batch(step)
        self.network.respond(self.batches.inputs, rows)
        return rows

    def _decide(self, step: int, rows: Rows) -> None:
        if self.deltas.shape != self.network.units.shape:
            self.deltas = np.zeros(self.network.units.shape)
        self.direction(step, rows)

    def state(self) -> dict[str, Array]:
        """Complete, copied; a rule that remembers more adds it."""
        return {"gradient": self.gradient.copy(), "deltas": self.deltas.copy(), **self.optimiser.state()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        self.gradient[:] = arrays["gradient"]
        self.deltas = arrays["deltas"].copy()
        self.optimiser.restore(arrays)
