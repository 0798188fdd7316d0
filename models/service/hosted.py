"""A run on its host: commands in order, frames on credit, and a record that outlives the worker."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import structlog

from models.service import codec
from models.service.errors import ServiceError
from models.service.messages import Header
from models.service.run import Run
from models.service.watch import Watch
from models.types import Refused

Emit = Callable[[Header, bytes], None]

_LOG: Final = structlog.get_logger("parallax.run")
_IMPATIENT: Final = frozenset({"pause", "seek", "reset", "branch"})
"""Commands that do not wait for the one under way: they take its place."""
_RECORD_SECONDS: Final = 1.0
SAVED_VERSION: Final = 2
_SMALL_STATE: Final = 256 * 1024
_REPLAY_REPORT_SECONDS: Final = 0.25


class HostedRun:
    def __init__(self, run_id: str, run: Run, emit: Emit, sequence: int) -> None:
        self.run_id = run_id
        self.run = run
        self.watches: dict[int, Watch] = {}
        self.suspended = False
        self.deficit = 0.0
        self.frames = 0
        self.frame_gap = 0.0
        self._emit = emit
        self._sequence = sequence
        self._version = 0
        self._urgent = False
        self._under_way: int | None = None
        self._waiting: deque[tuple[int, dict[str, Any]]] = deque()
        self._journal_sent = 0
        self._recorded_at = 0.0
        self._recorded_step = -1
        self._status_sent: tuple[Any, ...] = ()
        self._status_at = 0.0

    # Commands

    def command(self, request: int, command: dict[str, Any]) -> None:
        """Applies the command now, or once the replay under way has arrived; the answer is sent when it is applied."""
        if self._under_way is not None and command["command"] in _IMPATIENT:
            self._settle()
        if self._waiting or self._under_way is not None or (self.run.goal is not None and command["command"] not in _IMPATIENT):
            self._waiting.append((request, command))
        else:
            self._begin(request, command)

    def _begin(self, request: int, command: dict[str, Any]) -> None:
        try:
            self.run.command(command)
        except Refused as refused:
            self._emit(failure(request, 422, refused.message, refused.field), b"")
        except ServiceError as error:
            self._emit(failure(request, error.code, error.sentence, error.field), b"")
        except Exception as error:
            self.fail(error)
            self._emit(failure(request, 409, self.run.message), b"")
        else:
            self.changed(urgent=True)
            self._under_way = request
            if self.run.goal is None:
                self._settle()

    def _settle(self) -> None:
        """Answers the command under way."""
        request, self._under_way = self._under_way, None
        self.record()
        self.report()
        if request is not None:
            self._emit({"reply": request, "ok": True, "value": self.run.describe()}, b"")
        if self._shows:
            self.send_frames(time.perf_counter())

    # Work

    def due(self, now: float) -> float | None:
        """Seconds until this run needs its host; None while nothing is to be done."""
        times = [watch.due(self._version, self._urgent, now) for watch in self.watches.values()] if self._shows else []
        times.append(None if self.suspended and self.run.goal is None else self.run.due(now))
        if self._waiting and self._under_way is None and self.run.goal is None:
            return 0.0
        return min((moment for moment in times if moment is not None), default=None)

    @property
    def _shows(self) -> bool:
        """While a replay is under way its steps are not shown."""
        return not self.run.replaying

    def turn(self, deadline: float) -> int:
        """Works until the deadline, then sends the frames that are due. Returns steps made."""
        made = self._work(deadline)
        now = time.perf_counter()
        if self._under_way is not None and self.run.goal is None:
            self._settle()
        if self._waiting and self._under_way is None and self.run.goal is None:
            self._begin(*self._waiting.popleft())
        if self._shows:
            self.send_frames(now)
        elif now - self._status_at > _REPLAY_REPORT_SECONDS:
            self.report(always=True)
        if self.run.playing and now - self._recorded_at > _RECORD_SECONDS:
            self.record()
        self.report()
        return made

    def _work(self, deadline: float) -> int:
        now = time.perf_counter()
        if self.run.due(now) != 0.0 or (self.suspended and self.run.goal is None):
            return 0
        try:
            made = self.run.work(self._next_frame(now, deadline))
        except Exception as error:
            self.fail(error)
            return 0
        self._version += 1
        return made

    def _next_frame(self, now: float, deadline: float) -> float:
        """Stops in time for the next frame, so that frames leave evenly."""
        waits = [watch.next_at for watch in self.watches.values() if watch.credit > 0 and watch.next_at > now] if self._shows else []
        return min(deadline, *waits) if waits else deadline

    def changed(self, urgent: bool = False) -> None:
        self._version += 1
        self._urgent = self._urgent or urgent

    def fail(self, error: Exception) -> None:
        """An exception ends this run with its message, and no other run."""
        _LOG.error("run failed", run=self.run_id[:6], step=self.run.step, exc_info=error)
        self.run.fail(f"The run stopped at step {self.run.step}: {type(error).__name__}: {str(error)[:300]}")
        for request in [self._under_way, *(waiting for waiting, _ in self._waiting)]:
            if request is not None:
                self._emit(failure(request, 409, self.run.message), b"")
        self._under_way = None
        self._waiting.clear()
        self.report()

    # What leaves

    def send_frames(self, now: float) -> None:
        urgent = self._urgent and self.run.goal is None
        for watch in self.watches.values():
            if watch.due(self._version, urgent, now) == 0.0:
                self._send_frame(watch, now)
        self._urgent = self._urgent and any(watch.shown_version != self._version for watch in self.watches.values())

    def _send_frame(self, watch: Watch, now: float) -> None:
        try:
            blob = self.frame(watch)
        except Refused as refused:  # a focus on a connection that does not exist
            watch.sent(self._version, now, self.frame_gap)
            self._emit(
                {"event": "unwatchable", "run": self.run_id, "watch": watch.number, "error": refused.message, "field": refused.field}, b""
            )
            return
        except Exception as error:
            self.watches.clear()
            self.fail(error)
            return
        watch.sent(self._version, now, self.frame_gap)
        self.frames += 1
        header = {
            "event": "frame",
            "run": self.run_id,
            "watch": watch.number,
            "sequence": self._sequence,
            "branch": self.run.history.branch.id,
            "step": self.run.step,
        }
        self._emit(header, blob)

    def frame(self, watch: Watch) -> bytes:
        """The present as one blob. Its sequence is higher than that of any frame before it."""
        self._sequence += 1
        # The last frame before a pause and a snapshot that somebody asks for are never in passing.
        subscription = replace(watch.subscription, passing=self.run.playing and watch.number in self.watches)
        snapshot = self.run.trainer.snapshot(subscription)
        return codec.encode(snapshot.arrays, {**snapshot.metadata, **self.run.frame_metadata(), "sequence": self._sequence})

    def report(self, always: bool = False) -> None:
        """Tells the status where it changed."""
        run = self.run
        status = (
            run.status,
            run.message,
            run.history.branch.id,
            len(run.history.branches),
            run.speed,
            run.replaying,
            self.suspended,
            run.names,
        )
        if status != self._status_sent or always:
            self._status_sent = status
            self._status_at = time.perf_counter()
            self._emit(
                {
                    "event": "status",
                    "run": self.run_id,
                    "value": {**run.describe(), "suspended": self.suspended},
                    "sequence": self._sequence,
                },
                b"",
            )

    def record(self) -> None:
        """Sends what is needed to go on elsewhere: new journal entries always, the state if it moved and is not costly."""
        run, now = self.run, time.perf_counter()
        journal = run.history.journal[self._journal_sent :]
        moved = run.step != self._recorded_step or bool(journal)
        if not moved or run.failure:
            return
        self._journal_sent = len(run.history.journal)
        header: Header = {
            "event": "record",
            "run": self.run_id,
            "journal": journal,
            "step": run.position,
            "branch": run.history.branch.id,
            "playing": run.playing,
        }
        header["heads"] = {str(branch.id): branch.head for branch in run.history.branches.values()}
        state = run.trainer.state()
        payload = b""
        if run.goal is None and (state.bytes <= _SMALL_STATE or now - self._recorded_at > _RECORD_SECONDS):
            payload = codec.encode_state(state, {"branch": run.history.branch.id})
            self._recorded_at, self._recorded_step = now, run.step
        self._emit(header, payload)

    def recorded(self, journal_entries: int) -> None:
        """The supervisor already holds this many journal entries."""
        self._journal_sent = journal_entries

    def saved(self, about: dict[str, Any]) -> bytes:
        """The whole run in one file: state, journal, and what `about` adds (experiment, spec)."""
        run = self.run
        heads = {str(branch.id): branch.head for branch in run.history.branches.values()}
        meta = {
            "format": "parallax-run",
            "version": SAVED_VERSION,
            **about,
            "journal": run.history.journal,
            "heads": heads,
            "branch": run.history.branch.id,
        }
        return codec.encode_state(run.trainer.state(), meta)


def failure(request: int, code: int, sentence: str, field: str | None = None) -> Header:
    return {"reply": request, "ok": False, "code": code, "error": sentence, "field": field}
