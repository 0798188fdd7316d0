"""Seconds from opening the page on a warm server, in a browser with an empty cache, to the first live frame."""

from __future__ import annotations

import time
from typing import Any

from bench.percentiles import significant
from bench.screen import browsing, closed, opened
from scripts.server import serving

VISITS = 5


def measure() -> dict[str, Any]:
    """Median and worst of five visits; the first visit, which warms the server, is told apart."""
    seconds = []
    with serving() as server, browsing() as browser:
        for _ in range(1 + VISITS):
            begun = time.perf_counter()
            lab = opened(browser, f"{server.url}/gradient-flow")
            seconds.append(time.perf_counter() - begun)
            closed(lab)
    warm = sorted(seconds[1:])
    return {"median_s": significant(warm[VISITS // 2]), "worst_s": significant(warm[-1]), "cold_server_s": significant(seconds[0])}
