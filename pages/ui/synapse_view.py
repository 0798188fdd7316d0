"""The view of Synapse: one component with four parts, each of which asks the service itself."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import streamlit as st

from pages.ui.mounting import LIVE, view_component

TABS: Final = ("protocol", "release", "memory", "assembly")
"""By these names tabs stand in the address, and what each is told in the view's data."""
_SHEETS = ("synapse.css", *(f"{tab}.css" for tab in TABS))
_SHARED = ("../player/tabbed.css", "../panels/predict.css")
_mount = view_component("synapse", *_SHARED, *(name for name in _SHEETS if (LIVE / "synapse" / name).exists()))


def synapse_view() -> None:
    """Mounts the view; a rerun of the page changes nothing in it."""
    _mount(view_data(st.query_params.to_dict()))


def view_data(query: dict[str, str]) -> dict[str, Any]:
    """What the view is told: which tab is open and, by tab, {spec, faults, defaults, fields, presets, badges, …}.

    Only the open tab reads the address: the same field may mean something else in another.
    """
    tab = query["tab"] if query.get("tab") in TABS else TABS[0]
    told = {name: _told(name, query if name == tab else {}) for name in TABS}
    faults = told[tab].get("faults", [])
    names = sorted({field for part in told.values() for field in part.get("defaults", {})})
    return {"opened": {"tab": tab, "faults": faults, "query": query}, "names": names, **told}


def _told(tab: str, query: dict[str, str]) -> dict[str, Any]:
    """What one tab is told, from its own module."""
    try:
        module = import_module(f"pages.ui.synapse_{tab}")
    except ModuleNotFoundError:
        return {}
    data: dict[str, Any] = getattr(module, f"{tab}_data")(query)
    return data
