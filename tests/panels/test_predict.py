"""The question before a run, by what a person sees of it: choosing, the reveal, its numbers, and when it no longer fits."""

from __future__ import annotations

from typing import Any

import pytest

from models.catalog import EXPERIMENTS
from tests.panels.conftest import Bench

FIRST = next(preset for preset in EXPERIMENTS["gradient-flow"].presets if preset.name == "first-look")
SETTINGS = {"learning_rate": 0.03, "stimulus_ms": 200}
SPEC = {"dataset": "circle", "hidden_layers": [4, 2], "lanes": []}


def asked(bench: Bench, classes: str = "", **changes: Any) -> None:
    """The first look's question beside a run that has not begun."""
    prediction = {
        **(FIRST.prediction or {}),
        "name": FIRST.name,
        "sentence": FIRST.sentence,
        "spec": SPEC,
        "settings": {"learning_rate": 0.03},
        **changes,
    }
    bench.page.add_style_tag(url="/live/panels/predict.css")
    bench.start(["predict"], [2, 4, 2, 1], classes, {"prediction": prediction})
    run = {"id": "one", "spec": {**SPEC, "learning_rate": 0.03, "content": None}}
    bench.page.evaluate("(run) => { lab.state.context.run = run; }", run)
    at(bench, 0)


def at(bench: Bench, step: int, loss: float = 0.5, measured: dict[int, float] | None = None, **meta: Any) -> None:
    """A frame whose curves end with it, or hold what was `measured`: {step: test loss}."""
    bench.page.wait_for_timeout(300)  # text is renewed four times a second
    points = {step: loss} if measured is None else measured
    bench.page.evaluate(
        """([points, meta]) => {
            if (lab.state.network.step === 0) lab.state.network.train(1);
            const steps = Object.keys(points).map(Number);
            const frame = lab.frameOf(lab.state.network, meta);
            Object.assign(frame.arrays, {
                "curves/step": steps, "curves/train_loss": [],
                "curves/test_loss": steps.map((step) => points[step]), "curves/test_accuracy": steps.map(() => 0.94),
            });
            lab.state.frame = frame;
            for (const panel of lab.state.panels) panel.draw(frame);
        }""",
        [points, {"step": step, "test_loss": loss, "test_accuracy": 0.94, "settings": SETTINGS, **meta}],
    )


def unfold(bench: Bench) -> None:
    bench.page.get_by_role("button", name="More").click()


def said(bench: Bench) -> str:
    return bench.page.locator(".px-predict-said").inner_text()


def visible(bench: Bench, selector: str) -> bool:
    return bool(bench.page.locator(selector).first.is_visible())


def test_a_choice_by_keys_and_a_verdict_from_the_runs_numbers(bench: Bench) -> None:
    asked(bench)
    radios = bench.page.get_by_role("radio")
    assert radios.count() == 3 and not visible(bench, ".px-predict-sentence")  # it would give the answer away
    radios.nth(0).focus()
    bench.page.keyboard.press("ArrowRight")
    bench.page.keyboard.press("Enter")
    assert radios.nth(1).get_attribute("aria-checked") == "true"
    assert said(bench) in ("You said B. Press Play.", "You said B. The answer comes just past update 1,000.")
    at(bench, 999, 0.06)
    assert "it was" not in said(bench)
    at(bench, 1004, 0.0612)
    assert said(bench) == "You said B; it was A: “Below 0.1”."
    assert bench.js("document.activeElement.matches('.px-predict')")  # the keys of the view go on working
    found = bench.page.locator(".px-predict-found").inner_text()
    assert "After 1,004 updates the test loss is 0.0612 and 94% of the unseen points are right." in found
    assert "Update 1,004 is the first measured one past 1,000." in found
    unfold(bench)
    assert visible(bench, ".px-predict-sentence") and not visible(bench, "[role=radiogroup]")
    assert "0 of 1 right, kept in this browser only" in bench.page.locator(".px-predict-tally").inner_text()


def test_the_verdict_stays_and_the_numbers_go_on(bench: Bench) -> None:
    asked(bench)
    bench.page.get_by_role("radio").nth(0).click()
    at(bench, 1000, 0.06)
    assert said(bench) == "You said A, and so it was: “Below 0.1”."
    unfold(bench)
    at(bench, 5000, 0.0123)
    assert "Now, at update 5,000: test loss 0.0123, unseen points right 94%." in bench.page.locator(".px-predict-now").inner_text()
    assert "After 1,000 updates" in bench.page.locator(".px-predict-found").inner_text()
    at(bench, 300, 0.3)  # scrubbed back
    assert said(bench) == "You said A, and so it was: “Below 0.1”."
    assert not visible(bench, ".px-predict-now")


def test_back_at_the_start_it_may_be_asked_again_and_counts_once(bench: Bench) -> None:
    asked(bench)
    bench.page.get_by_role("radio").nth(2).click()
    at(bench, 1000, 0.06)
    assert not visible(bench, "button:text('Ask again')")
    at(bench, 0)
    bench.page.get_by_role("button", name="Ask again").click()
    bench.page.get_by_role("radio").nth(0).click()
    at(bench, 1000, 0.06)
    assert "so it was" in said(bench)
    unfold(bench)
    assert "0 of 1 right" in bench.page.locator(".px-predict-tally").inner_text()
    bench.page.get_by_role("button", name="Forget").click()
    assert not visible(bench, ".px-predict-tally")


def test_what_was_answered_can_be_closed_and_stands_again_at_the_start(bench: Bench) -> None:
    asked(bench)
    assert not visible(bench, "button:text('Close')")
    bench.page.get_by_role("radio").nth(0).click()
    at(bench, 1000, 0.06)
    bench.page.get_by_role("button", name="Close").click()
    assert not visible(bench, ".px-predict")
    at(bench, 2000, 0.03)
    assert not visible(bench, ".px-predict")
    at(bench, 0)
    assert visible(bench, ".px-predict")


def test_skipping_shows_the_rest_and_is_not_counted(bench: Bench) -> None:
    asked(bench)
    bench.page.get_by_role("button", name="Skip").click()
    assert visible(bench, ".px-predict-sentence") and not visible(bench, "[role=radiogroup]")
    at(bench, 1000, 0.2)
    assert said(bench) == "It was B: “Between 0.1 and 0.4”."
    assert not visible(bench, ".px-predict-tally")


def test_a_run_past_its_moment_shows_the_answer_and_no_question(bench: Bench) -> None:
    asked(bench)
    at(bench, 70_000, 0.004)
    assert said(bench) == "It was A: “Below 0.1”." and not visible(bench, "[role=radiogroup]")


def test_however_late_the_frame_the_answer_is_that_of_the_first_measurement(bench: Bench) -> None:
    asked(bench)
    bench.page.get_by_role("radio").nth(1).click()
    at(bench, 1002, 0.09, measured={995: 0.2})  # past the moment, and not yet measured
    assert "it was" not in said(bench)
    assert "curves/test_loss" in bench.js("lab.state.panels[0].readings")
    at(bench, 21_636, 0.004, measured={995: 0.2, 1005: 0.11, 20_000: 0.004})
    assert said(bench) == "You said B, and so it was: “Between 0.1 and 0.4”."
    assert "After 1,005 updates the test loss is 0.11" in bench.page.locator(".px-predict-found").inner_text()
    assert bench.js("lab.state.panels[0].readings") == []
    assert bench.js("lab.state.context.calls.select.length") == 1  # so that they are no longer sent


def test_a_race_tells_the_losses_at_the_winners_arrival_in_no_more_words(bench: Bench) -> None:
    rates = next(preset for preset in EXPERIMENTS["gradient-flow"].presets if preset.name == "race-rates")
    lanes = [{"lane": k, "name": f"rate {k}"} for k in (1, 2, 3, 4)]
    asked(bench, **(rates.prediction or {}), name="race-rates", spec={"lanes": [{}, {}, {}]}, settings={})
    bench.page.evaluate("() => { lab.state.context.run.spec = { lanes: [{}, {}, {}] }; }")
    bench.page.evaluate(
        "([lanes, race]) => lab.drawRace(9900, lanes, race)",
        [lanes, {"settled": True, "winner": 4, "lanes": [{"lane": 4, "updates": 800, "seconds": 0.1, "value": 0.01}]}],
    )
    found = bench.page.locator(".px-predict-found").inner_text()
    assert "Lane 4 was there first, at update 800. By then rate 0.003 had a test loss of 0.412" in found and "3 of 0.131" in found
    assert not visible(bench, ".px-predict-now") and not visible(bench, ".px-predict-sentence")


@pytest.mark.parametrize("bench", [{"viewport": {"width": 1400, "height": 900}}], indirect=True)
def test_once_answered_it_takes_one_line_and_opens_on_demand(bench: Bench) -> None:
    asked(bench)
    height = "document.querySelector('.px-predict').offsetHeight"
    bench.page.get_by_role("radio").nth(1).click()
    bench.page.wait_for_timeout(50)
    before = bench.js(height)
    at(bench, 1000, 0.06)
    at(bench, 2000, 0.05)
    assert bench.js(height) < 50 < before and not visible(bench, ".px-predict-question")
    unfold(bench)
    assert visible(bench, ".px-predict-now") and visible(bench, ".px-predict-question")
    bench.page.get_by_role("button", name="Less").click()
    assert bench.js(height) < 50


def test_divergence_reveals_at_once(bench: Bench) -> None:
    explodes = next(preset for preset in EXPERIMENTS["gradient-flow"].presets if preset.name == "exploding-start")
    asked(bench, **(explodes.prediction or {}), name="exploding-start")
    bench.page.get_by_role("radio").nth(1).click()
    at(bench, 8, None, measured={7: 1e9}, status="diverged")  # type: ignore[arg-type]
    assert said(bench) == "You said B, and so it was: “Overflow: no numbers any more”."


def test_a_changed_rate_makes_the_question_void_until_it_is_put_back(bench: Bench) -> None:
    asked(bench)
    at(bench, 0, settings={"learning_rate": 0.3})
    assert said(bench) == "Learning rate is 0.3 now; the question is about 0.03."
    assert not visible(bench, "[role=radiogroup]")
    bench.page.get_by_role("button", name="Put it back").click()
    assert bench.js("lab.state.context.calls.change") == [{"learning_rate": 0.03}]
    at(bench, 0)
    assert visible(bench, "[role=radiogroup]")
    at(bench, 40, settings={"learning_rate": 0.3})
    at(bench, 2000, 0.01)  # put back too late: the run is no longer the preset's
    assert "Reset to have it asked again" in said(bench)
    at(bench, 0)
    assert visible(bench, "[role=radiogroup]")


def test_what_was_answered_outlives_the_panel(bench: Bench) -> None:
    """Panels are made anew on a change of theme, and the page may be reloaded."""
    asked(bench)
    bench.page.get_by_role("radio").nth(1).click()
    bench.js("document.getElementById('room').replaceChildren()")
    asked(bench)
    assert bench.page.get_by_role("radio").nth(1).get_attribute("aria-checked") == "true"
    bench.page.evaluate("() => { lab.state.context.run = { ...lab.state.context.run, id: 'two' }; }")
    at(bench, 0)
    assert bench.page.get_by_role("radio").nth(1).get_attribute("aria-checked") == "false"


def test_another_network_has_no_question(bench: Bench) -> None:
    asked(bench)
    bench.page.evaluate("() => { lab.state.context.run = { id: 'three', spec: { dataset: 'xor', hidden_layers: [4, 2], lanes: [] } }; }")
    at(bench, 0)
    assert not visible(bench, ".px-predict")


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_it_fits_a_phone_and_a_projector(bench: Bench) -> None:
    asked(bench, "px-projector")
    bench.page.get_by_role("radio").nth(1).click()
    at(bench, 1000, 0.06)
    at(bench, 2000, 0.05)
    assert bench.js("document.documentElement.scrollWidth") <= 390
    sizes = bench.js(
        "[...document.querySelectorAll('.px-panel *')]"
        ".filter((n) => n.childElementCount === 0 && n.textContent.trim() && n.checkVisibility())"
        ".map((n) => parseFloat(getComputedStyle(n).fontSize))"
    )
    assert sizes and min(sizes) >= 18


def test_terms_are_linked_once_and_never_inside_a_button_or_live_text(bench: Bench) -> None:
    asked(bench)
    terms = [
        {"slug": "test-loss", "forms": ["test loss"], "definition": "Held back."},
        {"slug": "loss", "forms": ["loss"], "definition": "How wrong."},
        {"slug": "update", "forms": ["update", "updates"], "definition": "One change."},
    ]
    mark = """(terms) => import('/live/glossary.js').then(({ markTerms }) =>
        markTerms(document.getElementById('room'), { address: '/glossary', terms }))"""
    for _ in range(2):  # a second time changes nothing
        bench.page.evaluate(mark, terms)
        links = bench.page.locator("a.px-term")
        assert links.evaluate_all("all => all.map((a) => [a.dataset.term, a.textContent])") == [
            ["test-loss", "test loss"],
            ["update", "updates"],
        ]
    assert links.first.get_attribute("href") == "/glossary#test-loss"
    assert (links.first.get_attribute("target"), links.first.get_attribute("rel")) == ("_blank", "noopener")
    assert "Held back." in (links.first.get_attribute("title") or "")
    assert bench.page.locator("button a, [role=status] a").count() == 0
    assert bench.page.locator(".px-predict-question").inner_text() == (FIRST.prediction or {})["question"]
