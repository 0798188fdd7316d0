"""The race by what a person sees of it: who has won and why nobody can be named, cards, the form, and refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.panels.conftest import ROOT, Bench

SHEET = Path(ROOT) / "assets" / "live" / "panels" / "race.css"
RATES = [
    {"lane": 1, "name": "as set"},
    {"lane": 2, "name": "rate 0.03", "change": {"learning_rate": 0.03}},
    {"lane": 3, "name": "rate 0.3", "change": {"learning_rate": 0.3}},
]
SPEC = {
    "dataset": "circle", "learning_rate": 0.03, "optimiser": "sgd", "momentum": 0.9, "regularisation": "none", "regularisation_rate": 0.001,
    "activation": "tanh", "initialisation": "xavier", "hidden_layers": [4, 2], "lanes": [],
}  # fmt: skip
CONTROLS = [
    {"field": "learning_rate", "label": "Learning rate", "minimum": 1e-5, "maximum": 10},
    {"field": "race_goal", "label": "Test loss to reach", "minimum": 0, "maximum": 100, "elsewhere": True},
]


def opened(
    bench: Bench, lanes: int = 3, race: dict[str, Any] | None = None, step: int = 2000, spec: dict[str, Any] | None = None, **more: Any
) -> None:
    bench.page.add_style_tag(path=str(SHEET))
    bench.start(["race"], [2, 4, 2, 1], data={"spec": {**SPEC, **(spec or {})}, "controls": CONTROLS})
    frame(bench, lanes, race, step, **more)


def frame(bench: Bench, lanes: int = 3, race: dict[str, Any] | None = None, step: int = 2000, **more: Any) -> None:
    given = more.pop("given", RATES[:lanes])
    bench.page.evaluate("all => lab.drawRace(...all)", [step, given, race or {}, more.pop("settings", {}), more])


def places(*rows: tuple[int, int | None, float | None, float]) -> list[dict[str, Any]]:
    return [{"lane": lane, "updates": updates, "seconds": seconds, "value": value} for lane, updates, seconds, value in rows]


def text(bench: Bench, place: str) -> str:
    return str(bench.page.locator(place).inner_text())


def tool(bench: Bench) -> None:
    bench.js("lab.state.context.emit('tool', 'race')")


def test_one_lane_is_no_race(bench: Bench) -> None:
    opened(bench, lanes=1)
    assert not bench.page.locator(".px-race").is_visible()
    frame(bench, lanes=2)
    assert bench.page.locator(".px-race").is_visible()
    assert bench.page.locator(".px-race-card").count() == 2
    frame(bench, lanes=1)
    assert not bench.page.locator(".px-race, .px-race-card, .px-race-curves").first.is_visible()


def test_a_settled_race_names_its_winner_by_both_ways_of_counting(bench: Bench) -> None:
    opened(bench, race={"winner": 3, "settled": True, "lanes": places((1, None, None, 0.3), (2, 1204, 0.012, 0.05), (3, 412, 0.021, 0.01))})
    assert text(bench, ".px-race-won") == (
        "Lane 3 (rate 0.3) has won: test loss 0.05 at update 412, 0.0210 s of compute; "
        "lane 2 came at update 1,204; lane 1 has not come so far."
    )
    by_updates, by_seconds = bench.page.locator(".px-race-counts dd").all_inner_texts()
    assert by_updates.index("lane 3: 412") < by_updates.index("lane 2: 1,204")
    assert by_seconds.index("lane 2: 0.0120 s") < by_seconds.index("lane 3: 0.0210 s")  # won by updates, lost by seconds
    assert bench.page.locator(".px-race-first").get_attribute("data-lane") == "3"


def test_seconds_are_called_open_while_a_lane_has_used_fewer(bench: Bench) -> None:
    """At step 100 lane 1 has computed 0.001 s: the first arrival at 0.004 s may still be beaten."""
    arrivals = {"winner": 3, "settled": True, "lanes": places((1, None, None, 0.3), (3, 90, 0.004, 0.01))}
    opened(bench, race=arrivals, step=100, given=[RATES[0], RATES[2]])
    assert "still open" in bench.page.locator(".px-race-counts dd").last.inner_text()
    frame(bench, race=arrivals, step=500, given=[RATES[0], RATES[2]])
    assert "still open" not in bench.page.locator(".px-race-counts dd").last.inner_text()


def test_nobody_is_named_before_the_race_is_settled(bench: Bench) -> None:
    opened(bench, race={"winner": None, "lanes": places((1, None, None, 0.3), (2, None, None, 0.0812), (3, None, None, 0.2))})
    assert text(bench, ".px-race-open") == "Nobody has won yet: no test loss has come down to 0.05. Lane 2 (rate 0.03) leads with 0.0812."
    assert not bench.page.locator(".px-race-won").is_visible() and bench.page.locator(".px-race-first").count() == 0
    early = {"winner": None, "by": "seconds", "lanes": places((1, None, None, 0.3), (2, 90, 0.02, 0.04), (3, None, None, 0.2))}
    frame(bench, race=early, step=500, settings={"race_by": "seconds"})
    assert "lane 2 (rate 0.03) came to 0.05 after 0.0200 s of compute, but lanes 1 and 3 have not yet" in text(bench, ".px-race-open")


def test_lanes_that_came_together_share_no_victory(bench: Bench) -> None:
    copies = [RATES[0], {**RATES[1], "from_step": 1000}]
    opened(bench, race={"winner": 1, "settled": True, "lanes": places((1, 650, 0.006, 0.01), (2, 650, 0.006, 0.2))}, given=copies)
    assert text(bench, ".px-race-open").startswith("Lanes 1 and 2 came together to 0.05 at update 650, before they parted")
    assert bench.page.locator(".px-race-first").count() == 0
    assert bench.page.locator(".px-race-counts dd").all_inner_texts() == ["nobody yet", "nobody yet"]
    assert "Goal at" not in text(bench, ".px-race-cards")


def test_a_copy_of_the_first_lane_leaves_it_its_place_before_a_third(bench: Bench) -> None:
    """Lane 2 raced lane 1 from the start: the past of lanes 1 and 3 is shared by them alone."""
    lanes = [*RATES[:2], {**RATES[2], "from_step": 1000}]
    opened(bench, race={"winner": None, "lanes": places((1, 650, 0.006, 0.01), (2, 700, 0.01, 0.2), (3, 650, 0.006, 0.3))}, given=lanes)
    assert text(bench, ".px-race-counts dd >> nth=0") == "1. lane 1: 650   2. lane 2: 700"
    assert "Goal at" not in text(bench, "[data-lane='3']")


def test_a_goal_behind_the_copy_is_set_anew_with_it(bench: Bench) -> None:
    opened(bench, lanes=1, given=[{**RATES[0], "test_loss": 0.000743}], settings={"race_goal": 0.0005})
    tool(bench)
    bench.page.get_by_role("button", name="Race from here").click()
    assert bench.js("lab.state.context.calls.change") == []  # 0.0005 still lies ahead
    frame(bench, lanes=1, given=[{**RATES[0], "test_loss": 0.000743}], settings={"race_goal": 0.05})
    tool(bench)
    bench.page.get_by_role("button", name="Race from here").click()
    bench.page.wait_for_function("lab.state.context.calls.change.length === 1")
    assert bench.js("lab.state.context.calls.change") == [{"race_goal": 0.00037}]
    frame(bench, lanes=2)
    assert "The goal is now 0.00037, half of the test loss where they parted." in text(bench, ".px-race-below")


def test_a_card_says_what_its_lane_does_now(bench: Bench) -> None:
    lanes = [RATES[0], {**RATES[1], "test_accuracy": 0.48, "test_loss": 0.9}, {**RATES[2], "test_loss": 0.2}]
    opened(bench, given=lanes, step=2000)

    def said(*words: str) -> None:
        wanted = "words => [...document.querySelectorAll('.px-race-place')].every((place, i) => place.textContent === words[i])"
        bench.page.wait_for_function(wanted, arg=list(words), timeout=3000)

    said("Learning", "No better than guessing", "Leads")
    bench.js("(lab.state.context.status = () => 'paused', 0)")
    bench.js("lab.state.context.emit('status', 'paused')")
    frame(bench, given=lanes, step=2000)
    said("Paused", "No better than guessing", "Leads")
    frame(bench, given=lanes, step=0)
    said("At the start", "At the start", "At the start")


def test_with_a_lane_put_away_nobody_stands_for_those_that_are_shown(bench: Bench) -> None:
    opened(bench, given=[RATES[0], {**RATES[1], "closed": True}, RATES[2]])
    assert text(bench, ".px-race-open").startswith("Among the lanes shown, nobody has won yet: no test loss has come down to 0.05.")


def test_after_a_reset_the_race_says_where_its_copy_joins(bench: Bench) -> None:
    opened(bench, given=[RATES[0], {**RATES[1], "from_step": 24815}], step=25000)
    frame(bench, lanes=1, step=0, head=25000)
    assert "The copy joins at update 24,815: Play goes on to it." in text(bench, ".px-race")
    frame(bench, lanes=1, step=24900, head=25000)  # it was undone
    assert not bench.page.locator(".px-race").is_visible()
    frame(bench, lanes=1, step=0, head=25000)
    assert not bench.page.locator(".px-race").is_visible()


def test_the_standing_is_below_the_cards(bench: Bench) -> None:
    opened(bench)
    tops = [bench.page.locator(place).bounding_box() for place in (".px-race-rule", ".px-race-cards", ".px-race-standing")]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box) and len(tops) == 3


def test_the_lowest_loss_wins_when_time_is_up(bench: Bench) -> None:
    settings = {"race_rule": "lowest", "race_limit": 2000}
    standing = places((1, 1990, 0.02, 0.3), (2, 1990, 0.04, 0.02), (3, 1990, 0.06, 0.2))
    opened(bench, race={"lanes": standing}, settings=settings)
    assert text(bench, ".px-race-open").startswith("Nobody has won yet: time is up after 2,000 updates. Lane 2 (rate 0.03) leads with")
    frame(bench, race={"lanes": standing, "winner": 2, "settled": True}, settings=settings)
    assert text(bench, ".px-race-won").startswith(
        "Lane 2 (rate 0.03) has won: test loss 0.0200 when time was up (at update 1,990, 0.0400 s of compute)"
    )
    assert bench.page.get_by_label("Time is up after").is_visible() and not bench.page.get_by_label("Test loss to reach").is_visible()


def test_a_halted_lane_is_named_and_the_others_go_on(bench: Bench) -> None:
    halted = [*RATES[:2], {**RATES[2], "halted": "At update 12 its weights left the range of numbers.", "test_loss": None}]
    opened(bench, given=halted, step=500)
    card = bench.page.locator("[data-lane='3']")
    assert (
        card.locator(".px-race-halted").inner_text() == "Lane 3 (rate 0.3) has halted. At update 12 its weights left the range of numbers."
    )
    frame(bench, given=halted, step=900)
    bench.page.wait_for_function("document.querySelector('[data-lane=\"1\"]').textContent.includes('900')")
    assert "900" not in card.inner_text()


def test_every_lane_has_a_picture_of_its_own_and_keeps_its_colour(bench: Bench) -> None:
    opened(bench, lanes=3)
    pictures = bench.page.locator(".px-race-card canvas:first-child").evaluate_all("all => all.map(c => c.toDataURL())")
    assert len(set(pictures)) == 3
    keys = (
        "[...document.querySelectorAll('.px-lane-key line')].map(l => l.getAttribute('stroke') + ' ' + l.getAttribute('stroke-dasharray'))"
    )
    before = bench.js(keys)
    assert len(set(before)) == 3
    frame(bench, given=[RATES[0], RATES[2]])
    assert bench.js(keys) == [before[0], before[2]]
    frame(bench, given=[RATES[0], RATES[2], {"lane": 5, "name": "a copy"}])
    assert len(set(bench.js(keys))) == 3


def test_the_rule_is_sent_at_once_and_a_wrong_goal_is_refused(bench: Bench) -> None:
    opened(bench)
    bench.page.get_by_label("counted in").select_option("seconds")
    goal = bench.page.get_by_label("Test loss to reach")
    goal.fill("0.02")
    goal.press("Enter")
    assert bench.js("lab.state.context.calls.change") == [{"race_by": "seconds"}, {"race_goal": 0.02}]
    for wrong in ("fast", "0", "-1"):
        goal.fill(wrong)
        goal.press("Enter")
        assert "Test loss to reach must be" in text(bench, ".px-race-rule .px-wrong")
    assert bench.js("lab.state.context.calls.change.length") == 2


def test_the_form_sends_only_what_differs(bench: Bench) -> None:
    opened(bench, lanes=1)
    tool(bench)
    assert bench.js("lab.state.context.calls.emit.at(-1)") == ["opened", {"tool": "race", "open": True}]
    form = bench.page.locator(".px-race-form")
    assert form.get_by_label("Learning rate").input_value() == "0.03" and form.get_by_label("Hidden layers").input_value() == "4, 2"
    assert not form.get_by_label("Momentum", exact=True).is_visible()
    form.get_by_label("Optimiser").select_option("momentum")
    form.get_by_label("Momentum", exact=True).fill("0.5")
    form.get_by_role("button", name="Race from here").click()
    assert bench.js("lab.state.context.calls.command") == [{"command": "fork", "values": {"optimiser": "momentum", "momentum": 0.5}}]
    assert not form.is_visible()


def test_from_the_start_the_copy_may_have_other_layers(bench: Bench) -> None:
    opened(bench, lanes=2)
    tool(bench)
    form = bench.page.locator(".px-race-form")
    form.get_by_label("Hidden layers").fill("8 8")
    form.get_by_role("button", name="Race from here").click()
    assert "hidden layers can differ only from the start" in form.inner_text()
    assert bench.js("lab.state.context.calls.command") == []
    for wrong in ("8, x", "0", "65", "1,1,1,1,1,1,1"):
        form.get_by_label("Hidden layers").fill(wrong)
        form.get_by_role("button", name="Race from the start").click()
        assert "whole numbers from 1 to 64" in form.inner_text()
        assert form.get_by_label("Hidden layers").input_value() == wrong
    assert bench.js("lab.state.context.calls.change") == []
    form.get_by_label("Hidden layers").fill("8, 8")
    form.get_by_role("button", name="Race from the start").click()
    assert bench.js("lab.state.context.calls.change") == [{"lanes": [{"learning_rate": 0.03}, {"hidden_layers": [8, 8]}]}]


def test_a_refusal_stands_by_the_form_and_nothing_typed_is_lost(bench: Bench) -> None:
    opened(bench, lanes=1)
    tool(bench)
    bench.js("(lab.state.context.refusal = 'learning_rate: give a number up to 10.', 0)")
    form = bench.page.locator(".px-race-form")
    form.get_by_label("Learning rate").fill("0.5")
    form.get_by_role("button", name="Race from here").click()
    form.get_by_text("learning_rate: give a number up to 10.").wait_for(timeout=2000)
    assert form.get_by_label("Learning rate").input_value() == "0.5"


def test_four_lanes_are_as_many_as_a_race_has(bench: Bench) -> None:
    opened(bench, given=[*RATES, {"lane": 4, "name": "rate 3"}])
    tool(bench)
    form = bench.page.locator(".px-race-form")
    assert (
        form.get_by_role("button", name="Race from here").is_disabled()
        and form.get_by_role("button", name="Race from the start").is_disabled()
    )
    assert "put one away first" in form.inner_text()


def test_behind_the_head_the_form_says_that_a_branch_opens(bench: Bench) -> None:
    opened(bench, lanes=1, step=412, head=1204)
    tool(bench)
    assert "Update 412 lies before the head of this branch (1,204), so this opens a new branch" in text(bench, ".px-race-form")


def test_the_form_goes_with_escape_and_the_focus_returns(bench: Bench) -> None:
    opened(bench, lanes=1)
    bench.js("(() => { const b = document.createElement('button'); b.id = 'opener'; document.body.prepend(b); b.focus(); })()")
    tool(bench)
    assert bench.js("document.activeElement.name") == "learning_rate"
    bench.page.keyboard.press("Escape")
    assert bench.js("document.activeElement.id") == "opener"
    assert not bench.page.locator(".px-race").is_visible()


def test_a_lane_is_put_away_and_brought_back(bench: Bench) -> None:
    opened(bench)
    bench.page.get_by_role("button", name="Put away lane 2").click()
    assert bench.js("lab.state.context.calls.command") == [{"command": "close_lane", "lane": 2, "closed": True}]
    frame(bench)  # one more frame from before
    frame(bench, given=[RATES[0], RATES[2]])
    bench.page.get_by_role("button", name="Bring back lane 2 (rate 0.03)").click()
    assert bench.js("lab.state.context.calls.command.at(-1)") == {"command": "close_lane", "lane": 2, "closed": False}
    bench.page.get_by_role("button", name="Bring back lane 2 (rate 0.03)").wait_for(state="hidden", timeout=2000)
    bench.page.get_by_role("button", name="Put away lane 3").click()
    bench.page.get_by_role("button", name="Leave away").click()
    assert bench.page.get_by_role("button", name="Bring back").count() == 0


def test_copies_are_ended_in_place_and_a_race_of_the_spec_begins_anew(bench: Bench) -> None:
    opened(bench)
    bench.page.get_by_role("button", name="End the race").click()
    bench.page.wait_for_function("lab.state.context.calls.command.length === 2")
    assert [call["lane"] for call in bench.js("lab.state.context.calls.command")] == [2, 3]
    bench.js("document.getElementById('room').replaceChildren()")
    opened(bench, spec={"lanes": [{}, {}]})
    bench.page.get_by_role("button", name="End the race and begin anew").click()
    assert bench.js("lab.state.context.calls.change") == [{"lanes": []}]


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_a_telephone_shows_four_lanes_without_scrolling_sideways(bench: Bench) -> None:
    opened(bench, given=[*RATES, {"lane": 4, "name": "hidden layers 8-8-8-8, ten times too large start"}])
    tool(bench)
    assert bench.js("document.documentElement.scrollWidth") <= 390


def test_projector_text_is_never_small(bench: Bench) -> None:
    bench.page.add_style_tag(path=str(SHEET))
    bench.start(["race", "compute"], [2, 4, 2, 1], "px-projector", data={"spec": SPEC, "controls": CONTROLS})
    halted = [RATES[0], {**RATES[1], "halted": "At update 12 its weights left the range of numbers."}]
    frame(bench, given=halted)
    tool(bench)
    small = bench.js(
        "[...document.querySelectorAll('.px-panel *')]"
        ".filter((n) => n.childElementCount === 0 && n.textContent.trim() && n.checkVisibility())"
        ".filter((n) => parseFloat(getComputedStyle(n).fontSize) < 18).map((n) => n.outerHTML.slice(0, 100))"
    )
    assert small == []
