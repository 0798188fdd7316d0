"""Every kind of file that people upload: shown right, or refused in a sentence with the bound."""

import io
import struct
import zipfile
import zlib

import numpy as np
import pytest
from PIL import Image, features

from models.tasks.crops import centre_crop, display_pixels, network_pixels
from models.tasks.photographs import PhotographRefused, decode
from models.types import Refused


def picture(width=64, height=48):
    """Red grows to the right, green downwards; blue is constant."""
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.stack([x, y, np.full_like(x, 90)], axis=-1).astype(np.uint8))


def saved(image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def cut(form):
    """The first half of a noisy picture's file."""
    noise = np.random.default_rng(1).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    content = saved(Image.fromarray(noise), form)
    return content[: len(content) // 2]


def png_header(width, height):
    """A PNG that promises many pixels in 60 bytes."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photo.png", b"not really")
    return file.getvalue()


def webp_bomb():
    """An extended WebP header of 16,383 × 16,383."""
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16382).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


JPEG = saved(picture(400, 300), "JPEG")
REFUSED = {
    "empty": (b"", 422, "empty"),
    "text": (b"hello, this is no picture", 415, "JPEG, PNG, WebP, GIF, BMP or TIFF"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 415, "SVG"),
    "bare svg": (b"\n <svg width='10'></svg>", 415, "SVG"),
    "zip renamed .png": (zipped(), 415, "zip archive"),
    "pdf": (b"%PDF-1.7 ...", 415, "PDF"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0", 415, "HEIC"),
    "html": (b"<!DOCTYPE html><html></html>", 415, "web page"),
    "truncated jpeg": (cut("JPEG"), 422, "truncated"),
    "jpeg magic only": (b"\xff\xd8\xff\xe0", 422, "JPEG"),
    "truncated png": (cut("PNG"), 422, "PNG"),
    "truncated webp": (cut("WEBP"), 422, "WebP"),
    "truncated gif": (cut("GIF"), 422, "GIF"),
    "truncated bmp": (cut("BMP"), 422, "BMP"),
    "truncated tiff": (cut("TIFF"), 422, "TIFF"),
    "garbage after png magic": (b"\x89PNG\r\n\x1a\n" + b"\x07" * 500, 422, "PNG"),
    "bomb 20,000 × 20,000": (png_header(20_000, 20_000), 413, "40 megapixels"),
    "bomb 9,000 × 9,000": (png_header(9_000, 9_000), 413, "9,000 × 9,000"),
    "webp bomb": (webp_bomb(), 413, "16,383 × 16,383"),
    "30 MB": (JPEG + b"\0" * 30_000_000, 413, "15 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_uploads_are_refused_in_a_sentence(name):
    content, code, words = REFUSED[name]
    with pytest.raises(PhotographRefused) as refusal:
        decode(content)
    assert refusal.value.code == code
    assert words in refusal.value.message
    assert refusal.value.field == "image"
    assert refusal.value.message.endswith(".")
    assert isinstance(refusal.value, Refused)


KEPT = [
    ("PNG", {}, 0), ("BMP", {}, 0), ("TIFF", {}, 0), ("TIFF", {"compression": "tiff_lzw"}, 0),
    ("WEBP", {"lossless": True}, 0), ("JPEG", {"quality": 95}, 8),
]  # fmt: skip


@pytest.mark.parametrize(("form", "options", "tolerance"), KEPT)
def test_formats_keep_their_pixels(form, options, tolerance):
    photograph = decode(saved(picture(), form, **options))
    assert (photograph.width, photograph.height) == (64, 48)
    assert np.abs(photograph.pixels.astype(int) - np.asarray(picture()).astype(int)).max() <= tolerance
    assert photograph.notes == ()


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_keep_their_upper_eight(form):
    ramp = np.linspace(0, 65535, 256 * 4).reshape(4, 256).astype(np.uint16)
    photograph = decode(saved(Image.fromarray(ramp), form))
    assert np.array_equal(photograph.pixels[..., 0], (ramp >> 8).astype(np.uint8))
    assert "16 bits" in photograph.notes[0]


def test_real_numbers_are_stretched_and_nan_is_survived():
    values = np.linspace(-3, 7, 64, dtype=np.float32).reshape(8, 8)
    values[0, 0] = np.nan
    pixels = decode(saved(Image.fromarray(values), "TIFF")).pixels
    assert (pixels.min(), pixels.max()) == (0, 255)


def test_palette_greyscale_bilevel_and_cmyk():
    palette = decode(saved(picture().convert("P", palette=Image.Palette.ADAPTIVE), "PNG")).pixels
    assert np.abs(palette.astype(int) - np.asarray(picture()).astype(int)).mean() < 8
    grey = decode(saved(picture().convert("L"), "JPEG", quality=95)).pixels
    assert np.array_equal(grey[..., 0], grey[..., 2])
    assert set(np.unique(decode(saved(picture().convert("1"), "PNG")).pixels)) == {0, 255}
    cmyk = decode(saved(Image.new("CMYK", (32, 32), (0, 255, 255, 0)), "JPEG", quality=95))
    assert np.abs(cmyk.pixels[16, 16].astype(int) - [255, 0, 0]).max() < 12
    assert "CMYK" in cmyk.notes[0]


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_transparent_parts_are_white(form):
    image = picture().convert("RGBA")
    image.paste((10, 10, 10, 0), (0, 0, 32, 48))
    photograph = decode(saved(image, form, **({"lossless": True, "exact": True} if form == "WEBP" else {})))
    assert (photograph.pixels[:, :32] == 255).all()
    assert np.array_equal(photograph.pixels[:, 32:], np.asarray(picture())[:, 32:])
    assert "white" in photograph.notes[0]


def test_transparent_palette_colour_is_white():
    image = Image.new("P", (4, 4), 0)
    image.putpalette([200, 0, 0, 0, 0, 200])
    image.putpixel((3, 3), 1)
    pixels = decode(saved(image, "PNG", transparency=0)).pixels
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[3, 3].tolist() == [0, 0, 200]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_orientation_turns_the_picture_upright(orientation, form):
    """Stored as a camera would store it for this orientation; shown as it was taken: red to the right, green down."""
    stored = {
        1: lambda i: i, 2: lambda i: i[:, ::-1], 3: lambda i: i[::-1, ::-1], 4: lambda i: i[::-1],
        5: lambda i: i.transpose(1, 0, 2), 6: lambda i: np.rot90(i, 1),
        7: lambda i: i.transpose(1, 0, 2)[::-1, ::-1], 8: lambda i: np.rot90(i, -1),
    }[orientation](np.asarray(picture()))  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(Image.fromarray(np.ascontiguousarray(stored)), form, exif=exif, **({"quality": 95} if form in ("JPEG", "WEBP") else {}))
    photograph = decode(content)
    assert (photograph.width, photograph.height) == (64, 48)
    assert photograph.pixels.shape == (48, 64, 3)
    assert np.abs(photograph.pixels.astype(int) - np.asarray(picture()).astype(int)).mean() < 6


def test_damaged_exif_does_no_harm():
    content = saved(picture(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert decode(content).pixels.shape == (48, 64, 3)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "TIFF"])
def test_animations_show_their_first_frame(form):
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue", "lime")]
    photograph = decode(saved(frames[0], form, save_all=True, append_images=frames[1:], **({"lossless": True} if form == "WEBP" else {})))
    assert photograph.pixels[5, 5].tolist() == [255, 0, 0]
    assert "first one" in photograph.notes[0]


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 900), (3000, 1), (2, 2), (5000, 40)])
def test_tiny_and_thin_pictures_become_an_input(width, height):
    pixels = decode(saved(Image.new("RGB", (width, height), (200, 30, 60)), "PNG")).pixels
    seen = network_pixels(pixels, centre_crop(width, height))
    assert seen.shape == (224, 224, 3)
    assert (seen == [200, 30, 60]).all()
    shown = display_pixels(pixels)
    assert max(shown.shape[:2]) <= 512
    assert min(shown.shape[:2]) >= 1


def test_the_crop_is_the_central_seven_eighths_of_the_shorter_side():
    crop = centre_crop(640, 320)
    assert ((crop.right - crop.left) * 640, (crop.bottom - crop.top) * 320) == (280, 280)
    assert crop.left + crop.right == pytest.approx(1)


def test_twelve_megapixels_decode_and_look_the_same():
    large = picture(4000, 3000)
    content = saved(large, "JPEG", quality=90)
    photograph = decode(content)
    assert (photograph.width, photograph.height) == (4000, 3000)
    small = np.asarray(large.resize(photograph.pixels.shape[1::-1], Image.Resampling.BOX)).astype(int)
    assert np.abs(photograph.pixels.astype(int) - small).mean() < 2


def test_webp_is_compiled_in():
    assert features.check("webp")
