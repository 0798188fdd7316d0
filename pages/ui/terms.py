"""Words that the glossary explains: the first use of each on a page is a link with its definition.

Which use is the first follows the page from the top. A live view in between links words of its own kind (VIEW_TERMS) in the browser, but
for those that the page above it has linked; page text below leaves those words to it. Links open another tab, so that a click does not
take away the run.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any, Final

import streamlit as st

from models.specs.glossary import TERMS, VIEW_TERMS, Term
from pages.ui.addresses import base_path

_LINKED: Final = "glossary:linked"


def begin_page(slug: str) -> None:
    """Nothing is linked yet. Called by the head of every page, at each run of its script."""
    st.session_state[_LINKED] = {term.slug for term in TERMS if slug not in term.pages}


def explained(text: str) -> str:
    """Plain text as HTML: escaped, with the first use of each term on this page linked to its entry."""
    linked = _linked()

    def link(match: re.Match[str]) -> str:
        term = _meant(match[0])
        if term is None or term.slug in linked:
            return match[0]
        linked.add(term.slug)
        return anchor(term, match[0])

    return _pattern().sub(link, escape(text))


def anchor(term: Term, words: str) -> str:
    """A link from `words`, HTML already, to the term's entry."""
    title = escape(f"{term.definition} (Glossary, in another tab)")
    return (
        f"<a class='parallax-term' data-term='{term.slug}' href='{base_path()}/glossary#{term.slug}' "
        f"target='_blank' rel='noopener' title=\"{title}\">{words}</a>"
    )


def view_terms(layout: str) -> dict[str, Any]:
    """What a live view of this layout links by itself. From here on the page leaves those terms to it."""
    linked = _linked()
    own = [term for term in TERMS if term.slug in VIEW_TERMS[layout] and term.slug not in linked]
    linked.update(term.slug for term in own)
    entries = [{"slug": term.slug, "forms": list(term.written), "definition": term.definition} for term in own]
    return {"address": f"{base_path()}/glossary", "terms": entries}


def _linked() -> set[str]:
    """Slugs that get no link any more on this page: linked above, left to the live view, or used in another sense here."""
    linked: set[str] = st.session_state.setdefault(_LINKED, set())
    return linked


@cache
def _forms() -> dict[str, Term]:
    return {form: term for term in TERMS for form in term.written}


def _meant(words: str) -> Term | None:
    """The term written so. A form with capitals has to stand as it is; others may be in any case."""
    return _forms().get(words) or _forms().get(words.lower())


@cache
def _pattern() -> re.Pattern[str]:
    """Every form as a whole word, the longest first."""
    forms = sorted((escape(form) for form in _forms()), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)
