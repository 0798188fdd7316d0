"""The glossary's page: every term with its field, what it is not, where it is used and where it comes from."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from models.specs.glossary import TERMS, Term, term
from pages.registry import PAGES
from pages.ui.addresses import base_path
from pages.ui.sources import works

FIELDS: Final = {"brain": "Brain", "network": "Network", "both": "Both"}
_ANCHOR: Final = Path(__file__).with_name("glossary_anchor.js").read_text("utf-8")

# Streamlit draws a page long after its address was opened, so the browser finds no entry to go to; this looks for it once it is there.
_anchor = st.components.v2.component("parallax_anchor", html="<span hidden></span>", js=_ANCHOR, isolate_styles=False)


def glossary() -> None:
    """Entries by name; a word and a field narrow them down. What is narrowed away is hidden, so that links to it still find it."""
    chosen, words = st.columns([2, 3], gap="medium", vertical_alignment="bottom")
    with chosen:
        field = st.segmented_control("Field", tuple(FIELDS), format_func=_counted, key="glossary:field")
    with words:
        search = st.text_input("Containing", key="glossary:search", placeholder="gradient, synapse, rate …")
    shown = {entry.slug for entry in TERMS if field in (None, entry.field) and search.strip().casefold()[:60] in _text(entry)}
    if not shown:
        st.html("<p>No term fits. Clear the word or the field to see all of them.</p>")
    st.html("".join(_entry(entry.slug, entry.slug in shown) for entry in TERMS))
    _anchor(key="glossary:anchor")


def _counted(field: str) -> str:
    return f"{FIELDS[field]} ({sum(entry.field == field for entry in TERMS)})"


def _text(entry: Term) -> str:
    return " ".join((entry.name, *entry.written, entry.definition, entry.not_with)).casefold()


@cache
def _entry(slug: str, shown: bool) -> str:
    entry = term(slug)
    not_with = f"<p class='parallax-not'>Not the same: {escape(entry.not_with)}</p>"
    return (
        f"<article class='parallax-entry' id='{slug}' tabindex='-1'{'' if shown else ' hidden'}>"
        f"<h3><a href='#{slug}'>{escape(entry.name)}</a> <span class='parallax-field parallax-field-{entry.field}'>{_of(entry)}</span></h3>"
        f"<p>{escape(entry.definition)}</p>{not_with if entry.not_with else ''}{_notes(entry)}</article>"
    )


def _of(entry: Term) -> str:
    return {"brain": "of the brain", "network": "of networks", "both": "of both fields"}[entry.field]


def _notes(entry: Term) -> str:
    """Related terms, pages and sources, in one line."""
    related = ", ".join(f"<a href='#{slug}'>{escape(term(slug).name)}</a>" for slug in entry.related)
    pages = ", ".join(f"<a href='{base_path()}/{page.slug}'>{escape(page.title)}</a>" for page in PAGES if page.slug in entry.pages)
    cited = ", ".join(_source(key) for key in entry.citations)
    parts = (("See also", related), ("On", pages), ("Source", cited))
    return f"<p class='parallax-see'>{' · '.join(f'{name}: {links}' for name, links in parts if links)}</p>"


def _source(key: str) -> str:
    work = works()[key]
    named = f"{escape(work.authors)} ({escape(work.year)})"
    return f"<a href='{escape(work.url)}' target='_blank' rel='noopener'>{named}</a>" if work.url else named
