"""The service over HTTP, documented at /api/docs: runs, questions, analyses, uploads, metrics."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

from fastapi import FastAPI, File, Header, Query, Request, Response, UploadFile, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser

from models.catalog import Experiment
from models.service.analysis_routes import add_analysis_routes
from models.service.commands import Command, unprocessable
from models.service.errors import ServiceError, TooLarge, Unprocessable
from models.service.image_set_routes import add_image_set_routes
from models.service.network_routes import add_network_routes
from models.service.record import RunRecord
from models.service.security import Guard
from models.service.service import Service
from models.service.settings import MEGABYTE
from models.service.stream import stream
from models.service.table_routes import add_table_routes

BINARY: Final = "application/octet-stream"
EXPORTS: Final = (
    "safetensors (the whole run: Open continues it), pytorch (the weights), script (Python for them), link (the weights as text)"
    " and csv (the curves)"
)
_OF_TRAINER: Final = {"pytorch": "weights.pt", "script": "network.py", "csv": "curves.csv", "link": "weights.json"}
"""Formats that the run's trainer writes, and how their files are called."""
Session = Annotated[str | None, Header(alias="X-Parallax-Session", max_length=100, description="A tab's random name; bounds its runs.")]
Readings = Annotated[list[str] | None, Query(max_length=100, description="Patterns such as */weight; all if left out.")]


class StartRequest(BaseModel):
    """An empty spec is the default one; `GET /api/experiments` has its schema."""

    model_config = ConfigDict(extra="forbid")

    experiment: str = Field(max_length=100)
    spec: dict[str, Any] = {}
    play: bool = False
    speed: FiniteFloat | None = Field(None, gt=0, le=1_000_000, description="Updates per second; null = as fast as it goes.")


class AskRequest(BaseModel):
    """The probe's name; every further field is a parameter of it."""

    model_config = ConfigDict(extra="allow")

    probe: str = Field(max_length=100)


# Files that people send stay in memory, whatever their size; the bounds on a body are in security.py.
MultiPartParser.spool_max_size = 128 * MEGABYTE


def create_api(service: Service) -> FastAPI:
    """The application to mount under /api; its `service` must be opened by the surrounding lifespan."""
    api = FastAPI(
        title="Parallax", description="Runs, questions and analyses of a lab where a brain and a network learn side by side.", version="1"
    )
    api.add_middleware(Guard, settings=service.settings)
    _add_error_handlers(api)
    _add_service_routes(api, service)
    _add_run_routes(api, service)
    _add_reading_routes(api, service)
    add_analysis_routes(api, service)
    add_table_routes(api, service)
    add_network_routes(api, service)
    add_image_set_routes(api, service)
    return api


def _add_service_routes(api: FastAPI, service: Service) -> None:
    @api.get("/healthz")
    async def healthz() -> dict[str, Any]:
        """Whether the service answers, and who works."""
        return service.health()

    @api.get("/metrics")
    async def metrics() -> Response:
        """For Prometheus."""
        return Response(service.read_metrics(), media_type="text/plain; version=0.0.4; charset=utf-8")

    @api.get("/experiments")
    async def list_experiments() -> list[dict[str, Any]]:
        """Every experiment with the JSON schema of its spec, its presets and what its runs can be asked."""
        return [describe_experiment(experiment) for experiment in service.supervisor.catalogue.values()]


def _add_run_routes(api: FastAPI, service: Service) -> None:
    supervisor = service.supervisor

    @api.post("/runs", status_code=201)
    async def start_run(body: StartRequest, session: Session = None) -> dict[str, Any]:
        """`run_id` controls the run, `watch_id` may only read it."""
        return _started(await supervisor.start(body.experiment, body.spec, session, body.play, body.speed))

    @api.post("/runs/open", status_code=201)
    async def open_run(file: Annotated[UploadFile, File(description="A saved run.")], session: Session = None) -> dict[str, Any]:
        """Continues a saved run (`export?format=safetensors`), with its history."""
        if (file.size or 0) > service.settings.max_saved_run:
            raise TooLarge(f"A saved run has at most {service.settings.max_saved_run / 1e6:.3g} MB.", "file")
        return _started(await supervisor.restore(await file.read(), session))

    @api.post("/runs/{run_id}/fork", status_code=201)
    async def fork_run(run_id: str, session: Session = None) -> dict[str, Any]:
        """A new run with the same state and history."""
        return _started(await supervisor.fork(run_id, session))

    @api.delete("/runs/{run_id}")
    async def end_run(run_id: str) -> dict[str, Any]:
        """Ends the run and frees its memory."""
        supervisor.end(supervisor.control(run_id))
        return {"status": "gone"}

    @api.post("/runs/{run_id}/commands")
    async def command_run(run_id: str, command: Command) -> dict[str, Any]:
        """Answers once the command is applied; 409 where it is not legal in the run's present status."""
        return await supervisor.command(supervisor.control(run_id), command.model_dump(by_alias=True))

    @api.post("/runs/{run_id}/ask")
    async def ask_run(run_id: str, body: AskRequest) -> Any:
        """A question to the run's present weights; never changes them."""
        return await supervisor.ask(supervisor.control(run_id), body.probe, body.model_extra or {})

    @api.websocket("/runs/{any_id}/stream")
    async def stream_run(socket: WebSocket, any_id: str, tab: str | None = None) -> None:
        await stream(socket, supervisor, any_id, tab)


def _add_reading_routes(api: FastAPI, service: Service) -> None:
    """What a watch id may ask, too."""
    supervisor = service.supervisor

    @api.get("/runs/{any_id}")
    async def describe_run(any_id: str) -> dict[str, Any]:
        record, controls = supervisor.read(any_id)
        return {**await supervisor.describe(record), "control": controls, **({"run_id": record.run_id} if controls else {})}

    @api.get("/runs/{any_id}/snapshot", response_class=Response)
    async def read_snapshot(any_id: str, readings: Readings = None) -> Response:
        """The newest readings as one safetensors blob; scalars are JSON in its header's metadata, key `meta`."""
        record, _ = supervisor.read(any_id)
        _, blob = await record.request({"do": "snapshot", "readings": readings or ["all"]})
        return Response(blob, media_type=BINARY)

    @api.get("/runs/{any_id}/static", response_class=Response)
    async def read_static(any_id: str) -> Response:
        """What never changes during the run, as one safetensors blob."""
        record, _ = supervisor.read(any_id)
        _, blob = await record.request({"do": "static"})
        return Response(blob, media_type=BINARY)

    @api.get("/runs/{any_id}/branches/{branch}/curves")
    async def read_branch(any_id: str, branch: int) -> Any:
        """What was measured on the way to a branch's head."""
        record, _ = supervisor.read(any_id)
        return await supervisor.branch_curves(record, branch)

    @api.get("/runs/{any_id}/export", response_class=Response)
    async def export_run(any_id: str, format: str = "safetensors") -> Response:
        record, _ = supervisor.read(any_id)
        if format == "safetensors":
            value, blob = await supervisor.save(record)
            return _file(blob, BINARY, f"{record.experiment}-step-{value['step']}.safetensors")
        if format in _OF_TRAINER:
            value, blob = await record.request({"do": "export", "format": format})
            return _file(blob, value["media_type"], f"{record.experiment}-{_OF_TRAINER[format]}")
        raise Unprocessable(f"format: “{format[:20]}” is not there; the formats are {EXPORTS}.", "format")


def _started(record: RunRecord) -> dict[str, Any]:
    return {"run_id": record.run_id, "watch_id": record.watch_id, "experiment": record.experiment, "spec": record.spec, **record.describe()}


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def describe_experiment(experiment: Experiment) -> dict[str, Any]:
    """Catalogue entry for people and programs. Loads no torch."""
    asks = getattr(importlib.import_module(experiment.spec), "ASKS", {})
    return {
        "name": experiment.name,
        "title": experiment.title,
        "kind": experiment.kind,
        "schema": experiment.json_schema(),
        "presets": [
            {
                "name": preset.name,
                "title": preset.title,
                "sentence": preset.sentence,
                "changes": preset.changes,
                "prediction": preset.prediction,
            }
            for preset in experiment.presets
        ],
        "asks": [
            {"name": name, "description": description, "schema": parameters.model_json_schema()}
            for name, (description, parameters) in asks.items()
        ],
    }


# Errors: always {"error": sentence, "field": name or null, "detail": …}


def _add_error_handlers(api: FastAPI) -> None:
    handlers: list[tuple[type[Exception], Callable[[Request, Any], Awaitable[Response]]]] = [
        (ServiceError, _service_error),
        (RequestValidationError, _invalid_request),
        (HTTPException, _http_error),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)  # type: ignore[arg-type]


async def _service_error(_: Request, error: ServiceError) -> Response:
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    return JSONResponse({"error": error.sentence, "field": error.field, "detail": error.sentence}, error.code, headers)


async def _invalid_request(_: Request, error: RequestValidationError) -> Response:
    refused = unprocessable(list(error.errors()))
    # Without the inputs: they may hold what JSON cannot say, such as NaN.
    faults = [{"loc": list(fault["loc"]), "msg": fault["msg"], "type": fault["type"]} for fault in error.errors()]
    return JSONResponse({"error": refused.sentence, "field": refused.field, "detail": faults}, 422)


_SENTENCES: Final = {
    (404, "Not Found"): "There is nothing at this address; /api/docs lists what there is.",
    (400, "There was an error parsing the body"): "The body cannot be read: it is damaged, or nested too deeply.",
}


async def _http_error(_: Request, error: HTTPException) -> Response:
    sentence = _SENTENCES.get((error.status_code, str(error.detail)), str(error.detail))
    return JSONResponse({"error": sentence, "field": None, "detail": sentence}, error.status_code, error.headers)
