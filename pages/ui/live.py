"""The live view: one component that loads the hand-written ES modules and tells them what to run and draw."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from models.specs.badges import badge_data
from pages.figures.live_figure import LiveFigure
from pages.ui.addresses import addresses
from pages.ui.configuration import Configuration
from pages.ui.controls import live_controls
from pages.ui.presets import prediction
from pages.ui.terms import view_terms

FigureMaker = Callable[[str], LiveFigure]
"""Builds a figure for a theme, `light` or `dark`."""


def _part(suffix: str) -> str:
    return Path(__file__).with_name(f"live_place.{suffix}").read_text("utf-8")


# The skeleton stands until the view draws; no shadow root, so that a page's tests and styles can see into the view.
_component = st.components.v2.component("parallax_live", html=_part("html"), css=_part("css"), js=_part("js"), isolate_styles=False)


def live_view(
    config: Configuration,
    figures: tuple[FigureMaker, ...],
    layout: str = "lab",
    play: bool = False,
    speed: float | None = None,
    further: Mapping[str, Any] | None = None,
) -> None:
    """Mounts the view. It starts the run itself; a rerun of the page only hands it what changed.

    `further`: what the panels of this layout are told besides.
    """
    where = addresses()
    key = f"live:{config.experiment}:{layout}"

    def change_asked() -> None:
        config.read_back(st.query_params.to_dict())
        asked = st.session_state[key].change
        if isinstance(asked, dict):
            config.change(asked)

    _component(
        key=key,
        data={
            "experiment": config.experiment,
            "spec": config.values,
            "link": config.link,
            "defaults": config.task.defaults,
            "revision": config.revision,
            "fresh": config.fresh,
            "api": where.api,
            "live": where.live,
            "plotly": where.plotly,
            "layout": layout,
            "play": play,
            "speed": speed,
            "controls": live_controls(config) if layout != "home" else [],
            "figures": [_described(maker, theme_name()) for maker in figures],
            "badges": badge_data(),
            "prediction": prediction(config) if layout != "home" else None,
            "glossary": view_terms(layout),
            "hidden": sorted(config.hidden),
            **(further or {}),
        },
        on_change_change=change_asked,
    )


def theme_name() -> str:
    """`light` or `dark`, as the browser shows the page now."""
    return "dark" if st.context.theme.type == "dark" else "light"


@lru_cache(maxsize=64)
def _described(maker: FigureMaker, theme: str) -> dict[str, Any]:
    """A figure as the view takes it; made once for a theme."""
    live = maker(theme)
    return {
        "name": live.name,
        "title": live.title,
        "figure": json.loads(live.figure.to_json()),
        "problem": live.problem,
        "named": [{"trace": trace, "attribute": attribute} for trace, attribute in live.named],
        "bindings": [{"trace": to.trace, "attribute": to.attribute, "reading": to.reading, "index": to.index} for to in live.bindings],
    }
