"""What a backend offers: workers that take messages and send messages. Nothing here that a remote worker could not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from models.service.messages import Header

Role = Literal["runs", "spare", "analyses", "long_analyses"]
"""A spare computes runs too, but nobody waits for it while it starts. Long analyses have their own worker: none waits behind them."""
Receive = Callable[[Header, bytes], None]


class Link(Protocol):
    """The way to one worker. `send` never blocks."""

    pid: int | None

    def send(self, header: Header, payload: bytes = b"") -> None: ...
    def kill(self) -> None: ...


class Backend(Protocol):
    """`receive` and `lost` are called on the event loop. A worker says `{"event": "ready"}` once it is warm."""

    spare: bool
    """Whether a lost worker can be replaced, so that a warm spare makes sense."""

    async def open(self, role: Role, receive: Receive, lost: Callable[[], None]) -> Link: ...
    async def close(self) -> None: ...
