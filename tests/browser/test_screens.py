"""On a small screen, in the dark, for a projector, with reduced motion, and in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from scripts.server import Server
from tests.browser.conftest import Open
from tests.browser.in_page import NARROW, OVERLAPPING, SMALL_TYPE, WIDE


def test_390_pixels_wide_the_page_does_not_scroll_sideways(open_lab: Open) -> None:
    lab = open_lab(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    lab.play()
    lab.reach(200)
    assert lab.page.evaluate(WIDE) == []
    assert lab.live.evaluate(OVERLAPPING) == []
    assert lab.live.evaluate(NARROW) == []
    box = lab.button("Pause").bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844, "the toolbar is not in sight"
    lab.live.get_by_text("Export", exact=True).click()
    for name in ("Curves as CSV", "The weights for PyTorch"):
        box = lab.button(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, f"{name} is out of sight"
    assert lab.page.evaluate(WIDE) == []
    lab.live.get_by_text("Export", exact=True).click()
    lab.press("Pause")
    lab.until("root.dataset.status === 'paused'")


@pytest.mark.parametrize("page", ["", "gradient-flow", "feature-hierarchy"])
def test_every_page_fits_a_phone(contexts: Callable[..., BrowserContext], server: Server, page: str) -> None:
    tab = contexts(viewport={"width": 390, "height": 844}).new_page()
    tab.goto(f"{server.url}/{page}")
    tab.get_by_role("heading", level=1).first.wait_for(timeout=20000)
    tab.wait_for_timeout(1500)
    assert tab.evaluate(WIDE) == []


def test_dark_theme_and_reduced_motion(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab(color_scheme="dark", reduced_motion="reduce")
    background = lab.page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor")
    assert sum(int(part) for part in background[4:-1].split(",")[:3]) < 200
    lab.play()
    lab.reach(200)
    assert errors == []


def test_the_canvas_has_words(open_lab: Open) -> None:
    """A text alternative names the step and the loss, and is renewed no more often than every five seconds."""
    lab = open_lab()
    lab.play()
    lab.reach(300)
    lab.page.wait_for_timeout(5500)
    said = lab.live.locator("[aria-live], [role=status], [role=img][aria-label]").evaluate_all(
        "all => all.map(e => e.textContent + ' ' + (e.getAttribute('aria-label') || '')).join(' ')"
    )
    assert "step" in said.lower()
    assert "loss" in said.lower()


def test_projector_mode_uses_large_type(open_lab: Open) -> None:
    lab = open_lab()
    lab.press("Projector")
    lab.page.wait_for_timeout(500)
    assert lab.live.evaluate(SMALL_TYPE) == []
