"""The brain's side of the page: the ladder of models, climbed by one photograph or by two; built once a worker."""

from __future__ import annotations

from typing import Any

from models.tasks.crops import Pixels
from models.types import Array


def climb(pixels: Pixels, second: Pixels | None, maps: int, arrays: dict[str, Array]) -> list[dict[str, Any]]:
    return []


def quick_responses(pixels: Pixels) -> dict[str, Array]:
    return {}
