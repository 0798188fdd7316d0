"""Home's cards: each page of a chapter with its question, and its picture once there is one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.registry import Page, chapters
from pages.ui.navigation import page_link

IMAGES = Path(__file__).parents[2] / "assets" / "images"
ACROSS = 3


def chapter_cards() -> None:
    st.header("Chapters", anchor=False)
    pages = [page for chapter, members in chapters().items() if chapter for page in members]
    for start in range(0, len(pages), ACROSS):
        for column, page in zip(st.columns(ACROSS, gap="medium"), pages[start : start + ACROSS], strict=False):
            with column, st.container(border=True):
                _card(page)


def _card(page: Page) -> None:
    picture = _picture(page.slug)
    if picture:
        st.image(picture, width="stretch")
    st.caption(page.chapter)
    page_link(page, page.title)
    st.markdown(page.question)


@cache
def _picture(slug: str) -> str:
    """A screenshot of the page, if one has been taken; else empty, and the card does without."""
    path = IMAGES / f"{slug}.png"
    return str(path) if path.exists() else ""
