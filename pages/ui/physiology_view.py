"""The view of Unit physiology: one component with a brain cell and a network unit under the same protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from models.specs.physiology_badges import physiology_badges
from models.specs.unit_physiology import CELLS, CHANNELS, PROTOCOLS, QUICK_STAGES, STARTS
from models.specs.v1_published import ORIENTATION, SPATIAL_FREQUENCY, SUPPRESSION, Counts
from pages.ui.mounting import view_component

LAYERS, FILTERS = 3, 32
"""Most convolutions, and most filters in one, of a network that is trained live."""
DEFAULTS: dict[str, str] = {
    "protocol": "gratings",
    "scope": "unit",
    "cell": "8",
    "normalised": "yes",
    "network": "efficientnet",
    "stage": "stage2",
    "channel": "3",
    "layer": "1",
    "filter": "0",
    "contrast": "1",
    "frames": "20000",
    "seed": "0",
}
_CHOICES = {
    "protocol": tuple(protocol.name for protocol in PROTOCOLS),
    "scope": ("unit", "layer"),
    "normalised": ("yes", "no"),
    "network": ("efficientnet", "live"),
    "stage": tuple(CHANNELS),
}
_WHOLE = {"cell": (0, CELLS - 1), "layer": (1, LAYERS), "filter": (0, FILTERS - 1), "frames": (500, 20_000), "seed": (0, 999)}
_mount = view_component("physiology", "physiology.css", "plots.css")


def physiology_view() -> None:
    """Mounts the view. It asks the service itself and writes the address; a rerun of the page changes nothing in it."""
    state, sentences = asked(st.query_params.to_dict())
    _mount(
        {
            "state": state,
            "defaults": DEFAULTS,
            "sentences": sentences,
            "protocols": [asdict(protocol) for protocol in PROTOCOLS],
            "starts": [asdict(start) for start in STARTS],
            "stages": [{"name": name, "channels": count, "quick": name in QUICK_STAGES} for name, count in CHANNELS.items()],
            "cells": CELLS,
            "layers": LAYERS,
            "filters": FILTERS,
            "published": {
                "orientation": _counts(ORIENTATION),
                "frequency": _counts(SPATIAL_FREQUENCY),
                "suppression_index": _counts(SUPPRESSION),
            },
            "badges": physiology_badges(),
        }
    )


def asked(query: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """What a link asks for, complete and valid, and a sentence for each part that makes no sense."""
    state, sentences = dict(DEFAULTS), []
    for name, text in query.items():
        if name not in DEFAULTS:
            continue
        allowed = _allowed(name, text, query)
        if allowed is None:
            state[name] = text
        else:
            sentences.append(f"The link’s {name} is “{text[:40]}”; it must be {allowed}. The default is used.")
    if int(state["channel"]) >= CHANNELS[state["stage"]]:
        state["channel"] = "0"
    return state, sentences


def _allowed(name: str, text: str, query: Mapping[str, str]) -> str | None:
    """None where the text is one of those that are allowed, else what would be."""
    if name in _CHOICES:
        return None if text in _CHOICES[name] else "one of " + ", ".join(_CHOICES[name])
    if name == "contrast":
        return None if _within(text, 0.05, 1) else "a number from 0.05 to 1"
    low, high = _WHOLE.get(name) or (0, CHANNELS.get(query.get("stage", DEFAULTS["stage"]), 32) - 1)
    whole = text.isascii() and text.isdigit() and len(text) < 6
    return None if whole and low <= int(text) <= high else f"a whole number from {low} to {high}"


def _within(text: str, low: float, high: float) -> bool:
    try:
        return len(text) < 12 and low <= float(text) <= high
    except ValueError:
        return False


def _counts(counts: Counts) -> dict[str, Any]:
    return {**asdict(counts), "cells": counts.cells}
