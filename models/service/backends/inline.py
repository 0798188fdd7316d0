"""Hosts in threads of this process: for tests, AppTest and notebooks."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable

from models.service.analyst import Analyst
from models.service.backends.base import Link, Receive, Role
from models.service.host import Host, Inbox, serve
from models.service.messages import Header
from models.service.settings import Settings, experiments


class InlineLink:
    """A thread and its inbox."""

    pid: int | None = None

    def __init__(self, put: Callable[[tuple[Header, bytes] | None], None], thread: threading.Thread) -> None:
        self._put = put
        self._thread = thread

    def send(self, header: Header, payload: bytes = b"") -> None:
        self._put((header, payload))

    def kill(self) -> None:
        self._put(None)


class InlineBackend:
    spare = False

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links: list[InlineLink] = []

    async def open(self, role: Role, receive: Receive, lost: Callable[[], None]) -> Link:
        loop = asyncio.get_running_loop()

        def emit(header: Header, payload: bytes) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has closed: nobody listens any more
                loop.call_soon_threadsafe(receive, header, payload)

        catalogue = experiments(self._settings.catalogue)
        if role in ("runs", "spare"):
            inbox: Inbox = queue.SimpleQueue()
            host = Host(emit, catalogue, self._settings.keyframe_bytes)
            thread = threading.Thread(target=serve, args=(host, inbox), name="parallax-host", daemon=True)
            link = InlineLink(inbox.put, thread)
        else:
            analyst = Analyst(emit, catalogue)
            thread = threading.Thread(target=analyst.serve, name="parallax-analyst", daemon=True)
            link = InlineLink(analyst.receive, thread)
        thread.start()
        self._links.append(link)
        loop.call_soon(receive, {"event": "ready"}, b"")
        return link

    async def close(self) -> None:
        for link in self._links:
            link.kill()
