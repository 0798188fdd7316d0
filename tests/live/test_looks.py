"""Narrow screens, themes, the projector, reduced motion, and words for those who do not see the pictures."""

from __future__ import annotations

import time

from playwright.sync_api import Browser

from tests.live.conftest import PORT, Screen
from tests.live.fake_service import FakeService

SMALL_TEXT = """() => [...document.querySelectorAll('.px-toolbar *, .px-under *')].filter((node) => node.childElementCount === 0
 && node.textContent.trim() && node.getClientRects().length && !node.closest('.px-hidden')
 && parseFloat(getComputedStyle(node).fontSize) < 18).map((node) => node.textContent)"""
CONTRAST = """async () => { const { luminance } = await import('/assets/live/colour.js'); const c = stubs.network.context.colours;
 const ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
 const names = ['text', 'faint', 'negativeText', 'positiveText', 'brain', 'network'];
 return Object.fromEntries(names.map((name) => [name, Math.min(ratio(c[name], c.background), ratio(c[name], c.surface))])); }"""


def test_at_390_pixels_nothing_runs_over_and_the_toolbar_stands_on_the_bottom_edge(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.open()
    assert screen.evaluate("document.documentElement.scrollWidth") == 390
    box = screen.page.locator(".px-toolbar").bounding_box()
    assert box and abs(box["y"] + box["height"] - 844) < 1
    for name in ("Reset", "Step back", "Play", "Step"):
        target = screen.page.get_by_role("button", name=name, exact=True).bounding_box()
        assert target and target["width"] >= 40 and target["height"] >= 40


def test_a_theme_change_repaints_in_its_colours(screen: Screen) -> None:
    screen.open()
    assert screen.evaluate("stubs.network.context.theme()") == "light"
    drawn = screen.evaluate("stubs.network.drawn.length")
    light = screen.evaluate("[...stubs.network.context.colours.lut]")
    screen.evaluate("document.body.classList.add('dark')")
    screen.wait("stubs.network.context.theme() === 'dark'")
    screen.wait(f"stubs.network.drawn.length > {drawn}")
    assert screen.evaluate("[...stubs.network.context.colours.lut]") != light


def test_words_are_readable_in_both_themes(screen: Screen) -> None:
    for path in ("/", "/?dark"):
        screen.open(path)
        for name, ratio in screen.evaluate(CONTRAST).items():
            assert ratio >= 4.5, (path, name, ratio)


def test_orange_is_negative_and_blue_positive(screen: Screen) -> None:
    screen.open()
    low, middle, high = (screen.evaluate(f"stubs.network.context.colours.css({value}).match(/\\d+/g).map(Number)") for value in (-1, 0, 1))
    assert low[0] > low[1] > low[2] and high[2] > high[1] > high[0]
    assert max(middle) - min(middle) < 12


def test_projector_has_no_small_text_and_escape_ends_it(screen: Screen) -> None:
    screen.open()
    screen.press("Projector")
    assert screen.evaluate(SMALL_TEXT) == []
    assert screen.evaluate("document.documentElement.classList.contains('px-projector-page')")
    screen.page.keyboard.press("Escape")
    assert not screen.evaluate("document.querySelector('[data-live]').classList.contains('px-projector')")


def test_every_control_has_a_name(screen: Screen) -> None:
    screen.open()
    nameless = screen.evaluate(
        "[...document.querySelectorAll('[data-live] :is(button, input, select, summary)')].filter((node) => "
        "!(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length)).map((node) => node.outerHTML)"
    )
    assert nameless == []


def test_the_pictures_are_told_in_words_every_five_seconds_at_most(screen: Screen) -> None:
    screen.open("/?play", frames=5)
    words = screen.page.locator("p.px-hidden[role=status]")
    first = words.inner_text()
    assert first.startswith("Step ") and "training loss" in first and "Layer 1 receives the smallest error" in first
    changes = words.evaluate(
        "(node) => new Promise((resolve) => { let count = 0;"
        " new MutationObserver(() => count++).observe(node, {childList: true, characterData: true, subtree: true});"
        " setTimeout(() => resolve(count), 2500); })"
    )
    assert changes <= 1


def test_reduced_motion_paints_four_times_a_second(chromium: Browser, service: FakeService) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    try:
        screen = Screen(context.new_page(), service).open("/?play", frames=2)
        before = screen.frames()
        time.sleep(2)
        assert 2 <= screen.frames() - before <= 10
    finally:
        context.close()


def test_the_home_layout_has_its_four_panels_only(screen: Screen) -> None:
    screen.page.goto(f"http://127.0.0.1:{PORT}/?layout=home")
    screen.painted(1)
    shown = screen.evaluate("[...document.querySelectorAll('[data-panel]')].map((node) => node.dataset.panel).sort()")
    assert shown == ["brain", "network", "output", "prose"]
