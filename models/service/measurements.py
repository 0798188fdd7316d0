"""What a kept state tells of the way to it: the curves of its first lane."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from models.types import Array, State


def rows(state: State) -> Array:
    """The first lane's curves: (n, 1 + measurements), the step first."""
    return next((array for name, array in state.arrays.items() if name.startswith("curves.")), np.zeros((0, 0)))


def columns(measured: Array, names: tuple[str, ...]) -> dict[str, list[Any]]:
    """{step: […], name: […], …} as JSON has it: what is no number is nothing."""
    step, *values = measured.T.tolist() or [[]] * (1 + len(names))
    found = {name: [value if math.isfinite(value) else None for value in column] for name, column in zip(names, values, strict=True)}
    return {"step": [int(at) for at in step], **found}


def last(state: State, names: tuple[str, ...]) -> dict[str, Any] | None:
    """{step, name, …} of the last measured step; nothing before the first."""
    measured = rows(state)
    return {name: column[0] for name, column in columns(measured[-1:], names).items()} if len(measured) else None
