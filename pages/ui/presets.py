"""Named starts: a title, a link to share, and the question that the live view asks before the run.

The sentence that says what is to be seen would give the answer away: it goes with the question and is shown after the reveal.
"""

from __future__ import annotations

from functools import cache
from typing import Any

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
        preset = known[present]
        sentence = "" if preset.prediction else f"{preset.sentence} "
        st.caption(f"{sentence}[Link to this start]({link.address(config.experiment, config.values)})")


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


_OF_A_RACE = ("race_rule", "race_by", "race_goal")


def prediction(config: Configuration) -> dict[str, Any] | None:
    """The question of the preset whose structure the page shows, with what it is about. Live values may differ: the view says so."""
    name = _asked(config)
    preset = _by_name(config.experiment)[name] if name else None
    if preset is None or preset.prediction is None:
        return None
    values = preset_values(config.experiment, preset.name)
    about = {"spec": _structure(config, values), "settings": {field: values[field] for field in _deciding(values)}}
    return {**preset.prediction, "name": preset.name, "title": preset.title, "sentence": preset.sentence, **about}


def _asked(config: Configuration) -> str | None:
    """Starts may differ in live values only: then the one that was shown last to the letter is meant."""
    key = f"asked:{config.experiment}"
    fitting = [
        name
        for name in _by_name(config.experiment)
        if _structure(config, preset_values(config.experiment, name)) == _structure(config, config.values)
    ]
    last = st.session_state.get(key)
    name = _present(config) or (last if last in fitting else next(iter(fitting), None))
    st.session_state[key] = name
    return name


def _structure(config: Configuration, values: Values) -> Values:
    live = {entry.name for entry in config.task.live}
    return {name: value for name, value in values.items() if name not in live}


def _deciding(values: Values) -> list[str]:
    """Live fields that decide what a run of these values comes to."""
    lanes = [values, *values.get("lanes", ())]
    momentum = ["momentum"] if any(lane["optimiser"] == "momentum" for lane in lanes) else []
    pulled = ["regularisation_rate"] if any(lane.get("regularisation") not in (None, "none") for lane in lanes) else []
    rate = "rate_factor" if "rate_factor" in values else "learning_rate"
    return [rate, *momentum, *pulled, *(_OF_A_RACE if values.get("lanes") else ())]


def _chosen(config: Configuration, key: str) -> None:
    config.read_back(st.query_params.to_dict())
    name = st.session_state[key]
    if name is not None:
        config.start(_by_name(config.experiment)[name].changes)
