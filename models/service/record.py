"""What the supervisor keeps of a run outside its worker: enough to go on elsewhere, at the step that was shown."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import deque
from typing import Any

from models.service.messages import Header
from models.service.staff import Reply, Worker
from models.service.viewers import Audience

_ID_BYTES = 18


class RunRecord:
    """`run_id` controls, `watch_id` reads; neither can be guessed."""

    def __init__(self, experiment: str, spec: dict[str, Any], session: str | None) -> None:
        self.run_id = secrets.token_urlsafe(_ID_BYTES)
        self.watch_id = secrets.token_urlsafe(_ID_BYTES)
        self.experiment = experiment
        self.spec = spec
        self.session = session
        self.materials: dict[str, str] = {}
        """By content id, what the spec names: it lives as long as the run, wherever the run goes."""
        self.touched = time.monotonic()
        self.watched = False
        self.suspended = False
        self.reconnecting = False
        self.ended = False
        self.worker: Worker | None = None
        self.placed = asyncio.Event()
        self.audience = Audience(self.tell)
        self.recoveries: deque[float] = deque(maxlen=3)
        self.frames = 0
        # What a new worker needs
        self.state: dict[str, Any] = {"status": "starting", "step": 0, "branch": 0, "head": 0, "message": "", "speed": None, "branches": []}
        self.playing = False
        self.step = 0
        self.branch = 0
        self.sequence = 0
        self.journal: list[list[Any]] = []
        self.heads: dict[str, int] = {}
        self.keyframe = b""

    def touch(self) -> None:
        """Renews the lease; a suspended run goes on."""
        self.touched = time.monotonic()
        if self.suspended:
            self.suspend(False)

    def suspend(self, suspended: bool) -> None:
        self.suspended = suspended
        self.tell({"do": "suspend", "suspended": suspended})
        self.announce()

    # To the worker

    def tell(self, header: Header) -> None:
        """Without an answer. Lost while the run has no worker: what matters is told again when it has one."""
        if self.worker is not None and self.placed.is_set():
            self.worker.tell({**header, "run": self.run_id})

    async def request(self, header: Header, payload: bytes = b"") -> Reply:
        """Waits while the run is moving to another worker. Raises what the worker answered."""
        await self.placed.wait()
        assert self.worker is not None
        _, answer = self.worker.request({**header, "run": self.run_id}, payload)
        return await answer

    # From the worker

    def on_event(self, header: Header, payload: bytes) -> None:
        kind = header["event"]
        if kind == "frame":
            self._on_frame(header, payload)
        elif kind == "status":
            self.sequence = max(self.sequence, header["sequence"])
            self.on_state(header["value"])
        elif kind == "record":
            self._on_record(header, payload)
        elif kind == "unwatchable":
            channel = self.audience.channels.get(header["watch"])
            for viewer in channel.viewers if channel else ():
                viewer.say(json.dumps({"error": header["error"], "field": header["field"], "code": 422}))

    def _on_frame(self, header: Header, blob: bytes) -> None:
        channel = self.audience.channels.get(header["watch"])
        self.step, self.branch, self.sequence = header["step"], header["branch"], header["sequence"]
        if channel is not None:
            self.frames += channel.receive(header["sequence"], blob)

    def on_state(self, value: dict[str, Any]) -> None:
        """A newer description of the run."""
        self.state.update(value)
        if value["replaying_to"] is None:  # on the way to where it was, a run that will play is not playing yet
            self.playing = value["status"] == "playing"
        self.step, self.branch = value["step"], value["branch"]
        self.heads = {str(branch["id"]): branch["head"] for branch in value["branches"]}
        self.announce()

    def _on_record(self, header: Header, payload: bytes) -> None:
        self.journal += header["journal"]
        self.heads = header["heads"]
        self.playing, self.step, self.branch = header["playing"], header["step"], header["branch"]
        if payload:
            self.keyframe = payload

    # To viewers

    def describe(self) -> dict[str, Any]:
        return {**self.state, "suspended": self.suspended, "reconnecting": self.reconnecting, "viewers": len(self.audience.viewers)}

    def announce(self) -> None:
        if self.audience.viewers:
            self.audience.say(json.dumps(self.describe(), separators=(",", ":")))

    def orders(self) -> Header:
        """The start message for a worker that takes the run over."""
        return {
            "do": "start",
            "experiment": self.experiment,
            "spec": self.spec,
            "materials": self.materials,
            "speed": self.state["speed"],
            "play": self.playing,
            "suspended": self.suspended,
            "journal": self.journal,
            "heads": self.heads,
            "branch": self.branch,
            "step": self.step,
            "sequence": self.sequence + 1000,
        }
