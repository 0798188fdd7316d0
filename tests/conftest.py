"""What every test may use, and the order: unit tests on every process first, then the browser tests, the long files of each first.

The tests of one file stay on one process, so that what they share is made once. A process has one Chromium and one server. Most visitors
there are calm ones: with four paintings a second, two pages can learn side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from scripts.chromium import installed, launch
from scripts.server import Server, serving
from tests.browser.in_page import END_RUN

BROWSER_FIXTURES = frozenset({"chromium", "browser"})
TESTS = Path(__file__).parent
WHOLE_SITE = TESTS / "browser"
SERVICE = "tests/service"
LONG = tuple(f"test_{name}.py" for name in ("faults", "branches", "own_images", "in_browser", "own_data", "finding_again", "full_link"))
"""What begins last should not be long: the other process would have nothing left to do."""
ENVIRONMENT = {"PARALLAX_WORKERS": "1", "PARALLAX_MAX_RUNS": "64"}
DESKTOP = {"width": 1400, "height": 1000}
CALM = {"reduced_motion": "reduce"}
"""A visitor who asked for less motion: four paintings a second. What most tests look at does not hang on how many there are."""


class Files(LoadScopeScheduling):
    """Hands whole files to the processes, and all files of the service to one: most of them ask the same two servers."""

    def _split_scope(self, nodeid: str) -> str:
        return SERVICE if nodeid.startswith(SERVICE) else nodeid.split("::", 1)[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Files:
    return Files(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what uses a browser or the whole site, and puts it last: beside other tests it would measure those."""
    for item in items:
        if WHOLE_SITE in item.path.parents or BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    items.sort(key=turn)


def turn(item: pytest.Item) -> tuple[bool, int]:
    """Before browser tests all others; among each, the long ones first."""
    first = ("service", *LONG)
    name = "service" if TESTS / "service" in item.path.parents else item.path.name
    return item.get_closest_marker("browser") is not None, first.index(name) if name in first else len(first)


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
