"""Tables of a person's own over HTTP: a CSV, or points that were drawn, in; a content id out."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile as FormFile

from models.service.errors import NotFound, TooLarge, Unprocessable
from models.service.service import Service
from models.service.table_reader import LISTED, Fault, Reading, Unreadable, read_table
from models.tables import MOST_BYTES, Problem, Table, table
from models.types import Refused

_DRAWN: Final = {"columns", "label", "rows", "targets"}
_ORDERED: Final = _DRAWN | {"classes"}
_FIRST: Final = 5
"""Rows that a description shows."""
_TOO_LARGE: Final = f"A table has at most {MOST_BYTES / 1e6:g} MB and 10,000 rows; this one has more."
KeepGood = Annotated[bool, Query(description="Leave out the rows with faults instead of refusing the table.")]
ProblemQuery = Annotated[Problem | None, Query(description="Take the answers for classes or for numbers, whatever they look like.")]


def add_table_routes(api: FastAPI, service: Service) -> None:
    @api.post("/tables", status_code=201)
    async def add_table(request: Request, keep_good: KeepGood = False, problem: ProblemQuery = None) -> Response:
        """A CSV as the body (text/csv) or as the form field `file`, or points as JSON {columns, label, rows, targets, classes?}."""
        content, kind = await _content(request)
        try:
            if kind == "json":
                made = await asyncio.to_thread(_drawn, content)
                return JSONResponse(_described(service.supervisor.materials.add(made), made), 201)
            reading = await asyncio.to_thread(_written, content, keep_good, problem)
        except Unreadable as unreadable:
            return _unreadable(unreadable)
        return JSONResponse({**_described(service.supervisor.materials.add(reading.table), reading.table), **_read(reading)}, 201)

    @api.get("/tables/{content_id}")
    async def read(content_id: str) -> Response:
        """The table in its canonical form."""
        text = service.supervisor.table(content_id)
        if text is None:
            raise NotFound("There is no such table: it was never here, or nobody asked for it for a while.")
        return Response(text, media_type="application/json")


async def _content(request: Request) -> tuple[bytes, str]:
    """The bytes, bounded before anything is made of them, and what they are."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get("file")
            content = await file.read(MOST_BYTES + 1) if isinstance(file, FormFile) else b""
    else:
        parts, size = [], 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > MOST_BYTES:
                raise TooLarge(_TOO_LARGE, "table")
            parts.append(chunk)
        content = b"".join(parts)
    if len(content) > MOST_BYTES:
        raise TooLarge(_TOO_LARGE, "table")
    return content, "json" if kind == "application/json" else "csv"


def _written(content: bytes, keep_good: bool, problem: Problem | None) -> Reading:
    """Reads a CSV and writes its canonical form, both away from the loop that sends frames."""
    reading = read_table(content, keep_good, problem)
    _ = reading.table.canonical
    return reading


def _drawn(content: bytes) -> Table:
    """Points with the class of each as text, or with a number each; `classes` gives their order. Raises Unprocessable."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        raise Unprocessable("table: this is not JSON.", "table") from None
    if not isinstance(given, dict) or given.keys() not in (_DRAWN, _ORDERED) or not isinstance(given["targets"], list):
        raise Unprocessable("table: send columns, label, rows and targets, and if you like the order of the classes.", "table")
    targets, names = given["targets"], []
    problem: Problem = "number"
    if targets and all(isinstance(target, str) for target in targets):
        problem, names = "classes", _order(given.get("classes"), set(targets))
        numbers = {name: number for number, name in enumerate(names)}
        targets = [numbers[target] for target in targets]
    try:
        made = table(given["columns"], given["rows"], given["label"], problem, names, targets)
    except Refused as refused:
        raise Unprocessable(refused.message, "table") from None
    _ = made.canonical
    return made


def _order(given: Any, present: set[str]) -> list[str]:
    """The classes that are present, in the order that was given, else by name. Raises Unprocessable."""
    if given is None:
        return sorted(present)
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given) or sorted(given) != sorted(present):
        raise Unprocessable("table: classes are the names that the targets have, each once.", "table")
    return given


def _described(content_id: str, made: Table) -> dict[str, Any]:
    return {
        "content_id": content_id,
        "rows": len(made.values),
        "columns": list(made.columns),
        "label": made.label,
        "problem": made.problem,
        "classes": list(made.classes),
        "first": {"rows": made.values[:_FIRST].tolist(), "answers": _answers(made)},
    }


def _answers(made: Table) -> list[str | float]:
    """Of the first rows: a class by name, a number as it is."""
    if made.problem == "number":
        return [float(target) for target in made.targets[:_FIRST]]
    return [made.classes[int(target)] for target in made.targets[:_FIRST]]


def _read(reading: Reading) -> dict[str, Any]:
    refused = [_fault(fault) for fault in reading.refused]
    return {"header": reading.header, "separator": reading.separator, "refused": refused, "refused_count": reading.refused_count}


def _fault(fault: Fault) -> dict[str, Any]:
    return {"line": fault.line, "column": fault.column, "sentence": fault.sentence}


def _unreadable(unreadable: Unreadable) -> Response:
    first = unreadable.faults[0]
    sentence = f"Line {first.line}, column {first.column}: {first.sentence}"
    faults = [_fault(fault) for fault in unreadable.faults[:LISTED]]
    body = {"error": sentence, "field": "table", "detail": sentence, "faults": faults, "fault_count": unreadable.count}
    return JSONResponse({**body, "good_rows": unreadable.good_rows}, 422)
