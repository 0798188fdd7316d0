"""An uploaded file becomes 8-bit RGB pixels, or a refusal in a sentence.

The format is told from the content, never from the name; sizes are read from the header and
checked before a pixel is decoded. Only pixels come out: EXIF is used to turn the picture
upright and then dropped with all other metadata. Runs in a worker.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.specs.feature_hierarchy import FORMATS, MAX_BYTES, MAX_PIXELS
from models.types import Refused

Pixels = NDArray[np.uint8]
ENOUGH = 512
"""Shorter side, in pixels, that is left after the first, coarse reduction of a large photograph."""
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
)
_STRANGERS = (
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"<svg", "an SVG drawing"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)


class PhotographRefused(Refused):
    """A photograph that is not shown. `code`: 413 too large, 415 not a readable format, 422 damaged."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__("image", message)
        self.code = code


@dataclass(frozen=True)
class Photograph:
    """A decoded photograph, upright, over white where it was transparent."""

    pixels: Pixels
    """(height, width, 3), 0…255; a large photograph is held reduced by a whole factor."""
    width: int
    height: int
    """Size of the upright original, in pixels."""
    format: str
    notes: tuple[str, ...]


def decode(content: bytes) -> Photograph:
    """Raises PhotographRefused."""
    _check_bytes(content)
    name = _format(content)
    image = _open(content, name)
    width, height = image.size
    _check_pixels(width, height)
    notes = _notes(image)
    loaded = _load(image, name)
    orientation = _orientation(image)
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Photograph(np.asarray(_opaque(_upright(loaded, orientation))), width, height, name, notes)


def _check_bytes(content: bytes) -> None:
    if not content:
        raise PhotographRefused(422, f"The file is empty. Choose a photograph ({FORMATS}).")
    if len(content) > MAX_BYTES:
        size, bound = f"{len(content) / 1e6:.1f} MB", f"{MAX_BYTES / 1e6:.0f} MB"
        raise PhotographRefused(413, f"The file has {size}; photographs of up to {bound} are read. Save it smaller, or as JPEG.")


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(f"{width:,} × {height:,}")
    if width < 1 or height < 1:
        raise _damaged("The picture")


def _too_many_pixels(size: str) -> PhotographRefused:
    bound = f"{MAX_PIXELS // 1_000_000} megapixels"
    return PhotographRefused(413, f"The picture has {size} pixels; up to {bound} are read. Make it smaller and try again.")


def _damaged(what: str) -> PhotographRefused:
    return PhotographRefused(422, f"{what} is damaged and cannot be decoded. Save it again and try once more.")


def _truncated(name: str) -> PhotographRefused:
    sentence = f"The {name} file is truncated: it ends before the picture does. Copy or save it again and try once more."
    return PhotographRefused(422, sentence)


def _format(content: bytes) -> str:
    """The format by the file's first bytes; raises PhotographRefused(415)."""
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    raise PhotographRefused(415, f"This is {_stranger(content)}; {FORMATS} can be read. Save or export it as one of these.")


def _stranger(content: bytes) -> str:
    """What a file that is not read seems to be."""
    if content[4:8] == b"ftyp":
        return "a HEIC or AVIF photograph or a film"
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in content[:65536].lower():
        return "an SVG drawing"
    lowered = ((magic.lower(), name) for magic, name in _STRANGERS)
    return next((name for magic, name in lowered if start.startswith(magic)), "not a photograph in a format that is known here")


def _open(content: bytes, name: str) -> Image.Image:
    """Reads the header only."""
    if name == "WebP":
        # Pillow's WebP reader allocates the whole canvas on opening, so its size is checked first.
        _check_pixels(*_webp_size(content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns from 89 megapixels on; the bound here is lower
            return Image.open(io.BytesIO(content), formats=(name.upper(),))
    except Image.DecompressionBombError as bomb:
        found = re.search(r"(\d+) pixels", str(bomb))
        raise _too_many_pixels(f"{int(found[1]):,}" if found else "too many") from None
    except Exception:  # decoders of damaged files raise anything: OSError, SyntaxError, struct.error, ValueError …
        raise _damaged(f"The {name} file") from None


def _webp_size(content: bytes) -> tuple[int, int]:
    """(width, height) from the first chunk (RFC 9649, §2.5–2.7); (0, 0) where it makes no sense."""
    kind, head = content[12:16], content[20:30]
    if len(head) < 10:
        return 0, 0
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF


def _load(image: Image.Image, name: str) -> Image.Image:
    """Decodes the pixels of the first frame and reduces a large picture by a whole factor."""
    try:
        if name == "JPEG":
            _draft(image)
        image.load()
    except Exception as error:
        if "truncated" in str(error) or "unpack" in str(error):
            raise _truncated(name) from None
        raise _damaged(f"The {name} file") from None
    return _reduced(_eight_bit(image))


def _draft(image: Image.Image) -> None:
    """Lets the JPEG decoder leave out detail that nobody will see (it scales by 1/2, 1/4 or 1/8)."""
    share = min(1.0, ENOUGH / min(image.size))
    image.draft(None, (max(1, int(image.width * share)), max(1, int(image.height * share))))


def _reduced(image: Image.Image) -> Image.Image:
    """Means over factor × factor pixels; colour is weighted by opacity where the picture is transparent."""
    factor = min(image.size) // ENOUGH
    return image.reduce(factor) if factor > 1 else image


def _eight_bit(image: Image.Image) -> Image.Image:
    """L, RGB or RGBA, 8 bits a channel. 16 bits keep their upper 8; 32-bit and real numbers are stretched to 0…255."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return Image.fromarray(_stretched(np.asarray(image, dtype=np.float64)))
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _stretched(values: NDArray[np.float64]) -> Pixels:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if high <= low:
        return np.full(values.shape, 128, np.uint8)
    filled = np.nan_to_num(values, nan=low, posinf=high, neginf=low)
    return np.clip((filled - low) * (255 / (high - low)), 0, 255).round().astype(np.uint8)


def _opaque(image: Image.Image) -> Image.Image:
    """RGB over white."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, image).convert("RGB")


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1…8; 1 where there is none or it cannot be read. Called after loading: PNG may carry EXIF last."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # damaged EXIF does not make the picture unreadable
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else image


def _notes(image: Image.Image) -> tuple[str, ...]:
    """What was done to show it, where that is not plain."""
    notes: list[str] = []
    if _is_animated(image):
        notes.append("The file holds several pictures; the first one is shown.")
    if image.mode == "CMYK":
        notes.append("Converted from CMYK without its colour profile, so colours are approximate.")
    if image.mode.startswith("I;16"):
        notes.append("Scaled from 16 bits to 8 bits a pixel.")
    if image.mode in ("I", "F"):
        notes.append("Its darkest value is shown as black and its brightest as white.")
    if image.has_transparency_data:
        notes.append("Transparent parts are shown over white.")
    return tuple(notes)


def _is_animated(image: Image.Image) -> bool:
    try:
        return bool(getattr(image, "is_animated", False))
    except Exception:  # a damaged second frame does not make the first unreadable
        return False
