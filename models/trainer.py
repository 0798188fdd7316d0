"""The only loop: one step is one update of every lane. It knows nothing of what the lanes are."""

from __future__ import annotations

import csv
import io
import math
import sys
import time
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import Any, Final

import numpy as np

from models.curves import Curves, spread
from models.types import Array, Change, Lane, Outcome, Refused, Snapshot, State, Subscription, Trial

_TRIAL_STEPS: Final = 3
_TIMED_EVERY: Final = 64
"""One update in so many is timed part by part."""
# What this thread computed itself: a lane must not pay for the moment in which another process had the processor.
# Windows counts that in 16 ms only.
_clock: Final = time.perf_counter if sys.platform == "win32" else time.thread_time


def _plain(value: Any) -> Any:
    """JSON has no NaN and no infinity: they become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


class Trainer:
    """Drives one trial: steps, changes, snapshots, and a state that can be restored bit for bit."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.step = 0
        self.outcome: Outcome | None = None
        self.message = ""
        self._curves: dict[str, Curves] = {}
        # A trial whose measurements cost as much as many updates says itself when the next one is due.
        self._next: Callable[[int], int] = getattr(trial, "next_measured", spread)
        self._follow_lanes()
        self._measure()

    @property
    def epoch(self) -> float:
        return self.step / self.trial.steps_per_epoch

    def advance(self, until: int | None, deadline: float) -> int:
        """Steps until step `until`, the deadline (time.perf_counter) or an outcome, but at least once; returns the steps made."""
        begun = self.step
        while self.outcome is None and (until is None or self.step < until):
            self._step()
            if time.perf_counter() >= deadline:
                break
        return self.step - begun

    def _step(self) -> None:
        timed = self.step % _TIMED_EVERY == 0
        begun = _clock()
        for lane in self.trial.lanes:
            if lane.resting:
                continue
            deltas = lane.rule.updates(self.step)
            if timed:
                decided = time.perf_counter()
                lane.learner.apply(deltas)
                lane.applying.append(time.perf_counter() - decided)
            else:
                lane.learner.apply(deltas)
            ended = _clock()
            lane.seconds += ended - begun
            begun = ended
        self.step += 1
        if self.step >= self._due:
            self._measure()
        verdict = self.trial.verdict(self.step)
        if verdict is not None:
            self.outcome, self.message = verdict

    # Curves: one for each network lane

    def _networks(self) -> Iterator[tuple[str, Lane, Curves]]:
        """Prefix of its readings, the lane, its curves; the first has no prefix."""
        networks = [lane for lane in self.trial.lanes if lane.side == "network"]
        for i, lane in enumerate(networks):
            yield "" if i == 0 else f"{i + 1}:", lane, self._curves[lane.name]

    def _follow_lanes(self) -> None:
        """A lane that was copied from another has that one's past."""
        for lane in self.trial.lanes:
            if lane.side == "network" and lane.name not in self._curves:
                self._curves[lane.name] = curves = Curves(self.trial.measured)
                if lane.source in self._curves:
                    source = self._curves[lane.source]
                    curves.take(source.rows, source.clock)
        living = {lane.name for lane in self.trial.lanes}
        self._curves = {name: curves for name, curves in self._curves.items() if name in living}

    def adopt_lanes(self, before: State) -> None:
        """Takes up lanes that the trial has recalled; those that it had already are put back as they were."""
        self._follow_lanes()
        self.restore(State(before.step, {**self.state().arrays, **before.arrays}, {**before.settings, "trial": self.trial.remembered()}))

    def _measure(self) -> None:
        measured = self.trial.measure()
        for _, lane, curves in self._networks():
            if lane.name in measured and (not curves.count or curves.last < self.step):
                curves.record(self.step, measured[lane.name], lane.seconds)
        self._due = self._next(self.step)

    def apply(self, change: Change) -> Change:
        """Applies one state-changing command; returns the one that undoes it. Raises Refused and then changes nothing."""
        undo = self.trial.change(change, self.step)
        self.trial.settled()
        self._follow_lanes()
        verdict = self.trial.verdict(self.step) if self.step else None
        self.outcome, self.message = verdict if verdict is not None else (None, "")
        return undo

    def state(self) -> State:
        """Complete and copied: restoring it and replaying the same changes is bit-equal, but for the `clock`, which is measured."""
        arrays: dict[str, Array] = {}
        for _, lane, curves in self._networks():
            arrays[f"curves.{lane.name}"] = curves.rows.copy()
            arrays[f"clock.{lane.name}"] = np.append(curves.clock, lane.seconds)
        for lane in self.trial.lanes:
            for part, owner in (("learner", lane.learner), ("rule", lane.rule)):
                arrays |= {f"{lane.name}.{part}.{name}": array for name, array in owner.state().items()}
        settings = {"trial": self.trial.remembered(), "outcome": self.outcome, "message": self.message}
        return State(self.step, arrays, settings)

    def restore(self, state: State) -> None:
        """Puts everything back as it was when `state` was taken from a trainer of the same spec."""
        self.trial.recall(state.settings["trial"])
        self._follow_lanes()
        for lane in self.trial.lanes:
            for part, owner in (("learner", lane.learner), ("rule", lane.rule)):
                prefix = f"{lane.name}.{part}."
                owner.restore({name.removeprefix(prefix): array for name, array in state.arrays.items() if name.startswith(prefix)})
        for _, lane, curves in self._networks():
            clock = state.arrays[f"clock.{lane.name}"]
            curves.take(state.arrays[f"curves.{lane.name}"], clock[:-1])
            lane.seconds = float(clock[-1])
        self.step, self.outcome, self.message = state.step, state.settings["outcome"], state.settings["message"]
        self._due = self._next(max((curves.last for _, _, curves in self._networks()), default=0))
        self.trial.settled()

    def snapshot(self, subscription: Subscription) -> Snapshot:
        arrays, metadata = self.trial.readings(subscription, self.step)
        for prefix, _, curves in self._networks():
            if any(pattern == "all" or fnmatchcase(f"{prefix}curves/step", pattern) for pattern in subscription.readings):
                arrays |= curves.readings(prefix)
            # Measured, and so never the same twice: told to those who ask for it, not among all that a state decides.
            if any(fnmatchcase(f"{prefix}curves/seconds", pattern) for pattern in subscription.readings):
                arrays |= curves.seconds(prefix)
        metadata |= self.trial.standing([curves for _, _, curves in self._networks()])
        metadata["lane_seconds"] = {lane.name: lane.seconds for lane in self.trial.lanes}
        return Snapshot(self.step, self.epoch, arrays, _plain(metadata))

    def static(self) -> Snapshot:
        arrays, metadata = self.trial.static()
        return Snapshot(self.step, self.epoch, arrays, _plain(metadata))

    def ask(self, probe: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """A question to the present weights. Raises Refused for an unknown probe or wrong parameters."""
        if probe not in self.trial.asks:
            raise Refused("probe", f"There is no probe “{probe[:40]}”; this run answers {', '.join(sorted(self.trial.asks))}.")
        ask = self.trial.asks[probe]
        answer: dict[str, Any] = _plain(ask.answer(ask.parse(parameters)))
        return answer

    def export(self, format: str) -> tuple[bytes, str]:
        """`csv`: the curves, one row a measured step. `pytorch`: the first network's weights, `script`: the network as Python
        for them, `link`: the weights as text, see the trial. Raises Refused."""
        if format == "pytorch":
            return self.trial.state_dict(), "application/octet-stream"
        if format == "script":
            return self.trial.script(self.step).encode(), "text/x-python"
        if format == "link":
            return self.trial.weights_as_text(self.step).encode(), "application/json"
        if format != "csv":
            raise Refused("format", "The trainer exports csv, link, pytorch and script.")
        return self._table().encode(), "text/csv"

    def _table(self) -> str:
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        lanes = list(self._networks())
        table.writerow((*(["lane"] if len(lanes) > 1 else []), "step", *self.trial.measured, *(["seconds"] if len(lanes) > 1 else [])))
        for number, (_, _, curves) in enumerate(lanes, start=1):
            for row, seconds in zip(curves.rows, curves.clock, strict=True):
                values = (int(row[0]), *(repr(float(value)) for value in row[1:]))
                table.writerow((number, *values, repr(float(seconds))) if len(lanes) > 1 else values)
        return text.getvalue()

    def seconds_per_step(self) -> float:
        """Measured over a few steps, after one that warms the caches; the state is put back. Not what others took of the processor."""
        before = self.state()
        self.advance(self.step + 1, math.inf)
        begun = _clock()
        made = self.advance(self.step + _TRIAL_STEPS, math.inf)
        took = (_clock() - begun) / max(made, 1)
        self.restore(before)
        for lane in self.trial.lanes:
            lane.applying.clear()
        return took
