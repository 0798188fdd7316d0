"""A lane's state in one copy of its weights: those before its last update, which is made again when the state is put back.

The update, its gradient and its errors come out bit for bit as they were, since a rule is a function of (weights, batch, seed, step) and
of what it remembers. Eight networks with all their buffers would leave room for two keyframes of a run; so there is room for a dozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from models.networks.dense import DenseNetwork
from models.rules.dense_rule import DenseRule
from models.rules.optimisers import SGD
from models.types import Array, Refused

_SHOWN: Final = frozenset({"gradient", "deltas", "pull", "last"})
"""Buffers that an update fills anew."""
_NEVER: Final = -1.0


class BareNetwork:
    """The network as a learner whose weights the rule's state holds."""

    def __init__(self, network: DenseNetwork) -> None:
        self.network = network
        self.name = network.name
        self.parameters = network.parameters

    def apply(self, deltas: Array) -> None:
        self.network.apply(deltas)

    def state(self) -> dict[str, Array]:
        return {}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """The rule brings the weights."""


class Replayed:
    """The rule, and what it takes to make its last update again."""

    def __init__(self, network: DenseNetwork, rule: DenseRule) -> None:
        self.network, self.rule = network, rule
        self._simple = type(rule).state is DenseRule.state and rule.optimiser.kind == SGD
        self._step = _NEVER
        self.weights = network.parameters.copy()
        """Those that the last update was made for."""
        self._rates = rule.optimiser.rates.copy()
        self._memory = self._remembered()

    @property
    def made(self) -> int:
        """Updates made so far, the last one included."""
        return int(self._step) + 1

    def _remembered(self) -> dict[str, Array]:
        if self._simple:  # it remembers how many updates there were, and nothing else
            return {"updates": self.rule.optimiser.updates.copy()}
        return {name: array for name, array in self.rule.state().items() if name not in _SHOWN}

    def updates(self, step: int) -> Array:
        self._step = float(step)
        self.weights[:] = self.network.parameters
        self._rates[:] = self.rule.optimiser.rates
        self._memory = self._remembered()
        return self.rule.updates(step)

    def state(self) -> dict[str, Array]:
        memory = {f"memory.{name}": array.copy() for name, array in self._memory.items()}
        return {"step": np.array([self._step]), "weights": self.weights.copy(), "rates": self._rates.copy(), **memory}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused where a saved file holds other shapes than this lane's."""
        rule, network = self.rule, self.network
        step, weights, rates = (np.asarray(arrays[name], np.float64) for name in ("step", "weights", "rates"))
        if step.shape != (1,) or weights.shape != self.weights.shape or rates.shape != self._rates.shape or not -1 <= step[0] < 2**53:
            raise Refused("file", "file: its weights are not those of a network of its own configuration.")
        network.parameters[:] = weights
        network.units = np.zeros((1, network.units.shape[1]))
        given = {name.removeprefix("memory."): array for name, array in arrays.items() if name.startswith("memory.")}
        rule.restore({**self._blank(), **given})
        if step[0] == _NEVER:
            self._step, self.weights[:], self._memory = _NEVER, weights, self._remembered()
            return
        rule.optimiser.rates[:] = rates
        network.apply(self.updates(int(step[0])))

    def _blank(self) -> dict[str, Array]:
        blank = {name: np.zeros_like(array) for name, array in self.rule.state().items()}
        return blank | {"deltas": np.zeros((1, self.network.units.shape[1]))}
