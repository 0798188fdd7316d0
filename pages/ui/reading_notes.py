"""How to read a picture, and what not to read into it: short paragraphs, each under its own few words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from pages.ui.terms import explained


def reading_notes(title: str, notes: Mapping[str, str]) -> None:
    """`notes`: heading → paragraph."""
    st.subheader(title, anchor=False)
    items = (f"<li><b>{escape(heading)}.</b> {explained(paragraph)}</li>" for heading, paragraph in notes.items())
    st.html(f"<ul class='parallax-notes'>{''.join(items)}</ul>")
