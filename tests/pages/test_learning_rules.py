"""The page on learning rules: what its link carries, what its view is told, its tables, its starts and what they ask."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from models.catalog import EXPERIMENTS
from models.specs.learning_rules import ADAPTER, MOST_RULES, rate_of
from models.specs.learning_rules_presets import PRESETS
from models.specs.rules import AT_HAND, CONTROL, INGREDIENTS, RULES, Recipe, RuleLane
from models.specs.rules_badges import RULES_BADGES
from models.specs.rules_evidence import EVIDENCE, cited
from models.specs.rules_measured import MeasuredRules, measured_rules
from models.trainer import Trainer
from pages.ui import link, rules_measured
from pages.ui.configuration import fixed_configuration
from pages.ui.presets import preset_values
from pages.ui.rules_data import rules_data
from pages.ui.rules_evidence import needing
from pages.ui.sources import works
from tests.pages.test_glossary import bodies
from tests.pages.test_pages import opened, view_data

PAGE = "learning-rules"
RECIPE = {"pre": "centred", "post": "noise", "third": "reward", "keep": "oja", "output": "same"}
LANES = [{"rule": "hebb", "rate": 0.05}, {"rule": "composed", "recipe": RECIPE}, {"rule": "oja"}]


def test_lanes_with_a_recipe_survive_the_link():
    values = ADAPTER.validate_python({"rules": LANES, "rate_factor": 3.0}).model_dump()
    written = link.write(PAGE, values)
    assert json.loads(written["rules"]) == LANES  # what is not said stays unsaid
    again = link.read(PAGE, written)
    assert again.sentences == () and again.values == values


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[{", "Rules is “[{”; it must be a list, written as in this page’s links."),
        ("{}", "Rules must be a list of 1 to 7."),
        ("[]", "Rules: there are 0; it must be a list of 1 to 7."),
        (json.dumps([{"rule": "hebb"}] * 8), "Rules: there are 8; it must be a list of 1 to 7."),
        ("[7]", "Rules, number 1 is 7; it must be a set of named parts, written as in this page’s links."),
        ("[{}]", "Rules, number 1: rule is missing."),
        ('[{"rule":"magic"}]', f"Rules, number 1, rule is “magic”; it must be one of {', '.join(RULES)}."),
        ('[{"rule":"output_only"}]', "control"),
        ('[{"rule":"hebb","rate":99}]', "Rules, number 1, rate is 99; it must be at most 10."),
        ('[{"rule":"hebb","rate":"x"}]', "Rules, number 1, rate is “x”; it must be a number."),
        ('[{"rule":"hebb","speed":1}]', "Rules, number 1: “speed” is no part of it."),
        ('[{"rule":"composed"}]', "A composed rule has a recipe, and no other rule has one."),
        ('[{"rule":"composed","recipe":{"post":"<b>"}}]', "it must be one of slope, activity, activity_above_threshold, noise."),
    ],
)
def test_a_link_that_makes_no_sense_gives_the_default_and_a_sentence(text, word):
    found = link.read(PAGE, {"rules": text, "seed": "4"})
    assert len(found.sentences) == 1 and word in found.sentences[0] and found.values["seed"] == 4
    assert [lane["rule"] for lane in found.values["rules"]][:1] == ["backpropagation"]


def test_a_change_that_the_spec_refuses_is_said_on_the_page_and_changes_nothing():
    config = fixed_configuration(PAGE, {})
    before = config.values
    config.change({"rules": [{"rule": "hebb", "rate": -1}]})
    assert config.values == before and "Rules" in config.refused["rules"]


def test_the_view_is_told_every_rule_with_the_rate_that_a_lane_would_have():
    for changes in ({}, {"dataset": "mnist"}, {"dataset": "xor", "optimiser": "adam"}):
        told = rules_data(fixed_configuration(PAGE, changes))
        spec = ADAPTER.validate_python(changes)
        assert [rule["name"] for rule in told["rules"]] == list(RULES) and told["most"] == MOST_RULES
        for rule in told["rules"]:
            recipe = Recipe() if rule["name"] == "composed" else None
            assert rule["rate"] == rate_of(RuleLane(rule=rule["name"], recipe=recipe), spec)
    assert {entry["name"]: entry["choices"] for entry in told["recipe"]}["keep"] == ["none", "oja", "decay"]
    assert json.dumps(told)


def test_every_ingredient_is_described_needed_and_has_its_evidence():
    needed = {name for rule in RULES.values() for name in rule.knows}
    assert needed == set(INGREDIENTS) and {at for _, at, _ in INGREDIENTS.values()} == set(AT_HAND)
    assert {name for row in EVIDENCE for name in row.ingredients} == set(INGREDIENTS) - {"slope"}  # the caption says why
    for row in EVIDENCE:
        assert row.citations and needing(row.ingredients) and row.offers.endswith(".") and row.unknown.endswith(".")
    assert "Backpropagation" in needing(("transposed",)) and "Feedback alignment" not in needing(("transposed",))


def test_every_source_is_in_the_bibliography():
    keys = {*cited(), *(rule.source for rule in RULES.values() if rule.source), *(b.citation for b in RULES_BADGES.values() if b.citation)}
    assert keys <= set(works())
    assert all(works()[badge.citation].doi.lower() == badge.doi.lower() for badge in RULES_BADGES.values() if badge.doi)


def test_the_page_shows_its_tables_and_never_a_verdict_on_backpropagation_in_the_brain():
    app = opened(PAGE)
    told = view_data(app)
    assert {rule["name"] for rule in told["rules"]} == set(RULES) and "eligibility" in told["badges"]
    page = re.sub(r"<[^>]+>", "", " ".join(bodies(app)))
    assert "not observed so far" in page and "weight transport problem" in page
    assert not re.search(r"(brain|cortex) (does|does not|doesn’t|cannot|can) (use|do|implement|learn by)", page)


MEASURED = {
    "network": "64-100-100-10", "batch": 10, "updates": 500, "seeds": [1, 2, 3],
    "rules": {
        "backpropagation": {"accuracies": [0.95, 0.97, 0.96], "mean": 0.96, "rate": 0.3, "ms_an_update": 0.0421},
        CONTROL: {"accuracies": [0.92, 0.94, 0.93], "mean": 0.93, "rate": 0.3, "ms_an_update": 0.01},
    },
}  # fmt: skip


def test_measured_accuracies_are_shown_as_the_file_has_them_and_nothing_else(tmp_path):
    path = tmp_path / "measured.json"
    assert measured_rules(path) is None
    path.write_text(json.dumps(MEASURED), "utf-8")
    found = measured_rules(path)
    assert found is not None
    table = rules_measured._table(found)
    assert table.count("<tr>") == 3 and "96.0%" in table and "95.0% to 97.0%" in table and "0.0421" in table and "the control" in table
    assert table.index("Backpropagation") < table.index("Output layer only")
    assert "93.0%" in rules_measured._caption(found) and "96.0%" in rules_measured._caption(found)
    path.write_text("{}", "utf-8")
    with pytest.raises(ValidationError):
        measured_rules(path)


def test_what_was_measured_here_has_every_rule_and_the_control():
    found = measured_rules()
    if found is None:
        pytest.skip("not measured yet")
    assert set(found.rules) == set(RULES) - {"composed"} and len(found.seeds) == 3
    for rule in found.rules.values():
        assert rule.mean == pytest.approx(float(np.mean(rule.accuracies)), abs=1e-3)
    assert MeasuredRules.model_validate(found) == found


def test_starts_are_valid_differ_and_each_has_the_room_of_a_link():
    assert len(PRESETS) >= 8
    values = [preset_values(PAGE, preset.name) for preset in PRESETS]
    assert all(value not in values[:i] for i, value in enumerate(values))
    for preset, value in zip(PRESETS, values, strict=True):
        assert preset.sentence.endswith((".", "?")) and link.read(PAGE, link.write(PAGE, value)).values == value


EXPECTED = {
    "finding-the-angle": "85% or more",  # Lillicrap and others 2016: it learns
    "reward-alone": "20% to 90%",  # slower than any error, faster than nothing
    "hurried": "Fewer than 20%, much as by guessing",  # tanh saturates
}


def holds(condition: dict[str, Any], value: float) -> bool:
    if "all" in condition:
        return all(holds(part, value) for part in condition["all"])
    if "below" in condition:
        return value < condition["below"]
    return value >= condition.get("at_least", -math.inf)


def judged(prediction: dict[str, Any], value: float) -> list[str]:
    choices = prediction["choices"]
    held = [choice["text"] for choice in choices if "otherwise" not in choice["when"] and holds(choice["when"], value)]
    return held or [choice["text"] for choice in choices if "otherwise" in choice["when"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_start_asks_a_real_run_answers_clearly(name):
    preset = next(preset for preset in PRESETS if preset.name == name)
    assert preset.prediction is not None and {p.name for p in PRESETS if p.prediction} == set(EXPECTED)
    first = preset.changes["rules"][:1]  # the question is about the first lane: the others do not touch it
    experiment = EXPERIMENTS[PAGE]
    trainer = Trainer(experiment.build(experiment.validate({**preset.changes, "rules": first})))
    trainer.advance(preset.prediction["after"], math.inf)
    accuracy = trainer.trial.rules[0].measure()["test_accuracy"]
    for shifted in (0.9, 1.0, 1.1):
        assert judged(preset.prediction, 1 - (1 - accuracy) * shifted) == [EXPECTED[name]]


def test_a_preset_with_a_question_hands_it_to_the_view():
    app = opened(PAGE, {"rules": json.dumps([{"rule": "three_factor"}])})
    asked = view_data(app)["prediction"]
    assert asked["name"] == "reward-alone" and asked["settings"] == {"rate_factor": 1.0}
