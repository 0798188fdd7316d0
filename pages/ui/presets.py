"""Named starts: a title, a sentence that says what to watch for, and a link to share."""

from __future__ import annotations

from functools import cache

import streamlit as st

from models.api import EXPERIMENTS, Preset
from pages.ui import link
from pages.ui.configuration import Configuration
from pages.ui.fields import Values


def presets(config: Configuration) -> None:
    """A list of starts; choosing one replaces the spec and begins a new run."""
    known = _by_name(config.experiment)
    key = f"preset:{config.experiment}"
    present = _present(config)
    if st.session_state.get(key) != present:
        st.session_state[key] = present
    st.selectbox(
        "Preset",
        list(known),
        index=None,
        required=True,
        key=key,
        format_func=lambda name: known[name].title,
        placeholder="Presets: choose a start",
        on_change=_chosen,
        args=(config, key),
        filter_mode="contains",
        label_visibility="collapsed",
    )
    if present is not None:
        st.caption(f"{known[present].sentence} [Link to this start]({link.address(config.experiment, config.values)})")


@cache
def _by_name(experiment: str) -> dict[str, Preset]:
    return {preset.name: preset for preset in EXPERIMENTS[experiment].presets}


@cache
def preset_values(experiment: str, name: str) -> Values:
    """A preset's complete spec. Shared: never to be changed."""
    values: Values = EXPERIMENTS[experiment].validate(_by_name(experiment)[name].changes).model_dump()
    return values


def _present(config: Configuration) -> str | None:
    """The preset that the page shows now, if it is one to the letter."""
    return next((name for name in _by_name(config.experiment) if preset_values(config.experiment, name) == config.values), None)


def _chosen(config: Configuration, key: str) -> None:
    config.read_back(st.query_params.to_dict())
    name = st.session_state[key]
    if name is not None:
        config.start(_by_name(config.experiment)[name].changes)
