"""Views that keep no run: one component each, which loads a folder of ES modules and asks the service for analyses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.addresses import addresses

_HERE = Path(__file__).parent
LIVE = _HERE.parents[1] / "assets" / "live"
_SHARED = ("live.css", "panels/panels.css")


def _part(suffix: str) -> str:
    return (_HERE / f"live_place.{suffix}").read_text("utf-8")


def view_component(folder: str, *sheets: str) -> Callable[[Mapping[str, Any]], None]:
    """A function that mounts `assets/live/<folder>/view.js` with data of the page. To be made once, when its module is imported.

    `sheets`: the view's own style sheets within its folder; those of the live view's furniture come before them.
    """
    styles = [(LIVE / name).read_text("utf-8") for name in (*_SHARED, *(f"{folder}/{name}" for name in sheets))]
    component = st.components.v2.component(
        f"parallax_{folder}", html=_part("html"), css="\n".join((_part("css"), *styles)), js=_part("js"), isolate_styles=False
    )

    def mount(data: Mapping[str, Any]) -> None:
        where = addresses()
        places = {"api": where.api, "live": f"{where.live}/{folder}", "images": where.images, "plotly": where.plotly}
        component(key=folder, data={**places, **data})

    return mount
