"""A real Chromium against a real server. Each test has a fresh browser context; runs that it left behind are ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from scripts.chromium import installed, launch
from scripts.lab import Lab, link
from scripts.server import Server, serving
from tests.browser.in_page import END_RUN

ENVIRONMENT = {"PARALLAX_WORKERS": "2", "PARALLAX_MAX_RUNS": "64"}
DESKTOP = {"width": 1400, "height": 1000}
Open = Callable[..., Lab]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving(environment=ENVIRONMENT) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = installed()
    if path is None:
        pytest.fail("There is no Chromium: `make browser` installs one, or CHROMIUM names one.")
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts of one's own (a fresh browser, as far as a page can tell) and closes them."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(**{"viewport": DESKTOP, "accept_downloads": True, **options})  # type: ignore[arg-type]
        made.append(context)
        return context

    yield make
    for context in made:
        for page in context.pages:
            _end_run(page)
        context.close()


def _end_run(page: Page) -> None:
    """Frees the run at once instead of after its lease."""
    with suppress(Error):  # the test may have closed the page
        page.evaluate(END_RUN)


@pytest.fixture
def errors() -> list[str]:
    """What pages opened with `open_lab` threw or wrote to the console as errors."""
    return []


@pytest.fixture
def open_lab(server: Server, contexts: Callable[..., BrowserContext], errors: list[str]) -> Open:
    """Opens a page with a live view in a fresh browser context: `open_lab("gradient-flow", {"dataset": "xor"}, width=390)`."""

    def opened(page: str = "gradient-flow", fields: dict[str, str] | None = None, url: str = "", **options: object) -> Lab:
        tab = contexts(**options).new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        return Lab.opened(tab, link(url or server.url, page, fields))

    return opened
