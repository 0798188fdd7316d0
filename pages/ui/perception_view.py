"""The view of Perception: one component with three parts, light, illusions and robustness, which asks the service itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st
from pydantic import ValidationError

from models.specs.feature_hierarchy import MAX_BYTES, SAMPLES
from models.specs.perception import ADAPTER, LIGHTS, PRESETS, WIDEST, PerceptionSpec
from models.specs.perception_badges import perception_badges
from models.specs.perception_people import PEOPLE
from pages.ui.hierarchy_view import too_large
from pages.ui.mounting import view_component
from pages.ui.robustness_data import robustness_data

TABS = ("illusions", "light", "robustness")
_mount = view_component("perception", "../player/tabbed.css", "perception.css", "light.css", "robustness.css")


def perception_view() -> None:
    """Mounts the view; a rerun of the page changes nothing in it."""
    _mount(view_data(st.query_params.to_dict()))


def view_data(query: dict[str, str]) -> dict[str, Any]:
    """What the view is told: what the address asks for, the controls, the presets, and what people report."""
    spec, faults = asked(query)
    return {
        "opened": {
            "tab": _tab(query, spec),
            "spec": spec.model_dump(),
            "faults": faults,
            "query": query,
            "judge": query.get("judge", "") if query.get("judge") in ("smooth", "shadows") else "",
        },
        "defaults": PerceptionSpec().model_dump(),
        "fields": fields(),
        "widest": WIDEST,
        "presets": [
            {"name": preset.name, "title": preset.title, "sentence": preset.sentence, "changes": preset.changes} for preset in PRESETS
        ],
        "people": {name: asdict(reported) for name, reported in PEOPLE.items()},
        "samples": [{"name": sample.name, "title": sample.title, "credit": sample.credit} for sample in SAMPLES],
        "limit": {"bytes": MAX_BYTES, "sentence": too_large()},
        "badges": perception_badges(),
        "robustness": robustness_data(),
    }


def fields() -> dict[str, dict[str, Any]]:
    """Title, bounds, unit and help of every number of the spec."""
    described = {}
    for name, known in PerceptionSpec.model_json_schema()["properties"].items():
        if known.get("type") == "number":
            bounds = {"low": known["minimum"], "high": known["maximum"], "unit": known.get("unit", "")}
            described[name] = {"title": known["title"], "help": known["description"], **bounds}
    return described


def asked(query: dict[str, str]) -> tuple[PerceptionSpec, list[str]]:
    """The spec that a link asks for, and a sentence for each part of it that makes no sense and is left out."""
    values: dict[str, Any] = {name: query[name] for name in PerceptionSpec.model_fields if name in query}
    faults = []
    if not values.get("image", "sample:").startswith("sample:"):
        values.pop("image")
        faults.append("The link names a photograph that was uploaded; those expire, so the cat is shown.")
    while True:
        try:
            return ADAPTER.validate_python(values), faults
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            wrong = str(first["loc"][0]) if first["loc"] else "size"
            values.pop(wrong, None)
            faults.append(f"The link's “{wrong}” is not used: {_allowed(wrong, first['msg'] if not first['loc'] else '')}.")


def _allowed(name: str, broken: str) -> str:
    """What the field may be, in our words; `broken`: the spec's own sentence on fields that do not go together."""
    if broken:
        return broken.removeprefix("Value error, ")
    known = PerceptionSpec.model_json_schema()["properties"][name]
    if known["type"] == "number":
        return f"it is a number from {known['minimum']:g} to {known['maximum']:g}{' ' + known['unit'] if known.get('unit') else ''}"
    if known["type"] == "boolean":
        return "it is true or false"
    return f"it is one of {', '.join(known['enum'])}" if "enum" in known else "it names no photograph"


def _tab(query: dict[str, str], spec: PerceptionSpec) -> str:
    if query.get("tab") in TABS:
        return query["tab"]
    return "light" if spec.part in LIGHTS else TABS[0]
