"""A person's own table: seconds until the service has read a CSV of 10,000 rows and answered, over HTTP."""

from __future__ import annotations

import time
from typing import Any, Final

import httpx
import numpy as np

from bench.percentiles import significant
from scripts.server import serving

ROWS: Final = 10_000
SHOTS: Final = 7
COLUMNS: Final = (3, 11)
"""Of numbers and, the last, of classes: points of the plane, and a table."""
KINDS: Final = ("low", "middle", "high")


def csv(columns: int, shot: int) -> bytes:
    """A table with a header, three decimals a number; no two shots are alike, so that none is known from before."""
    values = np.random.default_rng(shot).uniform(-6, 6, (ROWS, columns - 1))
    header = ",".join([*(f"column {i + 1}" for i in range(columns - 1)), "kind"])
    rows = [",".join(f"{value:.3f}" for value in row) + f",{KINDS[i % len(KINDS)]}" for i, row in enumerate(values)]
    return "\n".join([header, *rows]).encode()


def _seconds(client: httpx.Client, url: str, columns: int) -> list[float]:
    """The first reading is left out: what it loads stays loaded."""
    seconds = []
    for shot in range(SHOTS + 1):
        data = csv(columns, shot)
        begun = time.perf_counter()
        answer = client.post(f"{url}/api/tables", content=data, headers={"Content-Type": "text/csv"})
        seconds.append(time.perf_counter() - begun)
        answer.raise_for_status()
        if answer.json()["rows"] != ROWS:
            raise RuntimeError(f"{ROWS} rows were sent and {answer.json()['rows']} read.")
    return sorted(seconds[1:])


def measure() -> dict[str, Any]:
    """By number of columns."""
    with serving() as server, httpx.Client(timeout=60) as client:
        found = {columns: _seconds(client, server.url, columns) for columns in COLUMNS}
    return {
        f"{columns}_columns": {
            "median_s": significant(seconds[len(seconds) // 2]),
            "worst_s": significant(seconds[-1]),
            "megabytes": significant(len(csv(columns, 0)) / 1e6),
        }
        for columns, seconds in found.items()
    }
