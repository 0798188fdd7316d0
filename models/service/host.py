"""Many runs in one thread: who computes next, for how long, and what leaves. Knows nothing of how messages travel.

Deficit round robin: each turn adds a quantum to a run's account; steps, frames and questions are charged to it, so a run
with costly frames makes fewer steps and slows no other.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog
from pydantic import ValidationError

from models.catalog import Experiment
from models.service import codec, keyframes
from models.service.errors import ServiceError
from models.service.hosted import Emit, HostedRun, failure
from models.service.messages import Header
from models.service.opening import build_run, take_over
from models.service.watch import watch_from
from models.types import Refused, Subscription, refusal

Inbox = queue.SimpleQueue["tuple[Header, bytes] | None"]

_LOG: Final = structlog.get_logger("parallax.host")
ROUND_SECONDS: Final = 0.03
"""Every playing run has a turn within about this time."""
LONGEST_SLICE: Final = 0.008
SHORTEST_SLICE: Final = 0.001
FRAME_GAP: Final = 0.002
"""Seconds between two frames of a host, on average: what is drawn must leave time for what is learned."""
_TALLY_SECONDS: Final = 1.0
_MOST_DEBT: Final = 10
"""Turns that a run may have to sit out, at most, for one costly frame or question."""
# A run pays for the time it used, not for that in which other processes had the core. Windows counts too coarsely for that.
_used: Final = time.thread_time if time.get_clock_info("thread_time").resolution < 1e-4 else time.perf_counter


class Host:
    """Handlers are named for what a message asks (`do`)."""

    def __init__(self, emit: Emit, catalogue: Mapping[str, Experiment], keyframe_bytes: int) -> None:
        self._emit = emit
        self._catalogue = catalogue
        self._keyframe_bytes = keyframe_bytes
        self._runs: dict[str, HostedRun] = {}
        self._round: deque[HostedRun] = deque()
        self._quantum = LONGEST_SLICE
        self._alone = True
        self._steps = 0
        self._tallied_at = 0.0
        self._handlers: dict[str, Callable[[Header, bytes], None]] = {
            "start": self._start,
            "end": self._end,
            "command": self._command,
            "watch": self._watch,
            "unwatch": self._unwatch,
            "credit": self._credit,
            "ask": self._ask,
            "snapshot": self._snapshot,
            "static": self._static,
            "branch_curves": self._branch_curves,
            "describe": self._describe,
            "export": self._export,
            "save": self._save,
            "suspend": self._suspend,
        }

    def receive(self, header: Header, payload: bytes) -> None:
        """Handles one message. Whatever goes wrong is answered, and ends no other run."""
        request = header.get("id", 0)
        try:
            self._handlers[header["do"]](header, payload)
        except Refused as refused:
            self._emit(failure(request, 422, refused.message, refused.field), b"")
        except ServiceError as error:
            self._emit(failure(request, error.code, error.sentence, error.field), b"")
        except Exception as error:
            _LOG.error("request failed", do=header.get("do"), exc_info=error)
            self._emit(failure(request, 500, f"{type(error).__name__}: {str(error)[:300]}"), b"")

    def turn(self) -> float | None:
        """One slice of one run. Returns seconds until the next is due: 0 = at once, None = nothing to do."""
        now = time.perf_counter()
        self._tally(now)
        if not self._round:
            waits = [(run.due(now), run) for run in self._runs.values()]
            self._round.extend(run for wait, run in waits if wait == 0.0)
            if not self._round:
                return min((wait for wait, _ in waits if wait is not None), default=None)
            self._quantum = min(LONGEST_SLICE, max(SHORTEST_SLICE, ROUND_SECONDS / len(self._round)))
            self._alone = len(self._round) == 1
            for run in self._round:
                run.frame_gap = FRAME_GAP * len(self._round)
        run = self._round.popleft()
        if run.run_id in self._runs and run.due(now) == 0.0:
            self._slice(run)
        return 0.0

    def _slice(self, run: HostedRun) -> None:
        """A turn, unless the run is still in debt for an earlier one."""
        run.deficit = self._quantum if self._alone else min(self._quantum, run.deficit + self._quantum)
        if run.deficit > 0:
            begun = _used()
            self._steps += run.turn(time.perf_counter() + run.deficit)
            # Where others took the processor meanwhile, the turn is not over yet; a run alone has its next one at once.
            if not self._alone and (left := run.deficit - (_used() - begun)) > self._quantum / 2 and run.due(time.perf_counter()) == 0.0:
                self._steps += run.turn(time.perf_counter() + left)
            run.deficit = max(run.deficit - (_used() - begun), -_MOST_DEBT * self._quantum)

    def _tally(self, now: float) -> None:
        if now - self._tallied_at > _TALLY_SECONDS and self._steps:
            self._emit({"event": "tally", "steps": self._steps}, b"")
            self._tallied_at, self._steps = now, 0

    # Requests

    def _run(self, header: Header) -> HostedRun:
        return self._runs[header["run"]]

    def _answer(self, header: Header, value: Any = None, payload: bytes = b"") -> None:
        self._emit({"reply": header["id"], "ok": True, "value": value}, payload)

    def _start(self, header: Header, payload: bytes) -> None:
        experiment = self._catalogue[header["experiment"]]
        try:
            run = build_run(experiment, header["spec"], header.get("materials"))
        except ValidationError as error:
            raise refusal(error) from None
        run.speed = header.get("speed")
        journal = header.get("journal", [])
        if payload or journal or header.get("step"):
            take_over(
                run, payload, journal, header.get("heads", {}), header.get("branch"), header.get("step"), header.get("foreign", False)
            )
        hosted = HostedRun(header["run"], run, self._emit, header.get("sequence", 0))
        hosted.recorded(len(journal))
        hosted.suspended = header.get("suspended", False)
        self._runs[header["run"]] = hosted
        self._share_memory()
        hosted.record()
        if header.get("play") and run.trainer.outcome is None:
            hosted.command(0, {"command": "play"})
        self._answer(header, run.describe())

    def _end(self, header: Header, _: bytes) -> None:
        if self._runs.pop(header["run"], None) is not None:
            self._share_memory()

    def _share_memory(self) -> None:
        for run in self._runs.values():
            run.run.history.keyframes.budget = min(keyframes.RUN_BYTES, self._keyframe_bytes // len(self._runs))

    def _command(self, header: Header, _: bytes) -> None:
        self._run(header).command(header["id"], header["command"])

    def _suspend(self, header: Header, _: bytes) -> None:
        run = self._run(header)
        run.suspended = header["suspended"]
        run.record()
        run.report()

    def _watch(self, header: Header, _: bytes) -> None:
        run = self._run(header)
        new = watch_from(header["watch"], header["readings"], header["focus"], header["max_fps"])
        old = run.watches.get(new.number)
        new.credit = old.credit if old else 0
        run.watches[new.number] = new

    def _unwatch(self, header: Header, _: bytes) -> None:
        self._run(header).watches.pop(header["watch"], None)

    def _credit(self, header: Header, _: bytes) -> None:
        run = self._runs.get(header["run"])
        if run and (watch := run.watches.get(header["watch"])):
            watch.credit += header["frames"]

    # Questions: charged to the run that is asked

    def _charged(self, header: Header) -> tuple[HostedRun, float]:
        return self._run(header), _used()

    def _ask(self, header: Header, _: bytes) -> None:
        run, began = self._charged(header)
        answer = run.run.trainer.ask(header["probe"], header["parameters"])
        run.deficit -= _used() - began
        self._answer(header, answer)

    def _snapshot(self, header: Header, _: bytes) -> None:
        run, began = self._charged(header)
        blob = run.frame(watch_from(0, header["readings"], header.get("focus"), 60))
        run.deficit -= _used() - began
        self._answer(header, None, blob)

    def _static(self, header: Header, _: bytes) -> None:
        static = self._run(header).run.trainer.static()
        self._answer(header, None, codec.encode(static.arrays, {**static.metadata, "protocol": 1}))

    def _branch_curves(self, header: Header, _: bytes) -> None:
        run = self._run(header).run
        branch = run.history.known(header["branch"])
        self._answer(header, run.branch_curves(branch.id, branch.head))

    def _describe(self, header: Header, _: bytes) -> None:
        run = self._run(header)
        metrics = run.run.trainer.snapshot(Subscription(frozenset())).metadata
        self._answer(
            header, {**run.run.describe(), "suspended": run.suspended, "metrics": metrics, "steps_per_second": run.run.steps_per_second}
        )

    def _export(self, header: Header, _: bytes) -> None:
        content, media_type = self._run(header).run.trainer.export(header["format"])
        self._answer(header, {"media_type": media_type}, content)

    def _save(self, header: Header, _: bytes) -> None:
        run = self._run(header)
        self._answer(header, {"step": run.run.step}, run.saved(header["about"]))


def serve(host: Host, inbox: Inbox) -> None:
    """Messages first, then one slice, for ever; None in the inbox ends it. Sleeps while there is nothing to do."""
    wait: float | None = None
    while True:
        try:
            message = inbox.get(timeout=wait) if wait != 0.0 else inbox.get_nowait()
            while True:
                if message is None:
                    return
                host.receive(*message)
                message = inbox.get_nowait()
        except queue.Empty:
            pass
        wait = host.turn()
