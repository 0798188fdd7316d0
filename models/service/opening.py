"""From a start message to a run: build the trial, measure a step, and take over a kept state if there is one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any, Final

from models.catalog import Experiment
from models.service import codec
from models.service.run import Run
from models.trainer import Trainer
from models.types import Array, Refused, State

MAX_STEP_SECONDS: Final = 0.05
_TRIES: Final = 3
_STEPS_SEEN: Final = 3
_LONGEST: Final = 100_000
"""Rows of an array that grows with its run, such as curves."""
_LONGEST_MESSAGE: Final = 300


def build_run(experiment: Experiment, spec: Mapping[str, Any], materials: Mapping[str, str] | None = None) -> Run:
    """A fresh run; `materials` has what its spec names by content id. Raises Refused where one step would take too long."""
    trainer = Trainer(experiment.build(experiment.validate(spec), materials))
    took = min(_until_quick(trainer))
    if took > MAX_STEP_SECONDS:
        bound = f"at most {MAX_STEP_SECONDS * 1000:.0f} ms is allowed; choose a smaller network or batch"
        raise Refused("spec", f"spec: one update would take about {took * 1000:.0f} ms, and {bound}.")
    return Run(trainer)


def _until_quick(trainer: Trainer) -> list[float]:
    """Measures again while a step looks slow: another process may just have had the core."""
    took = [trainer.seconds_per_step()]
    while took[-1] > MAX_STEP_SECONDS and len(took) < _TRIES:
        took.append(trainer.seconds_per_step())
    return took


def take_over(
    run: Run, blob: bytes, journal: list[Any], heads: Mapping[str, int], branch: int | None, step: int | None, foreign: bool
) -> None:
    """Goes on where a record or a saved file stood: its state, its log, and (branch, step) as the goal. Raises Refused."""
    run.history.relive(journal, heads)
    kept_branch = 0
    if blob:
        state, meta = codec.decode_state(blob)
        if foreign:
            _check(run, state)
        kept_branch = run.history.known(int(meta.get("branch", 0))).id
        _restore(run, state, kept_branch)
    target = run.history.known(kept_branch if branch is None else branch)
    goal = run.step if step is None else max(step, run.history.origin)
    run.history.keep(run.trainer.state())
    found, nearest = run.history.find(target.id, goal)
    run.stand(target.id, found, nearest)
    run.history.reached(goal)
    if goal > run.step:
        run.goal, run.replaying = goal, True


def _restore(run: Run, state: State, branch: int) -> None:
    try:
        run.stand(branch, branch, state)
        run.history.reached(state.step)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError):
        raise Refused("file", "file: its state does not fit a run of its own configuration.") from None


def _check(run: Run, state: State) -> None:
    """A state from elsewhere must have the names, dtypes and shapes of a run of its configuration, and like settings.

    Some arrays vary in length (the last batch), so a few steps of a fresh run show which, and what is usual. Curves grow at their own
    pace.
    """
    if not _alike(run.trainer.state().settings, state.settings) or not _ended_as_runs_end(state):
        raise Refused("file", "file: its settings are not those of a run of its own configuration.")
    _remember(run, state)
    seen = _first_states(run)
    fresh = seen[0]
    if fresh.arrays.keys() != state.arrays.keys():
        odd = ", ".join(sorted(fresh.arrays.keys() ^ state.arrays.keys()))[:120]
        raise Refused("file", f"file: its arrays are not those of a run of its own configuration ({odd}).")
    for name, array in state.arrays.items():
        if not _fits(array, [known.arrays[name] for known in seen], _is_curve(name)):
            usual = fresh.arrays[name]
            raise Refused(
                "file", f"file: the array “{name[:40]}” is {array.dtype} {array.shape}, where {usual.dtype} {usual.shape} belongs."
            )


def _remember(run: Run, state: State) -> None:
    """What a run may have gained since its start, such as lanes, decides which arrays it has. Raises Refused."""
    try:
        trial = dict(state.settings["trial"])
        before = run.trainer.state()
        run.trainer.trial.recall(trial)
        run.trainer.adopt_lanes(before)
        for lane in run.trainer.trial.lanes:
            lane.resting = False  # until its state is put in: how its arrays vary shows only while it learns
    except (KeyError, ValueError, TypeError, IndexError, AttributeError):
        raise Refused("file", "file: its settings are not those of a run of its own configuration.") from None


def _ended_as_runs_end(state: State) -> bool:
    """What a viewer is shown as the run's status and message."""
    outcome, message = state.settings.get("outcome"), state.settings.get("message", "")
    return outcome in (None, "done", "diverged") and isinstance(message, str) and len(message) <= _LONGEST_MESSAGE


def _first_states(run: Run) -> list[State]:
    """The states at the first steps, all lanes learning; the run itself is put back."""
    first = run.trainer.state()
    states = [first]
    for _ in range(_STEPS_SEEN):
        run.trainer.advance(run.step + 1, math.inf)
        states.append(run.trainer.state())
    run.trainer.restore(first)
    return states


def _is_curve(name: str) -> bool:
    return name.startswith(("curves.", "clock.")) or name.endswith(".curve")


def _fits(array: Array, seen: list[Array], grows: bool) -> bool:
    """The same dtype and shape; where the length varies: not longer than any seen, unless it grew with every step."""
    usual = seen[0]
    if array.dtype != usual.dtype or array.ndim != usual.ndim or array.shape[1:] != usual.shape[1:]:
        return False
    lengths = [len(known) if known.ndim else 1 for known in seen]
    if len(set(lengths)) == 1 and not grows:
        return array.shape == usual.shape
    growing = grows or all(before < after for before, after in itertools.pairwise(lengths))
    return min(1, *lengths) <= len(array) <= (_LONGEST if growing else max(lengths))


def _alike(fresh: Any, other: Any) -> bool:
    """Same keys and kinds, all the way down. Numbers, texts and nothing may stand for one another only as JSON allows."""
    if isinstance(fresh, dict):
        return isinstance(other, dict) and fresh.keys() == other.keys() and all(_alike(value, other[key]) for key, value in fresh.items())
    if isinstance(fresh, (list, tuple)):
        return isinstance(other, list)
    if isinstance(fresh, bool):
        return isinstance(other, bool)
    if isinstance(fresh, (int, float)):
        return (isinstance(other, (int, float)) and not isinstance(other, bool)) or other is None
    return other is None or isinstance(other, (str, int, float)) if fresh is None else isinstance(other, str)
