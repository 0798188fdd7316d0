"""The feature hierarchy's view: one component that takes a photograph to the service and draws what comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError

from models.specs import invariance
from models.specs.feature_hierarchy import ADAPTER, FORMATS, MAX_BYTES, SAMPLES, STAGES, FeatureHierarchySpec
from models.specs.seeing_networks import NETWORKS, available
from pages.ui.mounting import view_component

KEPT = 24
"""Maps of each stage that are fetched at once; the view shows the first twelve until somebody asks for all."""
MOMENTS = ("pixels", *STAGES, "label")
"""The steps of the climb, by the network's rung."""
FIRST = "stem"
BADGES: dict[str, dict[str, str]] = {
    "brain": {
        "kind": "published model",
        "label": "Centre and surround as measured in macaque ganglion cells; V1 cells sampled from published counts (VOneBlock); "
        "C1 to C2 of HMAX. Each is a model of a stage; nothing here was recorded from a brain.",
        "source": "Croner and Kaplan 1995; Dapello et al. 2020; Riesenhuber and Poggio 1999",
        "doi": "10.1038/14819",
    },
    "network": {
        "kind": "computed here",
        "label": "Activations of EfficientNet-Lite0, trained on ImageNet, computed from this photograph.",
        "source": "Tan and Le 2019, arXiv:1905.11946",
        "doi": "",
    },
}
_mount = view_component("hierarchy", "hierarchy.css", "ladder.css", "invariance.css", "more/more.css")


def hierarchy_view() -> None:
    """Mounts the view. It asks the service itself; a rerun of the page changes nothing in it."""
    query = st.query_params.to_dict()
    _mount(
        {
            "spec": asked(query).model_dump(),
            "opened": opened(query),
            "first": FIRST,
            "sliders": invariance.sliders(),
            "samples": [
                {"name": sample.name, "title": sample.title, "sentence": sample.sentence, "credit": sample.credit} for sample in SAMPLES
            ],
            "limit": {"bytes": MAX_BYTES, "sentence": too_large()},
            "promise": f"{FORMATS}, up to {MAX_BYTES // 1_000_000} MB.",
            "networks": networks(),
            "badges": BADGES,
        }
    )


def asked(query: Mapping[str, str]) -> FeatureHierarchySpec:
    """The spec that a link asks for: packaged photographs, as uploaded ones expire. The default where the link makes no sense."""
    packaged = {field: query[field] for field in ("image", "compare") if query.get(field, "").startswith("sample:")}
    try:
        return ADAPTER.validate_python({**packaged, "maps_per_stage": KEPT})
    except ValidationError:
        return ADAPTER.validate_python({"maps_per_stage": KEPT})


def opened(query: Mapping[str, str]) -> dict[str, Any]:
    """The step, side and channel that a link opens, and where its sliders stand."""
    channel, stage = query.get("channel", ""), query.get("stage", FIRST)
    return {
        "stage": stage if stage in MOMENTS else FIRST,
        "side": "brain" if query.get("side") == "brain" else "network",
        "channel": int(channel) if re.fullmatch(r"\d{1,4}", channel, re.ASCII) else None,
        "sliders": dict(_sliders(query)),
        "weights": "random" if query.get("weights") == "random" else "trained",
    }


def _sliders(query: Mapping[str, str]) -> list[tuple[str, float]]:
    """Sliders that the link moves, each within its bounds; those that make no sense stay at rest."""
    found = []
    for slider in invariance.sliders():
        try:
            value = float(query.get(slider["field"], ""))
        except ValueError:
            continue
        if slider["minimum"] <= value <= slider["maximum"]:
            found.append((slider["field"], value))
    return found


def networks() -> list[dict[str, Any]]:
    """What else than the ladder's network can be asked below it, and whether its weight file is there."""
    here = {network.name for network in available()}
    return [
        {"name": network.name, "title": network.title, "stages": list(network.stages), "installed": network.name in here}
        for network in NETWORKS
    ]


def too_large() -> str:
    """The service's sentence, said before an upload that would be refused; `{size}` is filled in by the view."""
    return f"The file has {{size}} MB; photographs of up to {MAX_BYTES // 1_000_000} MB are read. Save it smaller, or as JPEG."
