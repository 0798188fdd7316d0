"""Leases, capacity and lost workers: servers with limits of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.service.conftest import BACKENDS, Served, serving


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_run_left_alone_is_suspended_then_ended_and_a_viewer_keeps_it(backend: str) -> None:
    with serving(backend, lease=60) as server:
        left, kept = server.start(play=True), server.start(play=True)
        runs = server.service.supervisor.runs
        with server.socket(kept) as socket:
            socket.text("hello")
            for run in (left, kept):
                runs[run].touched -= 61
            _until(lambda: runs[left].suspended)
            assert not runs[kept].suspended
            time.sleep(0.1)
            at = runs[left].step
            assert server.describe(left)["status"] == "playing", "it keeps the intent to play"
            _until(lambda: server.describe(left)["step"] > at)
            runs[left].touched -= 121
            _until(lambda: left not in runs)
            assert server.client.get(f"/runs/{left}").status_code == 404
            assert server.describe(kept)["suspended"] is False


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_closed_tab_stops_costing_time_at_once_and_a_request_brings_its_run_back(backend: str) -> None:
    with serving(backend, absence=0.3) as server:
        run, never_watched = server.start(play=True), server.start(play=True)
        runs = server.service.supervisor.runs
        with server.socket(run) as socket:
            socket.text("hello")
            _until(lambda: runs[run].watched)
        _until(lambda: runs[run].suspended)
        assert not runs[never_watched].suspended
        at = runs[run].step
        assert server.describe(run)["status"] == "playing"
        _until(lambda: runs[run].step > at)


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_capacity_is_a_sentence_and_when_to_try_again() -> None:
    with serving("inline", max_runs=2) as server:
        runs = [server.start(), server.start()]
        refused = server.client.post("/runs", json={"experiment": "toy"})
        assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1
        assert refused.json()["error"].endswith(".") and "2" in refused.json()["error"]
        server.client.delete(f"/runs/{runs[0]}")
        server.start()


def _kill(server: Served, workers) -> None:
    for worker in list(workers):
        os.kill(worker.link.pid, signal.SIGKILL)


def _goes_on(server: Served, playing: str, workers) -> None:
    """Kills these workers under a viewer's eyes: what it is shown then begins no earlier than what it had seen."""
    with server.socket(playing) as socket:
        socket.send(subscribe=["*/weight"])
        for _ in range(100):
            shown = socket.frame()[1]
        _kill(server, workers)
        while (meta := socket.frame(timeout=30)[1])["sequence"] < shown["sequence"] + 1000:
            shown = meta
        assert meta["step"] >= shown["step"], "nothing that was shown is lost"
        assert any(text.get("reconnecting") for text in socket.texts)
    server.until(playing, status="playing", reconnecting=False)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_runs_of_killed_workers_go_on_at_the_step_they_had_shown() -> None:
    """First the one on duty, then every worker, spare and analyst at once."""
    with serving("process", catalogue="tests.service.toy_and_dense") as server:
        server.until_staffed()
        staff = server.service.supervisor.staff
        paused = server.start("gradient-flow", hidden_layers=[4], optimiser="adam")
        server.command(paused, "step", n=40)
        server.command(paused, "edit", layer=1, to=0, value=0.25, **{"from": 0})
        server.command(paused, "step", n=7)
        before = server.state(paused)
        playing = server.start("gradient-flow", play=True)
        _goes_on(server, playing, staff.on_duty)
        assert server.state(paused) == before, "after the one on duty was killed"
        server.until_staffed()
        _goes_on(server, playing, staff.everyone)
        assert server.state(paused) == before, "after all were killed"
        assert server.command(paused, "step_back", n=7)["step"] == 40
        assert "parallax_worker_restarts_total" in server.client.get("/metrics").text


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_dead_spare_is_replaced() -> None:
    with serving("process") as server:
        server.until_staffed()
        spare = server.service.supervisor.staff.spares[0]
        _kill(server, [spare])
        _until(lambda: spare not in server.service.supervisor.staff.spares)
        server.until_staffed()
        assert server.service.supervisor.staff.spares[0] is not spare
        assert server.command(server.start(), "step")["step"] == 1
