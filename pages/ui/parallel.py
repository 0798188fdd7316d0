"""Where the parallel between brain and network holds, and where it breaks: one table a page."""

from __future__ import annotations

import streamlit as st

from models.specs.parallels import PARALLELS, Aspect
from pages.ui.terms import explained


def parallel(slug: str) -> None:
    """The page's aspects in two halves: the same question put to the brain and to the network."""
    st.subheader("Where the parallel holds, and where it breaks", anchor=False)
    st.html(_table(slug))


def _table(slug: str) -> str:
    halves = PARALLELS[slug]
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("Aspect", "Brain", "Network"))
    body = _half("✓ Holds", "holds", halves.holds) + _half("✗ Breaks", "fails", halves.breaks)
    return f"<table class='parallax-table parallax-parallel'><thead><tr>{head}</tr></thead>{body}</table>"


def _half(title: str, name: str, aspects: tuple[Aspect, ...]) -> str:
    chip = f"<span class='parallax-chip parallax-chip-{name}'>{title}</span>"
    return f"<tbody><tr><th colspan='3' scope='rowgroup'>{chip}</th></tr>{''.join(map(_row, aspects))}</tbody>"


def _row(aspect: Aspect) -> str:
    brain = f"<td data-label='Brain'>{explained(aspect.brain)}</td>"
    network = f"<td data-label='Network'>{explained(aspect.network)}</td>"
    return f"<tr><th scope='row'>{explained(aspect.title)}</th>{brain}{network}</tr>"
