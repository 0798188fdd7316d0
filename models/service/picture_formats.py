"""What kind of picture some bytes are, and the same picture without what its camera wrote about the person.

Files are recognised by their first bytes, never by their name. Metadata blocks are cut out without decoding; only the
orientation is kept, because without it a portrait would lie on its side.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from models.service.errors import Unprocessable, UnsupportedType

_SIGNATURES: Final = (
    ("JPEG", b"\xff\xd8\xff"),
    ("PNG", b"\x89PNG\r\n\x1a\n"),
    ("GIF", b"GIF87a"),
    ("GIF", b"GIF89a"),
    ("BMP", b"BM"),
    ("TIFF", b"II*\0"),
    ("TIFF", b"MM\0*"),
)
_EXIF: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"acTL", b"fcTL", b"fdAT"}
)
_WEBP_DROPPED: Final = frozenset({b"EXIF", b"XMP "})


def kind_of(content: bytes) -> str:
    """JPEG, PNG, WebP, GIF, BMP or TIFF. Raises UnsupportedType."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    for kind, signature in _SIGNATURES:
        if content.startswith(signature):
            return kind
    raise UnsupportedType("This is not a picture that can be read; JPEG, PNG, WebP, GIF, BMP and TIFF are.", "image")


def without_metadata(content: bytes) -> bytes:
    """The same picture without EXIF, XMP and comments. Raises UnsupportedType and Unprocessable."""
    kind = kind_of(content)
    if kind == "TIFF":
        instead = "Save it as PNG or JPEG, or send it to the analysis directly."
        raise UnsupportedType(f"A TIFF file cannot be kept without what its camera wrote into it. {instead}", "file")
    try:
        return {"JPEG": _jpeg, "PNG": _png, "WebP": _webp}.get(kind, bytes)(content)
    except (struct.error, IndexError):
        raise Unprocessable("file: this picture is damaged or was cut off.", "file") from None


def _jpeg(content: bytes) -> bytes:
    """Drops APP1 (EXIF, XMP), APP13 (IPTC) and comments; everything from the first scan on stays."""
    parts, place, orientation = [content[:2]], 2, 1
    while content[place] == 0xFF and content[place + 1] != 0xDA:
        marker = content[place + 1]
        (length,) = struct.unpack_from(">H", content, place + 2)
        segment = content[place : place + 2 + length]
        if marker == 0xE1 and segment[4:10] == _EXIF:
            orientation = _orientation(segment[10:])
        if marker not in (0xE1, 0xED, 0xFE):
            parts.append(segment)
        place += 2 + length
    if orientation != 1:
        exif = _EXIF + _only(orientation)
        parts.insert(1, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join([*parts, content[place:]])


def _png(content: bytes) -> bytes:
    """Keeps the chunks that decide the pixels, and the orientation."""
    parts, place, orientation = [content[:8]], 8, 1
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        name = content[place + 4 : place + 8]
        if name == b"eXIf":
            orientation = _orientation(content[place + 8 : place + 8 + length])
        elif name in _PNG_KEPT:
            parts.append(content[place : place + 12 + length])
        place += 12 + length
        if name == b"IEND":
            break
    if orientation != 1:
        body = b"eXIf" + _only(orientation)
        parts.insert(2, struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))
    return b"".join(parts)


def _webp(content: bytes) -> bytes:
    parts, place, orientation = [], 12, 1
    while place + 8 <= len(content):
        name = content[place : place + 4]
        (length,) = struct.unpack_from("<I", content, place + 4)
        end = place + 8 + length + length % 2
        if name == b"EXIF":
            orientation = _orientation(content[place + 8 : end].removeprefix(_EXIF))
        elif name not in _WEBP_DROPPED:
            parts.append(content[place:end])
        place = end
    if orientation != 1:
        exif = _only(orientation)
        parts.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _orientation(tiff: bytes) -> int:
    """Tag 0x0112 of the first directory, 1…8; 1 where there is none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for entry in range(min(count, 200)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only(orientation: int) -> bytes:
    """An EXIF block (TIFF, little-endian) that says nothing but the orientation."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
