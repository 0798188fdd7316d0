"""What was measured of one lane on its way: loss and score over updates, and the seconds of compute they took. Torch-free."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ROWS: Final = 512


def spread(step: int) -> int:
    """The step to measure after this one: steps spread out by one part in a hundred, so that any length of run stays small and even."""
    return step + max(1, step // 100)


class Curves:
    """Rows (n, 1 + measurements): the step, then the measurements; `clock` (n,): compute seconds at each row."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._rows: Floats = np.zeros((_ROWS, 1 + len(names)))
        self._clock: Floats = np.zeros(_ROWS)
        self.count = 0

    @property
    def rows(self) -> Floats:
        return self._rows[: self.count]

    @property
    def clock(self) -> Floats:
        return self._clock[: self.count]

    @property
    def last(self) -> int:
        return int(self._rows[self.count - 1, 0]) if self.count else 0

    def record(self, step: int, measured: dict[str, float], seconds: float) -> None:
        if self.count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._clock = np.concatenate([self._clock, np.zeros_like(self._clock)])
        self._rows[self.count] = step, *(measured[name] for name in self.names)
        self._clock[self.count] = seconds
        self.count += 1

    def take(self, rows: Floats, clock: Floats) -> None:
        """Puts back recorded rows and their clock."""
        self._rows = np.concatenate([rows, np.zeros((_ROWS, rows.shape[1]))])
        self._clock = np.concatenate([clock, np.zeros(_ROWS)])
        self.count = len(rows)

    def column(self, name: str) -> Floats:
        return self.rows[:, 1 + self.names.index(name)]

    def readings(self, prefix: str) -> dict[str, NDArray[np.float32]]:
        """`curves/step`, and one for each measurement."""
        columns = self.rows.T.astype(np.float32)
        return {f"{prefix}curves/{name}": np.ascontiguousarray(columns[i]) for i, name in enumerate(("step", *self.names))}

    def seconds(self, prefix: str) -> dict[str, NDArray[np.float32]]:
        """`curves/seconds`: what the lane had computed by each measured step."""
        return {f"{prefix}curves/seconds": self.clock.astype(np.float32)}
