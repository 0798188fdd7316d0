"""Who may change anything: Host and Origin are checked on every request that changes state and on every socket.

A page elsewhere can make a visitor's browser send requests here, with their cookies and from their network. It cannot
forge Origin, and a name that was re-bound to this address shows in Host. An absent Origin is no browser (a notebook).
"""

from __future__ import annotations

import ipaddress
import json
import socket
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models import image_sets
from models.service.settings import Settings
from models.tables import MOST_BYTES

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_MAX_BODY: Final = 512 * 1024
_FILE_ROUTES: Final = ("/uploads", "/runs/open", "/analyses/")
_TABLE_ROUTES: Final = ("/tables", "/networks")
_IMAGE_ROUTE: Final = "/image-sets"
_FORM_OVERHEAD: Final = 64 * 1024


@cache
def _own_names() -> frozenset[str]:
    name = socket.gethostname().lower()
    return frozenset({"localhost", name, name.split(".")[0], f"{name.split('.')[0]}.local"})


def _host_name(netloc: str) -> str:
    """The name of `name:port`, `[::1]:port` or `name`."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""


def host_allowed(host: str, listed: frozenset[str]) -> bool:
    """An address literal, this machine's own name, or a listed host: never a name that anybody could point here."""
    name = _host_name(host)
    if name in _own_names() or name.endswith(".localhost") or host.lower() in listed or name in {_host_name(item) for item in listed}:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def origin_allowed(origin: str | None, host: str, scheme: str, origins: tuple[str, ...]) -> bool:
    """The same host and port, or a listed origin. `null` (a sandboxed page, a file) is nobody's."""
    if origin is None or origin.rstrip("/").lower() in origins:
        return True
    try:
        parts = urlsplit(origin.lower())
    except ValueError:  # e.g. a bracket that is never closed
        return False
    return parts.scheme in ("http", "https") and _with_port(parts.netloc, parts.scheme) == _with_port(host.lower(), parts.scheme)


def _with_port(netloc: str, scheme: str) -> str:
    return netloc.removesuffix(":443" if scheme == "https" else ":80")


class Guard:
    """ASGI middleware: refuses foreign origins and hosts with 403, and bodies that are too long with 413 before they are read."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        sentence = self._objection(scope)
        if sentence:
            await _refuse(scope, receive, send, 403, sentence)
        elif scope["type"] == "http":
            await self._limited(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _objection(self, scope: Scope) -> str | None:
        if scope["type"] == "http" and scope["method"] in _SAFE_METHODS:
            return None
        headers = dict(scope["headers"])
        host, origin = headers.get(b"host", b"").decode("latin-1"), headers.get(b"origin")
        if not host_allowed(host, self._settings.origin_hosts):
            return f"The host “{host[:80]}” is not known here; PARALLAX_ORIGINS lists further ones."
        if not origin_allowed(None if origin is None else origin.decode("latin-1"), host, scope["scheme"], self._settings.origins):
            return "Requests from another site are refused; PARALLAX_ORIGINS lists sites that may send them."
        return None

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = self._most_bytes(scope)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > most:
            await _refuse(scope, receive, send, 413, _too_large(most))
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, _too_large(most))  # the one kind that FastAPI passes on while it reads a body
            return message

        await self._app(scope, counted, send)

    def _most_bytes(self, scope: Scope) -> int:
        path = scope["path"]
        if path.endswith(_IMAGE_ROUTE):
            return image_sets.MOST_BYTES + _FORM_OVERHEAD
        if path.endswith(_TABLE_ROUTES):
            return MOST_BYTES + _FORM_OVERHEAD
        if not any(route in path for route in _FILE_ROUTES):
            return _MAX_BODY
        return (self._settings.max_saved_run if path.endswith("/runs/open") else self._settings.max_upload) + _FORM_OVERHEAD


def _too_large(most: int) -> str:
    return (
        f"This is too large: at most {(most - _FORM_OVERHEAD) / 1e6:.3g} MB is taken."
        if most > _MAX_BODY
        else f"This is too long: at most {most // 1024} kB is taken."
    )


async def _refuse(scope: Scope, receive: Receive, send: Send, code: int, sentence: str) -> None:
    body = json.dumps({"error": sentence, "field": None, "detail": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": code, "headers": headers})
        await send({"type": "http.response.body", "body": body})
    else:
        await receive()
        await send({"type": "websocket.close", "code": 4403, "reason": sentence[:100]})
