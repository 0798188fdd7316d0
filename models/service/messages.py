"""One message between server and worker: a JSON header and a binary payload, each preceded by its length."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any, Final

Header = dict[str, Any]

_LENGTHS: Final = struct.Struct("<II")
MAX_HEADER: Final = 64 * 1024 * 1024
MAX_PAYLOAD: Final = 512 * 1024 * 1024
_dumps: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Malformed(Exception):
    """The bytes are not a message; the connection cannot be trusted any more."""


def pack(header: Header, payload: bytes = b"") -> bytes:
    text = _dumps(header).encode()
    return b"".join((_LENGTHS.pack(len(text), len(payload)), text, payload))


class Unpacker:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> Iterator[tuple[Header, bytes]]:
        """Every message that is complete now. Raises Malformed."""
        buffer = self._buffer
        buffer += chunk
        begin = 0
        while len(buffer) - begin >= _LENGTHS.size:
            header_bytes, payload_bytes = _LENGTHS.unpack_from(buffer, begin)
            if header_bytes > MAX_HEADER or payload_bytes > MAX_PAYLOAD:
                raise Malformed("A message is longer than any message may be.")
            text = begin + _LENGTHS.size
            end = text + header_bytes + payload_bytes
            if len(buffer) < end:
                break
            with memoryview(buffer) as view:
                header, payload = _parse(bytes(view[text : text + header_bytes])), bytes(view[text + header_bytes : end])
            begin = end
            yield header, payload
        del buffer[:begin]


def _parse(text: bytes) -> Header:
    try:
        header = json.loads(text)
    except ValueError as error:
        raise Malformed(f"A header is not JSON: {error}") from None
    if not isinstance(header, dict):
        raise Malformed("A header is not an object.")
    return header
