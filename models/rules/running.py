"""What a rule remembers of earlier updates: a neuron's usual activity, and how well the network usually does."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.rules.dense_rule import Floats

REWARD_MEMORY: Final = 100.0
"""Updates over which the running mean of reward remembers."""


class RunningMean:
    """Mean (n,) of what was seen: the plain mean at first, then with a memory of so many updates."""

    def __init__(self, size: int, memory: float) -> None:
        self.value: Floats = np.zeros(size)
        self.seen = np.zeros(1)
        self.memory = memory

    def follow(self, value: Floats) -> None:
        self.seen[0] += 1.0
        self.value += (value - self.value) / min(self.seen[0], self.memory)

    def restore(self, value: Floats, seen: Floats) -> None:
        self.value[:] = value
        self.seen[:] = seen


class RunningReward:
    """The running mean of reward, where reward is minus what an answer cost. Before the first batch its own mean is expected."""

    def __init__(self, memory: float = REWARD_MEMORY) -> None:
        self.mean = RunningMean(1, memory)

    def better(self, cost: Floats) -> Floats:
        """(batch,): by how much each example did better than usual. The mean moves on afterwards."""
        usual = self.mean.value[0] if self.mean.seen[0] else -cost.mean()
        self.mean.follow(-cost.mean(keepdims=True))
        better: Floats = -cost - usual
        return better
