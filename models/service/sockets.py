"""Answers leave at once.

asyncio turns off Nagle's algorithm only for sockets that say they speak TCP, and those that Streamlit and uvicorn bind do not say so. Head
and body of an answer are two writes: without this the second waits some 40 ms for the browser's delayed acknowledgement of the first.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """From now on every socket that this loop listens on sends without delay; the connections that it accepts inherit that.

    A loop that takes no attributes (uvloop) does so by itself.
    """
    create_server = loop.create_server

    async def create(*arguments: Any, sock: socket.socket | None = None, **options: Any) -> asyncio.AbstractServer:
        if sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server: asyncio.AbstractServer = await create_server(*arguments, sock=sock, **options)
        return server

    with contextlib.suppress(AttributeError):
        loop.create_server = create  # type: ignore[method-assign,assignment]
