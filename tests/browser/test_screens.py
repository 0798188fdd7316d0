"""On a small screen, in the dark, for a projector, with reduced motion, and in words."""

from __future__ import annotations

from scripts.lab import Lab, link
from scripts.server import Server
from tests.browser.conftest import Open
from tests.browser.in_page import NARROW, OVERLAPPING, SMALL_TYPE, WIDE

WORDS = """() => Array.from(document.querySelector('[data-live]').querySelectorAll('[aria-live], [role=status], [role=img][aria-label]'))
    .map(e => e.textContent + ' ' + (e.getAttribute('aria-label') || '')).join(' ').toLowerCase()"""


def test_390_pixels_wide_no_page_scrolls_sideways(open_lab: Open, server: Server) -> None:
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
    lab.page.goto(link(server.url, ""))
    lab.ready()
    assert lab.page.evaluate(WIDE) == [], "Home"


def test_dark_in_words_and_for_a_projector(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab(color_scheme="dark", reduced_motion="reduce")
    background = lab.page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor")
    assert sum(int(part) for part in background[4:-1].split(",")[:3]) < 200
    lab.play()
    lab.reach(200)
    the_canvas_has_words(lab)
    lab.pause()
    projector_mode_uses_large_type(lab)
    assert errors == []


def the_canvas_has_words(lab: Lab) -> None:
    """A text alternative names the step and the loss; it is renewed every five seconds at most."""
    lab.page.wait_for_function(f"() => {{ const said = ({WORDS})(); return said.includes('step') && said.includes('loss'); }}")


def projector_mode_uses_large_type(lab: Lab) -> None:
    lab.press("Projector")
    lab.page.locator("html.px-projector-page").wait_for(state="attached")
    lab.page.wait_for_timeout(500)
    assert lab.live.evaluate(SMALL_TYPE) == []
