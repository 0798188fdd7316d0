"""What every test may use, and the order: unit tests on every process first, then the browser tests, in two rows of about equal length.

Each row has one Chromium and one server. Most visitors in it are calm ones: with four paintings a second, two pages can learn side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from scripts.chromium import installed, launch
from scripts.server import Server, serving
from tests.browser.in_page import END_RUN

BROWSER_FIXTURES = frozenset({"chromium", "browser"})
WHOLE_SITE = Path(__file__).parent / "browser"
FIRST_ROW = frozenset(
    f"test_{name}.py" for name in (
        "finding_again", "health", "own_data", "transport", "full_link", "keyboard", "editing", "spiral", "export", "predict",
    )
)  # fmt: skip
ENVIRONMENT = {"PARALLAX_WORKERS": "1", "PARALLAX_MAX_RUNS": "64"}
DESKTOP = {"width": 1400, "height": 1000}
CALM = {"reduced_motion": "reduce"}
"""A visitor who asked for less motion: four paintings a second. What most tests look at does not hang on how many there are."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what uses a browser or the whole site, and puts it last: beside other tests it would measure those."""
    for item in items:
        if WHOLE_SITE in item.path.parents or BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
            first = WHOLE_SITE in item.path.parents and item.path.name in FIRST_ROW
            item.add_marker(pytest.mark.xdist_group("browser" if first else "pages"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The whole site on a free port."""
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


@pytest.fixture(scope="session")
def warm(chromium: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser that has been here before: the site's files are in its cache, and nothing else of it is kept."""
    context = chromium.new_context(viewport=DESKTOP, accept_downloads=True, **CALM)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts of one's own (a fresh browser, as far as a page can tell), closes them, and ends their runs."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(**{"viewport": DESKTOP, "accept_downloads": True, **options})  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        made.append(context)
        return context

    yield make
    for context in made:
        for page in context.pages:
            end_run(page)
        context.close()


def end_run(page: Page) -> None:
    """Frees the run at once instead of after its lease."""
    with suppress(Error):  # the test may have closed the page
        page.evaluate(END_RUN)
