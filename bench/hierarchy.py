"""Both ladders of an upload, the network's share of it, and the sliders of invariance, asked over HTTP as the page asks."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urljoin

import httpx

from bench.percentiles import significant
from bench.photograph import photograph
from scripts.server import Server, serving

SHOTS = 5
CHANGES = 40
PASSES = 9


def _asked(client: httpx.Client, server: Server, experiment: str, spec: dict[str, Any]) -> float:
    """Seconds from the question to the last byte of the arrays."""
    begun = time.perf_counter()
    answer = client.post(f"{server.url}/api/analyses/{experiment}?wait=30", json={"spec": spec})
    answer.raise_for_status()
    told = answer.json()
    while "arrays" not in told:  # only while the analyst is still loading
        time.sleep(0.1)
        told = client.get(f"{server.url}/api/jobs/{told['job_id']}").json().get("result") or told
    client.get(urljoin(server.url + "/", told["arrays"])).raise_for_status()
    return time.perf_counter() - begun


def _uploads(client: httpx.Client, server: Server) -> list[float]:
    """Seconds of the hierarchy of photographs whose bytes have arrived."""
    seconds = []
    for shot in range(SHOTS):
        kept = client.post(f"{server.url}/api/uploads", files={"file": ("cat.jpg", photograph(100 + shot), "image/jpeg")})
        kept.raise_for_status()
        seconds.append(_asked(client, server, "feature-hierarchy", {"image": kept.json()["content_id"], "maps_per_stage": 24}))
    return sorted(seconds[1:])


def _sliders(client: httpx.Client, server: Server) -> list[float]:
    """Seconds of each of a slider's places, one after the other; none of them is known before."""
    places = [{"rotate": round(-90 + 4.37 * place, 2), "rung": "stage3", "channel": 3} for place in range(CHANGES)]
    _asked(client, server, "invariance", {"image": "sample:coffee"})
    return sorted(_asked(client, server, "invariance", {"image": "sample:coffee", **place}) for place in places)


def _network() -> dict[str, float]:
    """The network's side of the ladder (maps, ranges, fields, labels) over its bare forward pass, on one thread, in turns."""
    import torch

    from models.experiments.feature_hierarchy import FeatureHierarchy
    from models.experiments.hierarchy_images import seen
    from models.experiments.hierarchy_networks import trained_network
    from models.specs.feature_hierarchy import ADAPTER

    network, pixels = trained_network(), seen("sample:coffee", {})
    hierarchy = FeatureHierarchy(ADAPTER.validate_python({"maps_per_stage": 24}))
    image, bare, ladder = network.prepare(pixels), [], []
    for _ in range(PASSES):
        begun = time.perf_counter()
        with torch.inference_mode():
            network.network(image)
        between = time.perf_counter()
        hierarchy.network_side(pixels)
        bare.append(between - begun)
        ladder.append(time.perf_counter() - between)
    median = PASSES // 2
    return {"bare_ms": significant(1000 * sorted(bare)[median]), "times_bare": significant(sorted(ladder)[median] / sorted(bare)[median])}


def measure() -> dict[str, Any]:
    with serving() as server, httpx.Client(timeout=60) as client:
        uploads, changes = _uploads(client, server), _sliders(client, server)
    median = changes[len(changes) // 2]
    return {
        "upload_median_s": significant(uploads[len(uploads) // 2]),
        "network": _network(),
        "invariance_updates_per_s": significant(1 / median),
        "invariance_p95_ms": significant(1000 * changes[int(0.95 * len(changes))]),
    }
