"""Choosing and composing rules: what is asked of the page is a valid spec, and nothing that was entered is lost."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest

from models.specs.learning_rules import ADAPTER, rate_of
from models.specs.rules import FORBIDDEN, RULES, Recipe, RuleLane
from tests.panels.conftest import Bench
from tests.panels.rules_runs import Run

SHOWN = ("backpropagation", "oja")
CHOICES = {name: get_args(field.annotation) for name, field in Recipe.model_fields.items()}


@pytest.fixture
def run(bench: Bench) -> Run:
    made = Run(bench, ["compose"], SHOWN)
    made.js("lab.state.context.emit('tool', 'compose')")
    return made


def press(bench: Bench, name: str) -> None:
    bench.page.get_by_role("button", name=name).first.click()


def status(bench: Bench) -> str:
    return bench.page.locator(".px-compose .px-status").inner_text()


def asked(run: Run) -> list[dict[str, Any]]:
    return run.js("lab.state.context.calls.change")


def test_the_list_holds_every_rule_once_and_what_is_ticked_becomes_a_valid_spec(run: Run, bench: Bench) -> None:
    rows = bench.page.locator(".px-compose-row")
    assert rows.count() == len(RULES) - 1
    for rule in RULES.values():
        if rule.name != "composed":
            row = rows.filter(has=bench.page.get_by_text(rule.title, exact=True))
            assert " ".join(rule.equation.split()) in " ".join(row.inner_text().split())
    assert bench.page.get_by_label("Output layer only").is_disabled()
    ticked = bench.page.locator(".px-compose-row input:checked").evaluate_all("all => all.map((one) => one.labels[0].innerText)")
    assert ticked == ["Backpropagation", "Oja", "Output layer only"]
    assert run.js("lab.state.context.calls.emit.at(-1)") == ["opened", {"tool": "compose", "open": True}]
    # Ticked rules and rates become a valid spec, in the order of the lanes.
    bench.page.get_by_label("BCM", exact=True).check()
    bench.page.get_by_label("Rate of Oja").fill("0.02")
    press(bench, "Run these rules")
    assert asked(run) == [{"rules": [
        {"rule": "backpropagation", "rate": None, "recipe": None},
        {"rule": "oja", "rate": 0.02, "recipe": None},
        {"rule": "bcm", "rate": None, "recipe": None},
    ]}]  # fmt: skip
    assert [lane.rule for lane in ADAPTER.validate_python(asked(run)[0]).rules] == ["backpropagation", "oja", "bcm"]


def test_wrong_rates_none_eight_and_the_same_rules_are_sentences_and_ask_for_nothing(run: Run, bench: Bench) -> None:
    for text in ("-1", "fast", "1e9"):
        bench.page.get_by_label("Rate of Oja").fill(text)
        press(bench, "Run these rules")
        assert status(bench) == "The rate of Oja must be a number between 0.000001 and 10, or empty for the one that suits."
        assert bench.page.get_by_label("Rate of Oja").input_value() == text and asked(run) == []
    assert bench.js("document.activeElement.ariaLabel") == "Rate of Oja"
    bench.page.get_by_label("Rate of Oja").fill("")
    press(bench, "Run these rules")
    assert status(bench) == "These rules are running already."
    boxes = bench.page.locator(".px-compose-row input:enabled[type=checkbox]")
    for i in range(boxes.count()):
        boxes.nth(i).uncheck()
    press(bench, "Run these rules")
    assert "at least one rule" in status(bench)
    for i in range(8):
        boxes.nth(i).check()
    press(bench, "Run these rules")
    assert "Take 1 out" in status(bench) and asked(run) == []


def test_a_composed_rule_is_written_out_named_and_added_as_a_lane(run: Run, bench: Bench) -> None:
    composer = bench.page.locator(".px-compose-composer")
    assert composer.locator("output").inner_text() == "Δw = η · f′(z) · a · (−Bδ)"
    assert "ingredients of Feedback alignment" in composer.inner_text()
    composer.get_by_label("Postsynaptic").select_option("activity")
    composer.get_by_label("Third factor").select_option("none")
    composer.get_by_label("Kept in bounds by").select_option("oja")
    assert " ".join(composer.locator("output").inner_text().split()) == "Δw = η ρ (y · a − y² w), ρ = 1/10"
    press(bench, "Add as a lane")
    press(bench, "Run these rules")
    lane = ADAPTER.validate_python(asked(run)[0]).rules[-1]
    assert lane.rule == "composed" and lane.recipe == Recipe(post="activity", third="none", keep="oja")
    # What the spec refuses is said in its own words, and no lane comes of it.
    for parts, _, sentence in FORBIDDEN:
        for part, choice in {**Recipe().model_dump(), "output": "same", **parts}.items():
            composer.locator(f"[name={part}]").select_option(choice)
        press(bench, "Add as a lane")
        assert status(bench).lower() == f"{sentence}." and sentence[1:] in composer.locator(".px-note").inner_text()
        assert bench.page.locator(".px-compose-row").count() == len(RULES)
    # Every recipe has an equation of its own.
    parts = ("pre", "post", "third", "keep")
    recipes = [dict(zip(parts, values, strict=True)) | {"output": "delta"} for values in product(*(CHOICES[part] for part in parts))]
    written = """(recipes) => import('/live/rules/compose_recipe.js')
        .then((all) => recipes.map((one) => all.equationOf(one, lab.state.context.data.composed)))"""
    texts = bench.page.evaluate(written, recipes)
    assert len(set(texts)) == len(recipes) and not any("undefined" in text for text in texts)


def test_what_was_ticked_survives_panels_that_are_made_anew(run: Run, bench: Bench) -> None:
    bench.page.get_by_label("Hebb", exact=True).check()
    bench.page.get_by_label("Rate of Hebb").fill("0.7")
    again = """import('/live/rules/compose.js').then(({ create }) => {
        const panel = create(lab.state.context);
        lab.state.room.replaceChildren(panel.element);
    })"""
    run.js(again)
    assert bench.page.locator(".px-compose").is_visible()
    assert bench.page.get_by_label("Hebb", exact=True).is_checked() and bench.page.get_by_label("Rate of Hebb").input_value() == "0.7"
    bench.page.keyboard.press("Tab")
    bench.page.get_by_label("Rate of Hebb").press("Escape")
    assert bench.page.locator(".px-compose").is_hidden()


def test_a_rule_by_reward_shows_the_rate_and_the_constants_that_it_runs_with(run: Run, bench: Bench) -> None:
    """Beside a third factor what keeps weights in bounds counts 0.001 of it; noise of 0.1 is divided by its variance."""
    composer = bench.page.locator(".px-compose-composer")
    for part, choice in (("Third factor", "reward"), ("Postsynaptic", "noise"), ("Kept in bounds by", "oja")):
        composer.get_by_label(part).select_option(choice)
    press(bench, "Add as a lane")
    recipe = Recipe(post="noise", third="reward", keep="oja")
    row = bench.page.locator(".px-compose-row").filter(has=bench.page.get_by_label("Rate of Composed"))
    assert "Δw = η (ξ/σ² · a · M − κ y² w), σ = 0.1, κ = 0.001" in " ".join(row.inner_text().split())
    suiting = rate_of(RuleLane(rule="composed", recipe=recipe), run.spec)
    assert float(row.get_by_label("Rate of Composed").get_attribute("placeholder") or 0) == pytest.approx(suiting, rel=0.01)
    assert suiting == rate_of(RuleLane(rule="three_factor"), run.spec)
