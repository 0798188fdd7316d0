"""Analyses as the server sees them: short ones answer at once, long ones are jobs; the same question is answered once."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Final

from models.service.errors import AtCapacity, NotFound, ServiceError, Unavailable
from models.service.staff import Worker
from models.service.supervisor import Supervisor

_KEPT_BYTES: Final = 96 * 1024 * 1024
_KEPT_SECONDS: Final = 3600.0
_MOST_WAITING: Final = 32
_TRIES: Final = 2


@dataclass
class Job:
    """One analysis. `status`: queued, running, done, failed or cancelled."""

    key: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    status: str = "queued"
    share: float = 0.0
    doing: str = "waiting for its turn"
    result: dict[str, Any] | None = None
    arrays: bytes = b""
    preview: bytes = b""
    previews: int = 0
    """How many previews there were; the newest is kept until the answer is there."""
    error: ServiceError | None = None
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    worker: Worker | None = None
    request: int | None = None
    touched: float = field(default_factory=time.monotonic)

    def describe(self) -> dict[str, Any]:
        described: dict[str, Any] = {
            "job_id": self.id,
            "status": self.status,
            "progress": round(self.share, 3),
            "previews": self.previews,
            "doing": self.doing,
            "result": self.result,
        }
        if self.error is not None:
            described |= {"error": self.error.sentence, "code": self.error.code, "field": self.error.field}
        return described

    def progress(self, share: float, doing: str, preview: bytes = b"") -> None:
        self.status, self.share, self.doing = "running", min(1.0, max(0.0, share)), doing
        if preview:
            self.preview, self.previews = preview, self.previews + 1

    @property
    def bytes(self) -> int:
        return len(self.arrays)


class Jobs:
    """Bounded in number and bytes; answers are kept for an hour, by the content they were made from."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._by_key: dict[str, Job] = {}

    def submit(self, experiment: str, spec: dict[str, Any], images: dict[str, bytes]) -> Job:
        """The job of this question: the one that already answers it, or a new one. Raises AtCapacity."""
        self._tidy()
        key = hashlib.sha256(json.dumps([experiment, spec, sorted(images)], sort_keys=True).encode()).hexdigest()
        known = self._by_key.get(key)
        if known is not None and known.status in ("queued", "running", "done"):
            known.touched = time.monotonic()
            return known
        if sum(not job.finished.is_set() for job in self._jobs.values()) >= _MOST_WAITING:
            raise AtCapacity(f"{_MOST_WAITING} analyses are waiting already; try again in a few seconds.", retry_after=5)
        job = Job(key)
        self._jobs[job.id] = self._by_key[key] = job
        job.task = asyncio.get_running_loop().create_task(self._work(job, experiment, spec, images))
        return job

    def find(self, job_id: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None:
            raise NotFound("There is no such analysis: it was cancelled, or its answer is no longer kept.")
        job.touched = time.monotonic()
        return job

    def cancel(self, job: Job) -> None:
        if not job.finished.is_set():
            if job.worker is not None and job.request is not None:
                job.worker.tell({"do": "cancel", "analysis": job.request})
            if job.task is not None:
                job.task.cancel()
            job.status, job.doing = "cancelled", "cancelled"
            job.finished.set()
            self._supervisor.metrics.analyses.labels("cancelled").inc()
        self._by_key.pop(job.key, None)

    async def close(self) -> None:
        for job in list(self._jobs.values()):
            self.cancel(job)

    async def _work(self, job: Job, experiment: str, spec: dict[str, Any], images: dict[str, bytes]) -> None:
        try:
            job.result, job.arrays = await self._answer(job, experiment, spec, images)
            job.status, job.share, job.doing, job.preview = "done", 1.0, "done", b""
        except ServiceError as error:
            job.status, job.error, job.doing = "failed", error, "failed"
            self._by_key.pop(job.key, None)
        self._supervisor.metrics.analyses.labels(job.status).inc()
        job.finished.set()

    async def _answer(self, job: Job, experiment: str, spec: dict[str, Any], images: dict[str, bytes]) -> tuple[dict[str, Any], bytes]:
        """Asks the analysis worker; once more if that one is lost. Raises ServiceError."""
        for attempt in range(_TRIES):
            with contextlib.suppress(Unavailable):
                return await self._ask(job, experiment, spec, images)
            job.doing = "the worker was lost; starting again" if attempt == 0 else "failed"
        raise Unavailable("The analysis could not be finished: its worker was lost twice. A smaller picture may work.", retry_after=10)

    async def _ask(self, job: Job, experiment: str, spec: dict[str, Any], images: dict[str, bytes]) -> tuple[dict[str, Any], bytes]:
        supervisor = self._supervisor
        job.worker = await supervisor.staff.analyst(supervisor.experiment(experiment, "analysis").pace)
        header = {
            "do": "analyse",
            "experiment": experiment,
            "spec": spec,
            "images": [[name, len(content)] for name, content in images.items()],
        }
        job.request, answer = job.worker.request(header, b"".join(images.values()))
        supervisor.listeners[job.request] = job.progress
        try:
            return await asyncio.wait_for(answer, supervisor.settings.analysis_seconds)
        except TimeoutError:
            supervisor.staff.dismiss(job.worker)
            raise ServiceError(f"The analysis took longer than {supervisor.settings.analysis_seconds:.0f} s and was stopped.") from None
        finally:
            supervisor.listeners.pop(job.request, None)

    def _tidy(self) -> None:
        """Forgets finished jobs that are old, and the least recently used beyond the bound."""
        now = time.monotonic()
        finished = sorted((job for job in self._jobs.values() if job.finished.is_set()), key=lambda job: job.touched)
        total = sum(job.bytes for job in finished)
        for job in finished:
            if now - job.touched > _KEPT_SECONDS or total > _KEPT_BYTES or len(self._jobs) > 4 * _MOST_WAITING:
                total -= job.bytes
                del self._jobs[job.id]
                if self._by_key.get(job.key) is job:
                    del self._by_key[job.key]
