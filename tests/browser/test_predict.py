"""On the whole site: a prediction from the choice to the reveal, and the glossary's links and anchors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from scripts.lab import link
from scripts.server import Server
from tests.browser.conftest import Open

TERMS = "a.parallax-term, a.px-term"


def test_a_prediction_from_choice_to_reveal(open_lab: Open) -> None:
    lab = open_lab("gradient-flow", {"dataset": "xor", "hidden_layers": ""})
    panel = lab.live.locator("[data-panel=predict]")
    expect(panel).to_contain_text("one straight line has to tell", timeout=20_000)
    sentence = "cannot separate exclusive-or"
    assert sentence not in lab.page.locator("[data-testid=stMain]").inner_text()
    panel.get_by_role("radio", name="B Halfway").click()
    expect(panel).to_contain_text("You said B. Press Play.")
    lab.play()
    expect(panel).to_contain_text("You said B; it was C", timeout=20_000)
    lab.pause()
    expect(panel).to_contain_text(sentence)
    expect(panel).to_contain_text("0 of 1 right, kept in this browser only")
    lab.page.reload()
    lab.ready()
    expect(panel).to_contain_text("You said B; it was C", timeout=20_000)


def test_a_live_change_is_said_and_can_be_put_back(open_lab: Open) -> None:
    lab = open_lab()
    lab.pause()
    no_term_is_linked_twice(lab.page)
    panel = lab.live.locator("[data-panel=predict]")
    expect(panel.get_by_role("radio")).to_have_count(3)
    rate = lab.live.get_by_label("Learning rate").locator("visible=true").last
    rate.fill("0.3")
    rate.press("Enter")
    expect(panel).to_contain_text("the question is about 0.03", timeout=20_000)
    panel.get_by_role("button", name="Put it back").click()
    expect(panel.get_by_role("radio").first).to_be_visible(timeout=20_000)


def test_no_term_is_linked_twice_at_home(contexts: Callable[..., BrowserContext], server: Server) -> None:
    tab = contexts().new_page()
    tab.goto(link(server.url, ""))
    no_term_is_linked_twice(tab)


def no_term_is_linked_twice(tab: Page) -> None:
    """On a page with a view, whose own words and the text below it know nothing of each other."""
    tab.locator("a.px-term").first.wait_for(state="attached")
    tab.locator(".parallax-table").first.wait_for(state="attached")
    linked = tab.locator(TERMS).evaluate_all("all => all.map((a) => [a.dataset.term, a.className])")
    assert {name for _, name in linked} == {"parallax-term", "px-term"}
    assert [term for term, count in Counter(term for term, _ in linked).items() if count > 1] == []


def test_a_link_opens_the_entry_in_another_tab_and_marks_it(contexts: Callable[..., BrowserContext], server: Server) -> None:
    context = contexts()
    tab = context.new_page()
    tab.goto(link(server.url, "feature-hierarchy"))
    term = tab.locator("a[data-term=receptive-field]").first
    with context.expect_page() as opened:
        term.click()
    entry = opened.value.locator("#receptive-field")
    expect(entry).to_have_attribute("data-marked", "", timeout=20_000)
    expect(entry).to_be_in_viewport()
    expect(entry).to_be_focused()
    assert "/feature-hierarchy" in tab.url


def test_anchors_reach_entries_that_the_filter_hides(contexts: Callable[..., BrowserContext], server: Server) -> None:
    tab = contexts(viewport={"width": 390, "height": 844}).new_page()
    tab.goto(f"{server.url}/glossary#learning-rate")
    expect(tab.locator("#learning-rate")).to_be_in_viewport(timeout=20_000)
    expect(tab.locator("#learning-rate")).to_have_attribute("data-marked", "")
    search = tab.get_by_label("Containing")
    search.fill("a firing rate is")
    search.press("Enter")
    expect(tab.locator("#momentum")).to_be_hidden()
    tab.locator("#learning-rate a[href='#gradient-descent']").click()
    expect(tab.locator("#gradient-descent")).to_be_in_viewport()
    expect(tab.locator("#gradient-descent")).to_have_attribute("data-marked", "")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    ids = tab.locator(".parallax-entry").evaluate_all("all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids)) and all(ids)
