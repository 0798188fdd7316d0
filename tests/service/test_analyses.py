"""Uploads, analyses and jobs, on every backend."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image
from safetensors.numpy import load

from models.service.picture_formats import without_metadata
from tests.service.conftest import Served, serving


def picture(kind: str = "PNG", shade: int = 7, **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (12, 8), (shade, 40, 90)).save(file, kind, **options)
    return file.getvalue()


def ask(server: Served, content: bytes, query: str = "", **spec):
    import json

    return server.client.post(f"/analyses/count{query}", files={"image": ("photo.png", content)}, data={"spec": json.dumps(spec)})


def test_short_analyses_answer_at_once_with_a_link_to_their_arrays(server: Served) -> None:
    answer = ask(server, picture())
    assert answer.status_code == 200, answer.text
    assert answer.json()["bytes"] == len(picture())
    arrays = server.client.get(server.url.split("/lab")[0] + answer.json()["arrays"])
    assert load(arrays.content)["histogram"].sum() == len(picture())


def test_waiting_nought_always_makes_a_job_and_the_same_question_is_answered_once(server: Served) -> None:
    first = ask(server, picture(shade=8), "?wait=0", seconds=0.2)
    assert first.status_code == 202
    job = first.json()["job_id"]
    while (described := server.client.get(f"/jobs/{job}").json())["status"] != "done":
        assert described["status"] in ("queued", "running") and 0 <= described["progress"] <= 1
        time.sleep(0.02)
    assert described["result"]["bytes"] == len(picture(shade=8))
    assert ask(server, picture(shade=8), seconds=0.2).json()["job_id"] == job


def test_jobs_are_cancelled(server: Served) -> None:
    job = ask(server, picture(shade=9), "?wait=0", seconds=30).json()["job_id"]
    time.sleep(0.2)
    assert server.client.delete(f"/jobs/{job}").json()["status"] == "cancelled"
    assert ask(server, picture(shade=10)).status_code == 200, "a cancelled analysis does not keep the worker"


def test_uploads_are_found_by_content_and_named_in_a_spec(server: Served) -> None:
    first = server.client.post("/uploads", files={"file": ("a.png", picture())})
    assert first.status_code == 201
    name = first.json()["content_id"]
    assert server.client.post("/uploads", files={"file": ("b.png", picture())}).json()["content_id"] == name
    assert server.client.post("/analyses/count", json={"spec": {"image": name}}).json()["bytes"] > 0
    unknown = server.client.post("/analyses/count", json={"spec": {"image": "f" * 64}})
    assert unknown.status_code == 422 and unknown.json()["field"] == "image"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 422), (b"PK\x03\x04zip", 415), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415), (b"\xff\xd8\xff" + bytes(16_000_000), 413)],
)
def test_what_is_no_picture_is_refused_in_a_sentence(server: Served, content: bytes, code: int) -> None:
    kept = server.client.post("/uploads", files={"file": ("a.png", content)})
    # What kind of picture it takes is the analysis's own to say (tests/hierarchy); its size and emptiness are not.
    for answer in (kept,) if code == 415 else (kept, ask(server, content)):
        assert answer.status_code == code, answer.text
        assert answer.json()["error"].endswith(".")


def test_a_wrong_spec_names_field_and_bound(server: Served) -> None:
    answer = ask(server, picture(), seconds=100)
    assert answer.status_code == 422 and answer.json()["field"] == "seconds" and "60" in answer.json()["error"]


def test_the_quota_and_the_hour_bound_what_is_kept() -> None:
    with serving("inline", upload_quota=len(picture()) + 10, upload_lifetime=0.3) as server:
        assert server.client.post("/uploads", files={"file": ("a.png", picture(shade=1))}).status_code == 201
        full = server.client.post("/uploads", files={"file": ("a.png", picture(shade=2))})
        assert full.status_code == 429 and full.headers["Retry-After"]
        time.sleep(0.35)
        assert server.client.post("/uploads", files={"file": ("a.png", picture(shade=2))}).status_code == 201


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_goes_and_the_orientation_stays(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera that tells"
    cleaned = without_metadata(picture(kind, exif=exif))
    with Image.open(io.BytesIO(cleaned)) as image:
        assert dict(image.getexif()) == {0x0112: 6}
        image.load()
    assert b"A camera that tells" not in cleaned


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_pixels_are_untouched(kind: str) -> None:
    content = picture(kind)
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(without_metadata(content))) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
