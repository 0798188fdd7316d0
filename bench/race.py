"""Four networks 2-8-8-1 that learn side by side on one clock, with the race and every other panel drawn."""

from __future__ import annotations

import json
from typing import Any, Final

from bench.networks import fields
from bench.screen import browsing, closed, playing, rates, window
from scripts.lab import Lab
from scripts.server import serving

SECONDS: Final = 8.0
NETWORK: Final = "2-8-8-1"
RATES: Final = (0.003, 0.01, 0.03, 0.1)
"""None of them diverges: a lane that halts would cost nothing."""


def four_lanes() -> dict[str, str]:
    """The first network and three that differ from it by their rate, as the address bar holds them."""
    first, *others = RATES
    return {**fields(NETWORK), "learning_rate": str(first), "lanes": json.dumps([{"learning_rate": rate} for rate in others])}


def learning(lab: Lab) -> int:
    """How many lanes still learn; raises RuntimeError where one has halted or is missing."""
    lanes = lab.service(f"/runs/{lab.shown().run}")["metrics"]["lanes"]
    if len(lanes) != len(RATES) or any(lane["halted"] or lane["closed"] for lane in lanes):
        raise RuntimeError(f"These lanes were to learn to the end: {lanes}"[:500])
    return len(lanes)


def measure() -> dict[str, Any]:
    """With every panel in the window, and with the first screen only. Epochs are those of each lane: all share the clock."""
    figures: dict[str, Any] = {}
    with serving() as server, browsing() as browser:
        for key, everything in (("every_panel", True), ("first_screen", False)):
            lab = playing(browser, server.url, four_lanes(), everything)
            figures[key] = rates(lab, SECONDS) | window(lab) | {"lanes": learning(lab)}
            closed(lab)
    return figures
