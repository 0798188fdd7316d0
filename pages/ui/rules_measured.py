"""The table of measured accuracies: every rule on the digits, over three seeds, with the control."""

from __future__ import annotations

from html import escape

import streamlit as st

from models.specs.rules import CONTROL, RULES
from models.specs.rules_measured import MeasuredRule, MeasuredRules, measured_rules
from pages.ui.fields import plain
from pages.ui.terms import explained

_HEADS = ("Rule", "Held-out digits right, mean", "Lowest and highest", "Rate", "Compute, ms an update, where it was measured")


def rules_measured() -> None:
    found = measured_rules()
    if found is None:
        return
    st.subheader("How far each rule comes on digits", anchor=False)
    seeds = f"{len(found.seeds)} {'seed' if len(found.seeds) == 1 else 'seeds'}"
    how = f"A network of {found.network} units, a lane to each rule, {found.updates:,} updates of {found.batch} examples, {seeds}."
    st.html(f"<p>{explained(how)}</p>{_table(found)}")
    st.html(f"<p>{explained(_caption(found))}</p>")


def _caption(found: MeasuredRules) -> str:
    """Why this is no ranking, in the file's own numbers."""
    control, best = found.rules.get(CONTROL), _percent(found.ranked[0][1].mean)
    alone = f": {_percent(control.mean)} come with hidden layers that never learn, {best} with the first of the list" if control else ""
    return (
        f"Digits cannot rank rules that do well{alone}. Where a task asks for more of the hidden layers, rules part: feedback alignment "
        "and its relatives fell far behind backpropagation on ImageNet (Bartunov and others 2018)."
    )


def _table(found: MeasuredRules) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in _HEADS)
    rows = "".join(_row(name, rule) for name, rule in found.ranked if name in RULES)
    return f"<table class='parallax-table parallax-measured'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(name: str, rule: MeasuredRule) -> str:
    title = escape(RULES[name].title) + (" <em>(the control)</em>" if name == CONTROL else "")
    spread = f"{_percent(min(rule.accuracies))} to {_percent(max(rule.accuracies))}"
    cells = (f"<b>{_percent(rule.mean)}</b>", spread, plain(rule.rate), f"{rule.ms_an_update:.3g}")
    told = "".join(f"<td data-label='{label}'>{cell}</td>" for label, cell in zip(_HEADS[1:], cells, strict=True))
    return f"<tr><th scope='row'>{title}</th>{told}</tr>"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
