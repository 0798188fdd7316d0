"""Ninety-two pictures over every rung of both sides: seconds as a job with progress, seconds when it is asked again."""

from __future__ import annotations

import time
from typing import Any

import httpx

from bench.percentiles import significant
from scripts.server import Server, serving

_BETWEEN = 0.1
"""Seconds between looks at the job."""


def _answered(client: httpx.Client, server: Server, seed: int) -> tuple[float, int]:
    """Seconds until the result is there, and how many different sentences of progress were told."""
    begun = time.perf_counter()
    asked = client.post(f"{server.url}/api/analyses/similarity?wait=0", json={"spec": {"packaged": 92, "seed": seed}})
    asked.raise_for_status()
    told = set()
    while True:
        job = client.get(f"{server.url}/api/jobs/{asked.json()['job_id']}").json()
        told.add(job["doing"])
        if job.get("result"):
            return time.perf_counter() - begun, len(told)
        if job["status"] in ("failed", "cancelled"):
            raise RuntimeError(str(job)[:500])
        time.sleep(_BETWEEN)


def measure() -> dict[str, Any]:
    """The first answer waits for its worker to load; the second is the figure, the third comes from what is kept."""
    with serving() as server, httpx.Client(timeout=120) as client:
        first, _ = _answered(client, server, 0)
        warm, sentences = _answered(client, server, 1)
        kept, _ = _answered(client, server, 1)
    return {
        "first_s": significant(first),
        "ninety_two_s": significant(warm),
        "again_s": significant(kept),
        "progress_sentences": sentences,
    }
