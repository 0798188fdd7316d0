"""Widgets from a spec's fields: structural ones in the sidebar, live ones described for the live view."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

import streamlit as st

from pages.ui.configuration import Configuration
from pages.ui.conv_layers import conv_layers
from pages.ui.fields import Field, every_choice, label_of
from pages.ui.hiding import hiding

GROUPS = ("Data", "Network", "Learning")
LabelVisibility = Literal["visible", "hidden", "collapsed"]
ELSEWHERE = ("Race", "Hidden")
"""Groups of live fields that have their control in a panel of the live view."""
UPLOADED = ("table", "own_images")
FIRST = ("dataset", "noise", "features", "hidden_layers", "optimiser")
"""What a person looks for first in its group; the others follow in the spec's order."""


def controls(config: Configuration) -> None:
    """The sidebar: few groups in sight, the rest under More."""
    with st.sidebar:
        for group in GROUPS:
            _group(config, group)
        with st.expander("More"):
            _fields(config, "More")
            hiding(config)


def live_controls(config: Configuration) -> list[dict[str, Any]]:
    """The fields that a running run takes over its socket, described for the live view."""
    return [
        {
            "field": entry.name, "label": entry.label, "help": entry.help, "unit": entry.unit,
            "kind": "choice" if entry.choices else "number", "minimum": entry.minimum, "maximum": entry.maximum,
            "scale": entry.scale, "choices": list(entry.choices), "optional": entry.optional, "whole": entry.kind == "integer",
            "elsewhere": entry.group in ELSEWHERE or entry.name in config.hidden,
        }
        for entry in config.task.live
        if _matters(entry.name, config.values)
    ]  # fmt: skip


def _matters(name: str, values: Mapping[str, Any]) -> bool:
    """A rate without what it is the rate of is no control."""
    if name == "momentum":
        return any(optimiser == "momentum" for optimiser in _in_any_lane("optimiser", values))
    if name == "regularisation_rate":
        return any(regularisation != "none" for regularisation in _in_any_lane("regularisation", values))
    if name == "classes":
        return values["dataset"] in ("circle", "xor", "gaussians", "spiral")
    if name == "loss":  # with more classes or with values there is one loss that suits
        return values["dataset"] not in ("slope", "hills") and (values["dataset"] == "own" or values.get("classes", 2) == 2)
    return not (name == "samples" and values["dataset"] == "own")


def _in_any_lane(name: str, values: Mapping[str, Any]) -> list[Any]:
    return [values[name], *(lane.get(name) for lane in values.get("lanes", ()) if lane.get(name) is not None)]


def _group(config: Configuration, group: str) -> None:
    if not any(_seen(config, entry) for entry in config.task.fields.values() if entry.group == group):
        return
    st.markdown(f"##### {group}")
    _fields(config, group)
    if group == "Data" and "seed" not in config.hidden:
        st.button(
            "New data and weights",
            key=_key(config, "reseed"),
            icon=":material/casino:",
            on_click=_reseed,
            args=(config,),
            help="Takes the next seed.",
            width="stretch",
        )


def _fields(config: Configuration, group: str) -> None:
    for entry in sorted(config.task.fields.values(), key=lambda entry: entry.name not in FIRST):
        if entry.group == group and _seen(config, entry):
            _widget(config, entry)
            if entry.name in config.refused:
                st.error(config.refused[entry.name])


def _seen(config: Configuration, entry: Field) -> bool:
    """Has a widget here: it matters, there is something to choose, and the link does not hide it."""
    if entry.live or entry.name in config.hidden or not _matters(entry.name, config.values):
        return False
    return entry.kind != "choice" or len(every_choice(config.experiment, entry.name)) > 1


def _widget(config: Configuration, entry: Field) -> None:
    draw: dict[str, Callable[[Configuration, Field], None]] = {
        "choice": _choice, "choices": _choices, "integers": _layers, "number": _number, "integer": _number, "structure": _structure,
    }  # fmt: skip
    if entry.kind in draw:
        draw[entry.kind](config, entry)


def _structure(config: Configuration, entry: Field) -> None:
    """Of the fields made of parts only the convolutions have widgets; a race's lanes are made in the live view."""
    if entry.name == "layers":
        conv_layers(config, entry)


def _choice(config: Configuration, entry: Field) -> None:
    options = _datasets(config) if entry.name == "dataset" else entry.choices
    # Under the heading Data a label Data would say nothing; a screen reader still hears it.
    shown: LabelVisibility = "collapsed" if entry.label == entry.group else "visible"
    st.selectbox(
        entry.title, options, format_func=label_of, help=entry.help, label_visibility=shown, filter_mode=None, **_bound(config, entry.name)
    )


def _datasets(config: Configuration) -> tuple[str, ...]:
    """A table and a set of images are chosen where they are uploaded; before that there is none to choose."""
    present = config.values["dataset"]
    return tuple(choice for choice in every_choice(config.experiment, "dataset") if choice not in UPLOADED or choice == present)


def _choices(config: Configuration, entry: Field) -> None:
    st.pills(entry.title, entry.choices, selection_mode="multi", help=entry.help, **_bound(config, entry.name))


def _number(config: Configuration, entry: Field) -> None:
    """A slider where the range is short enough to point at, else a box to type in."""
    whole = entry.kind == "integer"
    low, high = entry.minimum or 0, entry.maximum
    if high is not None and (entry.step or whole) and (high - low) / (entry.step or 1) <= 100:
        step = int(entry.step or 1) if whole else entry.step
        st.slider(entry.title, _typed(low, whole), _typed(high, whole), step=step, help=entry.help, **_bound(config, entry.name))
    else:
        ceiling = None if high is None else _typed(high, whole)
        st.number_input(entry.title, _typed(low, whole), ceiling, help=entry.help, **_bound(config, entry.name))


def _typed(number: float, whole: bool) -> float:
    return int(number) if whole else float(number)


def _layers(config: Configuration, entry: Field) -> None:
    """How many layers, then the neurons of each, four boxes to a row."""
    sizes = tuple(config.shown(entry.name))
    key = _key(config, f"{entry.name}:count")
    args = (config, entry.name, key)
    _show(key, len(sizes))
    st.number_input(entry.label, entry.shortest, entry.longest, key=key, help=entry.help, on_change=_count_changed, args=args)
    for row in range(math.ceil(len(sizes) / 3)):
        columns = st.columns(3, gap="xsmall")
        for layer in range(3 * row, min(3 * row + 3, len(sizes))):
            with columns[layer % 3]:
                _neurons(config, entry, sizes, layer)


def _neurons(config: Configuration, entry: Field, sizes: tuple[int, ...], layer: int) -> None:
    key = _key(config, f"{entry.name}:{layer}")
    _show(key, sizes[layer])
    low, high = int(entry.minimum or 1), int(entry.maximum or 1)
    st.number_input(f"Layer {layer + 1}", low, high, key=key, on_change=_neurons_changed, args=(config, entry.name, layer, key))


def _key(config: Configuration, name: str) -> str:
    """Tasks have widgets of their own: the same field may have other bounds there."""
    return f"{config.experiment}:{config.task.name if name != 'dataset' else ''}:{name}"


def _bound(config: Configuration, name: str) -> dict[str, Any]:
    """A widget's key, with the configuration's value laid under it, and what to do when a person changes it."""
    key = _key(config, name)
    _show(key, config.shown(name))
    return {"key": key, "on_change": _changed, "args": (config, name, key)}


def _show(key: str, value: Any) -> None:
    """Sets a widget only where it differs: setting it at every rerun would undo what a quick hand did meanwhile."""
    present = st.session_state.get(key)
    if isinstance(value, tuple):
        if not isinstance(present, list) or set(present) != set(value):
            st.session_state[key] = list(value)
    elif key not in st.session_state or present != value:
        st.session_state[key] = value


def _changed(config: Configuration, name: str, key: str) -> None:
    config.read_back(st.query_params.to_dict())
    value = st.session_state[key]
    # Pills come in the order of clicking; a spec's features are a set in the order of its choices.
    ordered = tuple(choice for choice in config.task.fields[name].choices if choice in value) if isinstance(value, list) else value
    config.change({name: ordered})


def _count_changed(config: Configuration, name: str, key: str) -> None:
    sizes = tuple(config.shown(name))
    count = int(st.session_state[key])
    spare = config.spare.get(config.task.name, ())
    longer = (*sizes, *spare[len(sizes) :], *(sizes[-1:] or (4,)) * count)
    config.spare[config.task.name] = (*sizes, *spare[len(sizes) :])
    config.change({name: longer[:count]})


def _neurons_changed(config: Configuration, name: str, layer: int, key: str) -> None:
    sizes = list(config.shown(name))
    sizes[layer] = int(st.session_state[key])
    config.change({name: tuple(sizes)})


def _reseed(config: Configuration) -> None:
    config.change({"seed": (int(config.values["seed"]) + 1) % 2**31})
