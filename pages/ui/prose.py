"""The house style of words: what Streamlit's theme cannot say, and short texts beside a picture."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.navigation import open_page
from pages.ui.terms import begin_page, explained

_STYLE = Path(__file__).with_name("house.css")


def house_style() -> None:
    st.html(_STYLE)


def welcome(name: str, sentences: str, press: str, opens: str) -> None:
    """The first thing on Home: a name, two sentences, one button."""
    begin_page("")
    words, button = st.columns([3, 1], gap="large", vertical_alignment="center")
    with words:
        st.title(name, anchor=False)
        st.html(f'<p class="parallax-welcome">{explained(sentences)}</p>')
    with button, st.container(key="parallax-press"):
        if st.button(press, type="primary", width="stretch", icon=":material/play_arrow:"):
            open_page(opens)
