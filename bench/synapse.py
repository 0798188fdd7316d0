"""Seconds over HTTP for a spike-timing curve of 60 pairs, 41 intervals and four models, and for a protocol as a dragged interval asks."""

from __future__ import annotations

import time
from typing import Any, Final

import httpx

from bench.percentiles import significant
from models.catalog import EXPERIMENTS
from scripts.server import serving

SHOTS: Final = 9
FOUR: Final = ["pair", "triplet", "triplet_nearest", "calcium"]
CASES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "curve": ("stdp-curve", {"models": FOUR, "pairs": 60, "intervals": 41}),
    "frequencies": ("stdp-curve", {"models": FOUR, "mode": "frequency"}),
    "protocol": ("synapse", {"models": [*FOUR, "bcm"]}),
}


def _answered(client: httpx.Client, url: str, analysis: str, spec: dict[str, Any]) -> float:
    """The answer and its arrays, as a page fetches them."""
    begun = time.perf_counter()
    told = client.post(f"{url}/api/analyses/{analysis}?wait=30", json={"spec": spec}).raise_for_status().json()
    while "arrays" not in told:  # the analyst still loads what other pages need
        told = client.get(f"{url}/api/jobs/{told['job_id']}").raise_for_status().json()["result"] or told
        time.sleep(0.05)
    client.get(f"{url}{told['arrays']}").raise_for_status()
    return time.perf_counter() - begun


def _alone(analysis: str, spec: dict[str, Any]) -> float:
    """Processor time of the analysis itself, ms: the median of several, after one that compiles."""
    built = EXPERIMENTS[analysis].build(EXPERIMENTS[analysis].validate(spec))
    taken = []
    for _ in range(SHOTS):
        begun = time.thread_time()
        built.analyse({}, lambda *_: None)
        taken.append(time.thread_time() - begun)
    return significant(1000 * sorted(taken)[SHOTS // 2])


def measure() -> dict[str, Any]:
    """No two shots are alike, so that none is answered from a cache; the first, which may load code, is told apart."""
    found: dict[str, Any] = {}
    with serving() as server, httpx.Client(timeout=60) as client:
        for name, (analysis, spec) in CASES.items():
            seconds = [_answered(client, server.url, analysis, {**spec, "pair_potentiation": 1e-4 * shot}) for shot in range(SHOTS)]
            warm = sorted(seconds[1:])
            found[name] = {"first_s": significant(seconds[0]), "median_s": significant(warm[len(warm) // 2])}
            found[name]["alone_ms"] = _alone(analysis, spec)
    found["dragged_updates_per_s"] = significant(1 / found["protocol"]["median_s"])
    return found
