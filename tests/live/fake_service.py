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

import numpy as np
import uvicorn
from safetensors.numpy import save
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

LIVE: Final = Path(__file__).parents[2] / "assets" / "live"
SIZES: Final = (2, 4, 2, 1)
SPEC: Final[dict[str, Any]] = {"dataset": "circle", "hidden_layers": [4, 2], "seed": 1, "learning_rate": 0.03, "stop_loss": None}
STUB: Final = """
const made = (globalThis.stubs ??= {});
export function create(context) {
  const element = document.createElement("div");
  element.style.height = "90px";
  element.textContent = NAME;
  const stub = made[NAME] = { context, element, drawn: [], resized: 0, destroyed: 0 };
  return { element, name: NAME, title: NAME, readings: READINGS, every: EVERY,
    draw(frame) { if (globalThis.breaks === NAME) throw new Error("broken on purpose"); stub.drawn.push([frame.meta.step, performance.now()]); },
    resize() { stub.resized++; }, destroy() { stub.destroyed++; } };
}
"""
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


def arrays(step: int) -> dict[str, np.ndarray]:
    """Every reading of a 2-4-2-1 network that the panels ask for, as smooth functions of the step."""
    found: dict[str, np.ndarray] = {"layers/activation_magnitude": _wave(step, (4,)), "layers/delta_magnitude": np.array([1e-3, 2e-2, 0.3], np.float32)}
    found |= {"layers/update_ratio": np.array([1e-3, 1e-3, 2e-3], np.float32), "layers/saturation": np.zeros(3, np.float32)}
    for k, (before, n) in enumerate(zip(SIZES, SIZES[1:], strict=False), 1):
        found |= {f"{k}/{name}": _wave(step + 7 * k, (n, before)) for name in ("weight", "weight_gradient", "weight_update")}
        found |= {f"{k}/{name}": _wave(step + 3 * k, (n,)) for name in ("bias", "bias_gradient", "bias_update", "activation", "delta")}
        found |= {f"{k}/{name}_histogram": np.stack([np.linspace(-1, 1, 24), np.arange(24)]).astype(np.float32) for name in ("weight", "gradient")}
        found[f"{k}/field"] = _fields(step, n, 64 if k == len(SIZES) - 1 else 32)
    found |= _curves(step) | _synapse(step)
    return found


def _wave(step: int, shape: tuple[int, ...]) -> np.ndarray:
    count = int(np.prod(shape))
    return np.sin(step / 400 + np.arange(count) * 1.7).reshape(shape).astype(np.float32)


def _fields(step: int, n: int, side: int) -> np.ndarray:
    y, x = np.mgrid[1 : -1 : side * 1j, -1 : 1 : side * 1j]  # type: ignore[misc]
    turn = [np.tanh(3 * (x * np.cos(step / 900 + i) + y * np.sin(step / 900 + i))) for i in range(n)]
    return ((np.stack(turn) + 1) * 127.5).astype(np.uint8)


def _curves(step: int) -> dict[str, np.ndarray]:
    steps = np.unique(np.geomspace(1, step + 1, 60).astype(np.int64)) - 1
    loss = (1 / (1 + steps / 100)).astype(np.float32)
    return {
        "curves/step": steps.astype(np.float32), "curves/train_loss": loss, "curves/test_loss": loss * 1.1,
        "curves/train_accuracy": 1 - loss / 2, "curves/test_accuracy": 1 - loss / 1.8, "output/confusion": np.array([[60, 5], [8, 52]], np.int32),
    }


def _synapse(step: int) -> dict[str, np.ndarray]:
    recent = np.arange(max(0, step - 240), step, dtype=np.float32)
    window = np.stack([recent, *(np.sin(recent / 40 + i) for i in range(9))], axis=1).astype(np.float32) if len(recent) else np.zeros((0, 10), np.float32)
    times = np.linspace(0, 200, 50, dtype=np.float32)
    return {
        "synapse/window": window, "synapse/pre_spikes": np.array([10, 80, 150], np.float32), "synapse/post_spikes": np.array([20, 90], np.float32),
        "synapse/trace_time": times, "synapse/traces": np.exp(-np.stack([times % 70, times % 80, times % 90]) / 20).astype(np.float32),
        "synapse/weight": np.array([1.1, 1.2], np.float32),
    }


def statics() -> bytes:
    points = np.random.default_rng(1).uniform(-5, 5, (60, 2)).astype(np.float32)
    labels = (np.hypot(points[:, 0], points[:, 1]) < 2.5).astype(np.int32)
    meta = {"sizes": SIZES, "feature_names": ["x", "y"], "activation": "tanh", "output": "tanh", "loss": "squared_error", "extent": 6, "task": "plane", "classes": 2, "chosen": {"layer": 1, "to": 0, "from": 0}}
    found = {"data/train_points": points, "data/train_labels": labels, "data/test_points": points[::-1].copy(), "data/test_labels": labels[::-1].copy(), "0/field": _fields(0, 2, 32)}
    return save(found, {"meta": json.dumps(meta)})


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
        run = FakeRun(f"run{len(self.runs) + 1}", {**SPEC, **spec}, "playing" if play else "paused")
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
        return JSONResponse({"run_id": run.id, "watch_id": f"watch-{run.id}", "spec": run.spec, "status": run.status, "step": run.step}, code)

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
        await socket.send_json({"hello": {"run_id": run.id, "control": not taken, "taken": taken, "protocol": 1, "spec": run.spec, "branches": run.branches}})
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
        "experiment": "gradient-flow", "spec": SPEC, "link": {}, "defaults": SPEC, "revision": "1", "fresh": "1", "api": "/api", "live": live,
        "plotly": "/vendor/plotly.min.js", "layout": layout, "play": play, "speed": None, "badges": {},
        # Only the real panels draw charts; loading plotly.js would hold up the stubs.
        "figures": figures() if live == "/assets/live" else [],
        "controls": [
            {"field": "learning_rate", "label": "Learning rate", "help": "How far one update moves a weight along its gradient.", "unit": "", "kind": "number", "minimum": 1e-5, "maximum": 10, "scale": "log", "choices": None},
            {"field": "stop_loss", "label": "Stop when test loss is below", "help": "Ends the run.", "unit": "", "kind": "number", "minimum": 0, "maximum": 1000, "scale": "linear", "choices": None},
        ],
    }
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Live view</title>
<style>body {{ margin: 0 24px; background: var(--st-background-color, #fcfbf9); --st-background-color: #fcfbf9; --st-text-color: #23211e; --st-primary-color: #4b3f8f; --st-border-color: #dad6cd; --st-secondary-background-color: #f1efea }}
body.dark {{ --st-background-color: #15161a; --st-text-color: #e8e6e1; --st-primary-color: #8a7de0; --st-border-color: #3a3d45; --st-secondary-background-color: #212329 }}
@media (max-width: 640px) {{ body {{ margin: 0 16px }} }}</style>
<body><main id="place"></main><script type="module">
window.data = {json.dumps(data)};
window.asked = [];
window.outside = [];
document.addEventListener("keydown", (event) => window.outside.push(event.key));
if (location.search.includes("dark")) document.body.classList.add("dark");
const view = await import(data.live + "/view.js");
window.show = (changes = {{}}) => {{ window.data = {{ ...window.data, ...changes }}; window.cleanup = view.mount(document.getElementById("place"), window.data, (name, value) => window.asked.push([name, value])); }};
window.show();
</script></body></html>"""


def figures() -> list[dict[str, Any]]:
    trace = {"type": "scatter", "mode": "lines", "x": [], "y": []}
    layout = {"height": 200, "margin": {"l": 40, "r": 10, "t": 10, "b": 30}, "showlegend": False}
    bindings = [{"trace": i, "attribute": a, "reading": r, "index": None} for i, side in enumerate(("train", "test")) for a, r in (("x", "curves/step"), ("y", f"curves/{side}_loss"))]
    return [{"name": "loss", "title": "Loss", "figure": {"data": [trace, trace], "layout": layout}, "bindings": bindings}]


def _stub(request: Request) -> Response:
    name = request.path_params["name"]
    values = {"NAME": name, "READINGS": STUB_READINGS.get(name, ["layers/*"]), "EVERY": STUB_EVERY.get(name, 0)}
    source = STUB
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

    stubbed = "network|inspector|output|digits|flow|alerts|charts|histograms|brain|slow_motion|prose"
    return Starlette(routes=[
        Route("/", shown("/stub/live")), Route("/real", shown("/assets/live")),
        Route("/api/runs", service.start, methods=["POST"]), Route("/api/runs/open", service.open, methods=["POST"]),
        Route("/api/runs/{id}", service.one, methods=["GET", "DELETE"]), WebSocketRoute("/api/runs/{id}/stream", service.stream),
        Route("/api/runs/{id}/{action}", service.act, methods=["GET", "POST"]),
        *(Route(f"/stub/live/panels/{name}.js", _named(name)) for name in stubbed.split("|")),
        Mount("/stub/live", StaticFiles(directory=LIVE)), Mount("/assets/live", StaticFiles(directory=LIVE)),
        Mount("/vendor", StaticFiles(directory=Path(plotly.__file__).parent / "package_data")),
    ])


def _named(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        request.path_params["name"] = name
        return _stub(request)
    return answer


@contextmanager
def serving(port: int, pace: float = 60.0) -> Iterator[FakeService]:
    """The fake on a port of this machine, in a thread of its own."""
    service = FakeService(pace)
    server = uvicorn.Server(uvicorn.Config(application(service), "127.0.0.1", port, log_level="warning", lifespan="off", ws_per_message_deflate=False))
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
