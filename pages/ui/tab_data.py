"""What a live view of several parts is told of one part: the spec that a link asks for, and its numbers' titles and bounds."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

S = TypeVar("S", bound=BaseModel)


def fields(spec: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """Title, help, unit and bounds of every number of the spec, and the choices of every name of a set."""
    described = {}
    for name, known in spec.model_json_schema()["properties"].items():
        words = {"title": known.get("title", name), "help": known.get("description", "")}
        if "minimum" in known and "maximum" in known:
            bounds = {"low": known["minimum"], "high": known["maximum"], "unit": known.get("unit", "")}
            described[name] = {**words, **bounds, "whole": known["type"] == "integer", "log": bool(known.get("log"))}
        elif "enum" in known:
            described[name] = {**words, "choices": known["enum"]}
        else:
            described[name] = words
    return described


def asked(spec: type[S], query: dict[str, str]) -> tuple[S, list[str]]:
    """The spec that a link asks for, and a sentence for each part of it that makes no sense and is left out."""
    schema = spec.model_json_schema()["properties"]
    values: dict[str, Any] = {name: _read(schema[name], query[name]) for name in spec.model_fields if name in query}
    faults: list[str] = []
    while True:
        try:
            return spec.model_validate(values), faults
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            broken = "" if first["type"] != "value_error" else first["msg"].removeprefix("Value error, ")
            wrong = [str(first["loc"][0])] if first["loc"] else _named(broken, values)
            for name in wrong:
                values.pop(name, None)
            which = " and ".join(f"“{name}”" for name in wrong)
            said = broken or allowed(schema[wrong[0]])
            faults.append(f"The link's {which} {'is' if len(wrong) == 1 else 'are'} not used: {said}.")


def _named(broken: str, values: dict[str, Any]) -> list[str]:
    """Of fields that do not go together, all that the link holds and the sentence names: one alone might not go with a default."""
    return [name for name in values if re.search(rf"\b{name}\b", broken)] or [next(iter(values))]


def _read(known: dict[str, Any], text: str) -> Any:
    """Lists are comma-separated in an address, and empty for none."""
    if known.get("type") == "array":
        return [part for part in text.split(",") if part]
    return text


def allowed(known: dict[str, Any]) -> str:
    """What the field may be, in our words."""
    if known.get("type") in ("number", "integer") and "minimum" in known and "maximum" in known:
        what = "whole number" if known["type"] == "integer" else "number"
        return f"it is a {what} from {known['minimum']:g} to {known['maximum']:g}{' ' + known['unit'] if known.get('unit') else ''}"
    if known.get("type") == "boolean":
        return "it is true or false"
    if known.get("type") == "array":
        inner = known.get("items", {})
        return f"it lists some of {', '.join(inner['enum'])}" if "enum" in inner else "it lists numbers, ascending, with commas between"
    return f"it is one of {', '.join(known['enum'])}" if "enum" in known else "it is not understood"
