"""Opening a page with a live view as a visitor with a fresh browser does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from scripts.lab import Lab, link
from scripts.server import Server

Open = Callable[..., Lab]


@pytest.fixture
def errors() -> list[str]:
    """What pages opened with `open_lab` threw."""
    return []


@pytest.fixture
def open_lab(server: Server, contexts: Callable[..., BrowserContext], errors: list[str]) -> Open:
    """Opens a page in a browser of its own: `open_lab("gradient-flow", {"dataset": "xor"}, color_scheme="dark")`."""

    def opened(page: str = "gradient-flow", fields: dict[str, str] | None = None, url: str = "", **options: object) -> Lab:
        tab = contexts(**options).new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        return Lab.opened(tab, link(url or server.url, page, fields))

    return opened
