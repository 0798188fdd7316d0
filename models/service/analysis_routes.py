"""Uploads, analyses and jobs over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import FastAPI, File, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile as FormFile

from models.service.errors import Conflict, Unprocessable
from models.service.jobs import Job
from models.service.service import Service
from models.service.uploads import content_id

_BODY = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"image": {"type": "string", "format": "binary"}, "spec": {"type": "string", "description": "JSON"}},
                }
            },
            "application/json": {"schema": {"type": "object", "properties": {"spec": {"type": "object"}}}},
        }
    }
}
Wait = Annotated[float, Query(ge=0, le=30, description="Seconds to wait for the answer before it becomes a job.")]


def add_analysis_routes(api: FastAPI, service: Service) -> None:
    @api.post("/uploads", status_code=201)
    async def upload(file: Annotated[UploadFile, File()]) -> dict[str, Any]:
        """Keeps a picture in memory for an hour, without its EXIF; specs refer to its content id."""
        name, kept = service.uploads.add(await file.read())
        return {"content_id": name, "bytes": len(kept.content), "format": kept.kind, "expires_in": service.settings.upload_lifetime}

    @api.post("/analyses/{experiment}", openapi_extra=_BODY)
    async def analyse(request: Request, experiment: str, wait: Wait = 3.0) -> Response:
        """200 with the answer, or 202 with a job. `wait=0` always makes a job."""
        spec, images = await _question(request, service)
        valid = service.supervisor.valid_spec(service.supervisor.experiment(experiment, "analysis"), spec)
        job = service.jobs.submit(experiment, valid, images)
        if wait:
            await _settled(job, wait)
        if not wait or not job.finished.is_set():
            return JSONResponse({**_described(request, job), "result": None}, 202, {"Location": f"{_root(request)}/jobs/{job.id}"})
        if job.error is not None:
            raise job.error
        return JSONResponse({**_result(request, job), "job_id": job.id})

    @api.get("/jobs/{job_id}")
    async def describe_job(request: Request, job_id: str) -> dict[str, Any]:
        """Its progress, and its result once it is done."""
        return _described(request, service.jobs.find(job_id))

    @api.delete("/jobs/{job_id}")
    async def cancel_job(job_id: str) -> dict[str, Any]:
        job = service.jobs.find(job_id)
        service.jobs.cancel(job)
        return {"job_id": job.id, "status": job.status}

    @api.get("/jobs/{job_id}/preview", response_class=Response)
    async def read_preview(job_id: str) -> Response:
        """The arrays of the newest preview of an analysis under way, as one safetensors blob."""
        job = service.jobs.find(job_id)
        if not job.preview:
            raise Conflict("This analysis shows no preview now.")
        return Response(job.preview, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})

    @api.get("/jobs/{job_id}/arrays", response_class=Response)
    async def read_arrays(job_id: str) -> Response:
        """The arrays of a finished analysis, as one safetensors blob."""
        job = service.jobs.find(job_id)
        if job.status != "done":
            raise Conflict(f"This analysis is {job.status}; its arrays are there once it is done.")
        return Response(job.arrays, media_type="application/octet-stream", headers={"Cache-Control": "private, max-age=3600"})


async def _settled(job: Job, seconds: float) -> None:
    waiting = asyncio.ensure_future(job.finished.wait())
    await asyncio.wait([waiting], timeout=seconds)
    waiting.cancel()


def _root(request: Request) -> str:
    """Where this API is mounted, base path included."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def _result(request: Request, job: Job) -> dict[str, Any]:
    return {**(job.result or {}), "arrays": f"{_root(request)}/jobs/{job.id}/arrays"}


def _described(request: Request, job: Job) -> dict[str, Any]:
    return {**job.describe(), "result": _result(request, job) if job.result is not None else None}


async def _question(request: Request, service: Service) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The spec, and the pictures that it names by content id."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _from_form(request, service)
    body = _object(await request.body(), "body") if await request.body() else {}
    spec = body.get("spec", {})
    if body.keys() - {"spec"} or not isinstance(spec, dict):
        raise Unprocessable("body: send {“spec”: {…}}, or a form with the file as “image”.", "body")
    named = dict.fromkeys(_texts(spec))
    return spec, {name: content for name in named if (content := service.uploads.find(name)) is not None}


async def _from_form(request: Request, service: Service) -> tuple[dict[str, Any], dict[str, bytes]]:
    """A file that comes with the question is not kept: it goes to the analysis as it is. Its form field names the spec's field."""
    async with request.form(max_files=4, max_fields=8) as form:
        text = form.get("spec")
        spec = _object(text.encode(), "spec") if isinstance(text, str) and text else {}
        images: dict[str, bytes] = {}
        for field, value in form.multi_items():
            if isinstance(value, FormFile):
                content = await value.read()
                service.uploads.check_size(content, field)
                spec[field] = name = content_id(content)
                images[name] = content
        if not images and not spec:
            raise Unprocessable("image: send the picture as the form field “image”.", "image")
    return spec, images


def _texts(value: Any) -> Iterator[str]:
    """Every text in a spec, lists included: any of them may be a content id."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _object(text: bytes, field: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise Unprocessable(f"{field}: this is not a JSON object.", field)
    return values
