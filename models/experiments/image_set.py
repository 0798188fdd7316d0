"""Reads a set of one's own images: what a zip or files hold becomes pixels and labels, and what was left out is told.

Arrays: `pixels` u1 (n, 28, 28, channels), `labels` i4 (n,).
"""

from __future__ import annotations

from typing import Any

from models.specs.image_set import ImageSetSpec
from models.tasks.image_files import LISTED, Entry, Progress, Reading, read_archive, read_files
from models.types import Array, Refused


def build(spec: ImageSetSpec) -> ImageSetReader:
    return ImageSetReader(spec)


class ImageSetReader:
    def __init__(self, spec: ImageSetSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """`images`: content id → bytes. Raises Refused."""
        if self.spec.archive is not None:
            reading = read_archive(self._content(images, self.spec.archive), progress)
        else:
            reading = read_files([Entry(file.kind, file.name, self._content(images, file.content)) for file in self.spec.files], progress)
        progress(1.0, "done")
        return _described(reading), {"pixels": reading.images.pixels, "labels": reading.images.labels}

    def _content(self, images: dict[str, bytes], name: str) -> bytes:
        if name not in images:
            raise Refused("images", "images: a file has not arrived; send them again.")
        return images[name]


def _described(reading: Reading) -> dict[str, Any]:
    images = reading.images
    return {
        "classes": [{"name": name, "images": int((images.labels == k).sum())} for k, name in enumerate(images.classes)],
        "images": len(images.labels),
        "channels": int(images.pixels.shape[3]),
        "left_out": [{"name": name, "reason": reason} for name, reason in reading.left_out[:LISTED]],
        "left_out_count": len(reading.left_out),
        "notes": reading.notes,
    }
