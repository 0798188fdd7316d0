"""The map of claims: what is said of brains and networks, which page tests it, and what the test supports."""

from __future__ import annotations

from html import escape

import streamlit as st

from models.specs.claims import CLAIMS, Claim
from pages.registry import PAGES
from pages.ui.addresses import base_path
from pages.ui.terms import explained

VERDICTS = {
    "holds": ("✓", "holds", "holds"),
    "holds in part": ("◐", "holds in part", "part"),
    "does not hold": ("✗", "does not hold", "fails"),
    "coming": ("…", "coming", "coming"),
}
"""Verdict → its sign, its words, its class: never told by colour alone."""


def claims_map() -> None:
    """Every claim with its verdict; a verdict and a word narrow the table down."""
    st.header("The claims, put to the test", anchor=False)
    st.markdown("Networks are said to learn like brains. Beside each claim stands the page that tests it and the verdict that it supports.")
    present = tuple(verdict for verdict in VERDICTS if any(claim.verdict == verdict for claim in CLAIMS))
    chosen, words = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    with chosen:
        verdict = st.segmented_control("Verdict", present, format_func=_counted, key="claims:verdict")
    with words:
        search = st.text_input("Containing", key="claims:search", placeholder="synapse, filter, energy …")
    st.html(_table(verdict or "", search.strip().casefold()[:60]))


def _counted(verdict: str) -> str:
    sign, words, _ = VERDICTS[verdict]
    return f"{sign} {words} ({sum(claim.verdict == verdict for claim in CLAIMS)})"


def _table(verdict: str, search: str) -> str:
    """Only our own words go into the HTML, never what was searched for."""
    shown = [claim for claim in CLAIMS if verdict in ("", claim.verdict) and search in f"{claim.text} {claim.reason}".casefold()]
    if not shown:
        return "<p>No claim fits. Clear the word or the verdict to see all of them.</p>"
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("#", "Claim", "Verdict", "Why", "Page"))
    return f"<table class='parallax-table parallax-claims'><thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, shown))}</tbody></table>"


def _row(claim: Claim) -> str:
    sign, words, name = VERDICTS[claim.verdict]
    return (
        f"<tr><td>{claim.number}</td><td>{explained(claim.text)}</td>"
        f"<td><span class='parallax-chip parallax-chip-{name}'><span aria-hidden='true'>{sign}</span> {words}</span></td>"
        f"<td data-label='Why'>{explained(claim.reason)}</td><td data-label='Page'>{_pages(claim)}</td></tr>"
    )


def _pages(claim: Claim) -> str:
    """Links to the pages that there are; the names of those to come, in one bracket."""
    slugs = [slug.strip("/") for slug in claim.pages]
    titles = {page.slug: page.title for page in PAGES}
    links = [f'<a href="{base_path()}/{slug}">{escape(titles[slug])}</a>' for slug in slugs if slug in titles]
    coming = ", ".join(slug.replace("-", " ") for slug in slugs if slug not in titles)
    return ", ".join(links) + (f" <em>({escape(coming)}: coming)</em>" if coming else "")
