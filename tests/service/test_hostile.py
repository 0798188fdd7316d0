"""What a hostile or careless client sends to the dense lab: refused with a sentence, and nobody else notices."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from models.service import codec
from tests.service.conftest import Served, serving

LAB = "gradient-flow"
DIVERGES: dict[str, Any] = {
    "activation": "linear",
    "hidden_layers": [8, 8, 8, 8],
    "initialisation": "too_large",
    "learning_rate": 10,
    "loss": "cross_entropy",
}


@pytest.fixture(scope="module")
def lab() -> Iterator[Served]:
    with serving("inline", catalogue="tests.service.toy_and_dense") as served:
        served.until_staffed()
        yield served


def opened(lab: Served, saved: bytes) -> Any:
    return lab.client.post("/runs/open", files={"file": ("run.safetensors", saved)})


@pytest.mark.parametrize("origin", ["http://[::1", "http://]", "//", "null", "http://127.0.0.1:x"])
def test_an_origin_that_is_none_is_refused(lab: Served, origin: str) -> None:
    answer = lab.client.post("/runs", json={"experiment": LAB}, headers={"Origin": origin})
    assert answer.status_code == 403 and "another site" in answer.json()["error"]


def test_a_long_body_without_a_length_is_too_large(lab: Served) -> None:
    answer = lab.client.post("/runs", content=(b" " * 10_000 for _ in range(60)), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413 and "512 kB" in answer.json()["error"]


@pytest.mark.parametrize(("body", "code"), [("{", 422), ("[" * 60_000, 400), ("\udcff", 400)])
def test_a_body_that_is_not_json_is_named(lab: Served, body: str, code: int) -> None:
    content = body.encode("utf-8", "surrogateescape")
    answer = lab.client.post("/runs", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == code and "body" in answer.json()["error"].lower()


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"learning_rate": True}, "learning_rate"),
        ({"seed": False}, "seed"),
        ({"hidden_layers": [True]}, "hidden_layers"),
        ({"lanes": [{"momentum": True}]}, "lanes.0.momentum"),
        ({"features": ["x", "x"]}, "features"),
    ],
)
def test_a_wrong_spec_names_its_field(lab: Served, spec: dict[str, Any], field: str) -> None:
    answer = lab.client.post("/runs", json={"experiment": LAB, "spec": spec})
    assert answer.status_code == 422 and answer.json()["field"] == field
    assert answer.json()["error"].startswith(f"{field}: ") and "alue error" not in answer.json()["error"]


@pytest.mark.parametrize(
    "command",
    [
        {"command": "step", "n": "3"},
        {"command": "step", "n": True},
        {"command": "set", "values": {"learning_rate": True}},
        {"command": "edit", "layer": 1, "to": 0, "from": 0, "value": "1"},
        {"command": "freeze", "layer": 1, "frozen": "yes"},
    ],
)
def test_a_text_or_a_flag_is_no_number(lab: Served, command: dict[str, Any]) -> None:
    run = lab.start(LAB)
    assert lab.refused(run, **command).status_code == 422
    assert lab.describe(run)["step"] == 0


def test_a_diverged_run_that_was_edited_can_be_saved_forked_and_undone(lab: Served) -> None:
    run = lab.start(LAB, **DIVERGES)
    assert lab.command(run, "step", n=200)["status"] == "diverged"
    before = lab.state(run)
    for to in range(8):
        lab.command(run, "edit", layer=2, to=to, **{"from": 0}, value=1.0)
    saved = lab.client.get(f"/runs/{run}/export")
    assert saved.status_code == 200
    assert opened(lab, saved.content).status_code == 201
    assert lab.client.post(f"/runs/{run}/fork").status_code == 201
    for _ in range(8):
        lab.command(run, "undo")
    assert lab.state(run) == before


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def forge(meta: dict[str, Any]) -> None:
        *above, last = path.split("/")
        for name in above:
            meta = meta[name]
        meta[last] = value

    return forge


LIVE, SETTINGS = "state/settings/trial/live", "state/settings"
FORGED = {
    "rate out of bounds": _set(f"{LIVE}/learning_rate", 1e9),
    "no rate": _set(f"{LIVE}/learning_rate", None),
    "a stimulus of thirty years": _set(f"{LIVE}/stimulus_ms", 1e12),
    "negative stimulus": _set(f"{LIVE}/stimulus_ms", -5),
    "weight that is not there": _set("state/settings/trial/chosen", [99, 0, 0]),
    "two numbers for a weight": _set("state/settings/trial/chosen", [1, 0]),
    "status of its own": _set(f"{SETTINGS}/outcome", "<img src=x>"),
    "status that is a number": _set(f"{SETTINGS}/outcome", 5),
    "endless message": _set(f"{SETTINGS}/message", "x" * 100_000),
    "branch that is no number": _set("heads", {"x": 1}),
    "branch of five thousand digits": _set("heads", {"9" * 5000: 1}),
    "negative step": _set("state/step", -1),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_file_is_refused(lab: Served, what: str) -> None:
    run = lab.start(LAB, optimiser="adam")
    lab.command(run, "step", n=20)
    arrays, meta = codec.decode(lab.client.get(f"/runs/{run}/export").content)
    meta = copy.deepcopy(meta)
    FORGED[what](meta)
    answer = opened(lab, codec.encode(arrays, meta))
    assert answer.status_code == 422, answer.text
    lab.client.delete(f"/runs/{run}")


def test_numbers_that_are_none_end_only_the_run_that_holds_them(lab: Served) -> None:
    other = lab.start(LAB)
    lab.command(other, "step", n=20)
    arrays, meta = codec.decode(lab.client.get(f"/runs/{other}/export").content)
    arrays["network.learner.parameters"][:] = np.nan
    run = opened(lab, codec.encode(arrays, meta)).json()["run_id"]
    assert lab.command(run, "step", n=5)["status"] == "diverged"
    assert lab.command(other, "step", n=5) == {**lab.command(other, "pause"), "step": 25}
