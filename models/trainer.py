"""The only loop: one step is one update of every lane. It knows nothing of what the lanes are."""

from __future__ import annotations

import csv
import io
import math
import time
from typing import Any, Final

import numpy as np

from models.types import Change, Outcome, Refused, Snapshot, State, Subscription, Trial

_ROWS: Final = 512
CURVES: Final = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
_TRIAL_STEPS: Final = 3


def _plain(value: Any) -> Any:
    """JSON has no NaN and no infinity: they become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


class Curves:
    """Measurements at steps that spread out by one part in a hundred, so that any length of run stays small and even."""

    def __init__(self) -> None:
        self.rows = np.zeros((_ROWS, 1 + len(CURVES)))
        self.count = 0
        self.due = 0

    def record(self, step: int, measured: dict[str, float]) -> None:
        if self.count == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[self.count] = step, *(measured[name] for name in CURVES)
        self.count += 1
        self.due = step + max(1, step // 100)

    def take(self, rows: np.ndarray) -> None:
        """Puts back recorded rows (n, 5)."""
        self.rows = np.concatenate([rows, np.zeros((_ROWS, rows.shape[1]))])
        self.count = len(rows)
        last = int(rows[-1, 0])
        self.due = last + max(1, last // 100)

    def readings(self) -> dict[str, np.ndarray]:
        columns = self.rows[: self.count].T.astype(np.float32)
        return {f"curves/{name}": np.ascontiguousarray(columns[i]) for i, name in enumerate(("step", *CURVES))}


class Trainer:
    """Drives one trial: steps, changes, snapshots, and a state that can be restored bit for bit."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.step = 0
        self.outcome: Outcome | None = None
        self.message = ""
        self._curves = Curves()
        self._curves.record(0, trial.measure())

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
        clock = time.perf_counter
        for lane in self.trial.lanes:
            begun = clock()
            lane.learner.apply(lane.rule.updates(self.step))
            lane.seconds += clock() - begun
        self.step += 1
        if self.step == self._curves.due:
            self._curves.record(self.step, self.trial.measure())
        verdict = self.trial.verdict(self.step)
        if verdict is not None:
            self.outcome, self.message = verdict

    def apply(self, change: Change) -> Change:
        """Applies one state-changing command; returns the one that undoes it. Raises Refused and then changes nothing."""
        undo = self.trial.change(change)
        self.trial.settled()
        verdict = self.trial.verdict(self.step) if self.step else None
        self.outcome, self.message = verdict if verdict is not None else (None, "")
        return undo

    def state(self) -> State:
        """Complete and copied: restoring it and replaying the same changes is bit-equal."""
        arrays = {"curves": self._curves.rows[: self._curves.count].copy()}
        for lane in self.trial.lanes:
            for part, owner in (("learner", lane.learner), ("rule", lane.rule)):
                arrays |= {f"{lane.name}.{part}.{name}": array for name, array in owner.state().items()}
        settings = {"trial": self.trial.remembered(), "outcome": self.outcome, "message": self.message}
        return State(self.step, arrays, settings)

    def restore(self, state: State) -> None:
        """Puts everything back as it was when `state` was taken from a trainer of the same spec."""
        self.trial.recall(state.settings["trial"])
        for lane in self.trial.lanes:
            for part, owner in (("learner", lane.learner), ("rule", lane.rule)):
                prefix = f"{lane.name}.{part}."
                owner.restore({name.removeprefix(prefix): array for name, array in state.arrays.items() if name.startswith(prefix)})
        self._curves.take(state.arrays["curves"])
        self.step, self.outcome, self.message = state.step, state.settings["outcome"], state.settings["message"]
        self.trial.settled()

    def snapshot(self, subscription: Subscription) -> Snapshot:
        arrays, metadata = self.trial.readings(subscription, self.step)
        if any(pattern == "all" or pattern.startswith("curves") for pattern in subscription.readings):
            arrays |= self._curves.readings()
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
        for them, see the trial. Raises Refused."""
        if format == "pytorch":
            return self.trial.state_dict(), "application/octet-stream"
        if format == "script":
            return self.trial.script(self.step).encode(), "text/x-python"
        if format != "csv":
            raise Refused("format", "The trainer exports csv, pytorch and script.")
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(("step", *CURVES))
        for row in self._curves.rows[: self._curves.count]:
            table.writerow((int(row[0]), *(repr(float(value)) for value in row[1:])))
        return text.getvalue().encode(), "text/csv"

    def seconds_per_step(self) -> float:
        """Measured over a few steps, after one that warms the caches; the state is put back."""
        before = self.state()
        seconds = {lane.name: lane.seconds for lane in self.trial.lanes}
        self.advance(self.step + 1, math.inf)
        begun = time.perf_counter()
        made = self.advance(self.step + _TRIAL_STEPS, math.inf)
        took = (time.perf_counter() - begun) / max(made, 1)
        self.restore(before)
        for lane in self.trial.lanes:
            lane.seconds = seconds[lane.name]
        return took
