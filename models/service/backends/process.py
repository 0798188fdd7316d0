"""Workers as processes of their own: `python -m models.service.worker`, never multiprocessing, whose spawn would run the page.

Each worker connects to a loopback port and shows a token it was given on stdin: the same way on Linux, macOS and Windows,
where a selector loop cannot read pipes. Losing the connection is how a death is noticed, on either side.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import structlog

from models.service.backends.base import Link, Receive, Role
from models.service.messages import Header, Malformed, Unpacker, pack
from models.service.settings import Settings

_LOG: Final = structlog.get_logger("parallax.process")
_CONNECT_SECONDS: Final = 60.0
_ROOT: Final = Path(__file__).resolve().parents[3]
_THREAD_COUNTS: Final = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_ONE_THREAD: Final = dict.fromkeys(_THREAD_COUNTS, "1")


class _Connection(asyncio.Protocol):
    """One worker's end: the first message must be its token."""

    def __init__(self, backend: ProcessBackend) -> None:
        self._backend = backend
        self._unpacker = Unpacker()
        self.transport: asyncio.Transport | None = None
        self.link: ProcessLink | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.set_write_buffer_limits(high=64 * 1024 * 1024)

    def data_received(self, chunk: bytes) -> None:
        assert self.transport is not None
        try:
            for header, payload in self._unpacker.feed(chunk):
                if self.link is not None:
                    self.link.receive(header, payload)
                elif not self._backend.admit(self, header):
                    raise Malformed("A stranger connected.")
        except Malformed as error:
            _LOG.warning("connection refused", reason=str(error))
            self.transport.abort()

    def connection_lost(self, _: Exception | None) -> None:
        if self.link is not None:
            self.link.on_lost()


class ProcessLink:
    def __init__(
        self, process: subprocess.Popen[bytes], connected: asyncio.Future[asyncio.Transport], receive: Receive, lost: Callable[[], None]
    ) -> None:
        self.pid: int | None = process.pid
        self.process = process
        self.connected = connected
        self.receive = receive
        self._lost = lost
        self._transport: asyncio.Transport | None = None

    def attach(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.connected.set_result(transport)

    def send(self, header: Header, payload: bytes = b"") -> None:
        if self._transport is not None:
            self._transport.write(pack(header, payload))

    def kill(self) -> None:
        self.process.kill()

    def on_lost(self) -> None:
        """The connection is gone: make sure the process is too, and reap it."""
        self.process.kill()
        asyncio.get_running_loop().run_in_executor(None, self.process.wait)
        self._lost()


class ProcessBackend:
    spare = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: asyncio.Server | None = None
        self._expected: dict[str, ProcessLink] = {}
        self._links: list[ProcessLink] = []

    async def open(self, role: Role, receive: Receive, lost: Callable[[], None]) -> Link:
        loop = asyncio.get_running_loop()
        if self._server is None:
            self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        token = secrets.token_urlsafe(32)
        process = await asyncio.to_thread(self._spawn, self._orders(role, token))
        link = ProcessLink(process, loop.create_future(), receive, lost)
        self._expected[token] = link
        self._links = [other for other in self._links if other.process.poll() is None] + [link]
        await self._connected(link)
        return link

    def _orders(self, role: Role, token: str) -> dict[str, Any]:
        assert self._server is not None
        settings = self._settings
        share = settings.keyframe_bytes // settings.workers
        return {
            "port": self._server.sockets[0].getsockname()[1],
            "token": token,
            "role": role,
            "catalogue": settings.catalogue,
            "keyframe_bytes": share,
        }

    def _spawn(self, orders: dict[str, Any]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "models.service.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=os.name == "posix",  # Ctrl+C goes to the server, which ends its workers itself
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(orders).encode() + b"\n")
        process.stdin.close()
        return process

    async def _connected(self, link: ProcessLink) -> None:
        """Until the worker has connected. Raises OSError if it dies before."""
        for _ in range(int(_CONNECT_SECONDS / 0.05)):
            done, _pending = await asyncio.wait([link.connected], timeout=0.05)
            if done:
                return
            if link.process.poll() is not None:
                break
        link.process.kill()
        raise OSError("A worker ended before it connected.")

    def admit(self, connection: _Connection, header: Header) -> bool:
        shown = str(header.get("token", ""))
        for token, link in list(self._expected.items()):
            if hmac.compare_digest(token.encode(), shown.encode()) and connection.transport is not None:
                del self._expected[token]
                connection.link = link
                link.attach(connection.transport)
                return True
        return False

    async def close(self) -> None:
        for link in self._links:
            link.kill()
        await asyncio.to_thread(lambda: [link.process.wait() for link in self._links])
        if self._server is not None:
            self._server.close()
