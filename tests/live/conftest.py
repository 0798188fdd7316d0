"""One Chromium and one fake service for the live view's tests; every test opens a page of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.live.fake_service import FakeRun, FakeService, serving


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PORT = _free_port()


@dataclass
class Screen:
    """A page with the live view on it, and the fake behind it."""

    page: Page
    service: FakeService
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "/", frames: int = 1) -> Screen:
        self.page.goto(f"http://127.0.0.1:{PORT}{path}")
        return self.painted(frames)

    def painted(self, frames: int) -> Screen:
        """Waits until so many new frames have been painted since the view opened."""
        self.page.wait_for_function(f"Number(document.querySelector('[data-live]')?.dataset.frames) >= {frames}", timeout=10000)
        return self

    def said(self) -> dict[str, str]:
        """The root's data attributes."""
        found: dict[str, str] = self.page.evaluate("({...document.querySelector('[data-live]').dataset})")
        return found

    def frames(self) -> int:
        return int(self.said()["frames"])

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(condition, timeout=10000)

    def attribute(self, name: str, value: str) -> None:
        """Waits for a data attribute of the root."""
        self.wait(f"document.querySelector('[data-live]').dataset.{name} === {value!r}")

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    @property
    def run(self) -> FakeRun:
        return self.service.runs[self.said()["live"]]


@pytest.fixture
def service() -> Iterator[FakeService]:
    with serving(PORT) as fake:
        yield fake


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1200, "height": 900})
    yield made
    made.close()


@pytest.fixture
def screen(context: BrowserContext, service: FakeService) -> Screen:
    made = Screen(context.new_page(), service)
    made.page.on("pageerror", lambda error: made.faults.append(str(error)))
    return made
