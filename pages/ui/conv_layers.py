"""The convolutions of a network, each with its parts as number boxes; one may be added or taken away."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from models.api import EXPERIMENTS
from pages.ui.configuration import Configuration
from pages.ui.fields import Field, Values

_ROWS = (("channels", "size", "pool"), ("stride", "padding"))
_NAMES = {"channels": "Channels", "size": "Kernel", "stride": "Stride", "padding": "Padding", "pool": "Pool"}
"""Short: three stand side by side. All but the channels are in pixels."""
_ADDED: Values = {"channels": 8, "size": 3, "stride": 1, "padding": 1, "pool": 1}
"""A further convolution that fits on anything: it changes no map's size."""


def conv_layers(config: Configuration, entry: Field) -> None:
    """A block of boxes for each convolution; which do not fit is said below, by whoever draws the field."""
    layers = tuple(config.shown(entry.name))
    for place in range(len(layers)):
        _layer(config, entry, layers, place)
    st.button(
        "Add a convolution",
        key=f"{config.experiment}:{entry.name}:add",
        icon=":material/add:",
        disabled=len(layers) >= entry.longest,
        on_click=_set,
        args=(config, entry.name, (*layers, dict(_ADDED))),
        help=f"After the last one; up to {entry.longest}.",
        width="stretch",
    )


def _layer(config: Configuration, entry: Field, layers: tuple[Values, ...], place: int) -> None:
    name, remove = st.columns([3, 1], vertical_alignment="center")
    name.markdown(f"**Convolution {place + 1}**", help=_help(config.experiment))
    remove.button(
        "",
        key=f"{config.experiment}:{entry.name}:{place}:remove",
        icon=":material/close:",
        disabled=len(layers) <= entry.shortest,
        on_click=_set,
        args=(config, entry.name, layers[:place] + layers[place + 1 :]),
        help=f"Remove convolution {place + 1}",
    )
    for row in _ROWS:
        for part, column in zip(row, st.columns(3, gap="xsmall"), strict=False):
            with column:
                _part(config, entry, layers, place, part)


def _part(config: Configuration, entry: Field, layers: tuple[Values, ...], place: int, part: str) -> None:
    shape = _parts(config.experiment)[part]
    key = f"{config.experiment}:{entry.name}:{place}:{part}"
    value = min(max(int(layers[place].get(part, shape["default"])), shape["minimum"]), shape["maximum"])
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    if st.session_state.get(_emptied(key)):
        st.caption(f"{_NAMES[part]} stays {value}: give a whole number from {shape['minimum']} to {shape['maximum']}.")
    st.number_input(
        _NAMES[part],
        shape["minimum"],
        shape["maximum"],
        value=None,  # without it an emptied box would mean the least that is allowed
        key=key,
        on_change=_changed,
        args=(config, entry.name, place, part, key),
    )


@cache
def _parts(experiment: str) -> dict[str, dict[str, Any]]:
    """Part of a convolution → its bounds and help, as the spec's schema has them."""
    parts: dict[str, dict[str, Any]] = EXPERIMENTS[experiment].json_schema()["$defs"]["ConvLayer"]["properties"]
    return parts


def _help(experiment: str) -> str:
    """What the boxes mean, in one place: a sign beside each would leave no room for its name."""
    lines = [f"- **{_NAMES[name]}**: {shape['description']}" for name, shape in _parts(experiment).items()]
    return "\n".join(lines) + "\n\nSizes are in pixels."


def _set(config: Configuration, name: str, layers: tuple[Values, ...]) -> None:
    config.read_back(st.query_params.to_dict())
    config.change({name: layers})


def _emptied(key: str) -> str:
    """Where it is kept that a box was left empty."""
    return f"{key}:emptied"


def _changed(config: Configuration, name: str, place: int, part: str, key: str) -> None:
    given = st.session_state[key]
    st.session_state[_emptied(key)] = given is None
    if given is None:  # the next run of the page puts the old number back
        return
    layers = [dict(layer) for layer in config.shown(name)]
    layers[place][part] = int(given)
    _set(config, name, tuple(layers))
