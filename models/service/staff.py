"""The workers: how many, which is the spare, who gets the next run, and who steps in when one is lost."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Any, Final, Literal

import structlog

from models.service.backends.base import Backend, Link, Role
from models.service.errors import Unavailable, error_from
from models.service.messages import Header

_LOG: Final = structlog.get_logger("parallax.staff")
_READY_SECONDS: Final = 120.0
_LONGEST_PAUSE: Final = 30.0
_TOGETHER: Final = 0.03

Reply = tuple[Any, bytes]


def _seen(answer: asyncio.Future[Any]) -> None:
    """Marks an exception as seen, for answers that nobody may be waiting for any more."""
    if not answer.cancelled():
        answer.exception()


class Worker:
    """One worker and the requests that it has not answered. `runs` are the ids it computes."""

    _numbers = itertools.count(1)

    def __init__(self, role: Role, on_event: Callable[[Header, bytes], None]) -> None:
        self.role = role
        self.link: Link | None = None
        self.ready = False
        self.lost = False
        self.runs: set[str] = set()
        self._on_event = on_event
        self._requests: dict[int, asyncio.Future[Reply]] = {}

    def tell(self, header: Header, payload: bytes = b"") -> None:
        if self.link is not None and not self.lost:
            self.link.send(header, payload)

    def request(self, header: Header, payload: bytes = b"") -> tuple[int, asyncio.Future[Reply]]:
        """Sends at once, so that requests arrive in the order of the calls; returns its number and the answer to await."""
        if self.lost:
            raise Unavailable("The worker that computes this was lost; it is being replaced. Try again in a second.", retry_after=1)
        number = next(self._numbers)
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(_seen)
        self._requests[number] = answer
        self.tell({**header, "id": number}, payload)
        return number, answer

    def receive(self, header: Header, payload: bytes) -> None:
        if "event" in header:
            self._on_event(header, payload)
            return
        answer = self._requests.pop(header["reply"], None)
        if answer is None or answer.done():
            return
        if header["ok"]:
            answer.set_result((header["value"], payload))
        else:
            answer.set_exception(error_from(header["code"], header["error"], header.get("field")))

    def fail_requests(self) -> None:
        for answer in self._requests.values():
            if not answer.done():
                answer.set_exception(Unavailable("The worker was lost before it answered. Try again in a second.", retry_after=1))
        self._requests.clear()


class Staff:
    """`workers` on duty, one warm spare, two for analyses, short and long. `on_lost(worker)` is told after a replacement was chosen."""

    def __init__(
        self, backend: Backend, workers: int, on_event: Callable[[Worker, Header, bytes], None], on_lost: Callable[[Worker], None]
    ) -> None:
        self.on_duty: list[Worker] = []
        self.spares: list[Worker] = []
        self.analysts: list[Worker] = []
        self.long_analysts: list[Worker] = []
        self.restarts = 0
        self._backend = backend
        self._workers = workers
        self._on_event = on_event
        self._on_lost = on_lost
        self._changed = asyncio.Event()
        self._recruiting: asyncio.Task[None] | None = None
        self._pause = 0.0
        self._closing = False
        self._analysing = False

    @property
    def everyone(self) -> list[Worker]:
        return [*self.on_duty, *self.spares, *self.analysts, *self.long_analysts]

    def open(self) -> None:
        self._recruit()

    async def close(self) -> None:
        self._closing = True
        if self._recruiting is not None:
            self._recruiting.cancel()
            await asyncio.gather(self._recruiting, return_exceptions=True)
        for worker in self.everyone:
            worker.lost = True
            worker.fail_requests()
        await self._backend.close()

    # Who does it

    async def place(self) -> Worker:
        """The ready worker with the fewest runs; waits for one while none is ready."""
        return await self._first_ready(lambda: self.on_duty, lambda worker: len(worker.runs))

    async def analyst(self, pace: Literal["short", "long"] = "short") -> Worker:
        self._analysing = True  # who asks one short question may soon ask a long one
        self._recruit()
        return await self._first_ready(lambda: self.analysts if pace == "short" else self.long_analysts, lambda _: 0)

    async def _first_ready(self, among: Callable[[], list[Worker]], load: Callable[[Worker], int]) -> Worker:
        deadline = asyncio.get_running_loop().time() + _READY_SECONDS
        while not (ready := [worker for worker in among() if worker.ready]):
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), deadline - asyncio.get_running_loop().time())
            except TimeoutError:
                raise Unavailable("No worker is ready yet; try again in a few seconds.", retry_after=5) from None
        return min(ready, key=load)

    def dismiss(self, worker: Worker) -> None:
        """Ends a worker that does not come back from what it is doing; it is replaced."""
        self._lose(worker)

    # Who comes and goes

    def _recruit(self) -> None:
        if not self._closing and (self._recruiting is None or self._recruiting.done()):
            self._recruiting = asyncio.get_running_loop().create_task(self._fill())

    async def _fill(self) -> None:
        """Workers first, because runs wait for them; then the spare and the analysts.

        While there is no worker at all the first one starts alone: two that load torch side by side are both late.
        """
        await asyncio.sleep(_TOGETHER)  # workers that are lost at once are noticed one after another
        while vacancies := self._vacancies():
            if self._pause:
                await asyncio.sleep(self._pause)
            hired = await asyncio.gather(*(self._hire(group, role) for group, role in vacancies), return_exceptions=True)
            failed = [fault for fault in hired if isinstance(fault, BaseException)]
            self._pause = min(_LONGEST_PAUSE, max(0.5, self._pause * 2)) if failed else 0.0
            for fault in failed:
                _LOG.error("worker did not start", reason=str(fault))

    def _vacancies(self) -> list[tuple[list[Worker], Role]]:
        missing: list[tuple[list[Worker], Role]] = [(self.on_duty, "runs")] * (self._workers - len(self.on_duty))
        if missing:
            return missing if self.on_duty else missing[:1]
        if self._backend.spare and not self.spares:
            missing.append((self.spares, "spare"))
        if not self.analysts:
            missing.append((self.analysts, "analyses"))
        # Where nobody has asked for an analysis, nobody waits for a long one: it loads last, alone.
        if self._analysing and not missing and not self.long_analysts:
            missing.append((self.long_analysts, "long_analyses"))
        return missing

    async def _hire(self, group: list[Worker], role: Role) -> None:
        """Starts one worker and waits until it is warm. Raises OSError if it dies before."""
        ready = asyncio.Event()

        def receive(header: Header, payload: bytes) -> None:
            if header.get("event") == "ready":
                worker.ready = True
                self._promote()
                ready.set()
                self._changed.set()
            else:
                worker.receive(header, payload)

        def lost() -> None:
            ready.set()
            self._lose(worker)

        worker = Worker(role, lambda header, payload: self._on_event(worker, header, payload))
        group.append(worker)
        try:
            worker.link = await self._backend.open(role, receive, lost)
            await asyncio.wait_for(ready.wait(), _READY_SECONDS)
        except (OSError, TimeoutError):
            self._lose(worker)
        if worker.lost:
            raise OSError("A worker ended while it was starting.")
        _LOG.info("worker ready", role=role, pid=worker.link.pid if worker.link else None)

    def _promote(self) -> None:
        """A warm spare takes the place of a worker that is missing."""
        if self.spares and self.spares[0].ready and len(self.on_duty) < self._workers:
            self.on_duty.append(self.spares.pop(0))

    def _lose(self, worker: Worker) -> None:
        if worker.lost:
            return
        worker.lost, worker.ready = True, False
        for group in (self.on_duty, self.spares, self.analysts, self.long_analysts):
            if worker in group:
                group.remove(worker)
        if worker.link is not None:
            worker.link.kill()
        worker.fail_requests()
        if self._closing:
            return
        self.restarts += 1
        _LOG.warning("worker lost", role=worker.role, pid=worker.link.pid if worker.link else None, runs=len(worker.runs))
        self._promote()
        self._changed.set()
        self._on_lost(worker)
        self._recruit()
