"""The glossary: its entries hold together, and every page links a term at its first use and never again."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest
import streamlit as st

from models.specs.glossary import TERMS, VIEW_TERMS
from pages.registry import PAGES
from pages.ui import terms
from pages.ui.sources import works
from tests.pages.test_pages import opened, view_data, widget

LINKED = re.compile(r"data-term='([\w-]+)'")
PATHS = [page.slug for page in PAGES if page.slug != "glossary"]


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session of its own for `explained` outside of a page."""
    found: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", found)
    return found


def bodies(app) -> list[str]:
    """Every piece of HTML on the page, from the top."""
    return [element.proto.body for element in _all(app._tree) if element.proto.DESCRIPTOR.name == "Html"]


def _all(block):
    for child in block.children.values():
        yield from _all(child) if hasattr(child, "children") else (child,)


def test_terms_are_unique_and_point_to_what_there_is():
    slugs = [entry.slug for entry in TERMS]
    assert len(set(slugs)) == len(slugs) >= 60
    forms = [form for entry in TERMS for form in entry.written]
    assert len(set(forms)) == len(forms), Counter(forms).most_common(1)
    for entry in TERMS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.slug)
        assert entry.definition.endswith(".") and 1 <= len(re.findall(r"\.(?:\s|$)", entry.definition)) <= 3, entry.slug
        assert entry.related and set(entry.related) <= set(slugs) - {entry.slug}, entry.slug
        assert set(entry.citations) <= set(works()), entry.slug
        assert set(entry.pages) <= set(PATHS), entry.slug
    assert {field for entry in TERMS for field in [entry.field]} == {"brain", "network", "both"}
    for layout in VIEW_TERMS.values():
        assert set(layout) <= set(slugs)


def test_text_is_escaped_before_it_is_linked_and_a_term_is_linked_once():
    terms.begin_page("gradient-flow")
    html = terms.explained('A <b>gradient</b> & a "gradient": Adam is no adam.')
    assert "<b>" not in html and "&lt;b&gt;" in html and "&amp;" in html
    assert LINKED.findall(html) == ["gradient", "adam"]
    assert terms.explained("gradients again") == "gradients again"
    assert re.sub(r"<[^>]+>", "", html) == "A &lt;b&gt;gradient&lt;/b&gt; &amp; a &quot;gradient&quot;: Adam is no adam."


def test_the_longest_form_wins_and_capitals_are_kept_apart():
    terms.begin_page("gradient-flow")
    assert LINKED.findall(terms.explained("The learning rate")) == ["learning-rate"]
    terms.begin_page("feature-hierarchy")
    assert LINKED.findall(terms.explained("It is it.")) == []
    assert LINKED.findall(terms.explained("Area IT")) == ["inferior-temporal"]


def test_a_term_is_left_alone_where_its_word_means_something_else():
    terms.begin_page("")
    assert "parallax-term" not in terms.explained("Bias, autonomy and accountability")


def test_text_below_a_live_view_leaves_its_terms_to_it():
    terms.begin_page("gradient-flow")
    above = LINKED.findall(terms.explained("a weight"))
    given = terms.view_terms("lab")
    slugs = {entry["slug"] for entry in given["terms"]}
    assert above == ["weight"] and "weight" not in slugs and slugs <= set(VIEW_TERMS["lab"])
    assert LINKED.findall(terms.explained("a gradient, a weight, a regularisation")) == ["regularisation"]


@pytest.mark.parametrize("slug", PATHS)
def test_every_page_links_a_term_at_most_once(slug, monkeypatch):
    monkeypatch.undo()  # the page has a session of its own
    app = opened(slug)
    linked = LINKED.findall("".join(bodies(app)))
    assert len(linked) >= 5
    assert [term for term, count in Counter(linked).items() if count > 1] == []
    known = {entry.slug: entry for entry in TERMS}
    assert [term for term in linked if slug not in known[term].pages] == []
    if slug in ("", "gradient-flow", "live-convnet"):
        given = {entry["slug"] for entry in view_data(app)["glossary"]["terms"]}
        assert given and not given & set(linked)


def test_the_page_shows_every_term_and_a_filter_hides_without_taking_away(monkeypatch):
    monkeypatch.undo()
    app = opened("glossary")
    listing = max(bodies(app), key=len)
    assert re.findall(r"<article class='parallax-entry' id='([\w-]+)'", listing) == [entry.slug for entry in TERMS]
    assert " hidden>" not in listing
    for entry in TERMS:
        assert entry.definition in unescape(listing)
    app.button_group[0].set_value("brain").run()
    widget(app.text_input, "Containing").set_value("triplet").run()
    listing = max(bodies(app), key=len)
    shown = re.findall(r"id='([\w-]+)' tabindex='-1'>", listing)
    assert "triplet-rule" in shown and len(shown) < 6 and listing.count("<article") == len(TERMS)
    widget(app.text_input, "Containing").set_value("<script>alert(1)</script>").run()
    assert any("No term fits" in body for body in bodies(app)) and not any("alert(1)" in body for body in bodies(app))


def test_home_has_a_card_for_it(monkeypatch):
    monkeypatch.undo()
    app = opened("")
    assert any("which of the two fields" in text.value for text in app.markdown)
