"""A complete page in a real browser: frames painted and epochs trained, read from the live view's own counters.

A frame counts only after pixels of a strictly newer snapshot were painted (`data-frames` says so).
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from bench.percentiles import percentiles, significant
from scripts.chromium import installed, launch
from scripts.lab import Lab, link

FIRST_SCREEN: Final = (1400, 1000)
WARM_SECONDS: Final = 3.0
_RECORD: Final = """root => {
    const times = [];
    new MutationObserver(() => times.push(performance.now())).observe(root, {attributes: true, attributeFilter: ['data-frames']});
    window.benchFrames = times;
}"""
_LAST_PANEL: Final = """root => Math.max(...Array.from(
    root.querySelectorAll("[data-panel]"), panel => panel.getBoundingClientRect().bottom))"""
TALLEST: Final = 6000


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium for one figure; raises RuntimeError where there is none."""
    path = installed()
    if path is None:
        raise RuntimeError("There is no Chromium; `make browser` installs one.")
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Browser, address: str, size: tuple[int, int] = FIRST_SCREEN) -> Lab:
    """A fresh tab with an empty cache, its live view painted once."""
    page: Page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    return Lab.opened(page, address)


def show_everything(lab: Lab) -> int:
    """Makes the window so high that every panel is visible and updates; returns the height."""
    height = min(TALLEST, int(lab.live.evaluate(_LAST_PANEL)) + 40)
    lab.page.set_viewport_size({"width": FIRST_SCREEN[0], "height": height})
    lab.page.wait_for_timeout(1500)
    return height


def record_frames(lab: Lab) -> None:
    """Keeps the time (ms) of every painted frame in `window.benchFrames`."""
    lab.live.evaluate(_RECORD)


def rates(lab: Lab, seconds: float) -> dict[str, float | None]:
    """Frames and epochs per second over `seconds`, and the gaps between frames in ms."""
    record_frames(lab)
    one, begun = lab.shown(), time.perf_counter()
    lab.page.wait_for_timeout(1000 * seconds)
    two, took = lab.shown(), time.perf_counter() - begun
    times = lab.page.evaluate("() => window.benchFrames")
    gaps = percentiles([after - before for before, after in itertools.pairwise(times)], 50, 95)
    return {
        "frames_per_s": significant((two.frames - one.frames) / took),
        "epochs_per_s": significant((two.epoch - one.epoch) / took),
        "gap_p50_ms": gaps["p50"],
        "gap_p95_ms": gaps["p95"],
    }


def playing(browser: Browser, url: str, fields: dict[str, str], everything: bool = True) -> Lab:
    """The gradient-flow page, playing at full speed and warmed up."""
    lab = opened(browser, link(url, "gradient-flow", fields))
    lab.play()
    if everything:
        show_everything(lab)
    lab.page.wait_for_timeout(1000 * WARM_SECONDS)
    return lab


def closed(lab: Lab) -> None:
    lab.page.context.close()


def window(lab: Lab) -> dict[str, Any]:
    size = lab.page.viewport_size
    return {"window": f"{size['width']}×{size['height']}"} if size else {}
