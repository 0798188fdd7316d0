"""A set of images of a person's own: a few classes of small pictures. Torch-free.

Its canonical form is JSON with the pixels in base64; its content id is that text's SHA-256.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from models.tables import clean_name
from models.types import Refused

SIDE: Final = 28
"""Height and width of every image, in pixels."""
LEAST_IMAGES: Final = 10
MOST_IMAGES: Final = 500
LEAST_CLASSES: Final = 2
MOST_CLASSES: Final = 5
LEAST_OF_A_CLASS: Final = 2
"""One to learn from and one to be tested on."""
LONGEST_CLASS_NAME: Final = 40
MOST_BYTES: Final = 60_000_000
"""All files of an upload together, and all that a zip unfolds to."""
KIND: Final = "image-set"
_KEYS: Final = {"kind", "classes", "labels", "channels", "pixels"}


@dataclass(frozen=True, eq=False)
class ImageSet:
    """`pixels` u1 (n, 28, 28, channels), one channel or three; `labels` i4 (n,): numbers of classes from 0."""

    classes: tuple[str, ...]
    pixels: NDArray[np.uint8]
    labels: NDArray[np.int32]

    @cached_property
    def canonical(self) -> str:
        described: dict[str, Any] = {
            "kind": KIND,
            "classes": list(self.classes),
            "labels": self.labels.tolist(),
            "channels": int(self.pixels.shape[3]),
            "pixels": base64.b64encode(self.pixels.tobytes()).decode(),
        }
        return json.dumps(described, separators=(",", ":"), ensure_ascii=True)

    @cached_property
    def content_id(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @staticmethod
    def from_canonical(text: str) -> ImageSet:
        """Checks all that a set promises, because a file may hold anything. Raises Refused."""
        try:
            given = json.loads(text)
            pixels = base64.b64decode(given["pixels"], validate=True) if isinstance(given, dict) and given.keys() == _KEYS else None
        except (ValueError, RecursionError, TypeError, binascii.Error):
            pixels = None
        if pixels is None or given["kind"] != KIND:
            _refuse("this is not a set of images as this site writes it.")
        return _checked(given, pixels)


def _checked(given: dict[str, Any], pixels: bytes) -> ImageSet:
    classes, labels, channels = given["classes"], given["labels"], given["channels"]
    if not isinstance(classes, list) or not LEAST_CLASSES <= len(classes) <= MOST_CLASSES or len(set(map(str, classes))) != len(classes):
        _refuse(f"it has {LEAST_CLASSES} to {MOST_CLASSES} classes of different names.")
    if not all(isinstance(name, str) and name and name == clean_name(name, LONGEST_CLASS_NAME) for name in classes):
        _refuse(f"names of classes have 1 to {LONGEST_CLASS_NAME} characters.")
    if not isinstance(labels, list) or not all(type(label) is int and 0 <= label < len(classes) for label in labels):
        _refuse("its labels are numbers of classes.")
    counts = np.bincount(np.array(labels, np.int64), minlength=len(classes)) if labels else np.zeros(1)
    if not LEAST_IMAGES <= len(labels) <= MOST_IMAGES or counts.min() < LEAST_OF_A_CLASS:
        _refuse(f"it has {LEAST_IMAGES} to {MOST_IMAGES} images, at least {LEAST_OF_A_CLASS} of each class.")
    if channels not in (1, 3) or len(pixels) != len(labels) * SIDE * SIDE * channels:
        _refuse("its pixels do not fit its labels.")
    shaped = np.frombuffer(pixels, np.uint8).reshape(len(labels), SIDE, SIDE, channels)
    return ImageSet(tuple(classes), shaped, np.array(labels, np.int32))


def _refuse(sentence: str) -> NoReturn:
    raise Refused("images", f"images: {sentence}")
