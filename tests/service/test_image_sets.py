"""Images of one's own over HTTP: a job reads them, keeping them gives a content id, and every wrong form gets a sentence."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.formparsers import MultiPartParser

from models.image_sets import MOST_BYTES
from tests.service.conftest import Served, serving
from tests.tasks.test_image_files import files, members, zipped


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("inline", catalogue="tests.service.toy_and_dense") as running:
        yield running


def read(served: Served, **form: Any) -> dict[str, Any]:
    """The settled job that reads this form."""
    answer = served.client.post("/image-sets", **form)
    assert answer.status_code == 202, answer.text
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        job = served.client.get(f"/jobs/{answer.json()['job_id']}").json()
        if job["status"] not in ("queued", "running"):
            return job
        time.sleep(0.02)
    raise AssertionError("The job did not settle.")


def form_of(entries: list[Any]) -> dict[str, Any]:
    return {
        "files": [("files", (entry.name, entry.content, "image/png")) for entry in entries],
        "data": {"classes": json.dumps([entry.kind for entry in entries])},
    }


def test_files_are_read_kept_and_described(served):
    job = read(served, **form_of(files()))
    assert job["status"] == "done" and job["result"]["images"] == 12
    kept = served.client.post("/image-sets/keep", json={"job_id": job["job_id"]})
    assert kept.status_code == 201
    described = served.client.get(f"/image-sets/{kept.json()['content_id']}").json()
    assert described["classes"] == [{"name": "cats", "images": 6}, {"name": "dogs", "images": 6}]


def test_a_zip_gives_the_same_set_as_its_files(served):
    ids = []
    for form in (form_of(files()), {"files": {"archive": ("set.zip", zipped(members()), "application/zip")}}):
        ids.append(served.client.post("/image-sets/keep", json={"job_id": read(served, **form)["job_id"]}).json()["content_id"])
    assert ids[0] == ids[1]


def test_a_set_that_cannot_be_used_fails_with_its_sentence(served):
    job = read(served, **form_of(files(12, 0)))
    assert job["status"] == "failed" and "only one class" in job["error"]
    refused = served.client.post("/image-sets/keep", json={"job_id": job["job_id"]})
    assert refused.status_code == 409


@pytest.mark.parametrize(
    "form",
    [
        {"json": {}},
        {"data": {"classes": "[]"}, "files": {"other": ("x", b"x")}},
        {"data": {"classes": "[["}, "files": {"files": ("x", b"x")}},
        {"data": {"classes": '["a", "b"]'}, "files": {"files": ("x", b"x")}},
        {"data": {"classes": "[1]"}, "files": {"files": ("x", b"x")}},
    ],
)
def test_a_wrong_form_gets_a_sentence(served, form):
    answer = served.client.post("/image-sets", **form)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_too_many_bytes_are_refused_before_they_are_read(served):
    answer = served.client.post(
        "/image-sets", content=bytes(MOST_BYTES + 200_000), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413 and "60" in answer.json()["error"]


def test_unknown_jobs_and_sets_are_no_fault(served):
    assert served.client.post("/image-sets/keep", json={"job_id": "nobody"}).status_code == 404
    assert served.client.post("/image-sets/keep", content=b"[").status_code == 422
    assert served.client.get("/image-sets/unknown").status_code == 404


def test_files_of_the_largest_size_stay_in_memory():
    assert MultiPartParser.spool_max_size > MOST_BYTES
