"""Pictures of the running lab for the README: `make screenshots`."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import installed, launch
from scripts.lab import SECONDS, Lab, link
from scripts.serve import ROOT
from scripts.server import serving

PICTURES: Final = ROOT / "assets" / "images" / "readme"
DESKTOP: Final = (1400, 900)
TALL: Final = (1400, 1060)
PHONE: Final = (390, 844)
_LARGE: Final = {"channels": 16, "size": 11, "stride": 1, "padding": 5, "pool": 3}
FILTERS: Final = {"dataset": "patches", "sparse_every": "1", "layers": json.dumps([_LARGE])}
SPIRAL: Final = {
    "dataset": "spiral",
    "hidden_layers": "8,8",
    "features": "x,y,x²,y²,xy,sin x,sin y",
    "optimiser": "adam",
    "learning_rate": "0.01",
}
RATES: Final = {
    "hidden_layers": "8,8",
    "learning_rate": "0.003",
    "lanes": json.dumps([{"learning_rate": 0.03}, {"learning_rate": 0.3}, {"learning_rate": 3.0}]),
}
FRUIT: Final = "width;height;kind\n" + "\n".join(
    f"{'two' if i == 4 else 3 * (i % 5) - 5};{2 * (i % 7) - 6};{'pear' if i % 3 else 'apple'}" for i in range(24)
)
VANISHING: Final = {"activation": "sigmoid", "hidden_layers": "8,8,8,8,8,8", "initialisation": "uniform"}


_TO_TOP: Final = """place => {
    place.scrollIntoView({block: 'start'});
    document.querySelector('[data-testid=stMain]').scrollBy(0, -156);
}"""
_PRESS: Final = "name => document.querySelector(`.px-transport [aria-label=${name}]`)?.click()"
"""A button that may have become the other one meanwhile."""
Colours = Literal["light", "dark"]


def _open(browser: Browser, size: tuple[int, int], colours: Colours) -> Page:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=colours).new_page()


def _played(page: Page, address: str, seconds: float) -> Lab:
    """A live view that has learned for a while and is paused, so that the picture is sharp."""
    lab = Lab.opened(page, address)
    lab.play()
    page.wait_for_timeout(SECONDS * seconds)
    lab.pause()
    return lab


def home(page: Page, url: str) -> None:
    _played(page, link(url, ""), 6)


def gradient_flow(page: Page, url: str) -> None:
    _played(page, link(url, "gradient-flow", SPIRAL), 8)


def vanishing(page: Page, url: str) -> None:
    lab = Lab.opened(page, link(url, "gradient-flow", VANISHING))
    lab.live.locator("[data-panel=alerts]").evaluate("place => place.scrollIntoView({block: 'center'})")
    lab.play()
    lab.live.locator(".px-alert").first.wait_for()
    page.wait_for_timeout(2 * SECONDS)
    lab.pause()


def brain(page: Page, url: str) -> None:
    lab = _played(page, link(url, "gradient-flow"), 6)
    lab.live.locator("[data-panel=brain]").evaluate("place => place.scrollIntoView({block: 'end'})")
    page.wait_for_timeout(SECONDS)


def race(page: Page, url: str) -> None:
    lab = Lab.opened(page, link(url, "gradient-flow", RATES))
    lab.press("Skip")
    lab.play()
    lab.live.locator(".px-race-won").get_by_text("has won").wait_for()
    page.wait_for_timeout(3 * SECONDS)
    lab.pause()
    _scrolled(lab, "race")


def own_data(page: Page, url: str) -> None:
    """A ring round a cloud, drawn by hand, and a table of which one row is at fault."""
    lab = Lab.opened(page, link(url, "gradient-flow", {"seed": "2"}))
    lab.press("Own data")
    plane = lab.live.locator(".px-own-plane")
    box = plane.bounding_box()
    assert box is not None
    middle, reach = (box["x"] + box["width"] / 2 + 10, box["y"] + box["height"] / 2 - 10), box["height"] / 13
    for name, radius, count in (("1", 0.8, 14), ("2", 3.6, 34)):
        lab.press(f"Class {name}")
        for i in range(count):
            turn, way = 2 * math.pi * i / count, radius * (1 + 0.18 * math.sin(5.3 * i))
            page.mouse.click(middle[0] + way * reach * math.cos(turn), middle[1] + way * reach * math.sin(turn))
    lab.live.get_by_label("Table: paste here, or drop a file").fill(FRUIT)
    lab.press("Read the table")
    lab.live.get_by_text("is no number").first.wait_for()


def inside(page: Page, url: str) -> None:
    lab = Lab.opened(page, link(url, "gradient-flow", SPIRAL))
    for x, y in ("-2.5", "2"), ("3", "-1.5"):
        for place, value in enumerate((x, y)):
            lab.live.locator("[data-panel=point_values] form input").nth(place).fill(value)
        lab.press("Pin")
    lab.play()
    page.wait_for_timeout(8 * SECONDS)
    lab.pause()
    _scrolled(lab, "spaces")


def branches(page: Page, url: str) -> None:
    """Two changes made in the past of one run."""
    lab = Lab.opened(page, link(url, "gradient-flow", {"hidden_layers": "6,4", "learning_rate": "0.01"}))
    run = lab.shown().run
    did: list[dict[str, Any]] = [{"command": "step", "n": 3000}]
    for step, rate, further in ((300, 0.1, 2500), (900, 1.0, 1500)):
        did.append({"command": "seek", "step": step})
        did.append({"command": "set", "values": {"learning_rate": rate}})
        did.append({"command": "step", "n": further})
    for command in did:
        lab.service(f"/runs/{run}/commands", command)
    lab.service(f"/runs/{run}/commands", {"command": "name_branch", "branch": 1, "name": "ten times the rate"})
    _scrolled(lab, "branches")
    for name in ("First branch", "ten times the rate"):
        lab.live.get_by_role("checkbox", name=f"Compare “{name}”").check()
    page.wait_for_timeout(2 * SECONDS)
    _scrolled(lab, "branches")


def _scrolled(lab: Lab, panel: str) -> None:
    """Brings a panel below the toolbar, which stays in sight."""
    lab.live.locator(f"[data-panel={panel}]").evaluate(_TO_TOP)
    lab.page.wait_for_timeout(SECONDS)


def live_convnet(page: Page, url: str) -> None:
    """Until 97% of the held-out digits are named rightly, or half a minute has passed."""
    lab = Lab.opened(page, link(url, "live-convnet"))
    lab.play()
    page.wait_for_timeout(20 * SECONDS)
    lab.pause()


def arithmetic(page: Page, url: str) -> None:
    lab = _played(page, link(url, "live-convnet"), 15)
    _scrolled(lab, "arithmetic")


def first_filters(page: Page, url: str) -> None:
    """Kernels of eleven pixels on natural patches, among macaque cells, and a sparse code that learns at every update."""
    lab = _played(page, link(url, "live-convnet", FILTERS), 45)
    _scrolled(lab, "sparse")


def feature_hierarchy(page: Page, url: str) -> None:
    page.goto(link(url, "feature-hierarchy", {"image": "sample:coffee"}))
    page.get_by_text("espresso", exact=False).first.wait_for(timeout=40 * SECONDS)
    page.wait_for_timeout(2 * SECONDS)


def invariance(page: Page, url: str) -> None:
    feature_hierarchy(page, url)
    page.get_by_role("button", name="Play").nth(2).click()
    page.get_by_text("What survives a change?").evaluate(_TO_TOP)
    page.wait_for_timeout(12 * SECONDS)


def unit_physiology(page: Page, url: str) -> None:
    page.goto(link(url, "unit-physiology"))
    page.get_by_text("Orientation tuning").first.wait_for(timeout=40 * SECONDS)
    page.wait_for_timeout(25 * SECONDS)


def perception(page: Page, url: str) -> None:
    page.goto(link(url, "perception"))
    page.get_by_text("as people see it").first.wait_for(timeout=40 * SECONDS)
    page.wait_for_timeout(2 * SECONDS)


def robustness(page: Page, url: str) -> None:
    page.goto(link(url, "perception", {"tab": "robustness", "level": "0.1"}))
    page.get_by_role("button", name="Train two networks on digits and measure").click(timeout=40 * SECONDS)
    page.get_by_text("trained on digits as they are:").wait_for(timeout=120 * SECONDS)
    page.wait_for_timeout(2 * SECONDS)


def _synapse(page: Page, url: str, fields: dict[str, str], seconds: float) -> None:
    """A tab of the synapse's page that has played for a while and is paused."""
    page.goto(link(url, "synapse", fields))
    page.locator(".px-root[data-status=paused], .px-root[data-status=playing]").first.wait_for(timeout=60 * SECONDS)
    page.wait_for_timeout(2 * SECONDS)
    page.evaluate(_PRESS, "Play")
    page.wait_for_timeout(SECONDS * seconds)
    page.evaluate(_PRESS, "Pause")
    page.wait_for_timeout(SECONDS)


def synapse(page: Page, url: str) -> None:
    _synapse(page, url, {}, 15)


def frequency(page: Page, url: str) -> None:
    _synapse(page, url, {"watch": "curve"}, 3)
    page.get_by_text("within two standard errors").first.wait_for(timeout=60 * SECONDS)
    page.get_by_text("Change against the pairing frequency").first.evaluate(_TO_TOP)
    page.wait_for_timeout(SECONDS)


def memory(page: Page, url: str) -> None:
    _synapse(page, url, {"tab": "memory"}, 14)


def learning_rules(page: Page, url: str) -> None:
    _played(page, link(url, "learning-rules"), 25)


def knows(page: Page, url: str) -> None:
    lab = _played(page, link(url, "learning-rules"), 12)
    lab.live.locator("[data-panel=lanes] [data-lane='2']").first.click()
    _scrolled(lab, "knows")


SHOTS: Final[dict[str, tuple[Callable[[Page, str], None], tuple[int, int], Colours]]] = {
    "home": (home, DESKTOP, "light"),
    "gradient-flow": (gradient_flow, DESKTOP, "light"),
    "gradient-flow-dark": (gradient_flow, DESKTOP, "dark"),
    "vanishing": (vanishing, DESKTOP, "light"),
    "brain": (brain, DESKTOP, "light"),
    "race": (race, DESKTOP, "light"),
    "own-data": (own_data, DESKTOP, "light"),
    "inside": (inside, DESKTOP, "light"),
    "branches": (branches, DESKTOP, "light"),
    "synapse": (synapse, TALL, "light"),
    "frequency": (frequency, DESKTOP, "light"),
    "memory": (memory, TALL, "light"),
    "learning-rules": (learning_rules, TALL, "light"),
    "knows": (knows, DESKTOP, "light"),
    "live-convnet": (live_convnet, TALL, "light"),
    "arithmetic": (arithmetic, DESKTOP, "light"),
    "first-filters": (first_filters, DESKTOP, "light"),
    "feature-hierarchy": (feature_hierarchy, DESKTOP, "light"),
    "invariance": (invariance, DESKTOP, "light"),
    "unit-physiology": (unit_physiology, DESKTOP, "light"),
    "perception": (perception, DESKTOP, "light"),
    "robustness": (robustness, TALL, "light"),
    "phone": (gradient_flow, PHONE, "light"),
}


def shoot(browser: Browser, url: str, name: str, directory: Path) -> Path:
    prepare, size, colours = SHOTS[name]
    page = _open(browser, size, colours)
    prepare(page, url)
    file = directory / f"{name}.png"
    page.screenshot(path=file)
    page.context.close()
    return file


def main(names: list[str]) -> int:
    path = installed()
    if path is None:
        print("There is no Chromium; `make browser` installs one.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        browser = launch(playwright, path)
        for name in names or list(SHOTS):
            print(shoot(browser, server.url, name, PICTURES).relative_to(ROOT), file=sys.stderr)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
