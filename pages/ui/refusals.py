"""A refused spec in sentences: which field, what stood there, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
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
        for part in error.errors(include_url=False):
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


def _of_a_part(field: Field, part: Any) -> str:
    """A list of things with parts is too long to be shown: the check's own words, or which thing and which part."""
    said = part["msg"].rsplit("Value error, ", 1)[-1]
    if part["type"] == "value_error":
        return f"{said[:1].upper()}{said[1:]}."
    which = [f"number {step + 1}" if isinstance(step, int) else str(step) for step in part["loc"][part["loc"].index(field.name) + 1 :]]
    return f"{', '.join((field.label, *which))}: {said[:1].lower()}{said[1:]}."


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
