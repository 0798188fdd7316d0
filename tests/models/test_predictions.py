"""Every preset asks one question; its choices are sound, and a real run selects the one that a teacher would expect, clearly.

Frames come from the trainer; they are judged by the page's own module, in Chromium, so there is one judge only.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.catalog import EXPERIMENTS
from models.trainer import Trainer
from models.types import Preset, Subscription

LAB = EXPERIMENTS["gradient-flow"]
JUDGE = Path(__file__).parents[2] / "assets" / "live" / "panels" / "predict_measures.js"
SHARES = {"train_accuracy", "test_accuracy", "test_r2"}
FLEETING = {"error_shrink", "update_ratio", "silent", "near_zero"}
"""Kept by no curve: a late frame has its own."""
COUNTED = {"winner", "diverged"}
LATEST = 6_000
"""A race that is not settled by then is none."""
EXPECTED = {
    "first-look": "Below 0.1",  # six lines are enough for a ring
    "xor-without-hidden": "0.4 or more, much as by guessing",  # no line separates exclusive-or (Minsky and Papert's example)
    "xor-with-product": "Within 100 updates",  # sign(xy) is the label
    "vanishing-sigmoid": "10,000 times or more",  # (1/4)^6 alone is 1/4096, and the weights are below one half
    "exploding-start": "Overflow: no numbers any more",  # each of five layers multiplies the error
    "large-start": "After 100 to 3,000 updates",  # the loss starts at hundreds and the rate is 0.0001
    "dead-relus": "Three quarters or more",  # a whole layer dies in the first steps
    "overfitting-noise": "Fall, then rise again",  # 18 noisy points, some 180 weights
    "too-high-a-rate": "Three in ten or more",  # the loss jumps
    "zero-start": "0.4 or more",  # no weight has a gradient
    "spiral": "90% or more",  # what TensorFlow Playground's visitors look for: all features solve it
    "momentum": "Below 0.1",  # plain descent is far from it by then: see below
    "l1-prunes": "Half or more",  # seven features, where two squares would do
    "deep-relu": "Less than 100 times",  # He's variance keeps the error's size
    "digits": "90% or more",  # an easy data set
    "three-classes": "After 20 to 500 updates",  # separable clouds
    "five-arms": "90% or more",
    "regression-slope": "0.95 or more",  # a plane is linear
    "regression-hills": "50% to 95%",
    "race-rates": "0.3",  # the highest rate that does not overshoot
    "race-optimisers": "Momentum",  # not Adam, as most expect: that is the point
    "race-depth": "Four",
}


def presets() -> tuple[Preset, ...]:
    return tuple(LAB.presets)


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    source = base64.b64encode(JUDGE.read_bytes()).decode()
    page.evaluate(f'() => import("data:text/javascript;base64,{source}").then((all) => {{ window.all = all; }})')
    yield page
    page.close()


def frame(trainer: Trainer) -> dict[str, Any]:
    """A frame as the page decodes it, as JSON: not a number is null."""
    snapshot = trainer.snapshot(Subscription(frozenset({"layers/*", "*/weight", "curves/*", "*:curves/*"})))
    arrays = {
        name: [float(x) if math.isfinite(x) else None for x in array.ravel()]
        for name, array in snapshot.arrays.items()
        if ":curves/" in name or ":" not in name
    }
    return {"meta": {**snapshot.metadata, "step": snapshot.step, "status": trainer.outcome or "playing"}, "arrays": arrays}


def judged(page: Any, prediction: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    """Whether the reveal is due, the measures, and the choices that hold: for the frame, and with every measure 10% lower and higher."""
    found: dict[str, Any] = page.evaluate(
        """([prediction, frame, shares, counted]) => {
            for (const [name, values] of Object.entries(frame.arrays)) frame.arrays[name] = Float64Array.from(values, (v) => v ?? NaN);
            const due = all.due(prediction, frame);
            const values = all.valuesOf(prediction, due ? all.atMoment(prediction, frame) : frame);
            const shift = (by) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name,
                counted.includes(name) ? value : shares.includes(name) ? 1 - (1 - value) * by : value * by]));
            const choices = [0.9, 1, 1.1].map((by) => all.judge(prediction.choices, shift(by)));
            return { due, values, choices };
        }""",
        [prediction, shown, sorted(SHARES), sorted(COUNTED)],
    )
    return found


@cache
def reveal(name: str) -> tuple[Trainer, str]:
    """The preset's run, trained to its reveal, and its frame there as JSON."""
    preset = next(preset for preset in presets() if preset.name == name)
    assert preset.prediction is not None
    trainer = Trainer(LAB.build(LAB.validate(preset.changes)))
    after = preset.prediction["after"]
    while trainer.outcome is None and trainer.step < (after or LATEST):
        trainer.advance(after + after // 100 if after else trainer.step + 20, math.inf)  # measured at every hundredth part of the way
        if preset.prediction["settled"] and trainer.snapshot(Subscription(frozenset())).metadata["race"]["settled"]:
            break
    return trainer, json.dumps(frame(trainer))


def test_every_preset_has_a_question_and_every_expectation_a_preset() -> None:
    assert {preset.name for preset in presets()} == set(EXPECTED)
    for preset in presets():
        prediction = preset.prediction
        assert prediction is not None, preset.name
        assert "?" in prediction["question"] and 2 <= len(prediction["choices"]) <= 4
        assert len({choice["text"] for choice in prediction["choices"]}) == len(prediction["choices"])
        assert prediction["after"] or prediction["settled"]
        assert json.loads(json.dumps(prediction)) == prediction


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)
def test_a_real_run_selects_the_expected_choice_clearly(page: Any, preset: Preset) -> None:
    prediction = preset.prediction
    assert prediction is not None
    trainer, shown = reveal(preset.name)
    at_reveal = judged(page, prediction, json.loads(shown))
    assert at_reveal["due"]
    texts = [[prediction["choices"][i]["text"] for i in choices] for choices in at_reveal["choices"]]
    assert texts == [[EXPECTED[preset.name]]] * 3, at_reveal["values"]
    trainer.advance(trainer.step + trainer.step // 2, math.inf)  # a busy browser may paint the moment late
    late = judged(page, prediction, frame(trainer))
    assert [prediction["choices"][i]["text"] for i in late["choices"][1]] == [EXPECTED[preset.name]], late["values"]
    fleeting = {name for name in late["values"] if prediction["measures"].get(name, {"of": name})["of"] in FLEETING}
    assert {name: value for name, value in late["values"].items() if name not in fleeting} == {
        name: value for name, value in at_reveal["values"].items() if name not in fleeting
    }


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)
def test_before_its_moment_nothing_is_revealed(page: Any, preset: Preset) -> None:
    trainer = Trainer(LAB.build(LAB.validate(preset.changes)))
    for _ in range(2):
        assert not judged(page, preset.prediction or {}, frame(trainer))["due"]
        trainer.advance(trainer.step + 3, math.inf)


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)
def test_whatever_is_measured_exactly_one_choice_holds(page: Any, preset: Preset) -> None:
    prediction = preset.prediction or {}
    names = sorted({found for choice in prediction["choices"] for found in measured(choice["when"])})
    bounds = sorted({bound for choice in prediction["choices"] for bound in compared(choice["when"])})
    lanes = [1, 2, 3, 4][: 1 + len(preset.changes.get("lanes", []))]
    grids = [lanes if name == "winner" else [0, 1] if name == "diverged" else grid(bounds) for name in names]
    counts = page.evaluate(
        """([choices, names, rows]) => rows.map((row) =>
            all.judge(choices, Object.fromEntries(names.map((name, i) => [name, row[i] ?? NaN]))).length)""",
        [prediction["choices"], names, list(product(*grids))],
    )
    scored = any(name in SHARES for name in names) or "near_zero" in names
    for row, count in zip(product(*grids), counts, strict=True):
        assert count == (0 if scored and None in row else 1), (names, row)


def grid(bounds: list[float]) -> list[float | None]:
    """Around every bound, far from all, and not a number."""
    return [None, -1.0, 0.0, *(value for bound in bounds for value in (bound * 0.999, bound, bound * 1.001)), 1e12]


def measured(condition: dict[str, Any]) -> list[str]:
    own = [condition["measure"]] if "measure" in condition else []
    return own + [name for part in condition.get("all", []) + condition.get("any", []) for name in measured(part)]


def compared(condition: dict[str, Any]) -> list[float]:
    own = [condition[key] for key in ("below", "at_least") if key in condition]
    return own + [bound for part in condition.get("all", []) + condition.get("any", []) for bound in compared(part)]


def test_every_number_that_a_text_names_can_be_measured(page: Any) -> None:
    for preset in presets():
        prediction = preset.prediction or {}
        _, shown = reveal(preset.name)
        values = judged(page, prediction, json.loads(shown))["values"]
        texts = [prediction["found"], *(choice["because"] for choice in prediction["choices"])]
        for name in re.findall(r"\{(\w+)\}", " ".join(texts)):
            assert name in values, f"{preset.name}: {name}"
            if json.loads(shown)["meta"]["status"] == "playing":
                assert values[name] is not None and math.isfinite(values[name]), f"{preset.name}: {name}"


def test_what_the_presets_claim_is_so() -> None:
    """Claims of the sentences that the questions do not test."""
    changes = {preset.name: preset.changes for preset in presets()}
    plain = Trainer(LAB.build(LAB.validate({**changes["momentum"], "optimiser": "sgd"})))
    plain.advance(2000, math.inf)
    assert plain.snapshot(Subscription(frozenset())).metadata["test_loss"] > 0.25  # where plain descent crawls
    shrunk = Trainer(LAB.build(LAB.validate({**changes["l1-prunes"], "regularisation": "l2"})))
    shrunk.advance(4000, math.inf)
    weights = shrunk.snapshot(Subscription(frozenset({"*/weight"}))).arrays
    flat = np.concatenate([array.ravel() for name, array in weights.items()])
    assert np.mean(np.abs(flat) < 0.01) < 0.1  # L2 would only shrink it
    raced = Trainer(LAB.build(LAB.validate(changes["race-optimisers"])))
    ahead = []
    for step in (300, 500, 1000):
        raced.advance(step, math.inf)
        _, momentum, adam = (lane["test_loss"] for lane in raced.snapshot(Subscription(frozenset())).metadata["lanes"])
        ahead.append("Adam" if adam < momentum else "momentum")
    assert set(ahead) == {"Adam", "momentum"}  # they led in turn
    dark = Trainer(LAB.build(LAB.validate(changes["zero-start"])))
    dark.advance(500, math.inf)
    found = dark.snapshot(Subscription(frozenset({"*/weight", "*/bias"}))).arrays
    assert [name for name, array in found.items() if np.any(array)] == ["3/bias"]  # only the output's bias ever moves
