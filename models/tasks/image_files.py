"""Pictures that a person sends as a zip or as files become one set of small images; what cannot be used is named.

Everything happens in memory: names inside a zip are read as text and never lead anywhere.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.image_sets import (
    LEAST_CLASSES,
    LEAST_IMAGES,
    LEAST_OF_A_CLASS,
    LONGEST_CLASS_NAME,
    MOST_BYTES,
    MOST_CLASSES,
    MOST_IMAGES,
    SIDE,
    ImageSet,
)
from models.specs.feature_hierarchy import MAX_BYTES
from models.tables import clean_name
from models.tasks.photographs import decode
from models.types import Refused

MOST_ENTRIES: Final = 5000
STEEPEST: Final = 200
"""A picture is packed already: what unfolds to so many times its size is none."""
LISTED: Final = 50
_GREY: Final = 6
"""Channels may differ by so much of 255 in a grey picture that was saved in colour."""
_DEBRIS: Final = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Entry:
    kind: str
    name: str
    content: bytes


@dataclass
class Reading:
    """The set, and what was left out of it and why."""

    images: ImageSet
    left_out: list[tuple[str, str]]
    notes: list[str]


@dataclass
class _Kept:
    kind: str
    name: str
    pixels: NDArray[np.uint8]
    size: tuple[int, int]
    """Width and height as it came."""
    colour: bool


@dataclass
class _Pile:
    """What has been read so far."""

    kept: list[_Kept] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def leave(self, name: str, reason: str) -> None:
        self.left_out.append((clean_name(name, 80) or "a file without a name", reason))


def from_archive(content: bytes, pile: _Pile) -> Iterator[Entry]:
    """The pictures of a zip. Raises Refused where it cannot be read or unfolds to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, UnicodeDecodeError):
        raise Refused("archive", "archive: this is not a zip that can be read; send a zip with a folder for each class.") from None
    if len(members) > MOST_ENTRIES:
        raise Refused("archive", f"archive: this zip holds {len(members):,} files; at most {MOST_ENTRIES:,} are looked at.")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _unfolds()
    unfolded = 0
    for member in members:
        parts = [part for part in member.filename.replace("\\", "/").split("/") if part]
        if not parts or any(part.lower() in _DEBRIS or part.startswith("._") for part in parts):
            continue
        objection = _objection(member, parts)
        if objection:
            pile.leave(member.filename, objection)
            continue
        bytes_of_it = _unfold(archive, member, MOST_BYTES - unfolded)
        if bytes_of_it is None:
            pile.leave(member.filename, "it is damaged, or packed in a way that is not read here")
            continue
        unfolded += len(bytes_of_it)
        yield Entry(parts[-2], parts[-1], bytes_of_it)


def _objection(member: zipfile.ZipInfo, parts: list[str]) -> str | None:
    if ".." in parts or member.filename.startswith(("/", "\\")) or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return "its name leads out of the zip"
    if len(parts) < 2:
        return "it lies in no folder, and the folder names the class"
    if member.flag_bits & 1:
        return "it is locked with a password"
    if member.file_size > MAX_BYTES:
        return f"it has {member.file_size / 1e6:.1f} MB, and pictures of up to {MAX_BYTES / 1e6:.0f} MB are read"
    if member.file_size > STEEPEST * max(1, member.compress_size):
        return "it unfolds to far more than a picture does"
    return None


def _unfold(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes | None:
    """Its bytes; None where it is damaged. What the header promises is not believed: at most MAX_BYTES and `left` are read."""
    try:
        with archive.open(member) as opened:
            content = opened.read(min(MAX_BYTES, left) + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return None
    if len(content) > left:
        raise _unfolds()
    return content if len(content) <= MAX_BYTES else None


def _unfolds() -> Refused:
    return Refused("archive", f"archive: this zip unfolds to more than {MOST_BYTES / 1e6:.0f} MB, which is the most that is taken.")


def read_archive(content: bytes, progress: Progress) -> Reading:
    """Raises Refused."""
    pile = _Pile()
    return _read(from_archive(content, pile), pile, progress, None)


def read_files(entries: list[Entry], progress: Progress) -> Reading:
    """Raises Refused."""
    return _read(iter(entries), _Pile(), progress, len(entries))


def _read(entries: Iterator[Entry], pile: _Pile, progress: Progress, expected: int | None) -> Reading:
    for number, entry in enumerate(entries, start=1):
        progress(number / expected if expected else number / (number + 40), f"reading picture {number}")
        _take(entry, pile)
        if len(pile.kept) > MOST_IMAGES:
            raise Refused("images", f"images: there are more than {MOST_IMAGES} pictures; at most {MOST_IMAGES} are taken.")
    _settle_twins(pile)
    return _gathered(pile)


def _take(entry: Entry, pile: _Pile) -> None:
    kind = clean_name(entry.kind, LONGEST_CLASS_NAME)
    if not kind:
        pile.leave(entry.name, "its class has no name")
        return
    try:
        photograph = decode(entry.content)
    except Refused as refused:
        pile.leave(f"{kind}/{entry.name}", refused.message[:1].lower() + refused.message[1:].rstrip("."))
        return
    small = _small(photograph.pixels)
    pile.kept.append(_Kept(kind, clean_name(entry.name, 80), small, (photograph.width, photograph.height), _in_colour(small)))


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(28, 28, 3): the central square, made smaller or larger."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    left, top = (width - side) / 2, (height - side) / 2
    resized = Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=(left, top, left + side, top + side))
    return np.asarray(resized)


def _in_colour(pixels: NDArray[np.uint8]) -> bool:
    spread = pixels.max(axis=2).astype(int) - pixels.min(axis=2)
    return bool((spread > _GREY).mean() > 0.01)


def _settle_twins(pile: _Pile) -> None:
    """A picture that two classes share teaches nothing: it is left out of both. A second copy in one class is left out."""
    classes: dict[str, set[str]] = {}
    marks = [hashlib.sha256(kept.pixels.tobytes()).hexdigest() for kept in pile.kept]
    for kept, mark in zip(pile.kept, marks, strict=True):
        classes.setdefault(mark, set()).add(kept.kind)
    seen: set[str] = set()
    remaining = []
    for kept, mark in zip(pile.kept, marks, strict=True):
        if len(classes[mark]) > 1:
            pile.leave(f"{kept.kind}/{kept.name}", f"the same picture is in {_named(sorted(classes[mark]))}")
        elif mark in seen:
            pile.leave(f"{kept.kind}/{kept.name}", "the same picture is there twice")
        else:
            seen.add(mark)
            remaining.append(kept)
    pile.kept = remaining


def _gathered(pile: _Pile) -> Reading:
    counts: dict[str, int] = {}
    for kept in pile.kept:
        counts[kept.kind] = counts.get(kept.kind, 0) + 1
    _check(counts, pile)
    names = sorted(counts)
    pixels = np.stack([kept.pixels for kept in pile.kept])
    if not any(kept.colour for kept in pile.kept):
        pixels = pixels.mean(axis=3, keepdims=True).round().astype(np.uint8)
    labels = np.array([names.index(kept.kind) for kept in pile.kept], np.int32)
    return Reading(ImageSet(tuple(names), pixels, labels), pile.left_out, _notes(pile))


def _check(counts: dict[str, int], pile: _Pile) -> None:
    total, left = sum(counts.values()), _left(pile)
    if len(counts) < LEAST_CLASSES:
        found = f"there is only one class, “{next(iter(counts))}”" if counts else "there is no picture that can be used"
        raise Refused("images", f"images: {found}; two to five classes are needed, each with pictures of its own.{left}")
    if len(counts) > MOST_CLASSES:
        raise Refused("images", f"images: there are {len(counts)} classes; at most {MOST_CLASSES} are taken.")
    if total < LEAST_IMAGES:
        raise Refused("images", f"images: there are {total} pictures that can be used; at least {LEAST_IMAGES} are needed.{left}")
    poor = [name for name, count in counts.items() if count < LEAST_OF_A_CLASS]
    if poor:
        raise Refused(
            "images", f"images: {_named(poor)} has one picture only; each class needs two, one to learn from and one to be tested on.{left}"
        )


def _left(pile: _Pile) -> str:
    if not pile.left_out:
        return ""
    reasons = Counter(reason for _, reason in pile.left_out)
    commonest, _ = reasons.most_common(1)[0]
    name = next(name for name, reason in pile.left_out if reason == commonest)
    if len(pile.left_out) == 1:
        return f" One file was left out, {name}: {commonest}."
    return f" {len(pile.left_out)} files were left out, among them {name}: {commonest}."


def _notes(pile: _Pile) -> list[str]:
    notes = [f"Each picture’s central square was made {SIDE} × {SIDE} pixels."]
    sizes = {kept.size for kept in pile.kept}
    if len(sizes) > 1:
        notes.append(f"The pictures came in {len(sizes)} sizes.")
    colour = sum(kept.colour for kept in pile.kept)
    grey = len(pile.kept) - colour
    if colour and grey:
        notes.append(f"{grey} of them are grey and {colour} in colour: all are kept with three channels.")
    return notes


def _named(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
