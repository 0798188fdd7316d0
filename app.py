"""The launcher: pages, service, live view and plotly.js in one process, by `streamlit run app.py` or `uvicorn app:app`."""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache
from importlib.resources import files
from os import PathLike, stat_result
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from models.service.http import create_api
from models.service.service import create_service
from pages.ui.addresses import base_path

ROOT = Path(__file__).parent
BASE = base_path()

# Windows takes .js for plain text when its registry says so, and a browser then refuses the module.
mimetypes.add_type("text/javascript", ".js")


class Assets(StaticFiles):
    """Files that a browser keeps but asks about each time (ETag), so that an update is never half old."""

    def file_response(self, full_path: str | PathLike[str], stat_result: stat_result, scope: Any, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = "no-cache"
        return response


@cache
def plotly_source(compressed: bool) -> bytes:
    """plotly.js as the plotly package ships it; squeezed once, 4.5 MB to 1.4 MB."""
    source = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(source, 6) if compressed else source


def plotly_script(request: Request) -> Response:
    compressed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"cache-control": "public, max-age=2592000", "vary": "accept-encoding"}
    if compressed:
        headers["content-encoding"] = "gzip"
    return Response(plotly_source(compressed), media_type="text/javascript", headers=headers)


service = create_service()
app = st.App(
    ROOT / "pages" / "shell.py",
    lifespan=service.lifespan,
    routes=[
        Mount(f"{BASE}/api", create_api(service)),
        Mount(f"{BASE}/assets", Assets(directory=ROOT / "assets")),
        Route(f"{BASE}/vendor/plotly.min.js", plotly_script),
    ],
)
