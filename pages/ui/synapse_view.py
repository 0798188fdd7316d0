"""The view of Synapse: one component with four parts, each of which asks the service itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from pages.ui.mounting import view_component
from pages.ui.synapse_assembly import assembly_data
from pages.ui.synapse_memory import memory_data
from pages.ui.synapse_protocol import protocol_data
from pages.ui.synapse_release import release_data

_TOLD: Final[dict[str, Callable[[dict[str, str]], dict[str, Any]]]] = {
    "protocol": protocol_data,
    "release": release_data,
    "memory": memory_data,
    "assembly": assembly_data,
}
TABS: Final = tuple(_TOLD)
"""By these names tabs stand in the address, and what each is told in the view's data."""
_mount = view_component("synapse", "../player/tabbed.css", "../panels/predict.css", "synapse.css", *(f"{tab}.css" for tab in TABS))


def synapse_view() -> None:
    """Mounts the view; a rerun of the page changes nothing in it."""
    _mount(view_data(st.query_params.to_dict()))


def view_data(query: dict[str, str]) -> dict[str, Any]:
    """What the view is told: which tab is open and, by tab, {spec, faults, defaults, fields, presets, badges, …}.

    Only the open tab reads the address: the same field may mean something else in another.
    """
    tab = query["tab"] if query.get("tab") in TABS else TABS[0]
    told = {name: tell(query if name == tab else {}) for name, tell in _TOLD.items()}
    names = sorted({field for part in told.values() for field in part["defaults"]})
    return {"opened": {"tab": tab, "faults": told[tab]["faults"], "query": query}, "names": names, **told}
