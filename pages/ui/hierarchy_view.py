"""The feature hierarchy's view: one component that takes a photograph to the service and draws what comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from models.specs import invariance
from models.specs.feature_hierarchy import ADAPTER, FORMATS, MAX_BYTES, SAMPLES, STAGES, FeatureHierarchySpec
from models.specs.seeing_networks import NETWORKS, available
from pages.ui.mounting import view_component

KEPT = 24
"""Maps of each stage that are fetched at once; the view shows the first twelve until somebody asks for all."""
MOMENTS = ("pixels", *STAGES, "label")
"""The steps of the climb, by the network's rung."""
FIRST = "stem"
_PACKAGED = tuple(sample.name for sample in SAMPLES)
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
    spec, senseless = asked(query)
    start, unused = opened(query)
    _mount(
        {
            "spec": spec.model_dump(),
            "opened": {**start, "faults": [*senseless, *unused]},
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


def asked(query: Mapping[str, str]) -> tuple[FeatureHierarchySpec, list[str]]:
    """The spec that a link asks for, and a sentence for each photograph that it names in vain. Packaged ones only, as uploads expire."""
    packaged: dict[str, str] = {}
    faults = []
    for field, instead in (("image", f"{SAMPLES[0].title.lower()} is shown"), ("compare", "nothing stands beside the first")):
        named = query.get(field, "")
        if not named:
            continue
        if named.removeprefix("sample:") in _PACKAGED and named.startswith("sample:"):
            packaged[field] = named
        elif named.startswith("sample:"):
            faults.append(f"The link's “{field}” names no packaged photograph, so {instead}; there are {', '.join(_PACKAGED)}.")
        else:
            faults.append(f"The link's “{field}” names an uploaded photograph; those expire, so {instead}.")
    return ADAPTER.validate_python({**packaged, "maps_per_stage": KEPT}), faults


def opened(query: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The step, side and channel that a link opens, where its sliders stand, and a sentence for each part that makes no sense."""
    sliders, faults = _sliders(query)
    channel = query.get("channel", "")
    known = re.fullmatch(r"\d{1,4}", channel, re.ASCII)
    if channel and not known:
        faults.append("The link's “channel” is not used: it is a whole number from 0 to 9999.")
    told = {
        "stage": _one_of("stage", MOMENTS, FIRST, query, faults),
        "side": _one_of("side", ("brain", "network"), "network", query, faults),
        "channel": int(channel) if known else None,
        "sliders": sliders,
        "weights": _one_of("weights", ("trained", "random"), "trained", query, faults),
    }
    return told, faults


def _one_of(field: str, allowed: tuple[str, ...], otherwise: str, query: Mapping[str, str], faults: list[str]) -> str:
    named = query.get(field, otherwise)
    if named in allowed:
        return named
    faults.append(f"The link's “{field}” is not used: it is one of {', '.join(allowed)}.")
    return otherwise


def _sliders(query: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """Sliders that the link moves, each within its bounds; those that make no sense stay at rest, with a sentence."""
    found, faults = {}, []
    for slider in invariance.sliders():
        field, low, high = slider["field"], slider["minimum"], slider["maximum"]
        if field not in query:
            continue
        try:
            value = float(query[field])
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            found[field] = value
        else:
            unit = slider["unit"] if slider["unit"] in ("", "°") else f" {slider['unit']}"
            faults.append(f"The link's “{field}” is not used: it is a number from {low:g} to {high:g}{unit}.".replace("from -", "from −"))
    return found, faults


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
