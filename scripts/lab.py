"""A page with a live view as a person uses it: what it shows, and the buttons that are pressed by their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from playwright.sync_api import Locator, Page

SECONDS: Final = 1000
"""Playwright counts milliseconds."""
READY_SECONDS: Final = 40
_SHOWN: Final = """root => ({run: root.dataset.live, frames: Number(root.dataset.frames || 0), step: Number(root.dataset.step || 0),
    epoch: Number(root.dataset.epoch || 0), status: root.dataset.status || ''})"""
_CANVASES: Final = """root => Array.from(root.querySelectorAll('canvas')).filter(c => c.width && c.height && c.offsetParent)
    .map(c => c.toDataURL('image/png'))"""


@dataclass(frozen=True)
class Shown:
    """What the live view's root element says of itself."""

    run: str
    frames: int
    step: int
    epoch: float
    status: str


def link(url: str, page: str, fields: dict[str, str] | None = None) -> str:
    """The address of a page with these fields in its query."""
    query = "&".join(f"{name}={quote(text, safe=',')}" for name, text in (fields or {}).items())
    return f"{url}/{page}" + (f"?{query}" if query else "")


class Lab:
    """One open page. `opened` waits until the live view has painted its first frame."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.live = page.locator("[data-live]").first

    @classmethod
    def opened(cls, page: Page, address: str) -> Lab:
        lab = cls(page)
        page.goto(address)
        lab.ready()
        return lab

    def ready(self) -> None:
        """Waits for a run, its first painted frame and a status that commands are legal in."""
        self.until("root.dataset.live && Number(root.dataset.frames) > 0 && root.dataset.status !== 'starting'", READY_SECONDS)

    def until(self, condition: str, seconds: float = 10) -> None:
        """Waits until the JavaScript `condition` on `root` holds."""
        script = f"() => {{ const root = document.querySelector('[data-live]'); return Boolean(root && ({condition})); }}"
        self.page.wait_for_function(script, timeout=seconds * SECONDS)

    def shown(self) -> Shown:
        return Shown(**self.live.evaluate(_SHOWN))

    def button(self, name: str) -> Locator:
        return self.live.get_by_role("button", name=name, exact=True).first

    def press(self, name: str) -> None:
        self.button(name).click()

    def play(self) -> None:
        """Presses Play unless the run plays already, and waits until it does."""
        if self.shown().status != "playing":
            self.press("Play")
        self.until("root.dataset.status === 'playing'")

    def pause(self) -> Shown:
        """Presses Pause unless the run is paused, waits for its last frame, and returns what is shown."""
        if self.shown().status == "playing":
            self.press("Pause")
        self.until("root.dataset.status === 'paused'")
        return self.settled()

    def settled(self) -> Shown:
        """Waits until the shown step has not changed for a moment, as it must not while a run is paused."""
        shown = self.shown()
        while True:
            self.page.wait_for_timeout(250)
            again = self.shown()
            if again.step == shown.step and again.frames == shown.frames:
                return again
            shown = again

    def reach(self, step: int, seconds: float = 20) -> None:
        """Waits until the view shows at least this training step."""
        self.until(f"Number(root.dataset.step) >= {step}", seconds)

    def canvases(self) -> list[str]:
        """Every visible canvas as a PNG in text: equal texts are equal pixels."""
        pictures: list[str] = self.live.evaluate(_CANVASES)
        return pictures

    def service(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET (or POST with a JSON body) to the service beside the page."""
        address = self.api + path
        request = self.page.request
        answer = request.get(address) if body is None else request.post(address, data=body)
        return answer.json()

    @property
    def api(self) -> str:
        """The service's address, base path included."""
        return self.page.url.split("?")[0].rsplit("/", 1)[0] + "/api"
