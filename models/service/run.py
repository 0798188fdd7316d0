"""One run: a trainer, its history, and a machine of statuses. It does work only when its host gives it time."""

from __future__ import annotations

import time
from typing import Any, Final

from models.service import commands, measurements
from models.service.errors import Conflict, Unprocessable
from models.service.history import Entry, History
from models.service.keyframes import REPLAY_SECONDS
from models.trainer import Trainer
from models.types import Change, Refused, State

_CATCH_UP_SECONDS: Final = 0.25
_RATE_SECONDS: Final = 0.5


class Run:
    """`playing` is what the viewer wants; `goal` is a step that a command is under way to."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.history = History(trainer.state())
        self.playing = False
        self.speed: float | None = None
        self.goal: int | None = None
        self.replaying = False
        self.failure = ""
        self.steps_per_second = 0.0
        self._since_keyframe = 0.0
        self._next_step_at = 0.0
        self._rate_from = (0.0, 0)

    # What it is

    @property
    def step(self) -> int:
        return self.trainer.step

    @property
    def position(self) -> int:
        """Where the run stands, or is under way to."""
        return self.step if self.goal is None else self.goal

    @property
    def status(self) -> str:
        if self.failure:
            return "error"
        if self.playing:
            return "playing"
        return (self.trainer.outcome or "paused") if self.goal is None else "paused"

    @property
    def names(self) -> tuple[str | None, ...]:
        return tuple(branch.name for branch in self.history.branches.values())

    @property
    def message(self) -> str:
        return self.failure or (self.trainer.message if self.status in ("done", "diverged") else "")

    def describe(self) -> dict[str, Any]:
        history = self.history
        return {
            "status": self.status,
            "message": self.message,
            "step": self.step,
            "epoch": self.trainer.epoch,
            "branch": history.branch.id,
            "head": history.branch.head,
            "origin": history.origin,
            "speed": self.speed,
            "replaying_to": self.goal if self.replaying else None,
            "branches": self._branches(),
        }

    def _branches(self) -> list[dict[str, Any]]:
        """Every branch with what was measured last on it, but for a run that has only one."""
        branches = self.history.branches.values()
        if len(branches) > 1:
            self._measure()
        return [{**branch.describe(), "metrics": branch.metrics if len(branches) > 1 else None} for branch in branches]

    def _measure(self) -> None:
        """Notes the present branch's last measurement. That of the others was noted when the run left them."""
        if metrics := measurements.last(self.trainer.state(), self.trainer.trial.measured):
            self.history.measured(metrics)

    def branch_curves(self, branch: int, head: int) -> dict[str, list[Any]]:
        """{step, train_loss, …} of the first lane on a branch, up to the kept state nearest to its head."""
        state = self.history.find(branch, head)[1]
        if branch == self.history.branch.id and self.step > state.step:
            state = self.trainer.state()
        return measurements.columns(measurements.rows(state), self.trainer.trial.measured)

    def frame_metadata(self) -> dict[str, Any]:
        return {
            "protocol": 1,
            "branch": self.history.branch.id,
            "step": self.step,
            "epoch": self.trainer.epoch,
            "head": self.history.branch.head,
            "status": self.status,
            "steps_per_second": round(self.steps_per_second, 1),
            "thinned_before": self.history.keyframes.thinned_before,
        }

    # Commands

    def command(self, command: dict[str, Any]) -> None:
        """Begins one command. It is complete once `goal` is None. Raises Conflict, Unprocessable or Refused, and then nothing changed."""
        name = command["command"]
        if sentence := commands.objection(self.status, name, self.message):
            raise Conflict(sentence)
        if name == "set" and self.trainer.trial.referee.issuperset(command["values"]):
            self.trainer.apply(command)
            self.keep()
        elif name in commands.CHANGES:
            self._change(command)
        else:
            getattr(self, f"_{name}")(command)

    def _play(self, _: Change) -> None:
        if not self.playing:
            self.playing = True
            self._next_step_at = time.perf_counter()
            self._rate_from = (self._next_step_at, self.step)

    def _pause(self, _: Change) -> None:
        self.playing, self.goal, self.replaying = False, None, False
        self.steps_per_second = 0.0

    def _step(self, command: Change) -> None:
        target = self.position + command["n"]
        self._pause(command)
        self.goal = target

    def _step_back(self, command: Change) -> None:
        self._go(self.history.branch.id, max(self.history.origin, self.position - command["n"]))

    def _reset(self, _: Change) -> None:
        self._go(self.history.branch.id, self.history.origin)

    def _seek(self, command: Change) -> None:
        branch = self.history.branch if command["branch"] is None else self.history.known(command["branch"])
        step, least, most = command["step"], self.history.origin, max(branch.head, self.step if branch is self.history.branch else 0)
        if not least <= step <= most:
            raise Unprocessable(f"step: branch {branch.id} reaches from step {least} to step {most}; {step} lies outside.", "step")
        self._go(branch.id, step)

    def _branch(self, command: Change) -> None:
        branch = self.history.known(command["branch"])
        self._go(branch.id, branch.head)

    def _name_branch(self, command: Change) -> None:
        self.history.name(self.history.known(command["branch"]), command["name"])

    def _speed(self, command: Change) -> None:
        self.speed = command["steps_per_second"]
        self._next_step_at = time.perf_counter()

    def _undo(self, _: Change) -> None:
        entry = self.history.undoable()
        if entry is None:
            raise Conflict("There is nothing to undo.")
        self._change(entry.inverse, undoes=True)

    def _change(self, change: Change, undoes: bool = False) -> None:
        self.history.make_room()
        inverse = self.trainer.apply(change)
        self.history.record(Entry(self.step, change, inverse, undoes))
        self.history.reached(self.step)
        self.keep()
        if self.trainer.outcome is not None:
            self.playing = False

    def _go(self, branch: int, step: int) -> None:
        """Stands on the best place to replay from, and sets the goal. What is left at its head is kept: how far it came is told of it."""
        if self.goal is None and self.step == self.history.branch.head:
            self.keep()
        self._measure()
        self._pause({})
        found, state = self.history.find(branch, step)
        ahead = branch == self.history.branch.id and state.step <= self.step <= step
        if not ahead:
            self.stand(branch, found, state)
        self.goal, self.replaying = step, True

    def stand(self, branch: int, keyframe_branch: int, state: State) -> None:
        """Takes over a state that was kept."""
        self.trainer.restore(state)
        self.history.stand(branch, keyframe_branch, state.step)
        self._since_keyframe = 0.0

    # Work

    def due(self, now: float) -> float | None:
        """Seconds until there is work; None when there is none."""
        if self.failure:
            return None
        if self.goal is not None:
            return 0.0
        if not self.playing:
            return None
        return 0.0 if self.speed is None else max(0.0, self._next_step_at - now)

    def work(self, deadline: float) -> int:
        """Computes until the deadline (time.perf_counter), the goal, or what the speed allows; returns steps made."""
        try:
            return self._to_goal(deadline) if self.goal is not None else self._play_on(deadline)
        except Refused as refused:  # a logged change that no longer fits, in a file from elsewhere
            self.fail(refused.message)
        return 0

    def fail(self, sentence: str) -> None:
        """Ends this run, and no other."""
        self._pause({})
        self.failure = sentence

    def _to_goal(self, deadline: float) -> int:
        goal = self.goal
        assert goal is not None
        made = self._forward(goal, deadline)
        if self.step >= goal or self.trainer.outcome is not None:
            self.goal, self.replaying = None, False
        return made

    def _play_on(self, deadline: float) -> int:
        until = None
        if self.speed is not None:
            now = time.perf_counter()
            self._next_step_at = max(self._next_step_at, now - _CATCH_UP_SECONDS)
            until = self.step + int((now - self._next_step_at) * self.speed) + 1
        made = self._forward(until, deadline)
        if self.speed is not None:
            self._next_step_at += made / self.speed
        if self.trainer.outcome is not None:
            self.playing = False
        self._measure_rate()
        return made

    def _forward(self, until: int | None, deadline: float) -> int:
        """Advances along the branch; a logged change that lies ahead is applied at its step."""
        trainer, history, begun = self.trainer, self.history, self.step
        while True:
            entry = history.upcoming()
            if entry is not None and entry.step <= trainer.step:
                trainer.apply(entry.change)
                history.passed()
                continue
            stop = until if entry is None else entry.step if until is None else min(entry.step, until)
            if trainer.outcome is not None or (until is not None and trainer.step >= until):
                break
            began = time.perf_counter()
            trainer.advance(stop, deadline)
            now = time.perf_counter()
            self._computed(now - began)
            if now >= deadline and not ((entry := history.upcoming()) is not None and entry.step <= trainer.step):
                break
        history.reached(trainer.step)
        return trainer.step - begun

    def _computed(self, seconds: float) -> None:
        """Keeps a state whenever replaying from the last one would take long. A change at this very step comes first."""
        self._since_keyframe += seconds
        entry = self.history.upcoming()
        if self._since_keyframe >= REPLAY_SECONDS and (entry is None or entry.step > self.step):
            self.keep()

    def keep(self) -> None:
        self.history.keep(self.trainer.state())
        self._since_keyframe = 0.0

    def _measure_rate(self) -> None:
        now = time.perf_counter()
        since, step = self._rate_from
        if now - since >= _RATE_SECONDS:
            self.steps_per_second = (self.step - step) / (now - since)
            self._rate_from = (now, self.step)
            self.history.pace(self.steps_per_second)
