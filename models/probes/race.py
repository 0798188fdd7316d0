"""How lanes compare: who first brings the test loss to a goal, or who has the lowest when time is up.

Both are read from the curves, which are measured at steps that spread out by 1%: so exactly as a person sees them drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RaceRule:
    """`reach`: the first with a test loss of at most `goal`. `lowest`: the lowest test loss after `limit` updates or seconds."""

    rule: Literal["reach", "lowest"]
    by: Literal["updates", "seconds"]
    goal: float
    limit: float

    @property
    def sentence(self) -> str:
        unit = "updates" if self.by == "updates" else "seconds of compute"
        if self.rule == "reach":
            return f"First to a test loss of {self.goal:.3g}, counted in {unit}"
        return f"Lowest test loss after {self.limit:,.10g} {unit}"


@dataclass(frozen=True)
class Runner:
    """One lane's curve: `steps`, `seconds` and `losses` are of the same length. `stopped`: it will not go on."""

    lane: int
    steps: Floats
    seconds: Floats
    losses: Floats
    stopped: bool = False


def standing(rule: RaceRule, runners: Sequence[Runner]) -> dict[str, Any]:
    """{rule, by, winner: lane | null, settled, lanes: [{lane, updates, seconds, value}]}.

    For `reach`, updates and seconds are those at which the lane came to the goal, null where it has not; the race is settled once
    one has, if the others cannot be earlier any more. For `lowest` they are those of the last measurement within the limit.
    """
    placed = [_reached(rule, runner) if rule.rule == "reach" else _lowest(rule, runner) for runner in runners]
    settled = _settled(rule, runners, placed)
    key = rule.by if rule.rule == "reach" else "value"
    able = [place for place in placed if place[key] is not None and np.isfinite(place[key])]
    best = min(able, key=lambda place: (place[key], place["lane"]), default=None)
    return {"rule": rule.sentence, "by": rule.by, "winner": best["lane"] if best and settled else None, "settled": settled, "lanes": placed}


def _reached(rule: RaceRule, runner: Runner) -> dict[str, Any]:
    below = np.flatnonzero(runner.losses <= rule.goal)
    value = float(runner.losses[-1]) if runner.losses.size else None
    if not below.size:
        return {"lane": runner.lane, "updates": None, "seconds": None, "value": value}
    at = int(below[0])
    return {"lane": runner.lane, "updates": int(runner.steps[at]), "seconds": float(runner.seconds[at]), "value": value}


def _lowest(rule: RaceRule, runner: Runner) -> dict[str, Any]:
    along = runner.steps if rule.by == "updates" else runner.seconds
    within = int(np.searchsorted(along, rule.limit, side="right"))
    if within == 0:
        return {"lane": runner.lane, "updates": None, "seconds": None, "value": None}
    at = within - 1
    return {"lane": runner.lane, "updates": int(runner.steps[at]), "seconds": float(runner.seconds[at]), "value": float(runner.losses[at])}


def _now(rule: RaceRule, runner: Runner) -> float:
    along = runner.steps if rule.by == "updates" else runner.seconds
    return float(along[-1]) if along.size else 0.0


def _settled(rule: RaceRule, runners: Sequence[Runner], placed: list[dict[str, Any]]) -> bool:
    """Whether nothing that is still to come can change the winner."""
    if rule.rule == "lowest":
        return all(runner.stopped or _now(rule, runner) >= rule.limit for runner in runners)
    times = [place[rule.by] for place in placed if place[rule.by] is not None]
    if not times:
        return False
    first = min(times)
    return all(
        place[rule.by] is not None or runner.stopped or _now(rule, runner) >= first for place, runner in zip(placed, runners, strict=True)
    )
