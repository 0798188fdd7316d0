"""The network's side of “Use it or lose it”: one item among others, its uses at given hours, its recall at others.

Every network has its own items, targets, first weights and order of other items, all drawn from (seed, number of the network), so that two
schedules of one seed meet the same others at the same hours. At hour 0 the network has met the others for `WARM` updates, without decay,
however often it meets them later: it is not newborn. `wait` lets hours pass without a use. Schedules that are compared must end at the
same hour: a network that has met the others more often errs less on them, and then they disturb it less, whatever the gap between uses
was.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.networks.associator import HIDDEN, INPUTS, OUTPUTS, through
from models.specs.memory import NETWORKS, MemorySpec

Values = NDArray[np.float64]
WARM: Final = 200
HOUR: Final = 3600.0
_DAY_HOURS: Final = 24.0


@dataclass(frozen=True)
class Recalled:
    """Of one schedule: `overlap` (networks, q) of answer and target, −1…1; `size` (networks, q): length of all weights;
    `answers` (q, outputs) and `target` (outputs,) of the first network."""

    overlap: Values
    answers: Values
    target: Values
    size: Values

    @property
    def mean(self) -> Values:
        return np.asarray(self.overlap.mean(axis=0))

    @property
    def error(self) -> Values:
        """Standard error over networks, (q,)."""
        return np.asarray(self.overlap.std(axis=0, ddof=1) / math.sqrt(len(self.overlap)))


@dataclass(frozen=True)
class _Beginning:
    items: Values
    targets: Values
    first: Values
    second: Values
    turns: NDArray[np.int64]


def decay_per_hour(a_day: float) -> float:
    """Rate of the exponential that loses this part of every weight in a day."""
    return -math.log1p(-a_day) / _DAY_HOURS


class Networks:
    """The networks of one seed, warmed up once; any number of schedules begin from there."""

    def __init__(self, spec: MemorySpec, longest: float, count: int = NETWORKS) -> None:
        """`longest`: seconds from hour 0 to the last look of any schedule to come."""
        self.spec = spec
        self.hour = 0.0
        self.rates = spec.network_rate, decay_per_hour(spec.weight_decay)
        self.turns = int(longest / HOUR * spec.others_per_hour) + 1
        self.beginnings = [self._begin(number) for number in range(count)]

    def _begin(self, number: int) -> _Beginning:
        spec = self.spec
        drawn = np.random.default_rng([spec.seed, number])
        items = drawn.choice([-1.0, 1.0], (spec.others + 1, INPUTS)) / math.sqrt(INPUTS)
        targets = drawn.choice([-1.0, 1.0], (spec.others + 1, OUTPUTS))
        first = drawn.normal(size=(HIDDEN, INPUTS))
        second = drawn.normal(size=(OUTPUTS, HIDDEN)) / HIDDEN
        order = drawn.integers(1, spec.others + 1, WARM + self.turns)
        warm = np.arange(WARM, dtype=np.float64)
        unread = np.zeros((1, OUTPUTS)), np.zeros(1)
        through((first, second), (items, targets), (warm, order[:WARM]), (spec.network_rate, 0.0), 0.0, warm[-1:], unread)
        return _Beginning(items, targets, first, second, order[WARM:])

    def wait(self, seconds: float) -> None:
        """Only the others' turns, and decay: every later schedule begins from there."""
        hours, turns = self._others(self.hour + seconds / HOUR)
        end = np.array([self.hour + seconds / HOUR])
        for begun in self.beginnings:
            seen = np.zeros((1, OUTPUTS)), np.zeros(1)
            known = begun.items, begun.targets
            through((begun.first, begun.second), known, (hours, begun.turns[turns]), self.rates, self.hour, end, seen)
        self.hour = float(end[0])

    def _others(self, until: float) -> tuple[Values, slice]:
        """Hours of the others' turns from now until then, and which of their turns these are."""
        pace = self.spec.others_per_hour
        first, last = (math.ceil(hour * pace - 0.5) for hour in (self.hour, until))
        return np.arange(first + 0.5, last) / max(pace, 1e-9), slice(first, last)

    def recalled(self, uses: Values, looks: Values) -> Recalled:
        """`uses`, `looks`: seconds since now, ascending. A look at the instant of a use comes after it."""
        looked = self.hour + looks / HOUR
        hours, others = self._others(looked[-1])
        instants = np.concatenate((self.hour + uses / HOUR, hours))
        order = np.argsort(instants, kind="stable")
        overlap, size = np.zeros((len(self.beginnings), len(looks))), np.zeros((len(self.beginnings), len(looks)))
        shown = np.zeros((len(looks), OUTPUTS))
        for number, begun in enumerate(self.beginnings):
            turns = np.concatenate((np.zeros(len(uses), np.int64), begun.turns[others]))[order]
            answers = np.zeros((len(looks), OUTPUTS))
            weights = begun.first.copy(), begun.second.copy()
            taught = instants[order], turns
            through(weights, (begun.items, begun.targets), taught, self.rates, self.hour, looked, (answers, size[number]))
            overlap[number] = answers @ begun.targets[0] / OUTPUTS
            if number == 0:
                shown = answers
        return Recalled(overlap, shown, self.beginnings[0].targets[0], size)
