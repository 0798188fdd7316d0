"""Connections to a socket that somebody else bound send without delay."""

from __future__ import annotations

import asyncio
import socket

from models.service.sockets import send_at_once


class Kept(asyncio.Protocol):
    def __init__(self, accepted: asyncio.Future) -> None:
        self.accepted = accepted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.accepted.set_result(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


async def delayed(prepared: bool) -> bool:
    loop = asyncio.get_running_loop()
    if prepared:
        send_at_once(loop)
    accepted = loop.create_future()
    listening = socket.socket(socket.AF_INET)  # as Streamlit and uvicorn make theirs: without naming the protocol
    listening.bind(("127.0.0.1", 0))
    server = await loop.create_server(lambda: Kept(accepted), sock=listening)
    _, writer = await asyncio.open_connection(*listening.getsockname())
    found = await accepted
    writer.close()
    server.close()
    return found == 0


def test_answers_leave_at_once_on_a_socket_that_does_not_name_its_protocol():
    assert asyncio.run(delayed(prepared=False)), "asyncio does this by itself now: models/service/sockets.py can go"
    assert not asyncio.run(delayed(prepared=True))
