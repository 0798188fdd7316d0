"""Pages as Streamlit's navigation wants them, and a session's memory of which page it last showed."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.registry import PAGES, Page

_LAST = "parallax:page"


def as_streamlit_page(page: Page) -> StreamlitPage:
    """Files, not callables: Streamlit's page tests open files only."""
    return st.Page(page.path, title=page.title, icon=page.icon, url_path=page.slug or None, default=page.is_home)


def arrived(slug: str) -> bool:
    """Whether this run of the script is the first since the person came to this page."""
    before, st.session_state[_LAST] = st.session_state.get(_LAST), slug
    return bool(before != slug)


def open_page(slug: str) -> None:
    """Leaves this page for another of the site."""
    st.switch_page(next(page.path for page in PAGES if page.slug == slug))


def page_link(page: Page, label: str) -> None:
    """A link to another page of the site that keeps the session."""
    st.page_link(page.path, label=label, icon=page.icon)
