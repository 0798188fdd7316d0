"""Many viewers at once, as asyncio clients of a running server: forty runs with one each, one run with a hundred."""

from __future__ import annotations

import asyncio
import itertools
import json
import struct
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import ClientConnection, connect

SECONDS = 10.0
WARM_UP_SECONDS = 2.0
READINGS = ["*/field", "*/weight", "*/bias", "layers/*", "curves/*", "synapse/*", "output/*"]
SPEC = {"dataset": "circle"}


@dataclass
class Viewer:
    """What one viewer saw: when each frame came (s), and the step of the first and the last."""

    arrivals: list[float] = field(default_factory=list)
    received: int = 0
    first: bytes = b""
    last: bytes = b""

    def rate(self) -> float:
        return (len(self.arrivals) - 1) / (self.arrivals[-1] - self.arrivals[0]) if len(self.arrivals) > 1 else 0.0

    def updates(self) -> float:
        """Training updates per second."""
        if len(self.arrivals) < 2:
            return 0.0
        return (_step(self.last) - _step(self.first)) / (self.arrivals[-1] - self.arrivals[0])

    def took(self, frame: bytes) -> None:
        self.arrivals.append(time.perf_counter())
        self.received += len(frame)
        self.first, self.last = self.first or frame, frame


def _step(frame: bytes) -> int:
    (length,) = struct.unpack_from("<Q", frame)
    return int(json.loads(json.loads(frame[8 : 8 + length])["__metadata__"]["meta"])["step"])


def _sequence(frame: bytes) -> int:
    """Any number would do as an acknowledgement; the service only counts them."""
    return len(frame)


async def _watch(connection: ClientConnection, viewer: Viewer, begin: float, end: float, replies: dict[int, asyncio.Future[float]]) -> None:
    await connection.send(json.dumps({"subscribe": READINGS, "max_fps": 60}))
    while time.perf_counter() < end:
        message = await connection.recv()
        if isinstance(message, bytes):
            await connection.send(f'{{"ack":{_sequence(message)}}}')
            if time.perf_counter() >= begin:
                viewer.took(message)
        elif message.startswith('{"reply"') and (waiting := replies.pop(json.loads(message)["reply"], None)):
            waiting.set_result(time.perf_counter())


async def _press(
    connections: list[ClientConnection], replies: list[dict[int, asyncio.Future[float]]], begin: float, end: float
) -> list[float]:
    """Seconds from sending a command to its answer, one run after another, ten a second."""
    took: list[float] = []
    numbers = itertools.count(1)
    await asyncio.sleep(max(0.0, begin - time.perf_counter()))
    turn = 0
    while time.perf_counter() < end - 1.0:
        place, number = turn % len(connections), next(numbers)
        replies[place][number] = answer = asyncio.get_running_loop().create_future()
        sent = time.perf_counter()
        rate = 0.03 + 0.001 * (turn % 2)
        await connections[place].send(json.dumps({"command": "set", "values": {"learning_rate": rate}, "request": number}))
        took.append(await asyncio.wait_for(answer, 10) - sent)
        turn += 1
        await asyncio.sleep(0.1)
    return took


async def _run(url: str, runs: int, viewers: int) -> dict[str, Any]:
    api = url.rstrip("/") + "/api"
    parts = urlsplit(api)
    socket_root = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}"
    async with httpx.AsyncClient(base_url=api, timeout=60) as client:
        started = [
            await client.post("/runs", json={"experiment": "gradient-flow", "spec": {**SPEC, "seed": seed}, "play": True})
            for seed in range(runs)
        ]
        ids = [answer.raise_for_status().json() for answer in started]
        addresses = [f"{socket_root}/runs/{ids[i % runs]['run_id' if i < runs else 'watch_id']}/stream" for i in range(max(runs, viewers))]
        connections = await asyncio.gather(*(connect(address, compression=None, max_size=None) for address in addresses))
        try:
            figures = await _measure(connections, runs)
        finally:
            await asyncio.gather(*(connection.close() for connection in connections), return_exceptions=True)
            for run in ids:
                await client.delete(f"/runs/{run['run_id']}")
    return figures


async def _measure(connections: list[ClientConnection], runs: int) -> dict[str, Any]:
    begin = time.perf_counter() + WARM_UP_SECONDS
    end = begin + SECONDS
    watched = [Viewer() for _ in connections]
    replies: list[dict[int, asyncio.Future[float]]] = [{} for _ in connections]
    pressing = asyncio.ensure_future(_press(connections[:runs], replies[:runs], begin, end))
    trios = zip(connections, watched, replies, strict=True)
    await asyncio.gather(*(_watch(connection, viewer, begin, end, waiting) for connection, viewer, waiting in trios))
    took = await pressing
    rates = sorted(viewer.rate() for viewer in watched)
    updates = sorted(viewer.updates() for viewer in watched)
    took.sort()
    return {
        "runs": runs,
        "viewers": len(connections),
        "frames_per_s_least": round(rates[0], 1),
        "frames_per_s_median": round(rates[len(rates) // 2], 1),
        "updates_per_s_least": round(updates[0]),
        "updates_per_s_median": round(updates[len(updates) // 2]),
        "command_p95_ms": round(1000 * took[int(0.95 * (len(took) - 1))], 1),
        "frame_kb": round(sum(viewer.received for viewer in watched) / max(1, sum(len(viewer.arrivals) for viewer in watched)) / 1000, 1),
    }


def forty_runs(url: str) -> dict[str, Any]:
    """Forty runs, a viewer each. `url`: where the site is, base path included."""
    return asyncio.run(_run(url, 40, 40))


def hundred_viewers(url: str) -> dict[str, Any]:
    """One run that a hundred watch; one of them controls it."""
    return asyncio.run(_run(url, 1, 100))
