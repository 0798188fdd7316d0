"""The table of evidence: for each ingredient of a learning rule, what the brain is known to offer, and what is not known."""

from __future__ import annotations

from html import escape

import streamlit as st

from models.specs.rules import CONTROL, RULES, Ingredient
from models.specs.rules_evidence import EVIDENCE, Evidence, Verdict
from pages.ui.sources import works
from pages.ui.terms import explained

_CHIPS: dict[Verdict, str] = {"observed": "holds", "observed in part": "part", "not observed so far": "fails", "open": "coming"}
_HEADS = ("What a rule may need", "What the brain is known to offer", "Verdict", "What is not known")
_WIDTHS = ("22%", "37%", "15%", "26%")


def rules_evidence() -> None:
    st.subheader("What the brain is known to offer", anchor=False)
    st.caption(
        "A verdict is about the ingredient, not about the rules that need it. Whether cortex learns by anything like backpropagation is an "
        "open question. Of the slope of a neuron’s own activation this page knows no evidence either way."
    )
    head = "".join(f"<th scope='col' style='width: {width}'>{name}</th>" for name, width in zip(_HEADS, _WIDTHS, strict=True))
    body = "".join(map(_row, EVIDENCE))
    st.html(f"<table class='parallax-table parallax-evidence'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def needing(ingredients: tuple[Ingredient, ...]) -> tuple[str, ...]:
    """Titles of the named rules that need at least one of these in a hidden layer."""
    named = (rule for rule in RULES.values() if rule.name not in (CONTROL, "composed"))
    return tuple(rule.title for rule in named if set(ingredients) & set(rule.knows))


def _row(row: Evidence) -> str:
    rules = f"<br><em style='font-weight: 400'>{escape(', '.join(needing(row.ingredients)))}</em>"
    chip = f"<span class='parallax-chip parallax-chip-{_CHIPS[row.verdict]}'>{row.verdict}</span>"
    cells = (f"{explained(row.offers)} {_sources(row.citations)}", chip, explained(row.unknown))
    told = "".join(f"<td data-label='{label}'>{cell}</td>" for label, cell in zip(_HEADS[1:], cells, strict=True))
    return f"<tr><th scope='row'>{explained(row.title)}{rules}</th>{told}</tr>"


def _sources(keys: tuple[str, ...]) -> str:
    known = works()
    links = (
        f"<a href='{escape(known[key].url)}' target='_blank' rel='noopener'>{escape(f'{known[key].authors} {known[key].year}')}</a>"
        for key in keys
    )
    return f"<em>({'; '.join(links)})</em>"
