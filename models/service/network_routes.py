"""Networks from PyTorch over HTTP: a safetensors file and a description in, the spec that begins with them out."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from fastapi import FastAPI, Request
from starlette.datastructures import FormData
from starlette.datastructures import UploadFile as FormFile
from starlette.exceptions import HTTPException

from models.service import network_description, network_file
from models.service.errors import Unprocessable
from models.service.network_data import Page
from models.service.network_reader import read_network
from models.service.service import Service
from models.tables import Table

_FORM: Final = "send a form with weights (a safetensors file) and description (JSON)."
_CONTENT_ID: Final = 64


def add_network_routes(api: FastAPI, service: Service) -> None:
    @api.post("/networks")
    async def import_network(request: Request) -> dict[str, Any]:
        """A form: `weights`, safetensors of a torch.nn.Sequential of Linear and activation layers; `description`, JSON such as
        {"layers": ["Linear", "Tanh", "Linear", "Tanh"]} with, if wanted, data, features, loss and the content id of a table; and
        `page`, JSON {"dataset", "content"} of what is shown now and is kept where it suits."""
        weights, text, shown = await _form(request)
        description, page = network_description.read_description(text), _page(shown)
        kept = {name: service.supervisor.materials.find(name) for name in (description.content, page.content) if name}

        def table_of(name: str) -> Table | None:
            found = kept[name]
            return None if found is None else Table.from_canonical(found)

        made = await asyncio.to_thread(lambda: read_network(network_file.read_file(weights), description, page, table_of))
        return {"changes": made.changes, "said": made.said}


async def _form(request: Request) -> tuple[bytes, bytes, bytes]:
    try:
        async with request.form(max_files=3, max_fields=3) as form:
            weights = await _bytes(form, "weights", network_file.MOST_BYTES)
            description = await _bytes(form, "description", network_description.MOST_BYTES)
            page = await _bytes(form, "page", network_description.MOST_BYTES)
    except HTTPException as error:
        if error.status_code == 413:
            raise
        raise Unprocessable(f"This form cannot be read: {_FORM}", None) from None
    if weights is None or description is None:
        missing = "weights" if weights is None else "description"
        raise Unprocessable(f"{missing}: there is none; {_FORM}", missing)
    return weights, description, page or b"{}"


async def _bytes(form: FormData, name: str, most: int) -> bytes | None:
    """One byte more than may be, so that what is too long shows."""
    given = form.get(name)
    return await given.read(most + 1) if isinstance(given, FormFile) else given.encode() if isinstance(given, str) else None


def _page(content: bytes) -> Page:
    """The page writes it itself; what it cannot mean is as if it were not there."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        return Page()
    if not isinstance(given, dict):
        return Page()
    data, table = given.get("dataset"), given.get("content")
    known = isinstance(table, str) and len(table) == _CONTENT_ID
    return Page(data if isinstance(data, str) else None, table if known else None)
