"""What the part “Use it or lose it” of Synapse is told: the schedule of a link, bounds, starts, and the recorded curves."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import ValidationError

from models.specs.forgetting import INTERVALS, RECORDED
from models.specs.memory import ADAPTER, PRESETS, MemorySpec, memory_badges

_ASKED = tuple(name for name in MemorySpec.model_fields if name != "part")


def memory_data(query: dict[str, str]) -> dict[str, Any]:
    """`query`: the address, or nothing where another tab is open."""
    spec, faults = asked(query)
    return {
        "spec": spec.model_dump(include=set(_ASKED)),
        "faults": faults,
        "defaults": MemorySpec().model_dump(include=set(_ASKED)),
        "fields": fields(),
        "presets": [{"name": p.name, "title": p.title, "sentence": p.sentence, "changes": p.changes} for p in PRESETS],
        "badges": memory_badges(),
        "recorded": {"intervals": INTERVALS, "curves": [asdict(curve) for curve in RECORDED]},
    }


def fields() -> dict[str, dict[str, Any]]:
    """Title, bounds, unit, help and scale of every number of the spec; `whole` for counts."""
    described = {}
    for name, known in MemorySpec.model_json_schema()["properties"].items():
        if known.get("type") in ("number", "integer"):
            bounds = {"low": known["minimum"], "high": known["maximum"], "unit": known.get("unit", "")}
            kind = {"whole": known["type"] == "integer", "log": known.get("scale") == "log"}
            described[name] = {"title": known["title"], "help": known["description"], **bounds, **kind}
    return described


def asked(query: dict[str, str]) -> tuple[MemorySpec, list[str]]:
    """The spec of a link, and a sentence for each part of it that makes no sense and is left out."""
    values: dict[str, Any] = {name: query[name] for name in _ASKED if name in query}
    faults: list[str] = []
    while True:
        try:
            return ADAPTER.validate_python(values), faults
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            wrong = str(first["loc"][0])
            values.pop(wrong)
            faults.append(f"The link's “{wrong}” is not used: {_allowed(wrong)}.")


def _allowed(name: str) -> str:
    """What the field may be, in our words."""
    known = MemorySpec.model_json_schema()["properties"][name]
    if known["type"] == "boolean":
        return "it is true or false"
    if "enum" in known:
        return f"it is one of {', '.join(known['enum'])}"
    whole = "whole " if known["type"] == "integer" else ""
    return f"it is a {whole}number from {known['minimum']:g} to {known['maximum']:g}{' ' + known['unit'] if known.get('unit') else ''}"
