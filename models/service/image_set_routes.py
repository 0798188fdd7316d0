"""Sets of images of one's own over HTTP: a zip or files in, a job that reads them, a content id out."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData
from starlette.datastructures import UploadFile as FormFile

from models.image_sets import KIND, MOST_BYTES, ImageSet
from models.service import codec
from models.service.errors import Conflict, NotFound, TooLarge, Unprocessable
from models.service.service import Service
from models.service.uploads import content_id

READER: Final = "image-set"
"""The analysis that reads them, in a worker: what a stranger's file does to a decoder happens there."""
_MOST_FILES: Final = 1000
_MOST_NAMES: Final = 400_000
_TOO_LARGE: Final = f"These files are too large: at most {MOST_BYTES / 1e6:.0f} MB are taken together. Make the pictures smaller first."


def add_image_set_routes(api: FastAPI, service: Service) -> None:
    @api.post("/image-sets", status_code=202)
    async def read_images(request: Request) -> Response:
        """A form: `archive`, a zip with a folder for each class; or several `files` with `classes`, a JSON list of the class of each
        file in their order. 202 with a job; what it read is kept with `POST /image-sets/keep`."""
        spec, contents = await _question(request)
        experiment = service.supervisor.experiment(READER, "analysis")
        job = service.jobs.submit(READER, service.supervisor.valid_spec(experiment, spec), contents)
        return JSONResponse({**job.describe(), "result": None}, 202)

    @api.post("/image-sets/keep", status_code=201)
    async def keep(request: Request) -> dict[str, Any]:
        """{“job_id”}: keeps what a finished job has read; runs refer to its content id."""
        try:
            job_id = json.loads(await request.body())["job_id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Unprocessable("body: send {“job_id”: …} of a job that has read images.", "job_id") from None
        job = service.jobs.find(str(job_id)[:100])
        if job.status != "done" or job.result is None or "left_out_count" not in job.result:
            raise Conflict(f"This job is {job.status}; images are there once a job has read them.")
        result = job.result
        images = await asyncio.to_thread(_image_set, result, job.arrays)
        return {"content_id": service.supervisor.materials.add(images), **result}

    @api.get("/image-sets/{content_id}")
    async def describe(content_id: str) -> dict[str, Any]:
        """How many images of which classes, as long as they are kept."""
        text = service.supervisor.table(content_id)
        if text is None or not text.startswith(f'{{"kind":"{KIND}"'):
            raise NotFound("There is no such set of images: it was never here, or nobody asked for it for a while.")
        images = ImageSet.from_canonical(text)
        counts = [int((images.labels == k).sum()) for k in range(len(images.classes))]
        return {
            "images": len(images.labels),
            "channels": int(images.pixels.shape[3]),
            "classes": [{"name": name, "images": count} for name, count in zip(images.classes, counts, strict=True)],
        }


def _image_set(result: dict[str, Any], arrays: bytes) -> ImageSet:
    found, _ = codec.decode(arrays)
    made = ImageSet(tuple(kind["name"] for kind in result["classes"]), found["pixels"], found["labels"])
    _ = made.content_id
    return made


async def _question(request: Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Unprocessable("body: send a form with “archive”, or with “files” and “classes”.", None)
    async with request.form(max_files=_MOST_FILES, max_fields=4, max_part_size=_MOST_NAMES) as form:
        archive = form.get("archive")
        if isinstance(archive, FormFile):
            content = await archive.read()
            _check([content])
            return {"archive": content_id(content)}, {content_id(content): content}
        return await _files(form)


async def _files(form: FormData) -> tuple[dict[str, Any], dict[str, bytes]]:
    files = [value for value in form.getlist("files") if isinstance(value, FormFile)]
    classes = _classes(form.get("classes"), len(files))
    contents = [await file.read() for file in files]
    _check(contents)
    named = [content_id(content) for content in contents]
    spec = {
        "files": [
            {"content": name, "name": (file.filename or "")[:300], "kind": kind[:300]}
            for name, file, kind in zip(named, files, classes, strict=True)
        ]
    }
    return spec, dict(zip(named, contents, strict=True))


def _classes(given: Any, count: int) -> list[str]:
    try:
        classes = json.loads(given) if isinstance(given, str) else None
    except (ValueError, RecursionError):
        classes = None
    if not isinstance(classes, list) or not all(isinstance(name, str) for name in classes) or len(classes) != count:
        raise Unprocessable("classes: send a JSON list with the name of the class of each file, in their order.", "classes")
    if not count:
        raise Unprocessable("files: there are none; send a zip as “archive”, or pictures as “files”.", "files")
    return classes


def _check(contents: list[bytes]) -> None:
    if sum(map(len, contents)) > MOST_BYTES:
        raise TooLarge(_TOO_LARGE, "images")
