"""The service without the page, as a notebook uses it: start, step, read a snapshot, export; and the synapse's protocol."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load

from scripts.server import Server


@pytest.fixture
def service(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url + "/api", timeout=30) as client:
        yield client


@pytest.fixture
def run(service: httpx.Client) -> Iterator[str]:
    answer = service.post("/runs", json={"experiment": "gradient-flow", "spec": {"dataset": "xor", "hidden_layers": [4], "seed": 3}})
    assert answer.status_code == 201, answer.text
    yield answer.json()["run_id"]
    service.delete(f"/runs/{answer.json()['run_id']}")


def command(service: httpx.Client, run: str, **fields: Any) -> dict[str, Any]:
    answer = service.post(f"/runs/{run}/commands", json=fields)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def test_start_step_read_and_export(service: httpx.Client, run: str, tmp_path) -> None:
    before = load(service.get(f"/runs/{run}/snapshot").content)
    assert command(service, run, command="step", n=25)["step"] == 25
    after = load(service.get(f"/runs/{run}/snapshot").content)
    assert after["1/weight"].shape == (4, 2)
    assert not np.array_equal(before["1/weight"], after["1/weight"])
    described = service.get(f"/runs/{run}").json()
    assert (described["step"], described["status"], described["spec"]["seed"]) == (25, "paused", 3)
    saved = service.get(f"/runs/{run}/export", params={"format": "safetensors"})
    assert saved.status_code == 200
    (tmp_path / "run.safetensors").write_bytes(saved.content)
    with safe_open(tmp_path / "run.safetensors", "numpy") as file:
        assert list(file.keys())
    table = service.get(f"/runs/{run}/export", params={"format": "csv"}).text
    assert table.splitlines()[0].startswith("step,train_loss,test_loss")
    import torch

    saved = service.get(f"/runs/{run}/export", params={"format": "pytorch"})
    assert saved.status_code == 200, saved.text[:300]
    assert torch.load(io.BytesIO(saved.content), weights_only=True)


def test_a_saved_run_opens_where_it_was(service: httpx.Client, run: str) -> None:
    command(service, run, command="step", n=17)
    saved = service.get(f"/runs/{run}/export", params={"format": "safetensors"}).content
    opened = service.post("/runs/open", files={"file": ("run.safetensors", saved)})
    assert opened.status_code == 201, opened.text
    twin = opened.json()["run_id"]
    for each in (run, twin):
        command(service, each, command="step", n=9)
    one, two = (load(service.get(f"/runs/{each}/snapshot").content) for each in (run, twin))
    assert all(np.array_equal(one[name], two[name], equal_nan=True) for name in one if name.endswith(("/weight", "/bias")))
    service.delete(f"/runs/{twin}")


@pytest.mark.parametrize(
    ("spec", "field"), [({"learning_rate": 99}, "learning_rate"), ({"hidden_layers": [33]}, "hidden_layers"), ({"colour": "red"}, "colour")]
)
def test_a_wrong_spec_is_refused_with_its_field(service: httpx.Client, spec: dict[str, Any], field: str) -> None:
    answer = service.post("/runs", json={"experiment": "gradient-flow", "spec": spec})
    assert answer.status_code == 422
    assert field in answer.text


# Pfister and Gerstner 2006 (minimal triplet set), all-to-all, 60 continuous pairs, +10/−10 ms; relative weight change.
TRIPLET = {0.1: (0.00, -0.32), 10: (0.12, -0.33), 20: (0.23, -0.34), 40: (0.53, 0.17), 50: (0.76, 0.75)}
PAIR = {40: (-0.31, -0.45), 50: (-0.46, -0.48)}


def protocol(service: httpx.Client, run: str, rule: str, frequency: float, delta: float) -> float:
    question = {"probe": "stdp_protocol", "rule": rule, "interaction": "all_to_all", "frequency_hz": frequency, "delta_ms": delta}
    answer = service.post(f"/runs/{run}/ask", json=question)
    assert answer.status_code == 200, answer.text
    return float(answer.json()["weight_change"])


@pytest.mark.parametrize("frequency", TRIPLET)
def test_the_triplet_synapse_follows_the_recorded_frequencies(service: httpx.Client, run: str, frequency: float) -> None:
    found = [protocol(service, run, "triplet", frequency, delta) for delta in (10, -10)]
    assert found == pytest.approx(TRIPLET[frequency], abs=0.011)


@pytest.mark.parametrize("frequency", PAIR)
def test_the_pair_synapse_fails_at_high_frequencies(service: httpx.Client, run: str, frequency: float) -> None:
    found = [protocol(service, run, "pair", frequency, delta) for delta in (10, -10)]
    assert found == pytest.approx(PAIR[frequency], abs=0.011)
