"""Pictures of the running lab for the README: `make screenshots`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import installed, launch
from scripts.lab import SECONDS, Lab, link
from scripts.serve import ROOT
from scripts.server import serving

PICTURES: Final = ROOT / "assets" / "images" / "readme"
DESKTOP: Final = (1400, 900)
PHONE: Final = (390, 844)
SPIRAL: Final = {
    "dataset": "spiral",
    "hidden_layers": "8,8",
    "features": "x,y,x²,y²,xy,sin x,sin y",
    "optimiser": "adam",
    "learning_rate": "0.01",
}
VANISHING: Final = {"activation": "sigmoid", "hidden_layers": "8,8,8,8,8,8", "initialisation": "uniform"}


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


def feature_hierarchy(page: Page, url: str) -> None:
    page.goto(link(url, "feature-hierarchy", {"image": "sample:coffee"}))
    page.get_by_text("espresso", exact=False).first.wait_for(timeout=40 * SECONDS)
    page.wait_for_timeout(2 * SECONDS)


SHOTS: Final[dict[str, tuple[Callable[[Page, str], None], tuple[int, int], Colours]]] = {
    "home": (home, DESKTOP, "light"),
    "gradient-flow": (gradient_flow, DESKTOP, "light"),
    "gradient-flow-dark": (gradient_flow, DESKTOP, "dark"),
    "vanishing": (vanishing, DESKTOP, "light"),
    "brain": (brain, DESKTOP, "light"),
    "feature-hierarchy": (feature_hierarchy, DESKTOP, "light"),
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
