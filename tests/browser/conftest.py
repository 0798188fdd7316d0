"""Opening a page with a live view as a visitor does, with a browser that remembers nothing of other visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from scripts.lab import Lab, link
from scripts.server import Server
from tests.conftest import CALM, end_run

Open = Callable[..., Lab]


@pytest.fixture
def errors() -> list[str]:
    """What pages opened with `open_lab` threw."""
    return []


@pytest.fixture
def visits(warm: BrowserContext) -> Iterator[Callable[[], Page]]:
    """Tabs of the warm browser; what they leave behind is cleared away."""
    yield warm.new_page
    for tab in warm.pages:
        end_run(tab)
        with suppress(Error):  # the test may have closed the tab
            tab.evaluate("() => localStorage.clear()")
        tab.close()
    warm.clear_cookies()
    warm.clear_permissions()


@pytest.fixture
def open_lab(
    server: Server, contexts: Callable[..., BrowserContext], visits: Callable[[], Page], errors: list[str]
) -> Iterator[Open]:
    """Opens a page: `open_lab("gradient-flow", {"dataset": "xor"}, color_scheme="dark")`. The first of a test may come from the
    browser's cache; every further one, and one with options, has a fresh browser of its own."""
    opened_before: list[Page] = []

    def opened(page: str = "gradient-flow", fields: dict[str, str] | None = None, url: str = "", **options: object) -> Lab:
        tab = contexts(**{**CALM, **options}).new_page() if options or url or opened_before else visits()
        opened_before.append(tab)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        return Lab.opened(tab, link(url or server.url, page, fields))

    yield opened
