"""Which of the lab's data a network from elsewhere can learn: by its inputs and outputs, what was asked for, and what the page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, NoReturn

from pydantic import BaseModel

from models.service.errors import Unprocessable
from models.service.network_description import DATASETS, Description
from models.specs.gradient_flow import DIGITS_CLASSES, DIGITS_PIXELS, PLANE_FEATURES, VALUES, DigitsSpec, PlaneSpec, TableSpec
from models.tables import MOST_CLASSES, MOST_COLUMNS, Table

Task = Literal["plane", "digits", "table"]
_CLASSES: Final = ("circle", "xor", "gaussians", "spiral")
_MOST_PLANE_CLASSES: Final = 5
_SPECS: Final[dict[Task, type[BaseModel]]] = {"plane": PlaneSpec, "digits": DigitsSpec, "table": TableSpec}
_PLACES: Final = {"plane": "on the plane", "digits": "for the digits", "table": "for a table"}


@dataclass(frozen=True)
class Page:
    """What the page shows now: it is kept where it suits the network."""

    data: str | None = None
    content: str | None = None


@dataclass(frozen=True)
class Data:
    task: Task
    fields: dict[str, Any]
    said: str

    @property
    def bounds(self) -> tuple[int, int]:
        """Hidden layers, and neurons in each, that the spec allows."""
        return _bounds(self.task)

    @property
    def place(self) -> str:
        return _PLACES[self.task]


@cache
def _bounds(task: Task) -> tuple[int, int]:
    shape = _SPECS[task].model_json_schema()["properties"]["hidden_layers"]
    return shape["maxItems"], shape["items"]["maximum"]


def answers(classes: int | None) -> str:
    """What an output tells: `None` is a number."""
    words = {2: "two", 3: "three", 4: "four", 5: "five", 10: "ten"}
    return "a number" if classes is None else f"{words.get(classes, classes)} classes"


@dataclass(frozen=True)
class _Network:
    """Inputs, classes (None: a number), and the kind of the output."""

    inputs: int
    classes: int | None
    output: str

    @property
    def answers(self) -> str:
        return answers(self.classes)


def chosen_data(
    inputs: int, classes: int | None, output: str, description: Description, page: Page, table_of: Callable[[str], Table | None]
) -> Data:
    """The data that the description names, else those of the page, else the usual ones. Raises Unprocessable where none suits."""
    network = _Network(inputs, classes, output)
    content = description.content or page.content
    table = table_of(content) if content else None
    if description.content and table is None:
        _refuse("content: these data are no longer kept here; paste or upload them again.")
    named = description.data or (_task_of_table(network, table) if description.content else None)
    if named:
        sentence = _objection(network, named, table)
        if sentence:
            _refuse(sentence)
        return _data(network, named, description, content, table)
    usual = "digits" if inputs == DIGITS_PIXELS else "hills" if classes is None else "circle"
    for candidate in (page.data, usual):
        if candidate in DATASETS and not _objection(network, candidate, table):
            return _data(network, candidate, description, content, table)
    _refuse(_none(network))


def _task_of_table(network: _Network, table: Table | None) -> str:
    return "own" if not _objection(network, "own", table) else "table"


def _objection(network: _Network, data: str, table: Table | None) -> str | None:
    """Why the network cannot learn these data; None where it can."""
    if data == "table":
        return _table_objection(network, table)
    if data == "digits":
        right = (network.inputs, network.classes) == (DIGITS_PIXELS, DIGITS_CLASSES)
        wanted = f"{DIGITS_PIXELS} inputs and {DIGITS_CLASSES} outputs"
        return (
            None if right else f"the digits take a network of {wanted}; this one has {network.inputs} inputs and answers {network.answers}."
        )
    if network.inputs > len(PLANE_FEATURES):
        return f"points of the plane have 1 to {len(PLANE_FEATURES)} features; this network has {network.inputs} inputs."
    if network.classes is not None and network.classes > _MOST_PLANE_CLASSES:
        there = f"on the plane there are 2 to {_MOST_PLANE_CLASSES} classes, in a table up to {MOST_CLASSES}"
        return f"{there}; this network tells {network.classes} apart."
    if data == "own":
        return _own_objection(network, table)
    if (data in VALUES) != (network.classes is None):
        wanted = "a number to each point" if data in VALUES else "classes"
        return f"“{data}” has {wanted}, and this network answers {network.answers}."
    return None


def _own_objection(network: _Network, table: Table | None) -> str | None:
    if table is None:  # the drawing that one's own points begin with
        return (
            None
            if network.classes == 2
            else f"own points have two classes until others are drawn, and this network answers {network.answers}."
        )
    if len(table.columns) != 2:
        return f"points of the plane have two columns, and this table has {len(table.columns)}."
    return _answers_objection(network, table)


def _table_objection(network: _Network, table: Table | None) -> str | None:
    if table is None:
        return _load_first(network)
    if len(table.columns) != network.inputs:
        return f"the table has {len(table.columns)} columns to learn from, and this network has {network.inputs} inputs."
    if network.output == "tanh":
        return "a table's two classes take a Sigmoid output; Tanh is for points of the plane."
    return _answers_objection(network, table)


def _answers_objection(network: _Network, table: Table) -> str | None:
    has = None if table.problem == "number" else len(table.classes)
    return None if has == network.classes else f"the table’s answer is {answers(has)}, and this network answers {network.answers}."


def _none(network: _Network) -> str:
    inputs = network.inputs
    if inputs == DIGITS_PIXELS:
        return _objection(network, "digits", None) or ""
    if inputs <= len(PLANE_FEATURES):
        return _objection(network, "circle" if network.classes else "hills", None) or ""
    if inputs <= MOST_COLUMNS:
        return _load_first(network)
    features, columns = f"1 to {len(PLANE_FEATURES)} features of a point", f"1 to {MOST_COLUMNS} columns of a table"
    return f"this network has {inputs} inputs; the lab has {features}, {columns}, and the {DIGITS_PIXELS} pixels of a digit."


def _load_first(network: _Network) -> str:
    needed = (
        f"a network of {network.inputs} inputs that answers {network.answers} needs a table of {network.inputs} columns with such an answer"
    )
    return f"{needed}; load it with Own data first, then import the network again."


def _data(network: _Network, data: str, description: Description, content: str | None, table: Table | None) -> Data:
    if description.features is not None and data in ("digits", "table"):
        _refuse(f"features are those of points; {_PLACES['digits' if data == 'digits' else 'table']} there are none to name.")
    if data == "digits":
        return Data("digits", {"dataset": "digits"}, "It sees the 64 pixels of a digit, 0 for paper to 1 for ink.")
    if data == "table":
        scaled = " Numbers to learn are mapped to −1…+1." if network.classes is None else ""
        said = f"It sees the table’s columns as the lab shows them: each less its mean, over its standard deviation.{scaled}"
        return Data("table", {"dataset": "table", "content": content}, said)
    features = description.features or PLANE_FEATURES[: network.inputs]
    if len(features) != network.inputs:
        _refuse(f"it names {len(features)} features, and the first Linear has {network.inputs} inputs.")
    fields: dict[str, Any] = {"dataset": data, "features": list(features)}
    if data in _CLASSES:
        fields["classes"] = network.classes
    if data == "own" and table is not None:
        fields["content"] = content
    return Data("plane", fields, f"It sees {_listed(features)} of each point, x and y within ±6.")


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _refuse(sentence: str) -> NoReturn:
    raise Unprocessable(sentence if sentence.startswith("content:") else f"description: {sentence}", "description")
