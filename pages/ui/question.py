"""The head of a page: its name and the one question that it asks."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.registry import PAGES


def question(slug: str) -> None:
    page = next(page for page in PAGES if page.slug == slug)
    st.title(page.title, anchor=False)
    st.html(f'<p class="parallax-question">{escape(page.question)}</p>')
