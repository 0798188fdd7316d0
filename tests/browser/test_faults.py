"""Workers that are killed while a run plays, and ids that may only look."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import pairwise

import psutil
import pytest
from safetensors.numpy import load
from websockets.sync.client import connect

from scripts.lab import Lab, link
from scripts.server import Server, serving
from tests.browser.conftest import Open
from tests.browser.in_page import RECORD_STEPS
from tests.browser.moment import differing, step_of


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """A server of one's own: killing its workers must not disturb other tests."""
    with serving(environment={"PARALLAX_WORKERS": "2"}) as running:
        yield running


def busiest(server: Server) -> int:
    """The worker that trains: the one that used most processor time over a moment."""
    before = {worker.pid: sum(worker.cpu_times()[:2]) for worker in server.workers()}
    time.sleep(0.5)
    after = {worker.pid: sum(worker.cpu_times()[:2]) for worker in server.workers()}
    return max(after, key=lambda pid: after[pid] - before.get(pid, after[pid]))


def longest_gap(lab: Lab) -> float:
    """Seconds of the longest time without a newer step on the screen; steps never go back."""
    seen = lab.page.evaluate("() => window.steps")
    assert all(later[1] >= earlier[1] for earlier, later in pairwise(seen)), "a step that was shown was lost"
    return max(later[0] - earlier[0] for earlier, later in pairwise(seen)) / 1000


def strayed(lab: Lab, server: Server) -> list[str]:
    """Names of the weights that are not those of an undisturbed run of the same spec at the same step."""
    shown = lab.pause()
    request = lab.page.request
    there = request.get(f"{server.url}/api/runs/{shown.run}/snapshot").body()
    assert step_of(there) == shown.step
    spec = lab.service(f"/runs/{shown.run}")["spec"]
    other = request.post(f"{server.url}/api/runs", data={"experiment": "gradient-flow", "spec": spec}).json()["run_id"]
    answer = request.post(f"{server.url}/api/runs/{other}/commands", data={"command": "step", "n": shown.step}, timeout=60000)
    assert answer.ok, answer.text()
    here = request.get(f"{server.url}/api/runs/{other}/snapshot").body()
    assert step_of(here) == shown.step
    request.delete(f"{server.url}/api/runs/{other}")
    return [name for name in differing(load(there), load(here)) if name.endswith(("/weight", "/bias"))]


@pytest.mark.parametrize(("all_of_them", "bound"), [(False, 2.0), (True, 5.0)], ids=["one", "all"])
def test_a_killed_worker_costs_seconds_and_no_step(frail: Server, open_lab: Open, all_of_them: bool, bound: float) -> None:
    lab = open_lab(url=frail.url)
    lab.play()
    lab.reach(1000)
    lab.page.wait_for_timeout(3000)  # the warm spare has had time to load
    lab.live.evaluate(RECORD_STEPS)
    doomed = [worker.pid for worker in frail.workers()] if all_of_them else [busiest(frail)]
    lab.page.wait_for_timeout(300)
    for pid in doomed:
        psutil.Process(pid).kill()
    lab.page.wait_for_timeout(800)  # frames that were under way when the worker died have come
    lab.reach(lab.shown().step + 500, 20)
    lab.page.wait_for_timeout(500)
    gap = longest_gap(lab)
    print(f"gap {gap:.2f} s")
    assert gap <= bound
    assert strayed(lab, frail) == []


def test_a_watch_id_looks_and_does_not_touch(server: Server, open_lab: Open) -> None:
    lab = open_lab()
    request = lab.page.request
    made = request.post(f"{server.url}/api/runs", data={"experiment": "gradient-flow", "spec": {}}).json()
    watch, control = made["watch_id"], made["run_id"]
    assert request.get(f"{server.url}/api/runs/{watch}").ok
    for command in ({"command": "play"}, {"command": "step"}, {"command": "set", "values": {"learning_rate": 1.0}}):
        answer = request.post(f"{server.url}/api/runs/{watch}/commands", data=command)
        assert answer.status in (403, 404), answer.text()
    assert request.delete(f"{server.url}/api/runs/{watch}").status in (403, 404)
    with connect(server.url.replace("http", "ws") + f"/api/runs/{watch}/stream?tab=test", max_size=None) as socket:
        hello = json.loads(socket.recv(timeout=5))["hello"]
        assert hello["control"] is False
        assert control not in json.dumps(hello)
        socket.send(json.dumps({"command": "play", "request": 1}))
        while True:
            message = socket.recv(timeout=5)
            if isinstance(message, str) and "reply" in (said := json.loads(message)):
                break
        assert said["ok"] is False
    assert request.get(f"{server.url}/api/runs/{control}").json()["step"] == 0
    request.delete(f"{server.url}/api/runs/{control}")


def test_guessed_ids_and_foreign_origins_are_refused(server: Server, open_lab: Open) -> None:
    request = open_lab().page.request
    assert request.get(f"{server.url}/api/runs/AAAAAAAAAAAAAAAAAAAAAA").status == 404
    body = {"experiment": "gradient-flow", "spec": {}}
    foreign = request.post(f"{server.url}/api/runs", data=body, headers={"Origin": "https://example.org"})
    assert foreign.status == 403


def test_at_capacity_the_page_says_when_to_try_again(open_lab: Open) -> None:
    with serving(environment={"PARALLAX_WORKERS": "1", "PARALLAX_MAX_RUNS": "1"}) as small:
        first = open_lab(url=small.url)
        second = first.page.context.browser.new_context().new_page()
        second.goto(link(small.url, "gradient-flow"))
        second.get_by_text("try again", exact=False).first.wait_for(timeout=20000)
        second.context.close()
