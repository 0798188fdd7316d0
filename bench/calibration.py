"""How fast this machine is now: a fixed pure-Python loop, so that figures of different days can be compared."""

from __future__ import annotations

import os
import platform
import time
from typing import Any

from bench.percentiles import significant

TURNS = 2_000_000


def _loop() -> float:
    """Seconds for a fixed number of integer multiplications and additions."""
    begun, total = time.perf_counter(), 0
    for i in range(TURNS):
        total = (total * 31 + i) & 0xFFFF
    return time.perf_counter() - begun


def measure() -> dict[str, Any]:
    """The best of five, because whatever else runs can only add time."""
    return {
        "pure_python_loop_ms": significant(1000 * min(_loop() for _ in range(5))),
        "turns": TURNS,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "load_before": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else None,
    }
