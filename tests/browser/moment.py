"""What a run holds at one moment, read through the page's own service, and what its panels show."""

from __future__ import annotations

import json

import numpy as np
from safetensors.numpy import load

from scripts.lab import Lab

Arrays = dict[str, np.ndarray]


def snapshot(lab: Lab) -> Arrays:
    """Every reading, by name."""
    answer = lab.page.request.get(f"{lab.api}/runs/{lab.shown().run}/snapshot")
    assert answer.ok, answer.text()
    return load(answer.body())


def weights(lab: Lab) -> Arrays:
    """Weights and biases of every layer."""
    return {name: array for name, array in snapshot(lab).items() if name.endswith(("/weight", "/bias"))}


def differing(one: Arrays, two: Arrays) -> list[str]:
    """Names of the readings that are not bit-equal."""
    names = one.keys() | two.keys()
    return sorted(name for name in names if name not in one or name not in two or one[name].tobytes() != two[name].tobytes())


def pictures(lab: Lab, panel: str) -> list[str]:
    """A panel's canvases as PNG in text: equal texts are equal pixels."""
    found: list[str] = lab.live.locator(f"[data-panel={panel}] canvas").evaluate_all("all => all.map(c => c.toDataURL())")
    assert found, f"the panel {panel} has no canvas"
    return found


def step_of(snapshot_bytes: bytes) -> int:
    """The step that a snapshot says of itself, in the header's metadata."""
    length = int.from_bytes(snapshot_bytes[:8], "little")
    header = json.loads(snapshot_bytes[8 : 8 + length])
    return int(json.loads(header["__metadata__"]["meta"])["step"])


def command(lab: Lab, **fields: object) -> None:
    """A command to the page's run over HTTP."""
    answer = lab.page.request.post(f"{lab.api}/runs/{lab.shown().run}/commands", data=fields)
    assert answer.ok, answer.text()
