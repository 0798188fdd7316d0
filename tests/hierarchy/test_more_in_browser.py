"""Below the ladders, as a person uses it: a unit's preferred image grows, a long analysis is cancelled, matrices are walked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scripts.server import Server

pytestmark = pytest.mark.browser
WAIT = 60_000


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_unit_a_label_and_the_matrices(server: Server, contexts: Callable[..., BrowserContext]):
    page = contexts().new_page()
    page.goto(f"{server.url}/feature-hierarchy?stage=stage1")
    page.wait_for_selector(".pxh[data-status=done]", timeout=WAIT)

    press(page, "Find what drives it most")
    preference = page.locator(".px-preference")
    expect(preference.locator(".px-sentences")).to_contain_text("steps up the unit’s slope", timeout=WAIT)
    assert preference.locator(".pxm-patches li").count() == 9
    assert "channel" in preference.locator(".px-note").inner_text()

    press(page, "Show which pixels speak for it")
    attribution = page.locator(".px-attribution")
    attribution.get_by_role("button", name="Cancel").click()
    expect(attribution.locator(".pxm-said")).to_have_text("Cancelled. What was shown before stays.")
    attribution.locator("label", has_text="network").locator("select").select_option("alexnet")
    press(page, "Show which pixels speak for it")
    expect(attribution.locator(".pxm-said")).to_contain_text("PARALLAX_WEIGHTS", timeout=WAIT)

    similarity = page.locator(".px-similarity")
    similarity.locator("label", has_text="packaged pictures").locator("select").select_option("none")
    press(page, "Compare the stages")
    expect(similarity.locator(".pxm-said")).to_contain_text("12 to 92 pictures can be compared, not 0", timeout=WAIT)
    similarity.locator("label", has_text="packaged pictures").locator("select").select_option("12")
    press(page, "Compare the stages")
    expect(similarity.locator(".px-sentences")).to_contain_text("Over 12 pictures (66 pairs)", timeout=WAIT)
    assert similarity.locator(".pxm-matrix").count() == 1 + 6 + 9 + 9
    matrix = similarity.locator(".pxm-pairs canvas[role=application]")
    matrix.focus()
    before = similarity.locator(".pxm-pairs .pxm-reading").inner_text()
    matrix.press("ArrowRight")
    after = similarity.locator(".pxm-pairs .pxm-reading").inner_text()
    assert before != after and "Dissimilarity" in after
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
