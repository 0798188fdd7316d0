"""Who watches a run. A frame is encoded once per subscription and handed, as the same bytes, to everyone who is ready."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Protocol

from models.service.messages import Header

IN_FLIGHT: Final = 2
_MOST_TEXTS: Final = 1000


class Tell(Protocol):
    def __call__(self, header: Header) -> None: ...


@dataclass(frozen=True)
class Interest:
    """What a viewer wants to see, and how often at most."""

    readings: tuple[str, ...]
    focus: tuple[int, int, int | None] | None
    max_fps: float

    def message(self, number: int) -> Header:
        focus = dict(zip(("layer", "to", "from"), self.focus, strict=True)) if self.focus else None
        return {"do": "watch", "watch": number, "readings": list(self.readings), "focus": focus, "max_fps": self.max_fps}


class Viewer:
    """One socket. What it cannot take yet is replaced by what is newer; texts are all kept, in order."""

    def __init__(self, control: bool, tab: str | None) -> None:
        self.control = control
        self.tab = tab
        self.credit = IN_FLIGHT
        self.shown = -1
        self.channel: Channel | None = None
        self.closing: tuple[int, str] | None = None
        self.wake = asyncio.Event()
        self.texts: deque[str] = deque(maxlen=_MOST_TEXTS)
        self.frame: bytes | None = None

    def offer(self, sequence: int, blob: bytes) -> None:
        """Takes a frame. One that still waits to be sent is replaced, and costs no further credit."""
        if self.frame is None:
            self.credit -= 1
        self.frame, self.shown = blob, sequence
        self.wake.set()

    def say(self, text: str) -> None:
        self.texts.append(text)
        self.wake.set()

    def close(self, code: int, reason: str) -> None:
        self.closing = (code, reason)
        self.wake.set()


@dataclass
class Channel:
    """The viewers of one subscription to one run, and what their worker may still send."""

    number: int
    interest: Interest
    tell: Tell
    viewers: set[Viewer] = field(default_factory=set)
    granted: int = 0
    latest: tuple[int, bytes] | None = None

    def join(self, viewer: Viewer) -> None:
        """A newcomer gets a fresh frame even while the run is paused: watching anew makes the worker send one."""
        self.viewers.add(viewer)
        viewer.channel = self
        self.tell(self.interest.message(self.number))
        self.grant(viewer.credit)

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)
        viewer.channel = None
        if not self.viewers:
            self.tell({"do": "unwatch", "watch": self.number})

    def acknowledge(self, viewer: Viewer) -> None:
        """Any acknowledgement means: ready for another. The newest frame goes at once if this viewer has not had it."""
        viewer.credit = min(IN_FLIGHT, viewer.credit + 1)
        if self.latest is not None and self.latest[0] > viewer.shown:
            viewer.offer(*self.latest)
        else:
            self.grant(viewer.credit)

    def receive(self, sequence: int, blob: bytes) -> int:
        """Hands a frame to everyone who is ready; returns to how many."""
        self.latest = (sequence, blob)
        self.granted = max(0, self.granted - 1)
        most, taken = 0, 0
        for viewer in self.viewers:
            if viewer.credit > 0 or viewer.frame is not None:
                viewer.offer(sequence, blob)
                taken += 1
            most = max(most, viewer.credit)
        self.grant(most)
        return taken

    def grant(self, frames: int) -> None:
        """Lets the worker send until `frames` are on their way."""
        more = frames - self.granted
        if more > 0:
            self.granted += more
            self.tell({"do": "credit", "watch": self.number, "frames": more})

    def resume(self) -> None:
        """The run has moved to another worker, which knows nothing of its viewers."""
        self.granted = 0
        self.tell(self.interest.message(self.number))
        self.grant(max((viewer.credit for viewer in self.viewers), default=0))


class Audience:
    """All viewers of one run, by channel."""

    def __init__(self, tell: Tell) -> None:
        self.viewers: set[Viewer] = set()
        self.channels: dict[int, Channel] = {}
        self._by_interest: dict[Interest, Channel] = {}
        self._tell = tell
        self._numbers = 0

    def enter(self, viewer: Viewer) -> None:
        self.viewers.add(viewer)

    def part(self, viewer: Viewer) -> None:
        self.unsubscribe(viewer)
        self.viewers.discard(viewer)

    def subscribe(self, viewer: Viewer, interest: Interest) -> None:
        if viewer.channel is None or viewer.channel.interest != interest:
            self.unsubscribe(viewer)
        if interest.readings:
            self._channel(interest).join(viewer)

    def unsubscribe(self, viewer: Viewer) -> None:
        channel = viewer.channel
        if channel is not None:
            channel.leave(viewer)
            if not channel.viewers:
                del self.channels[channel.number], self._by_interest[channel.interest]

    def _channel(self, interest: Interest) -> Channel:
        channel = self._by_interest.get(interest)
        if channel is None:
            self._numbers += 1
            channel = Channel(self._numbers, interest, self._tell)
            self.channels[channel.number] = self._by_interest[interest] = channel
        return channel

    def say(self, text: str) -> None:
        for viewer in self.viewers:
            viewer.say(text)

    def resume(self) -> None:
        for channel in self.channels.values():
            channel.resume()

    def dismiss(self, code: int, reason: str) -> None:
        for viewer in self.viewers:
            viewer.close(code, reason)

    def controller(self, other_than: str | None) -> bool:
        """Whether a tab of another name controls the run now."""
        return any(viewer.control and viewer.tab is not None and viewer.tab != other_than for viewer in self.viewers)
