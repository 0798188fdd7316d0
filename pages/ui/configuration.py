"""What a session has chosen on a page: one valid spec, whatever else was entered, and why that was refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

import streamlit as st

from models.api import EXPERIMENTS
from pages.ui import link
from pages.ui.fields import Task, Values, every_choice, task_of, tasks
from pages.ui.navigation import arrived
from pages.ui.parts import HIDE, hidden
from pages.ui.refusals import refusals

_OF_THE_NETWORK = {"dataset", "content", "classes", "features", "hidden_layers", "initialisation", "activation", "loss", "seed"}
"""First weights belong to the network and the data that they were taken from: another one of these drops them."""
_DRAWN_AGAIN = "The first weights were those of the network as it was before this change; they are drawn from the seed now."


@dataclass
class Configuration:
    """The page's spec as the person shaped it. Lives in the session; widgets only show it."""

    experiment: str
    values: Values
    """The last valid spec, complete."""
    entered: Values = field(default_factory=dict)
    """What was entered and refused; it stays in its widget until it is put right."""
    refused: dict[str, str] = field(default_factory=dict)
    """Field → why it was refused."""
    sentences: tuple[str, ...] = ()
    """What the link said that could not be kept."""
    remembered: dict[str, Values] = field(default_factory=dict)
    """Task → its values when it was left."""
    spare: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Task → neurons of layers that were taken away, should they come back."""
    seen: dict[str, str] = field(default_factory=dict)
    """The address's query when it was last read."""
    starts: int = 0
    """How often a preset or a link was applied."""
    hidden: frozenset[str] = frozenset()
    """Fields and parts of the page that its link hides (pages/ui/hiding.py)."""

    @property
    def task(self) -> Task:
        return task_of(self.experiment, self.values)

    @property
    def link(self) -> dict[str, str]:
        written = link.write(self.experiment, self.values)
        return written | {HIDE: ",".join(sorted(self.hidden))} if self.hidden else written

    @property
    def fresh(self) -> str:
        return str(self.starts)

    @property
    def revision(self) -> str:
        """Changes with every structural field, and with every preset, even one chosen twice."""
        structure = {name: self.values[name] for name, entry in self.task.fields.items() if not entry.live}
        return f"{blake2s(json.dumps(structure).encode(), digest_size=6).hexdigest()}-{self.starts}"

    def shown(self, name: str) -> Any:
        """What the field's widget shows: what was entered, valid or not."""
        return self.entered.get(name, self.values[name])

    def start(self, changes: Mapping[str, Any]) -> None:
        """A preset: the default spec of its task with these changes."""
        self._commit(EXPERIMENTS[self.experiment].validate(dict(changes)).model_dump())
        self.starts += 1

    def change(self, changes: Mapping[str, Any]) -> None:
        """Merges fields that a person or the live view changed; what the spec refuses is kept aside with its reason."""
        changes = {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}
        if changes.get("dataset", self.values.get("dataset")) not in every_choice(self.experiment, "dataset"):
            del changes["dataset"]
        base = self._in_task_of(changes)
        first = None if "weights" in changes else base.get("weights")
        moved = {name for name in changes.keys() & _OF_THE_NETWORK if changes[name] != self.values.get(name)} if first else set()
        if moved:
            base["weights"] = None
        wanted = {**base, **{name: value for name, value in self.entered.items() if name in base}, **changes}
        faults = {fault.field: fault.sentence for fault in refusals(self.experiment, wanted)}
        kept = {name: value for name, value in wanted.items() if name not in faults or name in base}
        valid = {name: base[name] if name in faults else value for name, value in kept.items()}
        dropped = bool(moved - faults.keys())
        if moved and not dropped:  # all of that was refused: it is the same network still
            valid["weights"] = first
        self._commit(EXPERIMENTS[self.experiment].validate(valid).model_dump())
        self.sentences = (_DRAWN_AGAIN,) if dropped else ()
        self.refused = faults
        self.entered = {name: wanted[name] for name in faults if name in base}

    def read_address(self, query: Mapping[str, str]) -> None:
        """A link that was opened: it replaces everything."""
        reading = link.read(self.experiment, query)
        self.hidden, _ = hidden(self.experiment, query)
        self._commit(reading.values)
        self.sentences, self.seen = reading.sentences, dict(query)
        self.starts += 1

    def arrive(self, query: Mapping[str, str]) -> None:
        """A visit to the page. Streamlit's own navigation comes without a query: then all stands as it was left."""
        self.refused = {name: sentence for name, sentence in self.refused.items() if name in self.entered}
        if query and query != self.seen:
            self.read_address(query)
        self.seen = dict(query)

    def read_back(self, query: Mapping[str, str]) -> None:
        """The live view writes live values into the address; take them over, once for every new address.

        Streamlit reports the address as it was opened until a page is changed; the view keeps its values meanwhile.
        """
        if query == self.seen:
            return
        # What a link said passes with the next address; what a change did, with the next change.
        self.seen, self.sentences = dict(query), tuple(sentence for sentence in self.sentences if sentence == _DRAWN_AGAIN)
        reading = link.read(self.experiment, query).values
        if reading.get("dataset") == self.values.get("dataset"):
            live = {entry.name: reading[entry.name] for entry in self.task.live}
            self.values = EXPERIMENTS[self.experiment].validate({**self.values, **live}).model_dump()

    def _in_task_of(self, changes: Mapping[str, Any]) -> Values:
        """The values to change: of another task, if these changes lead there, as that task was left."""
        here, there = self.task, task_of(self.experiment, {**self.values, **changes})
        if here is there:
            return dict(self.values)
        self.remembered[here.name] = dict(self.values)
        base = {**there.defaults, **self.remembered.get(there.name, {})}
        return base | {name: self.values[name] for name in base if name in here.fields and there.carries_over(name, here)}

    def _commit(self, values: Values) -> None:
        self.values = values
        self.entered, self.refused, self.sentences = {}, {}, ()


def configuration(experiment: str) -> Configuration:
    """This session's configuration of the page, brought up to date with the address."""
    query = st.query_params.to_dict()
    found = remembered_configuration(experiment)
    if arrived(experiment):
        found.arrive(query)
    found.read_back(query)
    return found


def remembered_configuration(experiment: str) -> Configuration:
    """The configuration without a look at the address; made on the session's first visit."""
    key = f"configuration:{experiment}"
    if key not in st.session_state:
        st.session_state[key] = Configuration(experiment, tasks(experiment)[0].defaults)
    found: Configuration = st.session_state[key]
    return found


def fixed_configuration(experiment: str, changes: Mapping[str, Any]) -> Configuration:
    """A spec that no widget and no link changes, for a view that only shows."""
    return Configuration(experiment, EXPERIMENTS[experiment].validate(dict(changes)).model_dump())
