"""One subscription to a run, as its host sees it: what to compute, how often at most, and how many frames may leave now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.types import Focus, Subscription


@dataclass
class Watch:
    """Frames leave on credit, newest only: a viewer that is slow gets fewer, never a queue."""

    number: int
    subscription: Subscription
    interval: float
    credit: int = 0
    shown_version: int = -1
    next_at: float = 0.0

    def due(self, version: int, urgent: bool, now: float) -> float | None:
        """Seconds until a frame is due; None while there is nothing new or no credit."""
        if self.credit <= 0 or self.shown_version == version:
            return None
        return 0.0 if urgent or self.shown_version < 0 else max(0.0, self.next_at - now)

    def sent(self, version: int, now: float, least_gap: float = 0.0) -> None:
        """`least_gap`: seconds to the next frame at least, whatever the viewer would take."""
        self.credit -= 1
        self.shown_version = version
        interval = max(self.interval, least_gap)
        self.next_at = max(self.next_at + interval, now + interval / 2)


def watch_from(number: int, readings: list[str], focus: dict[str, Any] | None, max_fps: float) -> Watch:
    looked_at = Focus(focus["layer"], focus["to"], focus["from"]) if focus else None
    return Watch(number, Subscription(frozenset(readings), looked_at), 1.0 / max_fps)
