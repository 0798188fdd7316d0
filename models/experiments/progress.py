"""How an analysis tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from models.types import Array

Arrays = dict[str, Array]


class Progress(Protocol):
    """`share` 0…1, what is being done, and perhaps arrays of the work as it stands. Raises once nobody waits any more."""

    def __call__(self, share: float, doing: str, preview: Arrays | None = None, /) -> None: ...


def within(progress: Progress, start: float, end: float, doing: str) -> Callable[[float], None]:
    """Progress of a part, 0…1, as a part of the whole."""
    return lambda share: progress(start + (end - start) * share, doing)
