"""Seconds for a tuning curve of 16 orientations × 8 spatial frequencies, over HTTP: a V1 cell and units of early and middle stages."""

from __future__ import annotations

import time
from typing import Any

import httpx

from bench.percentiles import significant
from scripts.server import serving

SHOTS = 5
CASES: dict[str, dict[str, Any]] = {
    "v1_cell": {"unit": "v1"},
    "stem": {"unit": "efficientnet", "stage": "stem"},
    "stage2": {"unit": "efficientnet", "stage": "stage2"},
    "stage3": {"unit": "efficientnet", "stage": "stage3"},
}


def _answered(client: httpx.Client, url: str, spec: dict[str, Any]) -> float:
    begun = time.perf_counter()
    client.post(f"{url}/api/analyses/unit-physiology?wait=30", json={"spec": spec}).raise_for_status()
    return time.perf_counter() - begun


def measure() -> dict[str, Any]:
    """No two shots have the same contrast, so that none is answered from a cache; the first, which may load weights, is told apart."""
    found: dict[str, Any] = {}
    with serving() as server, httpx.Client(timeout=60) as client:
        for name, unit in CASES.items():
            seconds = [_answered(client, server.url, {**unit, "contrast": 1 - 0.01 * shot}) for shot in range(SHOTS)]
            warm = sorted(seconds[1:])
            found[name] = {"first_s": significant(seconds[0]), "median_s": significant(warm[len(warm) // 2])}
    return found
