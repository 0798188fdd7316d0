"""A small server that speaks the live view's contract: static modules, runs over HTTP, frames over a socket.

Frames are synthetic (a 2-4-2-1 network whose weights are functions of the step), so that what the view draws is known.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import uvicorn
from safetensors.numpy import save
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.live.synthetic import arrays, statics

HERE: Final = Path(__file__).parent
LIVE: Final = HERE.parents[1] / "assets" / "live"
SPEC: Final[dict[str, Any]] = {"dataset": "circle", "hidden_layers": [4, 2], "seed": 1, "learning_rate": 0.03, "stop_loss": None}
STUB_READINGS: Final = {"network": ["*/weight", "*/field"], "charts": ["curves/*"], "brain": ["synapse/*"]}
STUB_EVERY: Final = {"charts": 200, "histograms": 200}


@dataclass
class FakeRun:
    """One run: its step is a number that the pump moves."""

    id: str
    spec: dict[str, Any]
    status: str = "paused"
    step: int = 0
    head: int = 0
    branch: int = 0
    branches: list[dict[str, Any]] = field(default_factory=lambda: [{"id": 0, "parent": None, "fork_step": 0}])
    settings: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0
    tab: str | None = None
    sequence: int = 0

    def move(self, step: int) -> None:
        self.step = max(0, step)
        self.head = max(self.head, self.step)
        self.version += 1

    def change(self, change: dict[str, Any]) -> None:
        if self.step < self.head:
            self.branches.append({"id": len(self.branches), "parent": self.branch, "fork_step": self.step})
            self.branch, self.head = len(self.branches) - 1, self.step
        self.changes.append(change)
        self.version += 1

    def frame(self) -> bytes:
        self.sequence += 1
        meta = {
            "protocol": 1, "sequence": self.sequence, "branch": self.branch, "step": self.step, "epoch": self.step / 25, "head": self.head,
            "status": self.status, "train_loss": 1 / (1 + self.step / 100), "test_loss": 1.1 / (1 + self.step / 100), "train_accuracy": 0.9,
            "test_accuracy": 0.88, "steps_per_second": 14000.0, "settings": self.settings, "chosen": {"layer": 1, "to": 0, "from": 0},
            "frozen": [], "lesioned": [], "health": [], "thinned_before": self.head // 4, "lane_seconds": {},
        }
        return save(arrays(self.step), {"meta": json.dumps(meta)})


class FakeService:
    """The server's state, in reach of a test."""

    def __init__(self, pace: float = 60.0) -> None:
        self.pace = pace
        self.runs: dict[str, FakeRun] = {}
        self.started: list[dict[str, Any]] = []
        self.ended: list[str] = []
        self.subscriptions: list[dict[str, Any]] = []
        self.commands: list[dict[str, Any]] = []
        self.sockets: list[WebSocket] = []
        self.refuse: tuple[int, dict[str, Any]] | None = None
        self.answer_after = 0.0
        self.acknowledged = 0
        self.loop: asyncio.AbstractEventLoop | None = None

    # ── HTTP ──────────────────────────────────────────────────────────────────────────────────

    def new_run(self, spec: dict[str, Any], play: bool) -> FakeRun:
        run = FakeRun(f"run{len(self.runs) + len(self.ended) + 1}", {**SPEC, **spec}, "playing" if play else "paused")
        run.settings = {"learning_rate": run.spec["learning_rate"], "stop_loss": run.spec["stop_loss"]}
        self.runs[run.id] = run
        return run

    async def start(self, request: Request) -> Response:
        if self.refuse:
            code, body = self.refuse
            return JSONResponse(body, code, {"Retry-After": "5"} if code == 429 else {})
        body = await request.json()
        self.started.append({**body, "session": request.headers.get("x-parallax-session")})
        return self._described(self.new_run(body["spec"], body.get("play", False)), 201)

    async def one(self, request: Request) -> Response:
        run = self.runs.get(request.path_params["id"])
        if run is None:
            return JSONResponse({"error": "There is no such run."}, 404)
        if request.method == "DELETE":
            self.ended.append(run.id)
            del self.runs[run.id]
            return Response(status_code=204)
        return self._described(run, 200)

    async def act(self, request: Request) -> Response:
        run = self.runs.get(request.path_params["id"])
        if run is None:
            return JSONResponse({"error": "There is no such run."}, 404)
        action = request.path_params["action"]
        if action == "static":
            return Response(statics(), media_type="application/octet-stream")
        if action == "export":
            return PlainTextResponse("step,train_loss\n0,1.0\n")
        if action == "fork":
            fork = self.new_run(run.spec, run.status == "playing")
            fork.move(run.step)
            return self._described(fork, 201)
        return JSONResponse({"error": "Nothing answers this."}, 422)

    async def open(self, request: Request) -> Response:
        form = await request.form()
        assert "file" in form
        run = self.new_run({"hidden_layers": [3]}, False)
        run.move(77)
        return self._described(run, 201)

    def _described(self, run: FakeRun, code: int) -> Response:
        named = {"run_id": run.id, "watch_id": f"watch-{run.id}"}
        return JSONResponse({**named, "spec": run.spec, "status": run.status, "step": run.step}, code)

    def drop(self, socket: WebSocket) -> None:
        """Breaks a connection, as a network does. Called from the test's thread."""
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(socket.close(1011), self.loop).result(5)

    # ── the socket ────────────────────────────────────────────────────────────────────────────

    async def stream(self, socket: WebSocket) -> None:
        self.loop = asyncio.get_running_loop()
        run = self.runs.get(socket.path_params["id"])
        if run is None:
            await socket.close(4404)
            return
        await socket.accept()
        self.sockets.append(socket)
        tab = socket.query_params["tab"]
        taken = run.tab is not None and run.tab != tab
        run.tab = run.tab if taken else tab
        viewer: dict[str, Any] = {"flight": 0, "readings": None, "version": -1, "status": run.status}
        hello = {"run_id": run.id, "control": not taken, "taken": taken, "protocol": 1, "spec": run.spec, "branches": run.branches}
        await socket.send_json({"hello": hello})
        await socket.send_json({"status": run.status})
        pump = asyncio.create_task(self._pump(socket, run, viewer))
        try:
            while True:
                await self._hear(socket, run, viewer, json.loads(await socket.receive_text()))
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            pump.cancel()
            self.sockets.remove(socket)
            run.tab = None if run.tab == tab else run.tab

    async def _hear(self, socket: WebSocket, run: FakeRun, viewer: dict[str, Any], message: dict[str, Any]) -> None:
        if "ack" in message:
            viewer["flight"] = max(0, viewer["flight"] - 1)
            self.acknowledged += 1
        elif "subscribe" in message:
            self.subscriptions.append(message)
            viewer["readings"] = message["subscribe"]
            viewer["version"] = -1
        else:
            self.commands.append(message)
            await asyncio.sleep(self.answer_after)
            before, branches = run.status, len(run.branches)
            error = apply(run, message)
            reply = {"ok": False, "error": error, "code": 422} if error else {"ok": True, "step": run.step, "status": run.status}
            await socket.send_json({"reply": message["request"], **reply})
            if run.status != before or len(run.branches) != branches:
                await socket.send_json({"status": run.status, "branches": run.branches})

    async def _pump(self, socket: WebSocket, run: FakeRun, viewer: dict[str, Any]) -> None:
        due = time.perf_counter()
        while True:
            due = max(due + 1 / self.pace, time.perf_counter() - 0.05)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if run.status == "playing":
                run.move(run.step + 240)
            if viewer["readings"] and viewer["version"] != run.version and viewer["flight"] < 2:
                viewer["version"], viewer["flight"] = run.version, viewer["flight"] + 1
                await socket.send_bytes(run.frame())


def apply(run: FakeRun, message: dict[str, Any]) -> str | None:
    """Carries out a command; a sentence where it is refused."""
    command = message["command"]
    if command in ("play", "pause"):
        run.status = "playing" if command == "play" else "paused"
    elif command in ("step", "step_back", "seek", "reset"):
        run.status = "paused"
        run.move({"step": run.step + 1, "step_back": run.step - 1, "seek": message.get("step", 0), "reset": 0}[command])
    elif command == "branch":
        run.status, run.branch = "paused", message["branch"]
        run.move(run.step)
    elif command == "set":
        if message["values"].get("learning_rate", 0) == 9:
            return "learning_rate: 9 is refused here."
        run.settings = {**run.settings, **message["values"]}
        run.change(message)
    elif command == "undo" and not run.changes:
        return "There is nothing to undo."
    elif command in ("edit", "undo"):
        run.change(message)
    return None


def page(live: str, layout: str, play: bool) -> str:
    data = {
        "experiment": "gradient-flow",
        "spec": SPEC, "link": {}, "defaults": SPEC, "revision": "1", "fresh": "1", "api": "/api", "live": live,
        "plotly": "/vendor/plotly.min.js", "layout": layout, "play": play, "speed": None, "badges": {},
        # Only the real panels draw charts; loading plotly.js would hold up the stubs.
        "figures": figures() if live == "/assets/live" else [],
        "controls": [
            control("learning_rate", "Learning rate", "How far one update moves a weight along its gradient.", 1e-5, 10, "log"),
            control("stop_loss", "Stop when test loss is below", "Ends the run.", 0, 1000, "linear"),
        ],
    }
    return (HERE / "page.html").read_text().replace("DATA", json.dumps(data))


def control(field: str, label: str, words: str, minimum: float, maximum: float, scale: str) -> dict[str, Any]:
    """A live control as a page describes it."""
    bounds = {"minimum": minimum, "maximum": maximum, "scale": scale}
    return {"field": field, "label": label, "help": words, "unit": "", "kind": "number", "choices": None, **bounds}


def figures() -> list[dict[str, Any]]:
    trace = {"type": "scatter", "mode": "lines", "x": [], "y": []}
    layout = {"height": 200, "margin": {"l": 40, "r": 10, "t": 10, "b": 30}, "showlegend": False}
    bound = [(0, "x", "step"), (0, "y", "train_loss"), (1, "x", "step"), (1, "y", "test_loss")]
    bindings = [{"trace": i, "attribute": attribute, "reading": f"curves/{reading}", "index": None} for i, attribute, reading in bound]
    return [{"name": "loss", "title": "Loss", "figure": {"data": [trace, trace], "layout": layout}, "bindings": bindings}]


def _stub(request: Request) -> Response:
    name = request.path_params["name"]
    values = {"NAME": name, "READINGS": STUB_READINGS.get(name, ["layers/*"]), "EVERY": STUB_EVERY.get(name, 0)}
    source = (HERE / "stub_panel.js").read_text()
    for key, value in values.items():
        source = source.replace(key, json.dumps(value))
    return Response(source, media_type="text/javascript")


def application(service: FakeService) -> Starlette:
    """Pages: / with stub panels, /real with the real ones; ?layout=home, ?play."""

    def shown(live: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return HTMLResponse(page(live, request.query_params.get("layout", "lab"), "play" in request.query_params))
        return answer

    import plotly

    aside = "predict|race|own_data|import_network|spaces|point_values|branches|compute"  # they have tests of their own
    stubbed = "network|inspector|output|digits|flow|alerts|charts|histograms|brain|slow_motion|prose"
    return Starlette(routes=[
        Route("/", shown("/stub/live")), Route("/real", shown("/assets/live")),
        Route("/api/runs", service.start, methods=["POST"]), Route("/api/runs/open", service.open, methods=["POST"]),
        Route("/api/runs/{id}", service.one, methods=["GET", "DELETE"]), WebSocketRoute("/api/runs/{id}/stream", service.stream),
        Route("/api/runs/{id}/{action}", service.act, methods=["GET", "POST"]),
        *(Route(f"/stub/live/panels/{name}.js", _named(name)) for name in stubbed.split("|")),
        *(Route(f"/stub/live/panels/{name}.js", _nothing) for name in aside.split("|")),
        Mount("/stub/live", StaticFiles(directory=LIVE)), Mount("/assets/live", StaticFiles(directory=LIVE)),
        Mount("/vendor", StaticFiles(directory=Path(plotly.__file__).parent / "package_data")),
    ])


def _nothing(request: Request) -> Response:
    return Response("export function create() { return null; }", media_type="text/javascript")


def _named(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        request.path_params["name"] = name
        return _stub(request)
    return answer


@contextmanager
def serving(port: int, pace: float = 60.0) -> Iterator[FakeService]:
    """The fake on a port of this machine, in a thread of its own."""
    service = FakeService(pace)
    quiet: dict[str, Any] = {"log_level": "warning", "lifespan": "off", "ws_per_message_deflate": False}
    server = uvicorn.Server(uvicorn.Config(application(service), "127.0.0.1", port, **quiet))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield service
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)
