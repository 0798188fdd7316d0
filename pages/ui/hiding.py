"""What a link leaves away for a lesson: `?hide=noise,brain` opens the page without that control and that picture."""

from __future__ import annotations

import streamlit as st

from pages.ui.configuration import Configuration
from pages.ui.parts import PARTS, parts_of


def hideable(config: Configuration) -> tuple[str, ...]:
    """Every name that a link of this page may hide: the fields that it shows, then its parts."""
    return (*(name for name, entry in config.task.fields.items() if entry.group not in ("Hidden", "Race")), *parts_of(config.experiment))


def hides(config: Configuration, name: str) -> bool:
    return name in config.hidden


def hiding(config: Configuration) -> None:
    """The choice of what the link hides; it stands in the address at once."""
    names = hideable(config)
    key = f"hiding:{config.experiment}"
    chosen = [name for name in names if name in config.hidden]
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.multiselect(
        "Hidden by the link",
        names,
        key=key,
        format_func=lambda name: title_of(config, name),
        placeholder="Nothing is hidden",
        help="For a lesson: what is chosen here is not shown, and the link opens the page without it.",
        on_change=_chosen,
        args=(config, key),
    )


def way_back(config: Configuration) -> None:
    """Below the page: what its link hides, and how to see it all the same."""
    if not config.hidden:
        return
    names = ", ".join(title_of(config, name) for name in hideable(config) if name in config.hidden)
    st.caption(f"This link hides: {names}.")
    st.button("Show everything", key=f"unhide:{config.experiment}", on_click=_show_all, args=(config,))


def title_of(config: Configuration, name: str) -> str:
    if name in PARTS:
        return PARTS[name]
    return config.task.fields[name].label.lower() if name in config.task.fields else name


def _chosen(config: Configuration, key: str) -> None:
    config.hidden = frozenset(st.session_state[key])


def _show_all(config: Configuration) -> None:
    config.hidden = frozenset()
