"""How to read a picture, and what not to read into it: short paragraphs, each under its own few words."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def reading_notes(title: str, notes: Mapping[str, str]) -> None:
    """`notes`: heading → paragraph."""
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- **{heading}.** {paragraph}" for heading, paragraph in notes.items()))
