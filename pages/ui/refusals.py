"""A refused spec in sentences: which field, what stood there, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.api import EXPERIMENTS
from pages.ui.fields import Field, plain, task_of


@dataclass(frozen=True)
class FieldRefusal:
    """One refused field and a sentence about it."""

    field: str
    sentence: str


def refusals(experiment: str, values: Mapping[str, Any]) -> list[FieldRefusal]:
    """Every field that the spec refuses, each once; empty where the values are valid."""
    try:
        EXPERIMENTS[experiment].validate(dict(values))
    except ValidationError as error:
        found: dict[str, FieldRefusal] = {}
        for part in _joined(error.errors(include_url=False)):
            fault = _refusal(experiment, values, part)
            found.setdefault(fault.field, fault)  # a list's bad item comes before what it makes of the list
        return list(found.values())
    return []


def _refusal(experiment: str, values: Mapping[str, Any], part: Any) -> FieldRefusal:
    fields = task_of(experiment, values).fields
    name = next((step for step in part["loc"] if step in fields), None) or _named_in(part["msg"], fields)
    field = fields.get(name)
    if field is None:
        unknown = next((str(step) for step in part["loc"] if step in values), "spec")
        return FieldRefusal(unknown, f"“{unknown}” is no field of this page.")
    if field.kind == "text" and part["type"] == "value_error":  # nobody could compare such a text with what is allowed
        return FieldRefusal(name, f"{field.label} cannot be used: {part['msg'].removeprefix('Value error, ').rsplit(': ', 1)[-1]}.")
    if field.kind == "structure":
        return FieldRefusal(name, _of_a_part(field, part))
    return FieldRefusal(name, f"{field.label} is {_shown(values.get(name))}; it must be {_rule(field, part)}.")


def _joined(parts: Sequence[Any]) -> list[Any]:
    """Names that may stand in one place, from all the lists that were tried there."""
    joined: dict[tuple[Any, ...], Any] = {}
    for part in parts:
        place = _place(part["loc"])
        if part["type"] == "literal_error" and joined.get(place, {}).get("type") == "literal_error":
            joined[place]["ctx"] = {"expected": f"{joined[place]['ctx']['expected']}, {part['ctx']['expected']}"}
        else:
            joined.setdefault(place + (() if part["type"] == "literal_error" else (part["type"],)), dict(part))
    return list(joined.values())


def _place(location: Sequence[Any]) -> tuple[Any, ...]:
    """Where it is, without the names of what was tried there."""
    return tuple(step for step in location if isinstance(step, int) or step.isidentifier())


def _of_a_part(field: Field, part: Any) -> str:
    """A list of things with parts is too long to be shown: the check's own words, or which thing and which part."""
    if part["type"] == "value_error":
        said = part["msg"].rsplit("Value error, ", 1)[-1]
        return f"{said[:1].upper()}{said[1:]}."
    steps = _place(part["loc"][part["loc"].index(field.name) + 1 :])
    many = f"a list of {field.shortest} to {field.longest}" if field.longest else "a list"
    if not steps:
        if part["type"] in ("too_short", "too_long"):
            return f"{field.label}: there are {part['ctx']['actual_length']}; it must be {many}."
        return f"{field.label} must be {many}."
    *above, last = (f"number {step + 1}" if isinstance(step, int) else step for step in steps)
    where = ", ".join((field.label, *above))
    if part["type"] == "missing":
        return f"{where}: {last} is missing."
    if part["type"] == "extra_forbidden":
        return f"{where}: “{last[:40]}” is no part of it."
    return f"{where}, {last} is {_shown(part['input'])}; it must be {_wanted(part)}."


def _wanted(part: Any) -> str:
    """What a part of a thing may be, out of the check's numbers and names."""
    limits, kind = part.get("ctx", {}), part["type"]
    for name, words in (("ge", "at least"), ("le", "at most"), ("gt", "more than"), ("lt", "less than")):
        if name in limits:
            return f"{words} {plain(limits[name])}"
    if kind == "literal_error":
        return "one of " + ", ".join(re.findall(r"'([^']*)'", limits["expected"]))
    if kind.startswith(("float", "int", "finite")):
        return "a whole number" if kind.startswith("int") else "a number"
    return "a set of named parts, written as in this page’s links" if kind.startswith(("model", "dict")) else "as in this page’s links"


def _rule(field: Field, part: Any) -> str:
    """A rule that no bound expresses (each feature once) comes in the spec's own words."""
    return f"{field.allowed} ({part['msg'].rsplit(': ', 1)[-1]})" if part["type"] == "value_error" else field.allowed


def _named_in(message: str, fields: Mapping[str, Field]) -> str:
    """A check of the whole spec starts its message with the field's name: `Value error, features: …`."""
    return next((name for name in fields if f"{name}:" in message), "")


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))[:40] if value else "empty"
    return plain(value) if isinstance(value, int | float) and not isinstance(value, bool) else f"“{str(value)[:40]}”"
