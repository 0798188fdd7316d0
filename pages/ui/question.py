"""The head of a page: its name and the one question that it asks."""

from __future__ import annotations

import streamlit as st

from pages.registry import PAGES
from pages.ui.terms import begin_page, explained


def question(slug: str) -> None:
    page = next(page for page in PAGES if page.slug == slug)
    begin_page(slug)
    st.title(page.title, anchor=False)
    st.html(f'<p class="parallax-question">{explained(page.question)}</p>')
