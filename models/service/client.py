"""The service for a page or a notebook in the same process: plain calls, safe from any thread but the service's own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from models.service import codec
from models.service.supervisor import Supervisor
from models.types import Snapshot

_PATIENCE: Final = 120.0
T = TypeVar("T")


class Client:
    """Errors are models.service.errors.ServiceError, each with a sentence."""

    def __init__(self, supervisor: Supervisor, loop: asyncio.AbstractEventLoop) -> None:
        self._supervisor = supervisor
        self._loop = loop

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    def start(self, experiment: str, spec: dict[str, Any] | None = None, play: bool = False) -> str:
        """A new run; returns its id."""

        async def work() -> str:
            return (await self._supervisor.start(experiment, spec or {}, play=play)).run_id

        return self._wait(work())

    def command(self, run_id: str, command: str, **parameters: Any) -> dict[str, Any]:
        """E.g. `command(run, "step", n=100)`; {"step", "status", …} once it is applied. `from_` stands for the field `from`."""
        values = {name.rstrip("_"): value for name, value in parameters.items()}

        async def work() -> dict[str, Any]:
            return await self._supervisor.command(self._supervisor.control(run_id), {"command": command, **values})

        return self._wait(work())

    def describe(self, run_id: str) -> dict[str, Any]:
        async def work() -> dict[str, Any]:
            return await self._supervisor.describe(self._supervisor.read(run_id)[0])

        return self._wait(work())

    def snapshot(self, run_id: str, *readings: str) -> Snapshot:
        """The newest readings (patterns such as `*/weight`; all if none is given)."""

        async def work() -> bytes:
            record, _ = self._supervisor.read(run_id)
            return (await record.request({"do": "snapshot", "readings": list(readings) or ["all"]}))[1]

        arrays, metadata = codec.decode(self._wait(work()))
        return Snapshot(metadata["step"], metadata["epoch"], arrays, metadata)

    def ask(self, run_id: str, probe: str, **parameters: Any) -> Any:
        """A question to the run's present weights."""

        async def work() -> Any:
            return await self._supervisor.ask(self._supervisor.control(run_id), probe, parameters)

        return self._wait(work())

    def save(self, run_id: str) -> bytes:
        """The whole run as one safetensors file."""

        async def work() -> bytes:
            return (await self._supervisor.save(self._supervisor.read(run_id)[0]))[1]

        return self._wait(work())

    def delete(self, run_id: str) -> None:
        async def work() -> None:
            self._supervisor.end(self._supervisor.control(run_id))

        self._wait(work())
