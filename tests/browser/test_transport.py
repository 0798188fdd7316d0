"""Play, Pause, Step, Step back, Reset, the timeline and the speed, by the buttons' names and by what is then shown."""

from __future__ import annotations

from bench.presses import press
from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.in_page import MOVE_RANGE
from tests.browser.moment import differing, pictures, snapshot, weights


def test_play_pause_step_back_and_the_timeline(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab()
    play_changes_steps_and_weights_and_pause_holds_them(lab)
    step_is_one_update_and_step_back_takes_it_back(lab)
    the_timeline_goes_back_and_forth(lab)
    a_press_is_acknowledged_before_its_effect_is_drawn(lab)
    assert errors == []


def test_reset_and_speed(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab(fields={"seed": "7"})
    reset_gives_the_identical_first_frame(lab)
    speed_slows_to_single_updates(lab)
    assert errors == []


def play_changes_steps_and_weights_and_pause_holds_them(lab: Lab) -> None:
    lab.pause()
    before, begun = weights(lab), lab.shown()
    lab.play()
    lab.reach(begun.step + 200)
    paused = lab.pause()
    assert paused.step >= begun.step + 200
    assert paused.frames > begun.frames
    assert differing(before, weights(lab))
    lab.page.wait_for_timeout(600)
    assert lab.shown().step == paused.step


def step_is_one_update_and_step_back_takes_it_back(lab: Lab) -> None:
    here = lab.pause().step
    before = weights(lab)
    for k in (1, 2, 3):
        lab.press("Step")
        lab.until(f"Number(root.dataset.step) === {here + k}")
    ahead = weights(lab)
    assert differing(before, ahead)
    for k in (2, 1, 0):
        lab.press("Step back")
        lab.until(f"Number(root.dataset.step) === {here + k}")
    assert differing(before, weights(lab)) == []
    for k in (1, 2, 3):
        lab.press("Step")
        lab.until(f"Number(root.dataset.step) === {here + k}")
    assert differing(ahead, weights(lab)) == []


def the_timeline_goes_back_and_forth(lab: Lab) -> None:
    lab.play()
    lab.reach(1000)
    head = lab.pause().step
    timeline = lab.live.locator(".px-scrubber input[type=range]")
    middle = head // 2
    timeline.evaluate(MOVE_RANGE, middle)
    lab.until(f"Number(root.dataset.step) === {middle}")
    assert lab.service(f"/runs/{lab.shown().run}")["step"] == middle
    timeline.evaluate(MOVE_RANGE, head)
    lab.until(f"Number(root.dataset.step) === {head}")


def a_press_is_acknowledged_before_its_effect_is_drawn(lab: Lab) -> None:
    """How soon, in milliseconds, is for `python -m bench presses` to say."""
    lab.play()
    times = press(lab, "Pause", "paused")
    assert times["acknowledged"] is not None and times["drawn"] is not None
    assert times["acknowledged"] <= times["drawn"]


def reset_gives_the_identical_first_frame(lab: Lab) -> None:
    lab.pause()
    lab.press("Reset")
    lab.until("root.dataset.step === '0'")
    lab.settled()
    first, network, output = snapshot(lab), pictures(lab, "network"), pictures(lab, "output")
    lab.play()
    lab.reach(1000)
    lab.pause()
    assert pictures(lab, "output") != output
    lab.press("Reset")
    lab.until("root.dataset.step === '0'")
    lab.settled()
    assert differing(first, snapshot(lab)) == []
    assert pictures(lab, "output") == output
    assert pictures(lab, "network") == network


def speed_slows_to_single_updates(lab: Lab) -> None:
    lab.pause()
    lab.live.get_by_label("Speed", exact=True).first.evaluate(MOVE_RANGE, 0)
    lab.page.wait_for_timeout(300)
    begun = lab.shown().step
    lab.play()
    lab.page.wait_for_timeout(3000)
    assert 1 <= lab.shown().step - begun <= 5
