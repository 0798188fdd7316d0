"""Which command is legal in which status, what is refused and how, on every backend."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.service.conftest import Served

BEGINNINGS = {
    "paused": {},
    "playing": {"play": True},
    "done": {"play": True, "stop_steps": 20},
    "diverged": {"play": True, "learning_rate": 10.0},
    "error": {"play": True, "break_at": 15},
}
COMMANDS = {
    "play": {}, "pause": {}, "step": {}, "step_back": {}, "reset": {}, "seek": {"step": 0}, "branch": {"branch": 0}, "undo": {},
    "set": {"values": {"learning_rate": 0.2}}, "edit": {"layer": 1, "to": 0, "from": 0, "value": 0.1}, "speed": {"steps_per_second": 50},
}  # fmt: skip
ILLEGAL = {("done", "play"), ("done", "step"), ("diverged", "play"), ("diverged", "step")} | {("error", name) for name in COMMANDS}
AFTER = {"step": "paused", "step_back": "paused", "reset": "paused", "seek": "paused", "branch": "paused", "pause": "paused"}


def _in(server: Served, status: str) -> str:
    beginning = dict(BEGINNINGS[status])
    run = server.start(**({"learning_rate": 0.001} | beginning))
    if status == "diverged":
        if server.describe(run)["status"] == "playing":
            server.command(run, "pause")
        server.command(run, "edit", layer=1, to=0, value=1e7, **{"from": 0})
        if server.describe(run)["status"] == "paused":  # paused before the first step: the next one tells
            server.command(run, "step")
    server.until(run, status=status)
    return run


@pytest.mark.parametrize("status", BEGINNINGS)
def test_every_command_in_every_status(server: Served, status: str) -> None:
    for command, parameters in COMMANDS.items():
        run = _in(server, status)
        if command == "undo" and status != "error":
            server.command(run, "set", values={"learning_rate": 0.002})
        answer = server.client.post(f"/runs/{run}/commands", json={"command": command, **parameters})
        if (status, command) in ILLEGAL:
            assert answer.status_code == 409, (status, command, answer.text)
            assert answer.json()["error"].endswith(".")
        else:
            assert answer.status_code == 200, (status, command, answer.text)
            expected = "playing" if command == "play" else AFTER.get(command, status)
            # At the end a run that cannot move stays there; a change may lift the stop.
            at_the_end = {"done", "diverged", "paused"} if status in ("done", "diverged") else set()
            assert answer.json()["status"] in {expected, *at_the_end}, (status, command, answer.text)
        server.client.delete(f"/runs/{run}")
        server.started.remove(run)


def test_done_is_lifted_by_a_change_and_left_by_going_back(server: Served) -> None:
    run = server.start(play=True, stop_steps=10)
    assert "as asked" in server.until(run, status="done")["message"]
    assert server.command(run, "step_back")["status"] == "paused"
    assert server.command(run, "step")["status"] == "done"
    assert server.command(run, "set", values={"stop_steps": None})["status"] == "paused"
    assert server.command(run, "step", n=5)["step"] == 15


def test_an_exception_ends_one_run_and_no_other(server: Served) -> None:
    other = server.start(play=True)
    broken = server.start(play=True, break_at=5)
    assert "the toy is broken" in server.until(broken, status="error")["message"]
    before = server.describe(other)["step"]
    time.sleep(0.1)
    assert server.describe(other)["step"] > before


def test_speed_limits_updates(server: Served) -> None:
    run = server.start()
    server.command(run, "speed", steps_per_second=20)
    server.command(run, "play")
    time.sleep(1.0)
    assert 10 <= server.command(run, "pause")["step"] <= 30


@pytest.mark.parametrize(
    ("body", "field", "bound"),
    [
        ({"experiment": "toy", "spec": {"size": 65}}, "size", "64"),
        ({"experiment": "toy", "spec": {"colour": 1}}, "colour", "not permitted"),
        ({"experiment": "toy", "spec": {"seed": "x"}}, "seed", "integer"),
        ({"experiment": "nothing"}, "experiment", "toy"),
        ({"experiment": "count"}, "experiment", "toy"),
        ({"experiment": "toy", "surprise": 1}, "surprise", "not permitted"),
        ({}, "experiment", "required"),
        ({"experiment": "gradient-flow", "spec": {"hidden_layers": [33]}}, "hidden_layers.0", "32"),
        ({"experiment": "toy", "spec": {"step_ms": 80}}, "spec", "50 ms"),
    ],
)
def test_bad_specs_are_refused_with_field_and_bound(server: Served, body, field, bound) -> None:
    answer = server.client.post("/runs", json=body)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert bound in answer.json()["error"] and answer.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"command": "step", "n": 0}, "n"),
        ({"command": "step", "n": 10**7}, "n"),
        ({"command": "seek"}, "step"),
        ({"command": "explode"}, "command"),
        ({}, "command"),
        ({"command": "play", "extra": 1}, "extra"),
        ({"command": "set", "values": {}}, "values"),
        ({"command": "set", "values": {"unheard_of": 1}}, "unheard_of"),
        ({"command": "edit", "layer": 1, "to": 99, "from": 0, "value": 1}, "to"),
        ({"command": "edit", "layer": 1, "to": 0, "from": 0, "value": "high"}, "value"),
        ({"command": "speed", "steps_per_second": -1}, "steps_per_second"),
    ],
)
def test_bad_commands_are_refused_with_their_field(server: Served, body, field) -> None:
    answer = server.client.post(f"/runs/{server.start()}/commands", json=body)
    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_not_a_number_is_refused(server: Served) -> None:
    body = b'{"command":"edit","layer":1,"to":0,"from":0,"value":NaN}'
    answer = server.client.post(f"/runs/{server.start()}/commands", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_asks_answer_and_refuse(server: Served) -> None:
    run = server.start()
    answer = server.client.post(f"/runs/{run}/ask", json={"probe": "scaled", "factor": 2})
    assert answer.status_code == 200 and len(answer.json()["values"]) == 4
    refused = server.client.post(f"/runs/{run}/ask", json={"probe": "scaled", "factor": 1000})
    assert refused.status_code == 422 and "100" in refused.json()["error"]
    assert server.client.post(f"/runs/{run}/ask", json={"probe": "unknown"}).status_code == 422


def test_static_snapshot_and_csv(server: Served) -> None:
    from safetensors.numpy import load

    run = server.start("gradient-flow")
    server.command(run, "step", n=10)
    assert load(server.client.get(f"/runs/{run}/static").content)["data/train_points"].shape[1] == 2
    assert load(server.client.get(f"/runs/{run}/snapshot").content)["1/weight"].shape == (4, 2)
    only = load(server.client.get(f"/runs/{run}/snapshot", params={"readings": "*/bias"}).content)
    assert set(only) == {"1/bias", "2/bias", "3/bias"}
    csv = server.client.get(f"/runs/{run}/export?format=csv")
    assert csv.headers["content-type"].startswith("text/csv") and csv.text.startswith("step,train_loss")
    weights = server.client.get(f"/runs/{run}/export?format=pytorch")
    assert weights.status_code == 200 and weights.headers["content-disposition"].endswith('.pt"')
    refused = server.client.get(f"/runs/{run}/export?format=onnx")
    assert refused.status_code == 422 and "safetensors" in refused.json()["error"]


def test_watch_ids_read_and_do_not_control(server: Served) -> None:
    started = server.client.post("/runs", json={"experiment": "toy"}).json()
    server.started.append(started["run_id"])
    watch = started["watch_id"]
    described = server.client.get(f"/runs/{watch}")
    assert described.status_code == 200 and started["run_id"] not in described.text and described.json()["control"] is False
    assert server.client.get(f"/runs/{watch}/snapshot").status_code == 200
    for answer in (
        server.client.post(f"/runs/{watch}/commands", json={"command": "play"}),
        server.client.post(f"/runs/{watch}/fork"),
        server.client.post(f"/runs/{watch}/ask", json={"probe": "scaled"}),
        server.client.delete(f"/runs/{watch}"),
    ):
        assert answer.status_code == 403 and answer.json()["error"].endswith(".")


def test_guessed_ids_are_not_found(server: Served) -> None:
    for method, path in (("GET", ""), ("GET", "/snapshot"), ("DELETE", ""), ("POST", "/commands")):
        answer = server.client.request(method, f"/runs/guessed-id-of-a-run{path}", json={"command": "play"} if method == "POST" else None)
        assert answer.status_code == 404 and answer.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({}, 201),
        ({"Host": "localhost:1", "Origin": "http://localhost:1"}, 201),
    ],
)
def test_origin_and_host(server: Served, headers: dict[str, str], code: int) -> None:
    answer = server.client.post("/runs", json={"experiment": "toy"}, headers=headers)
    assert answer.status_code == code
    if code == 201:
        server.started.append(answer.json()["run_id"])


def test_deleting_ends_a_run(server: Served) -> None:
    run = server.start()
    assert server.client.delete(f"/runs/{run}").json() == {"status": "gone"}
    assert server.client.get(f"/runs/{run}").status_code == 404


def test_a_tab_has_a_bounded_number_of_runs_and_its_forgotten_ones_give_way(server: Served) -> None:
    headers = {"X-Parallax-Session": "one-tab"}
    runs = [server.client.post("/runs", json={"experiment": "toy"}, headers=headers).json()["run_id"] for _ in range(9)]
    server.started += runs
    assert server.client.get(f"/runs/{runs[0]}").status_code == 404
    assert server.client.get(f"/runs/{runs[8]}").status_code == 200


def test_health_metrics_experiments_and_docs(server: Served) -> None:
    assert server.client.get("/healthz").json()["status"] == "ok"
    server.command(server.start(), "step", n=5)
    metrics = server.client.get("/metrics").text
    assert 'parallax_runs{status="paused"} 1' in metrics and "parallax_memory_bytes" in metrics
    listed = {entry["name"]: entry for entry in server.client.get("/experiments").json()}
    assert listed["toy"]["kind"] == "run" and listed["toy"]["schema"]["properties"]["size"]["maximum"] == 64
    assert listed["toy"]["presets"][0]["changes"] == {"learning_rate": 1.0}
    assert listed["toy"]["asks"][0]["schema"]["properties"]["factor"]["maximum"] == 100
    assert server.client.get("/docs").status_code == 200
    assert "StepBack" in httpx.get(f"{server.url}/openapi.json").text


def test_long_bodies_are_refused(server: Served) -> None:
    answer = server.client.post("/runs", json={"experiment": "toy", "spec": {"seed": "9" * 600_000}})
    assert answer.status_code == 413 and "512 kB" in answer.json()["error"]
