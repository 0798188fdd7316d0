"""Which examples make up each update's batch: a fresh permutation every epoch, a function of the seed alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.splitmix import shuffle


class ShuffledBatches:
    """Train inputs (examples, n_0) and targets (examples, n_L), dealt in batches; the last of an epoch may be smaller."""

    def __init__(self, inputs: NDArray[np.float64], targets: NDArray[np.float64], batch_size: int, seed: int) -> None:
        self.inputs = np.ascontiguousarray(inputs)
        self.targets = np.ascontiguousarray(targets)
        self.batch_size = min(batch_size, len(inputs))
        self.seed = seed
        self.steps_per_epoch = -(-len(inputs) // self.batch_size)
        self._order = np.zeros(len(inputs), np.int64)
        self._epoch = -1

    def batch(self, step: int) -> NDArray[np.int64]:
        epoch, position = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            shuffle(self._order, self.seed, epoch)
            self._epoch = epoch
        start = position * self.batch_size
        return self._order[start : start + self.batch_size]
