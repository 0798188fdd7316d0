"""A race on the page: by preset, by a copy from a moment of the past, from the start, and by keys alone."""

from __future__ import annotations

import json

import numpy as np
from playwright.sync_api import Locator, expect

from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.in_page import FOCUSED, NAMELESS
from tests.browser.moment import pictures, snapshot

RATES = {
    "hidden_layers": "8,8",
    "learning_rate": "0.003",
    "lanes": json.dumps([{"learning_rate": 0.03}, {"learning_rate": 0.3}, {"learning_rate": 3.0}]),
}


def cards(lab: Lab) -> Locator:
    return lab.live.locator(".px-race-card")


def test_four_lanes_move_and_one_wins_by_the_goal_that_is_set(open_lab: Open) -> None:
    lab = open_lab(fields=RATES)
    expect(cards(lab)).to_have_count(4)
    before = pictures(lab, "race_lanes")
    goal = lab.live.get_by_label("Test loss to reach")
    goal.fill("0.2")
    goal.press("Enter")
    lab.play()
    won = lab.live.locator(".px-race-won")
    expect(won).to_contain_text("has won: test loss 0.2 at update", timeout=20_000)
    lab.pause()
    after = pictures(lab, "race_lanes")
    fields = slice(0, None, 2)  # every second canvas has the points, which stay
    assert all(one != two for one, two in zip(before[fields], after[fields], strict=True))
    assert before[1::2] == after[1::2]

    moment = snapshot(lab)
    arrivals = {}
    for lane in range(1, 5):
        prefix = "" if lane == 1 else f"{lane}:"
        below = np.flatnonzero(moment[f"{prefix}curves/test_loss"] <= 0.2)
        if below.size:
            arrivals[lane] = moment[f"{prefix}curves/step"][below[0]]
    first = min(arrivals, key=lambda lane: arrivals[lane])
    expect(won).to_contain_text(f"Lane {first} ")
    expect(won).to_contain_text(f"at update {int(arrivals[first]):,}")
    assert lab.live.locator(".px-race-first").get_attribute("data-lane") == str(first)
    assert lab.live.evaluate(NAMELESS) == []


def test_a_copy_from_a_moment_of_the_past_has_its_weights_and_opens_a_branch(open_lab: Open) -> None:
    lab = open_lab()
    lab.play()
    lab.reach(60)
    lab.pause()
    for _ in range(3):
        step = lab.shown().step
        lab.press("Step back")
        lab.until(f"Number(root.dataset.step) < {step}")
    lab.settled()
    lab.press("Race a copy")
    form = lab.live.get_by_role("form", name="Race a copy")
    expect(form).to_contain_text("opens a new branch")
    form.get_by_label("Learning rate", exact=True).fill("0.3")
    form.get_by_role("button", name="Race from here").click()
    expect(cards(lab)).to_have_count(2)
    expect(cards(lab).nth(1)).to_contain_text("rate 0.3")
    expect(lab.live.locator(".px-race-below")).to_contain_text("runs in a new branch")
    moment = snapshot(lab)
    for name in ("1/weight", "1/bias", "2/weight", "3/weight", "3/bias"):
        assert moment[name].tobytes() == moment[f"2:{name}"].tobytes(), name
    run = lab.service(f"/runs/{lab.shown().run}")
    assert len(run["branches"]) == 2

    lab.press("Step")
    lab.until(f"Number(root.dataset.step) > {step - 1}")
    lab.settled()
    assert snapshot(lab)["1/weight"].tobytes() != snapshot(lab)["2:1/weight"].tobytes()
    lab.live.get_by_role("button", name="Put away lane 2").click()
    expect(cards(lab).first).to_be_hidden()
    lab.press("Undo")
    expect(cards(lab)).to_have_count(2)


def test_a_race_from_the_start_by_keys_alone(open_lab: Open) -> None:
    lab = open_lab()
    run = lab.shown().run
    page = lab.page
    lab.button("Race a copy").focus()
    page.keyboard.press("Enter")
    expect(lab.button("Race a copy")).to_have_attribute("aria-expanded", "true")
    form = lab.live.get_by_role("form", name="Race a copy")
    reached = []
    for _ in range(12):
        name = page.evaluate(FOCUSED)["name"]
        reached.append(name)
        if name.startswith("Hidden layers"):
            page.keyboard.press("Control+a")
            page.keyboard.type("6")
        if name == "Race from the start":
            break
        page.keyboard.press("Tab")
    assert reached[-1] == "Race from the start" and "Race from here" in reached
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    assert page.evaluate(FOCUSED)["name"] == "Race a copy"

    page.keyboard.press("Enter")
    form.get_by_label("Hidden layers").fill("6")
    form.get_by_role("button", name="Race from the start").focus()
    page.keyboard.press("Enter")
    expect(cards(lab)).to_have_count(2, timeout=15_000)
    expect(cards(lab).nth(1)).to_contain_text("hidden layers 6")
    assert lab.shown().run != run
    page.wait_for_function("() => new URL(location.href).searchParams.get('lanes')?.includes('6')", timeout=5000)
    assert snapshot(lab)["2:1/weight"].shape == (6, 2)
