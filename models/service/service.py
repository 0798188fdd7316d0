"""The service as a whole: what the launcher opens, mounts and closes."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import structlog

from models.service import current
from models.service.client import Client
from models.service.garbage import freeze_imports
from models.service.jobs import Jobs
from models.service.logs import configure_logs
from models.service.settings import Settings
from models.service.sockets import send_at_once
from models.service.supervisor import Supervisor
from models.service.uploads import Uploads

_LOG: Final = structlog.get_logger("parallax.service")
SWITCH_SECONDS: Final = 0.0005
"""Thirty sessions rerun their scripts in threads of this process; the stream must not wait 5 ms behind each."""


class Service:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.supervisor = Supervisor(settings)
        self.uploads = Uploads(settings)
        self.jobs = Jobs(self.supervisor)

    @contextlib.asynccontextmanager
    async def lifespan(self, _app: Any = None) -> AsyncIterator[dict[str, Any]]:
        """Workers start here, never from a page."""
        configure_logs()
        sys.setswitchinterval(SWITCH_SECONDS)
        send_at_once(asyncio.get_running_loop())
        await self.open()
        client = Client(self.supervisor, asyncio.get_running_loop())
        current.install(client)
        freezing = asyncio.create_task(freeze_imports())
        try:
            yield {}
        finally:
            freezing.cancel()
            current.remove(client)
            await self.close()

    async def open(self) -> None:
        await self.supervisor.open()
        _LOG.info("service open", backend=self.settings.backend, workers=self.settings.workers, max_runs=self.settings.max_runs)

    async def close(self) -> None:
        await self.jobs.close()
        await self.supervisor.close()
        _LOG.info("service closed")

    def health(self) -> dict[str, Any]:
        staff = self.supervisor.staff
        ready = sum(worker.ready for worker in staff.on_duty)
        return {
            "status": "ok",
            "ready": ready > 0,
            "workers": ready,
            "spares": sum(worker.ready for worker in staff.spares),
            "runs": len(self.supervisor.runs),
        }

    def read_metrics(self) -> bytes:
        metrics, staff = self.supervisor.metrics, self.supervisor.staff
        metrics.runs.clear()
        for record in self.supervisor.runs.values():
            metrics.runs.labels(record.state["status"]).inc()
        groups = {"runs": staff.on_duty, "spare": staff.spares, "analyses": staff.analysts, "long_analyses": staff.long_analysts}
        for role, group in groups.items():
            metrics.workers.labels(role).set(sum(worker.ready for worker in group))
        metrics.read_memory(self._processes())
        return metrics.text()

    def _processes(self) -> Iterator[tuple[str, int | None]]:
        yield "server", None
        for worker in self.supervisor.staff.everyone:
            if worker.link is not None and worker.link.pid is not None:
                yield f"worker-{worker.link.pid}", worker.link.pid


def create_service(settings: Settings | None = None) -> Service:
    return Service(settings or Settings.from_environment())
