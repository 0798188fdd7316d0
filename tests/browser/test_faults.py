"""Workers that are killed while a run plays, and ids that may only look."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise

import psutil
import pytest
from playwright.sync_api import APIRequestContext, BrowserContext
from safetensors.numpy import load
from websockets.sync.client import connect

from scripts.lab import Lab, link
from scripts.server import Server, serving
from tests.browser.conftest import Open
from tests.browser.in_page import RECORD_STEPS
from tests.browser.moment import differing, step_of


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """A server of one's own, as killing its workers must not disturb other tests: small, and under a path."""
    with serving("lab", {"PARALLAX_WORKERS": "1", "PARALLAX_MAX_RUNS": "6"}) as running:
        yield running


def stepped_back(lab: Lab) -> list[tuple[int, int]]:
    """Pairs of steps shown one after the other of which the later is the smaller."""
    seen = [step for _, step in lab.page.evaluate("() => window.steps")]
    return [(earlier, later) for earlier, later in pairwise(seen) if later < earlier]


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


def test_killed_workers_cost_no_step_under_a_base_path(frail: Server, open_lab: Open) -> None:
    """All at once; one alone is killed in tests/service. How long it takes is for `python -m bench killed_workers` to say."""
    lab = open_lab("gradient-flow", url=frail.url)
    lab.play()
    lab.reach(lab.shown().step + 1000)
    everything_is_under_the_base_path(lab)
    lab.live.evaluate(RECORD_STEPS)
    doomed = [worker.pid for worker in frail.workers()]
    lab.page.wait_for_timeout(300)
    for pid in doomed:
        psutil.Process(pid).kill()
    lab.page.wait_for_timeout(800)  # frames that were under way when the worker died have come
    lab.reach(lab.shown().step + 500, 60)
    assert stepped_back(lab) == []
    assert strayed(lab, frail) == []


def everything_is_under_the_base_path(lab: Lab) -> None:
    assert "/lab/gradient-flow" in lab.page.url
    assert lab.api.endswith("/lab/api")
    assert lab.service("/healthz")["status"] == "ok"
    assert lab.page.locator("[data-panel=network] canvas").first.is_visible()


@pytest.fixture
def visitor(contexts: Callable[..., BrowserContext]) -> APIRequestContext:
    """A visitor's requests, without a page."""
    return contexts().request


def test_a_watch_id_looks_and_does_not_touch(server: Server, visitor: APIRequestContext) -> None:
    made = visitor.post(f"{server.url}/api/runs", data={"experiment": "gradient-flow", "spec": {}}).json()
    watch, control = made["watch_id"], made["run_id"]
    assert visitor.get(f"{server.url}/api/runs/{watch}").ok
    for command in ({"command": "play"}, {"command": "step"}, {"command": "set", "values": {"learning_rate": 1.0}}):
        answer = visitor.post(f"{server.url}/api/runs/{watch}/commands", data=command)
        assert answer.status in (403, 404), answer.text()
    assert visitor.delete(f"{server.url}/api/runs/{watch}").status in (403, 404)
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
    assert visitor.get(f"{server.url}/api/runs/{control}").json()["step"] == 0
    visitor.delete(f"{server.url}/api/runs/{control}")


def test_guessed_ids_and_foreign_origins_are_refused(server: Server, visitor: APIRequestContext) -> None:
    assert visitor.get(f"{server.url}/api/runs/AAAAAAAAAAAAAAAAAAAAAA").status == 404
    body = {"experiment": "gradient-flow", "spec": {}}
    foreign = visitor.post(f"{server.url}/api/runs", data=body, headers={"Origin": "https://example.org"})
    assert foreign.status == 403


def test_at_capacity_the_page_says_when_to_try_again(frail: Server, contexts: Callable[..., BrowserContext]) -> None:
    """Programs have taken every run that there is."""
    page = contexts().new_page()
    taken = []
    while (answer := page.request.post(f"{frail.url}/api/runs", data={"experiment": "gradient-flow", "spec": {}})).ok:
        taken.append(answer.json()["run_id"])
    assert answer.status == 429 and taken
    page.goto(link(frail.url, "gradient-flow"))
    page.get_by_text("try again", exact=False).first.wait_for(timeout=20000)
    for run in taken:
        page.request.delete(f"{frail.url}/api/runs/{run}")
