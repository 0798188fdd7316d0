"""What happened to a run: the log of changes on a tree of branches, and keyframes of its state.

State(branch, step) = nearest keyframe on the branch's path + deterministic replay of the changes after it.
A state is canonical: it holds every change logged at or before its step.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from models.service.errors import Conflict, Unprocessable
from models.service.keyframes import DENSE_SECONDS, Keyframes
from models.types import Change, Refused, State

MAX_ENTRIES: Final = 20_000
MAX_BRANCHES: Final = 500
LONGEST_NAME: Final = 40
_MOST_METRICS: Final = 16


@dataclass(frozen=True)
class Entry:
    """A change made at a step, with the change that undoes it."""

    step: int
    change: Change
    inverse: Change
    undoes: bool = False


@dataclass
class Branch:
    """A line of history. It shares its parent's changes up to `fork_step`. `metrics`: what was measured last on it, once that is known."""

    id: int
    parent: int | None
    fork_step: int
    head: int
    entries: list[Entry] = field(default_factory=list)
    name: str | None = None
    metrics: dict[str, Any] | None = None

    def describe(self) -> dict[str, Any]:
        about = {"id": self.id, "parent": self.parent, "fork_step": self.fork_step, "head": self.head, "name": self.name}
        return {**about, "change": self._opened_by()}

    def _opened_by(self) -> dict[str, Any] | None:
        """The change that opened it, with `undoes` where it took an earlier one back. The first branch was opened by none."""
        if self.parent is None or not self.entries:
            return None
        first = self.entries[0]
        return {**first.change, "undoes": True} if first.undoes else dict(first.change)


class History:
    """The tree, where the run stands on it, and a journal: every addition in order, as JSON, for whoever keeps a copy."""

    def __init__(self, first: State) -> None:
        self.origin = first.step
        self.branches = {0: Branch(0, None, first.step, first.step)}
        self.branch = self.branches[0]
        self.keyframes = Keyframes(first)
        self.journal: list[list[Any]] = []
        self.dense_steps = 1.0
        self._path: list[Entry] = []
        self._applied = 0
        self._measured: dict[int, dict[str, Any]] = {}

    def pace(self, steps_per_second: float) -> None:
        """How many steps the last ten seconds of playing held."""
        self.dense_steps = max(1.0, DENSE_SECONDS * steps_per_second)

    # Where the run stands

    def reached(self, step: int) -> None:
        self.branch.head = max(self.branch.head, step)

    def upcoming(self) -> Entry | None:
        """The next logged change that has not been applied."""
        return self._path[self._applied] if self._applied < len(self._path) else None

    def passed(self) -> None:
        self._applied += 1

    def keep(self, state: State) -> None:
        self.keyframes.add(self.branch.id, state, self.dense_steps)

    def find(self, branch: int, step: int) -> tuple[int, State]:
        """The nearest keyframe for a place, as (the branch it lies on, its state)."""
        return self.keyframes.nearest([(item.id, last) for item, last in self._line(self.branches[branch])], step)

    def stand(self, branch: int, keyframe_branch: int, step: int) -> None:
        """The run now stands on `branch` with a keyframe's state: what that keyframe holds counts as applied."""
        self._leave(self.branches[branch])
        self._path, self._applied = [], 0
        own = False
        for item, last in reversed(self._line(self.branch)):
            entries = [entry for entry in item.entries if item is self.branch or entry.step <= last]
            self._path += entries
            if not own:
                self._applied += sum(entry.step <= step for entry in entries)
            own = own or item.id == keyframe_branch

    def _line(self, branch: Branch) -> list[tuple[Branch, int]]:
        """From this branch to the root: each with the last step that belongs to the path."""
        line = [(branch, 2**63)]
        last = 2**63
        while branch.parent is not None:
            last = min(last, branch.fork_step)
            branch = self.branches[branch.parent]
            line.append((branch, last))
        return line

    # What is added

    def record(self, entry: Entry) -> None:
        """Logs a change just applied at `entry.step`; behind the head it opens a new branch."""
        if self.upcoming() is not None or entry.step < self.branch.head:
            self._fork(entry.step)
        self.branch.entries.append(entry)
        self._path.append(entry)
        self._applied += 1
        self.journal.append(["entry", self.branch.id, entry.step, entry.change, entry.inverse, entry.undoes])

    def make_room(self) -> None:
        """Raises Conflict when the log is full."""
        if len(self.journal) >= MAX_ENTRIES:
            raise Conflict(f"This run has taken {MAX_ENTRIES} changes, which is as many as it remembers; start a new one.")
        if len(self.branches) >= MAX_BRANCHES:
            raise Conflict(f"This run has {MAX_BRANCHES} branches, which is as many as it remembers; start a new one.")

    def _fork(self, step: int) -> None:
        """A new branch of the one that owns this step: what lies before a branch's own fork belongs to its parents."""
        owner = self.branch
        while owner.parent is not None and step < owner.fork_step:
            owner = self.branches[owner.parent]
        new = Branch(max(self.branches) + 1, owner.id, step, step)
        del self._path[self._applied :]
        self.branches[new.id] = new
        self.journal.append(["branch", new.id, new.parent, step])
        self._leave(new)

    def measured(self, metrics: dict[str, Any]) -> None:
        """What was measured last on this branch; a state farther back tells nothing new of it."""
        before = self.branch.metrics
        if before is None or metrics["step"] >= before["step"]:
            self.branch.metrics = metrics

    def _leave(self, branch: Branch) -> None:
        """The run moves to another branch. What was measured on the one it leaves is journalled: its states are not saved with it."""
        left, self.branch = self.branch, branch
        if branch is not left and left.metrics is not None and left.metrics != self._measured.get(left.id):
            self._measured[left.id] = left.metrics
            self.journal.append(["measured", left.id, left.metrics])

    def name(self, branch: Branch, name: str) -> None:
        self.make_room()
        branch.name = printable(name) or None
        self.journal.append(["name", branch.id, branch.name])

    def undoable(self) -> Entry | None:
        """The last change before here that has not been undone yet."""
        undone = 0
        for entry in reversed(self._path[: self._applied]):
            if entry.undoes:
                undone += 1
            elif undone:
                undone -= 1
            else:
                return entry
        return None

    def relive(self, journal: Iterable[Any], heads: Mapping[str, int]) -> None:
        """Rebuilds the tree from a journal; `heads` by the branch's number as JSON writes it. Raises Refused if it is not one."""
        try:
            for item in journal:
                self._relive(item)
            for number, head in heads.items():
                branch = self.branches[int(number)]
                branch.head = max(branch.head, _count(head))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            raise Refused("file", "file: the record of its changes cannot be read.") from None
        self.stand(self.branch.id, 0, self.origin)

    def _relive(self, item: list[Any]) -> None:
        if item[0] == "branch":
            _, number, parent, step = item
            if number in self.branches or parent not in self.branches or len(self.branches) >= MAX_BRANCHES:
                raise ValueError(number)
            self.branches[_count(number)] = Branch(number, parent, _count(step), step)
        elif item[0] == "name":
            _, number, name = item
            self.branches[number].name = None if name is None else printable(name)[:LONGEST_NAME]
        elif item[0] == "measured":
            _, number, metrics = item
            self.branches[number].metrics = self._measured[number] = _metrics(metrics)
        else:
            _, number, step, change, inverse, undoes = item
            branch = self.branches[number]
            if (
                not isinstance(change, dict)
                or not isinstance(inverse, dict)
                or step < (branch.entries[-1].step if branch.entries else branch.fork_step)
            ):
                raise ValueError(step)
            branch.entries.append(Entry(_count(step), change, inverse, bool(undoes)))
            branch.head = max(branch.head, step)
        self.journal.append(list(item))
        if len(self.journal) > MAX_ENTRIES:
            raise ValueError("journal")

    def known(self, branch: int) -> Branch:
        """Raises Unprocessable for a branch that does not exist."""
        if branch not in self.branches:
            raise Unprocessable(f"branch: there is no branch {branch}; this run has {', '.join(map(str, self.branches))}.", "branch")
        return self.branches[branch]


def printable(name: str) -> str:
    """Without what no name needs: control characters and spaces around it. Raises AttributeError for what is no text."""
    return "".join(letter if letter.isprintable() else " " for letter in name).strip()


def _metrics(value: Any) -> dict[str, Any]:
    """{"step": whole, name: number or nothing, …} as a journal tells it. Raises ValueError."""
    if not isinstance(value, dict) or len(value) > _MOST_METRICS:
        raise ValueError(value)
    _count(value.get("step"))
    if not all(number is None or (type(number) in (int, float) and math.isfinite(number)) for number in value.values()):
        raise ValueError(value)
    return {str(name)[:LONGEST_NAME]: number for name, number in value.items()}


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 2**53:
        raise ValueError(value)
    return value
