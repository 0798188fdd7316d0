"""The service of this process: the one whose lifespan runs, else an inline one that starts when it is first wanted."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.service.client import Client

_lock = threading.Lock()
_installed: list[Client] = []
_inline: list[Client] = []


def install(client: Client) -> None:
    with _lock:
        _installed.append(client)


def remove(client: Client) -> None:
    with _lock:
        _installed.remove(client)


def current() -> Client:
    """Safe from any thread, e.g. a page's script."""
    with _lock:
        if _installed:
            return _installed[-1]
        if not _inline:
            _inline.append(_start_inline())
        return _inline[0]


def _start_inline() -> Client:
    """A supervisor on a loop in a thread of its own: AppTest and notebooks run no lifespan."""
    from models.service.client import Client
    from models.service.settings import Settings
    from models.service.supervisor import Supervisor

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="parallax-inline", daemon=True).start()
    supervisor = Supervisor(replace(Settings.from_environment(), backend="inline"))
    asyncio.run_coroutine_threadsafe(supervisor.open(), loop).result()
    return Client(supervisor, loop)
