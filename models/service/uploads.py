"""Uploaded pictures: in memory only, found by the hash of their content, gone after a while."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass

from models.service.errors import AtCapacity, TooLarge, Unprocessable
from models.service.picture_formats import kind_of, without_metadata
from models.service.settings import Settings


@dataclass
class Upload:
    content: bytes
    kind: str
    expires: float


def content_id(content: bytes) -> str:
    """Whoever can name it has the picture: 256 bits of its SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Uploads:
    """Bounded by a quota in bytes. The oldest go when they expire, never earlier to make room for somebody else's."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: OrderedDict[str, Upload] = OrderedDict()

    @property
    def size(self) -> int:
        return sum(len(upload.content) for upload in self._kept.values())

    def add(self, content: bytes) -> tuple[str, Upload]:
        """Keeps the picture without its metadata. Raises TooLarge, UnsupportedType, Unprocessable and AtCapacity."""
        self.check_size(content, "file")
        self.expire()
        cleaned = without_metadata(content)
        name = content_id(cleaned)
        if name not in self._kept and self.size + len(cleaned) > self._settings.upload_quota:
            raise AtCapacity(
                f"The place for pictures is full ({self._settings.upload_quota / 1e6:.0f} MB); try again later.", retry_after=60
            )
        upload = Upload(cleaned, kind_of(cleaned), time.monotonic() + self._settings.upload_lifetime)
        self._kept.pop(name, None)
        self._kept[name] = upload
        return name, upload

    def check_size(self, content: bytes, field: str) -> None:
        if not content:
            raise Unprocessable(f"{field}: the file is empty.", field)
        if len(content) > self._settings.max_upload:
            raise TooLarge(f"This file has {len(content) / 1e6:.1f} MB; at most {self._settings.max_upload / 1e6:.3g} MB is taken.", field)

    def find(self, name: str) -> bytes | None:
        """The picture of a content id, if it is still kept."""
        self.expire()
        upload = self._kept.get(name)
        return upload.content if upload else None

    def expire(self) -> None:
        now = time.monotonic()
        for name in [name for name, upload in self._kept.items() if upload.expires <= now]:
            del self._kept[name]
