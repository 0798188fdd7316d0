"""Tables and sets of images that specs name by content id: in memory only, gone after a while."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Final

from models.image_sets import KIND, ImageSet
from models.service.errors import AtCapacity
from models.service.settings import Settings
from models.tables import Table

Material = Table | ImageSet
_IMAGES: Final = f'{{"kind":"{KIND}"'
QUOTA_SHARE: Final = 0.25
"""Of the bytes that uploads may take; these come on top."""


class Materials:
    """Bounded by a quota in bytes. What is used stays; the rest goes when it expires, never earlier to make room for somebody else's."""

    def __init__(self, settings: Settings) -> None:
        self._quota = int(settings.upload_quota * QUOTA_SHARE)
        self._lifetime = settings.upload_lifetime
        self._kept: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def add(self, table: Material) -> str:
        """Keeps it; returns its content id. Raises AtCapacity."""
        self._expire()
        name, text = table.content_id, table.canonical
        if name not in self._kept and sum(len(kept) for kept, _ in self._kept.values()) + len(text) > self._quota:
            raise AtCapacity(f"The place for data is full ({self._quota / 1e6:.0f} MB); try again later.", retry_after=60)
        self._keep(name, text)
        return name

    def add_text(self, text: str) -> str:
        """The same for a canonical form from elsewhere. Raises Refused and AtCapacity."""
        return self.add(ImageSet.from_canonical(text) if text.startswith(_IMAGES) else Table.from_canonical(text))

    def find(self, name: str) -> str | None:
        """The canonical form of a content id, if it is still kept; asking renews its time."""
        self._expire()
        found = self._kept.get(name)
        if found is None:
            return None
        self._keep(name, found[0])
        return found[0]

    def _keep(self, name: str, text: str) -> None:
        self._kept.pop(name, None)
        self._kept[name] = (text, time.monotonic() + self._lifetime)

    def _expire(self) -> None:
        now = time.monotonic()
        for name in [name for name, (_, expires) in self._kept.items() if expires <= now]:
            del self._kept[name]
