"""Workers that are killed while a run plays: seconds without a newer frame on the page, for one and for all of them."""

from __future__ import annotations

import itertools
from typing import Any

import psutil

from bench.networks import fields
from bench.percentiles import significant
from bench.screen import browsing, playing, record_frames
from scripts.lab import Lab
from scripts.server import serving

TRIALS = 3
SPARE_SECONDS = 6.0
"""A replacement loads torch; until it has, a second loss finds no spare."""


def _gap(lab: Lab, doomed: list[psutil.Process]) -> float:
    record_frames(lab)
    for worker in doomed:
        worker.kill()
    lab.page.wait_for_timeout(800)  # frames that were under way when the worker died have come
    lab.reach(lab.shown().step + 500, 60)
    times = lab.page.evaluate("() => window.benchFrames")
    return max(after - before for before, after in itertools.pairwise(times)) / 1000


def measure() -> dict[str, Any]:
    """Every trial, and the worst: each waits for the spare to be warm again."""
    gaps: dict[str, list[float]] = {"one": [], "all": []}
    with serving() as server, browsing() as browser:
        lab = playing(browser, server.url, fields("2-8-8-1"), everything=False)
        for _ in range(TRIALS):
            for which in gaps:
                lab.page.wait_for_timeout(1000 * SPARE_SECONDS)
                doomed = server.workers() if which == "all" else [server.busiest()]
                gaps[which].append(_gap(lab, doomed))
    return {f"{which}_{name}_s": value for which, seconds in gaps.items() for name, value in _told(seconds).items()}


def _told(seconds: list[float]) -> dict[str, Any]:
    return {"each": [significant(one) for one in seconds], "worst": significant(max(seconds))}
