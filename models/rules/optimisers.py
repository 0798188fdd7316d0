"""How a gradient becomes an update: plain descent, momentum (Polyak 1964), Adam (Kingma and Ba 2015, arXiv:1412.6980).

With g the data gradient, r the regulariser's gradient (L1: λ·sign w; L2: λ·w; biases are left alone) and η the rate:
descent Δ = −η(g+r); momentum v ← μv + g + r, Δ = −ηv; Adam m ← β₁m + (1−β₁)(g+r), v ← β₂v + (1−β₂)(g+r)²,
Δ = −η m̂/(√v̂ + ε) with bias-corrected m̂ and v̂. These are PyTorch's conventions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.types import Array, Settings

Floats = NDArray[np.float64]
BETA_1: Final = 0.9
BETA_2: Final = 0.999
EPSILON: Final = 1e-8
SGD: Final = 0
MOMENTUM: Final = 1
ADAM: Final = 2
OPTIMISER_CODES: Final = {"sgd": SGD, "momentum": MOMENTUM, "adam": ADAM}
REGULARISATION_CODES: Final = {"none": 0, "l1": 1, "l2": 2}
_L1: Final = 1
_L2: Final = 2


@njit(cache=True)
def _descend(
    kind: int,
    regularisation: int,
    rates: Floats,
    updates: Floats,
    parameters: Floats,
    is_weight: Floats,
    mobile: Floats,
    gradient: Floats,
    pull: Floats,
    first: Floats,
    second: Floats,
    deltas: Floats,
) -> float:
    """Fills `deltas` and the regulariser's gradient `pull`; moves the moments and the count of updates.

    rates = (η, μ, λ). Returns Σ|Δ|, which is finite as long as every delta is.
    """
    moved = 0.0
    rate, momentum, strength = rates[0], rates[1], rates[2]
    updates[0] += 1.0
    correction_1 = 1.0 - BETA_1 ** updates[0] if kind == ADAM else 1.0
    correction_2 = 1.0 - BETA_2 ** updates[0] if kind == ADAM else 1.0
    for p in range(parameters.size):
        r = 0.0
        if regularisation == _L1:
            r = strength * np.sign(parameters[p]) * is_weight[p]
        elif regularisation == _L2:
            r = strength * parameters[p] * is_weight[p]
        pull[p] = r
        g = gradient[p] + r
        if kind == SGD:
            delta = -rate * g
        elif kind == MOMENTUM:
            first[p] = momentum * first[p] + g
            delta = -rate * first[p]
        else:
            first[p] = BETA_1 * first[p] + (1.0 - BETA_1) * g
            second[p] = BETA_2 * second[p] + (1.0 - BETA_2) * g * g
            delta = -rate * (first[p] / correction_1) / (np.sqrt(second[p] / correction_2) + EPSILON)
        deltas[p] = delta if mobile[p] > 0.0 else 0.0
        moved += abs(deltas[p])
    return moved


class Parametrised(Protocol):
    """What is descended: flat parameters, which of them are weights (the rest are biases), and which may move."""

    parameters: Array
    is_weight: Array
    mobile: Array


class Optimiser:
    """Keeps the moments and the last update with its parts, as precise as `dtype`. `settings` is read afresh after `settled`."""

    def __init__(self, kind: str, regularisation: str, size: int, settings: Settings, dtype: type[np.floating] = np.float64) -> None:
        self.kind = OPTIMISER_CODES[kind]
        self.regularisation = REGULARISATION_CODES[regularisation]
        self.settings = settings
        self.rates: Floats = np.zeros(3)
        self.updates = np.zeros(1)
        self.moved = 0.0
        self.pull, self.last = np.zeros(size, dtype), np.zeros(size, dtype)
        self.first = np.zeros(size if self.kind != SGD else 0, dtype)
        self.second = np.zeros(size if self.kind == ADAM else 0, dtype)
        self.settled()

    def settled(self) -> None:
        """Takes up the rates of the present settings."""
        self.rates[:] = self.settings["learning_rate"], self.settings["momentum"], self.settings["regularisation_rate"]

    def deltas(self, network: Parametrised, gradient: Floats) -> Floats:
        self.moved = _descend(
            self.kind,
            self.regularisation,
            self.rates,
            self.updates,
            network.parameters,
            network.is_weight,
            network.mobile,
            gradient,
            self.pull,
            self.first,
            self.second,
            self.last,
        )
        return self.last

    def parts(self, index: int, gradient: float) -> Floats:
        """The last update of one parameter as (gradient, momentum, adaptive scale, regulariser); they sum to it."""
        rate, update = self.rates[0], self.last[index]
        if update == 0.0 or self.updates[0] == 0.0:
            return np.zeros(4)
        from_gradient, from_pull = -rate * gradient, -rate * self.pull[index]
        if self.kind == ADAM:
            smoothed = self.first[index] / (1.0 - BETA_1 ** self.updates[0])
            momentum = -rate * smoothed - from_gradient - from_pull
            return np.array([from_gradient, momentum, update + rate * smoothed, from_pull])
        return np.array([from_gradient, update - from_gradient - from_pull if self.kind == MOMENTUM else 0.0, 0.0, from_pull])

    def state(self) -> dict[str, Array]:
        return {name: getattr(self, name).copy() for name in ("updates", "pull", "last", "first", "second")}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        for name in ("updates", "pull", "last", "first", "second"):
            getattr(self, name)[:] = arrays[name]
        self.moved = float(np.abs(self.last).sum())
