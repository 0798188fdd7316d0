"""A blank page in Chromium that serves the panels' modules and a synthetic network; no service is needed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = {"live": ROOT / "assets" / "live", "harness": Path(__file__).parent}


class _Files(SimpleHTTPRequestHandler):
    """Serves /live/… and /harness/… ; modules need JavaScript's own content type."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def translate_path(self, path: str) -> str:
        room, _, rest = path.split("?")[0].lstrip("/").partition("/")
        return str(ROOMS.get(room, ROOMS["harness"]) / rest)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the test's own report is enough."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PARALLAX_PANELS_PORT", "0"))), partial(_Files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


class Bench:
    """A page with one or more panels on it: `start`, then `frame` to draw, `js` to look."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(f"{address}/harness/harness.html")
        page.wait_for_function("window.ready")

    def start(self, panels: list[str], sizes: list[int], classes: str = "", data: dict[str, Any] | None = None) -> None:
        self.page.evaluate("(given) => lab.start(...given)", [panels, sizes, classes, data or {}])

    def frame(self, steps: int = 1, **meta: Any) -> None:
        self.page.evaluate("([steps, meta]) => lab.draw(steps, meta)", [steps, meta])

    def js(self, expression: str) -> Any:
        return self.page.evaluate(expression)


@pytest.fixture
def bench(chromium: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Bench]:
    options = getattr(request, "param", {})
    page = chromium.new_page(**{"viewport": {"width": 1000, "height": 900}, **options})
    bench = Bench(page, address)
    yield bench
    page.close()
    assert bench.faults == []
