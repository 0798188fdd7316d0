"""What reaches the screen for the three networks on the complete page, brain panel on."""

from __future__ import annotations

from typing import Any

from bench.networks import HIDDEN, fields
from bench.screen import browsing, closed, playing, rates, window
from scripts.server import serving

SECONDS = 8.0


def measure() -> dict[str, Any]:
    """By network: with every panel in the window, and with the first screen of 1400×1000 only."""
    figures: dict[str, Any] = {}
    with serving() as server, browsing() as browser:
        for name in HIDDEN:
            for key, everything in (("every_panel", True), ("first_screen", False)):
                lab = playing(browser, server.url, fields(name), everything)
                figures.setdefault(name, {})[key] = rates(lab, SECONDS) | window(lab)
                closed(lab)
    return figures
