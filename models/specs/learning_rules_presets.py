"""Named starts of the page on learning rules."""

from __future__ import annotations

from typing import Any, Final

from models.types import Preset


def _lanes(*rules: str) -> list[dict[str, Any]]:
    return [{"rule": rule} for rule in rules]


PRESETS: Final[tuple[Preset, ...]] = (
    Preset("first-look", "Five rules, one network", "The same digits, the same first weights, the same clock: how far does each rule come, and what did each synapse have to be told?", {}),
)
