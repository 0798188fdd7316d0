"""One real server per backend, on a free port, with the toy's catalogue beside the dense lab."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount
from websockets.sync.client import ClientConnection, connect

from models.service import codec
from models.service.http import create_api
from models.service.service import Service, create_service
from models.service.settings import Settings

BACKENDS = ("inline", "process")


class Socket:
    """A viewer of one run, as a person's program would be written."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.texts: list[dict[str, Any]] = []

    def send(self, **message: Any) -> None:
        self.connection.send(json.dumps(message))

    def frame(self, timeout: float = 10, acknowledge: bool = True) -> tuple[dict[str, Any], dict[str, Any]]:
        """The next frame; texts that come before it are kept in `texts`."""
        while True:
            message = self.connection.recv(timeout=timeout)
            if isinstance(message, bytes):
                arrays, meta = codec.decode(message)
                if acknowledge:
                    self.send(ack=meta["sequence"])
                return arrays, meta
            self.texts.append(json.loads(message))

    def text(self, key: str, timeout: float = 10) -> dict[str, Any]:
        """The next text that has this key; frames before it are acknowledged."""
        while True:
            if found := next((text for text in self.texts if key in text), None):
                self.texts.remove(found)
                return found
            message = self.connection.recv(timeout=timeout)
            if isinstance(message, bytes):
                self.send(ack=codec.decode(message)[1]["sequence"])
            else:
                self.texts.append(json.loads(message))

    def command(self, command: str, **parameters: Any) -> dict[str, Any]:
        self.send(command=command, request=7, **parameters)
        return self.text("reply")

    def silent(self, seconds: float) -> bool:
        """Whether no frame comes within this time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.connection.recv(timeout=left)
            except TimeoutError:
                return True
            if isinstance(message, bytes):
                return False
            self.texts.append(json.loads(message))
        return True


@dataclass
class Served:
    backend: str
    service: Service
    url: str
    client: httpx.Client
    started: list[str] = field(default_factory=list)

    def start(self, experiment: str = "toy", play: bool = False, **spec: Any) -> str:
        answer = self.client.post("/runs", json={"experiment": experiment, "spec": spec, "play": play})
        assert answer.status_code == 201, answer.text
        run_id = answer.json()["run_id"]
        self.started.append(run_id)
        return run_id

    def command(self, run_id: str, command: str, **parameters: Any) -> dict[str, Any]:
        answer = self.client.post(f"/runs/{run_id}/commands", json={"command": command, **parameters})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, run_id: str, command: str, **parameters: Any) -> httpx.Response:
        answer = self.client.post(f"/runs/{run_id}/commands", json={"command": command, **parameters})
        assert answer.status_code >= 400, answer.text
        return answer

    def describe(self, run_id: str) -> dict[str, Any]:
        return self.client.get(f"/runs/{run_id}").json()

    def state(self, run_id: str) -> bytes:
        """The complete state as bytes, without the seconds that its lanes have taken: those are measured, not computed."""
        arrays, meta = codec.decode(self.client.get(f"/runs/{run_id}/export").content)
        return repr(meta["state"]).encode() + b"".join(
            name.encode() + arrays[name].tobytes() for name in sorted(arrays) if not name.startswith("clock")
        )

    def until(self, run_id: str, **wanted: Any) -> dict[str, Any]:
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            described = self.describe(run_id)
            if all(described.get(name) == value for name, value in wanted.items()):
                return described
            time.sleep(0.02)
        raise AssertionError(f"{wanted} did not come: {described}")

    def until_staffed(self) -> None:
        """Until every worker, the spare and the analyst are warm."""
        staff, deadline = self.service.supervisor.staff, time.monotonic() + 90
        while time.monotonic() < deadline:
            if staff.analysts and (staff.spares or self.backend == "inline") and all(worker.ready for worker in staff.everyone):
                return
            time.sleep(0.05)
        raise AssertionError("The workers did not get ready.")

    @contextlib.contextmanager
    def socket(self, any_id: str, query: str = "", **options: Any) -> Iterator[Socket]:
        address = f"{self.url.replace('http', 'ws')}/runs/{any_id}/stream{query}"
        with connect(address, compression=None, max_size=None, **options) as connection:
            yield Socket(connection)


@contextlib.contextmanager
def serving(backend: str, **limits: Any) -> Iterator[Served]:
    service = create_service(Settings(backend=backend, **{"catalogue": "tests.service.toy", "workers": 1, **limits}))
    api: FastAPI = create_api(service)
    app = Starlette(routes=[Mount("/lab/api", api)], lifespan=service.lifespan)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws_per_message_deflate=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/lab/api"
    with httpx.Client(base_url=url, timeout=60) as client:
        yield Served(backend, service, url, client)
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="session", params=BACKENDS)
def server_of_session(request: pytest.FixtureRequest) -> Iterator[Served]:
    with serving(request.param, catalogue="tests.service.toy_and_dense") as served:
        served.until_staffed()
        yield served


@pytest.fixture
def server(server_of_session: Served) -> Iterator[Served]:
    """The backend's server; runs of the test are ended after it."""
    yield server_of_session
    for run_id in server_of_session.started:
        server_of_session.client.delete(f"/runs/{run_id}")
    server_of_session.started.clear()
