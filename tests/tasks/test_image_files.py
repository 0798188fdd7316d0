"""What comes in as a zip or as files, tricks included: a set of images, or one sentence, and nothing written anywhere."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from models.image_sets import SIDE, ImageSet
from models.tasks.image_files import Entry, read_archive, read_files
from models.types import Refused


def picture(seed: int, size: tuple[int, int] = (32, 32), grey: bool = False, form: str = "PNG") -> bytes:
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).convert("L" if grey else "RGB").save(file, form)
    return file.getvalue()


def files(cats: int = 6, dogs: int = 6, **options) -> list[Entry]:
    return [
        *(Entry("cats", f"{i}.png", picture(i, **options)) for i in range(cats)),
        *(Entry("dogs", f"{i}.png", picture(100 + i, **options)) for i in range(dogs)),
    ]


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members(**more: bytes) -> dict[str, bytes]:
    return {f"set/{entry.kind}/{entry.name}": entry.content for entry in files()} | more


def quiet(share: float, doing: str) -> None: ...


def refused(read, given) -> str:
    with pytest.raises(Refused) as caught:
        read(given, quiet)
    return caught.value.message


def test_a_zip_with_a_folder_for_each_class_becomes_a_set():
    reading = read_archive(zipped(members()), quiet)
    assert reading.images.classes == ("cats", "dogs")
    assert reading.images.pixels.shape == (12, SIDE, SIDE, 3)
    assert reading.images.labels.tolist() == [0] * 6 + [1] * 6
    assert reading.left_out == []
    again = ImageSet.from_canonical(reading.images.canonical)
    assert again.content_id == reading.images.content_id
    assert np.array_equal(again.pixels, reading.images.pixels)


def test_mixed_sizes_and_grey_with_colour_are_taken_and_told():
    reading = read_files([*files(4, 4, size=(50, 30)), *(Entry("cats", f"g{i}", picture(200 + i, grey=True)) for i in range(4))], quiet)
    assert reading.images.pixels.shape == (12, SIDE, SIDE, 3)
    assert any("2 sizes" in note for note in reading.notes)
    assert any(note.startswith("4 of them are grey and 8 in colour") for note in reading.notes)


def test_grey_pictures_keep_one_channel():
    assert read_files(files(grey=True), quiet).images.pixels.shape == (12, SIDE, SIDE, 1)


def test_files_that_are_no_pictures_are_named_and_the_rest_is_kept():
    reading = read_files([*files(), Entry("cats", "notes.txt", b"not a picture"), Entry("dogs", "cut.png", picture(7)[:60])], quiet)
    assert len(reading.images.labels) == 12
    assert [name for name, _ in reading.left_out] == ["cats/notes.txt", "dogs/cut.png"]


def test_what_two_classes_share_is_left_out_of_both():
    twin = picture(1000)
    reading = read_files([*files(), Entry("cats", "twin.png", twin), Entry("dogs", "copy.png", twin)], quiet)
    assert len(reading.images.labels) == 12
    assert {name for name, _ in reading.left_out} == {"cats/twin.png", "dogs/copy.png"}
    assert all("“cats” and “dogs”" in reason for _, reason in reading.left_out)
    assert reading.notes == ["Each picture’s central square was made 28 × 28 pixels."]  # of one size and all in colour, the twins aside


def test_what_is_told_of_the_pictures_is_told_of_those_kept():
    """A grey twin of another size is left out of both classes, and of what is said."""
    twin = picture(1000, (50, 40), grey=True)
    assert len(read_files([*files(), Entry("cats", "a", twin), Entry("dogs", "b", twin)], quiet).notes) == 1


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (files(12, 0), "only one class, “cats”"),
        (files(2, 1), "3 pictures that can be used; at least 10"),
        (files(12, 1), "“dogs” has one picture only"),
        ([], "no picture that can be used"),
        ([Entry(f"class {k}", f"{i}", picture(10 * k + i)) for k in range(6) for i in range(2)], "6 classes; at most 5"),
    ],
)
def test_too_little_or_too_much_is_refused_in_a_sentence(entries, words):
    assert words in refused(read_files, entries)


def test_more_than_five_hundred_are_refused():
    assert "at most 500" in refused(read_files, [Entry("a" if i % 2 else "b", f"{i}", picture(i, (4, 4))) for i in range(501)])


def test_names_that_lead_out_of_the_zip_are_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ("../cats/evil.png", "/etc/cats/evil.png", "C:/cats/evil.png", "..\\cats\\evil.png")
    tricks = {name: picture(50 + i) for i, name in enumerate(names)}
    reading = read_archive(zipped(members(**tricks)), quiet)
    assert len(reading.images.labels) == 12
    assert len(reading.left_out) == 4 and all("leads out of the zip" in reason for _, reason in reading.left_out)
    assert list(tmp_path.iterdir()) == []


def test_bombs_do_not_go_off():
    flat = zipped({"a/bomb.png": bytes(12_000_000)})  # 1,000 times its size
    assert "unfolds to far more than a picture does" in refused(read_archive, flat)
    assert "unfolds to more than 60 MB" in refused(read_archive, zipped({f"a/{i}.png": bytes(8_000_000) for i in range(8)}))


def test_a_header_that_lies_about_its_size_is_not_believed():
    content = bytearray(zipped(members() | {"set/cats/liar.png": bytes(20_000_000)}))
    true, lie = (20_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(true) >= 1
    reading = read_archive(bytes(content.replace(true, lie)), quiet)
    assert [name for name, _ in reading.left_out] == ["set/cats/liar.png"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(40), zipped({"loose.png": picture(1)})])
def test_what_is_no_zip_of_folders_is_refused(content):
    assert refused(read_archive, content).startswith(("archive:", "images:"))


def test_debris_of_other_systems_is_passed_over():
    debris = dict.fromkeys(("__MACOSX/set/cats/._0.png", "set/cats/.DS_Store", "set/dogs/Thumbs.db"), b"x")
    assert read_archive(zipped(members(**debris)), quiet).left_out == []
