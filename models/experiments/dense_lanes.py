"""The network lanes of a dense run: from its spec, and copied from the first one while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from models.experiments.dense_lane import DenseLane
from models.experiments.dense_task import DenseTask
from models.specs.gradient_flow import LaneChange, Spec
from models.specs.rules import RULES
from models.types import Batches, Change, Refused, Settings, refusal

MOST_OPEN: Final = 4
MOST: Final = 8
_FROM_THE_START: Final = ("initialisation", "hidden_layers")

_WORDS: Final = {
    "sgd": "plain descent", "momentum": "momentum", "adam": "Adam", "relu": "ReLU", "he": "He", "xavier": "Xavier", "uniform": "uniform",
    "zero": "all zero", "too_large": "ten times too large", "l1": "L1", "l2": "L2",
}  # fmt: skip


def title(lane: DenseLane, others: list[DenseLane]) -> str:
    """What a lane does differently, in a few words; of the first one, its own values of what any of the `others` changes."""
    if lane.number > 1:
        return _listed(lane.overrides) or "a copy"
    own = {**lane.own, **lane.settings}
    differing = {name for other in others for name, value in other.overrides.items() if value != own[name]}
    return _listed({name: own[name] for name in LaneChange.model_fields if name in differing and _counts(name, own)}) or "as set"


def _counts(name: str, own: Settings) -> bool:
    """A value that nothing uses names nothing: momentum under another optimiser, the rate of no regularisation."""
    if name == "momentum":
        return bool(own["optimiser"] == "momentum")
    return name != "regularisation_rate" or bool(own["regularisation"] != "none")


def _listed(values: Settings) -> str:
    return ", ".join(_said(name, value) for name, value in values.items())


def _said(name: str, value: Any) -> str:
    if name == "hidden_layers":
        return f"hidden layers {'-'.join(map(str, value))}" if value else "no hidden layer"
    if name == "initialisation":
        return f"{_WORDS[value]} start"
    if name == "regularisation":
        return "no regularisation" if value == "none" else _WORDS[value]
    if name == "rule":
        return RULES[value].title
    if isinstance(value, str):
        return _WORDS.get(value, value)
    short = {"learning_rate": "rate", "momentum": "momentum", "regularisation_rate": "regularisation rate"}[name]
    return f"{short} {value:g}"


class DenseLanes:
    """Lane 1 is the spec's own network; then those of the spec's `lanes`, then copies, in the order in which they came."""

    def __init__(self, spec: Spec, task: DenseTask, batches: Batches, live: Settings) -> None:
        self._spec, self._task, self._batches, self._live = spec, task, batches, live
        self.all: list[DenseLane] = []
        for change in (LaneChange(), *spec.lanes):
            self._add(change)

    def _add(self, change: LaneChange) -> DenseLane:
        lane = DenseLane(self._spec, change, self._task, self._batches, self._live, len(self.all) + 1)
        self.all.append(lane)
        return lane

    @property
    def first(self) -> DenseLane:
        return self.all[0]

    @property
    def learning(self) -> Iterator[DenseLane]:
        return (lane for lane in self.all if not lane.lane.resting)

    @property
    def open(self) -> list[DenseLane]:
        return [lane for lane in self.all if not lane.closed]

    def fork(self, values: Any, step: int) -> Change:
        """A copy of the first lane as it is now, with these differences. Raises Refused."""
        change = _lane_change(values)
        if len(self.open) >= MOST_OPEN:
            raise Refused("command", f"There are {MOST_OPEN} lanes, which is as many as a race has; close one first.")
        if len(self.all) >= MOST:
            raise Refused("command", f"This run has had {MOST} lanes, which is as many as it remembers; start a new one.")
        self._add(change).copy_from(self.first, step)
        return {"command": "close_lane", "lane": len(self.all), "closed": True}

    def close(self, number: Any, closed: Any) -> Change:
        """Lane 1 stays. Raises Refused."""
        if isinstance(number, bool) or not isinstance(number, int) or not 2 <= number <= len(self.all):
            raise Refused(
                "lane", f"lane: give a number from 2 to {len(self.all)}." if len(self.all) > 1 else "lane: there is one lane, and it stays."
            )
        if not isinstance(closed, bool):
            raise Refused("closed", "closed: give true or false.")
        lane = self.all[number - 1]
        before = lane.closed
        if before and not closed and len(self.open) >= MOST_OPEN:
            raise Refused("command", f"There are {MOST_OPEN} lanes, which is as many as a race has; close one first.")
        lane.closed = closed
        lane.rest()
        return {"command": "close_lane", "lane": number, "closed": before}

    def remembered(self) -> list[Settings]:
        return [lane.remembered() for lane in self.all]

    def recall(self, remembered: Any) -> None:
        """Has the lanes that were remembered: copies are made or dropped. Raises Refused for what no run of this spec remembers."""
        own = 1 + len(self._spec.lanes)
        if not isinstance(remembered, list) or not own <= len(remembered) <= MOST:
            raise Refused("file", "file: its lanes are not those of a run of its own configuration.")
        entries = [_entry(entry) for entry in remembered]
        changes = [_lane_change(entry["change"], at_start=i < own) for i, entry in enumerate(entries)]
        if any(changes[i] != self.all[i].change for i in range(own)):
            raise Refused("file", "file: its lanes are not those of its own configuration.")
        kept = own
        while kept < min(len(self.all), len(changes)) and self.all[kept].change == changes[kept]:
            kept += 1
        del self.all[kept:]
        for change in changes[kept:]:
            self._add(change)
        for lane, entry in zip(self.all, entries, strict=True):
            lane.from_step, lane.closed, lane.halted = entry["from_step"], entry["closed"], entry["halted"]
            lane.lane.source = entry["source"]
            lane.rest()


def _lane_change(values: Any, at_start: bool = False) -> LaneChange:
    try:
        change = LaneChange.model_validate(values)
    except ValidationError as error:
        raise refusal(error) from None
    fixed = [name for name in _FROM_THE_START if getattr(change, name) is not None]
    if fixed and not at_start:
        raise Refused(fixed[0], f"{fixed[0]}: a copy has its weights already; this can only differ from the start.")
    return change


_ENTRY: Final[dict[str, tuple[type, ...]]] = {
    "change": (dict,),
    "from_step": (int,),
    "source": (str,),
    "closed": (bool,),
    "halted": (str, type(None)),
}


def _entry(entry: Any) -> Settings:
    if (
        not isinstance(entry, dict)
        or entry.keys() != _ENTRY.keys()
        or not all(isinstance(entry[name], kinds) for name, kinds in _ENTRY.items())
    ):
        raise Refused("file", "file: one of its lanes cannot be read.")
    if len(entry["source"]) > 20 or len(entry["halted"] or "") > 300 or not 0 <= entry["from_step"] <= 2**53:
        raise Refused("file", "file: one of its lanes cannot be read.")
    return entry
