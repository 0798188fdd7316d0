"""States kept along the way, so that going back replays little.

Keyframes are taken every REPLAY_SECONDS of computing. When they outgrow the budget those go first whose loss costs least:
the step that would open the shortest gap, measured against its distance from where the run stands. Within the last ten
seconds of steps all count alike, so these stay dense; before them the gaps grow in proportion to the distance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from models.types import State

REPLAY_SECONDS: Final = 0.03
RUN_BYTES: Final = 8 * 1024 * 1024
DENSE_SECONDS: Final = 10.0
_SPARE_AFTER_THINNING: Final = 0.95
_OTHER_BRANCH: Final = 8.0
"""How many times farther a step on another branch counts as being."""


@dataclass
class _Line:
    """The keyframes of one branch, by step."""

    steps: list[int] = field(default_factory=list)
    states: list[State] = field(default_factory=list)


class Keyframes:
    """Canonical states by (branch, step). The very first is never dropped."""

    def __init__(self, first: State, budget: int = RUN_BYTES) -> None:
        self.budget = budget
        self.bytes = 0
        self._lines: dict[int, _Line] = {}
        self._thinned_before = first.step
        self.add(0, first, 1.0)

    def __len__(self) -> int:
        return sum(len(line.steps) for line in self._lines.values())

    @property
    def thinned_before(self) -> int:
        """Steps before this one have lost keyframes: going there takes longer."""
        return self._thinned_before

    def add(self, branch: int, state: State, dense_steps: float) -> None:
        """Keeps the state, in place of an older one of the same step; thins when over budget."""
        line = self._lines.setdefault(branch, _Line())
        place = bisect_left(line.steps, state.step)
        if place < len(line.steps) and line.steps[place] == state.step:
            self.bytes -= line.states[place].bytes
            line.states[place] = state
        else:
            line.steps.insert(place, state.step)
            line.states.insert(place, state)
        self.bytes += state.bytes
        if self.bytes > self.budget:
            self._thin(branch, state.step, dense_steps)

    def nearest(self, path: list[tuple[int, int]], step: int) -> tuple[int, State]:
        """The last keyframe at or before `step` on a path of (branch, last step that belongs to it), newest branch first."""
        for branch, last in path:
            line = self._lines.get(branch)
            place = bisect_right(line.steps, min(step, last)) - 1 if line else -1
            if line and place >= 0:
                return branch, line.states[place]
        raise LookupError(step)

    def _thin(self, here: int, step: int, dense_steps: float) -> None:
        """Drops the cheapest losses until a little under the budget; never the first, nor the one just added."""
        while self.bytes > self.budget * _SPARE_AFTER_THINNING:
            candidates = [found for number, line in self._lines.items() if (found := _cheapest(number, line, here, step, dense_steps))]
            if not candidates:
                break
            _, number, place = min(candidates)
            line = self._lines[number]
            if number == here:
                self._thinned_before = max(self._thinned_before, line.steps[min(place + 1, len(line.steps) - 1)])
            self.bytes -= line.states[place].bytes
            del line.steps[place], line.states[place]


def _cheapest(number: int, line: _Line, here: int, step: int, dense_steps: float) -> tuple[float, int, int] | None:
    """(cost, branch, place) of the keyframe of this branch that is missed least."""
    first = 1 if number == 0 else 0
    if len(line.steps) <= first + (number == here):
        return None
    steps = np.array(line.steps, np.float64)
    before = np.concatenate(([steps[0] if number == 0 else steps[0] - dense_steps], steps[:-1]))
    after = np.concatenate((steps[1:], [steps[-1] + dense_steps]))
    distance = np.abs(step - steps) * (1.0 if number == here else _OTHER_BRANCH) + dense_steps * (1.0 if number == here else _OTHER_BRANCH)
    cost = (after - before) / distance
    cost[:first] = np.inf
    if number == here:
        cost[bisect_left(line.steps, step)] = np.inf
    place = int(np.argmin(cost))
    return None if np.isinf(cost[place]) else (float(cost[place]), number, place)
