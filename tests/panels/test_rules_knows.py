"""What a synapse has to be told: the picture's numbers are the run's own, and choosing another synapse asks for it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from models.specs.rules import INGREDIENTS, RULES
from tests.panels.conftest import Bench
from tests.panels.rules_runs import Run

NUMBER = r"[−+]?[\d.]+(?:×10[⁻\d⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
WRITTEN = """[...document.querySelectorAll('#room *')]
    .filter((node) => node.offsetParent && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .map((node) => [parseFloat(getComputedStyle(node).fontSize), node.className, node.textContent])"""


def value(text: str) -> float:
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    mantissa, _, exponent = text.replace("−", "-").partition("×10")
    return float(mantissa) * 10.0 ** int(exponent.translate(raised) or 0)


def told(bench: Bench) -> list[str]:
    return bench.page.locator(".px-knows-table tbody th").all_inner_texts()


def worked(bench: Bench) -> str:
    return bench.page.locator(".px-knows-worked").inner_text()


def look_at(run: Run, lane: int) -> None:
    run.js(f"lab.state.context.emit('rule', {{ lane: {lane}, by: 'test' }})")


def moved(bench: Bench) -> float:
    found = re.search(rf"Δw ({NUMBER})", bench.page.locator(".px-knows-moved").inner_text())
    assert found
    return value(found[1])


def test_the_factors_multiply_to_the_step_that_the_weight_made(bench: Bench) -> None:
    """With one example an update and plain descent Δw = −η · pre · slope · error, the equation of the rule."""
    rules = ("backpropagation", "feedback_alignment", "direct_feedback_alignment")
    run = Run(bench, ["knows"], rules)
    meta = run.show(7)
    for i, rule in enumerate(rules):
        look_at(run, i + 1)
        factors = [value(found) for found in re.findall(rf"(?:pre|slope|error) ({NUMBER})", worked(bench))]
        assert len(factors) == 3
        product = factors[0] * factors[1] * factors[2]
        assert moved(bench) == pytest.approx(-meta["lanes"][i]["rate"] * product, rel=0.02)
        assert told(bench) == [INGREDIENTS[name][0] for name in INGREDIENTS if name in RULES[rule].knows]


def test_hidden_layers_learn_with_their_share_of_the_rate(bench: Bench) -> None:
    """One example an update: Δw = η ρ · pre · post for Hebb, (η/κ) ε · pre for predictive coding, η M ξ/σ² · pre for three factors."""
    rules = ("hebb", "predictive_coding", "three_factor", {"rule": "composed", "recipe": {"post": "activity", "third": "none"}})
    run = Run(bench, ["knows"], rules)
    meta = run.show(9)
    shares = [lane["hidden_share"] for lane in run.trainer.static().metadata["lanes"]]
    assert shares == [1e-4, 1, 1, 1e-4, 1]
    for i in range(4):
        look_at(run, i + 1)
        product = re.search(rf"= ({NUMBER}) for the first example", worked(bench))
        assert product, worked(bench)
        assert moved(bench) == pytest.approx(meta["lanes"][i]["rate"] * shares[i] * value(product[1]), rel=0.02)
        assert ("× ρ 1/10,000 ×" in bench.page.locator(".px-knows-moved").inner_text()) == (shares[i] != 1)


def test_another_lane_or_layer_needs_other_things_and_asks_for_its_readings_alone(bench: Bench) -> None:
    run = Run(bench, ["knows"], ("backpropagation", "three_factor", "hebb"))
    run.show(5)
    assert "2/weight" in run.js("lab.state.panels[0].readings")
    look_at(run, 2)
    readings = run.js("lab.state.panels[0].readings")
    assert all(name.startswith("2:") for name in readings) and "2:2/weight" not in readings
    assert [told(bench)[i] for i in (0, -1)] == ["presynaptic activity", "a broadcast scalar"]
    look_at(run, 4)
    assert told(bench) == [] and "Nothing" in bench.page.locator(".px-knows-nothing").inner_text()
    # The output of a rule without errors still hears its own.
    look_at(run, 3)
    run.trainer.apply({"command": "choose", "layer": 3, "to": 0, "from": 1})
    meta = run.show(6)
    assert told(bench) == ["presynaptic activity", "the output’s error vector"]
    pre, error = (value(found) for found in re.findall(rf"(?:pre|error) ({NUMBER})", worked(bench)))
    assert moved(bench) == pytest.approx(-meta["lanes"][2]["rate"] * pre * error, rel=0.02)


def test_the_matrix_says_of_each_rule_what_its_description_says(bench: Bench) -> None:
    rules = ("backpropagation", "oja", "bcm", "predictive_coding", "forward_forward", "weight_perturbation")
    run = Run(bench, ["knows"], rules)
    run.show(1)
    for i, name in enumerate(rules):
        row = bench.page.locator(".px-knows-matrix tbody tr").nth(i)
        cells = row.get_by_role("img").evaluate_all("all => all.map((one) => one.ariaLabel)")
        needed = {cell.removeprefix("needs ") for cell in cells if cell.startswith("needs ")}
        assert needed == {INGREDIENTS[one][0] for one in RULES[name].knows}, name
    control = bench.page.locator(".px-knows-matrix tbody tr").last.inner_text()
    assert "●" not in control
    heads = bench.page.locator(".px-knows-group").all_inner_texts()
    assert heads[0] == "local" and heads[-1] == "other synapses’ weights"


def test_pointer_and_keys_choose_another_synapse(bench: Bench) -> None:
    run = Run(bench, ["knows"], ("backpropagation",))
    run.show(3)
    x, y = run.js("(({ x, y }) => [x, y])(lab.state.panels[0].places.unit(2, 3))")
    bench.page.locator(".px-knows-canvas").click(position={"x": x, "y": y})
    assert run.js("lab.state.context.calls.command") == [{"command": "choose", "layer": 2, "to": 3, "from": 0}]
    assert "neuron 4 of layer 2" in bench.page.locator(".px-knows .px-head").inner_text()  # before the run has answered
    x, y = run.js("(({ x, y }) => [x, y])(lab.state.panels[0].places.unit(1, 2))")
    bench.page.locator(".px-knows-canvas").click(position={"x": x, "y": y})
    assert run.js("lab.state.context.calls.command.at(-1)") == {"command": "choose", "layer": 2, "to": 3, "from": 2}
    bench.page.locator(".px-knows-canvas").focus()
    bench.page.keyboard.press("ArrowUp")
    assert run.js("lab.state.context.calls.command.at(-1)") == {"command": "choose", "layer": 2, "to": 2, "from": 2}
    bench.page.get_by_label("The synapse that is looked at: layer").select_option("3")
    assert run.js("lab.state.context.calls.command.at(-1)")["layer"] == 3
    # Of wide layers sixteen units are shown, the chosen one among them.
    wide = "import('/live/rules/knows_places.js').then(({ shownUnits: of }) => [of(5), of(100), of(100, 50)])"
    few, even, chosen = bench.page.evaluate(wide)
    assert few == [0, 1, 2, 3, 4] and len(even) == len(chosen) == 16 and even[0] == 0 and even[-1] == 99
    assert 50 in chosen and len(set(even) - set(chosen)) == 1 and chosen == sorted(chosen)


def test_one_weight_under_every_rule_is_the_runs_from_its_choice_on(bench: Bench) -> None:
    run = Run(bench, ["weight"], ("backpropagation", "hebb"))
    for _ in range(3):
        run.show(4)
    trial = run.trainer.trial
    rows = bench.page.locator(".px-weight-table tbody tr")
    for i, lane in enumerate(trial.rules):
        weight = lane.network.parameters[lane.network.index(1, 0, 0)]
        assert value(rows.nth(i).locator("td").first.inner_text()) == pytest.approx(weight, rel=0.006)
    assert run.js("lab.state.panels[0].window.steps") == list(range(13))  # frames came every fourth update
    assert rows.last.locator("td").last.inner_text() == "0"
    run.trainer.apply({"command": "choose", "layer": 2, "to": 1, "from": 0})
    run.show(2)
    assert run.js("lab.state.panels[0].window.steps") == [12, 13, 14]
    now = [lane.network.parameters[lane.network.index(2, 1, 0)] for lane in trial.rules]
    assert run.js("[...lab.state.panels[0].window.values.values()].map((all) => all.at(-1))") == pytest.approx(now)


def test_the_sentences_and_the_brains_synapse_take_their_numbers_from_the_frame(bench: Bench) -> None:
    run = Run(bench, ["prose", "brain"], ("backpropagation", "feedback_alignment"), reward="withheld")
    run.show(0)
    assert "Before the first update" in bench.page.locator(".px-sentences").inner_text()
    meta = run.show(40)
    lanes = meta["lanes"]
    text = bench.page.locator(".px-sentences").inner_text()
    assert f"{100 * max(lane['test_accuracy'] for lane in lanes[:2]):.1f}%" in text and f"{100 * lanes[2]['test_accuracy']:.1f}%" in text
    assert f"lay {round(lanes[1]['angles'][0])}° from the gradient" in text
    stopped: list[dict[str, Any]] = [lanes[0], {**lanes[1], "halted": "Feedback alignment has stopped; the others go on."}, lanes[2]]
    run.show(0, lanes=stopped)
    assert "Feedback alignment has stopped; the others go on." in bench.page.locator(".px-sentences").inner_text()
    assert "° from the gradient" not in bench.page.locator(".px-sentences").inner_text()  # a halted lane’s angle is no longer its own
    brain = bench.page.locator(".px-three-factor").inner_text()
    assert meta["settings"]["reward"] == "withheld" and "M = 0" in brain and "stands where it began" in brain
    assert "An analogy" in brain and "published model" in brain
    bench.page.get_by_role("button", name="Reward given").click()
    assert run.js("lab.state.context.calls.change") == [{"reward": "given"}]


def test_a_weight_at_a_bound_is_said_to_be_at_it(bench: Bench) -> None:
    said = """([weight, plain]) => import('/live/rules/brain.js')
        .then(({ sentence }) => sentence(Float32Array.of(9, 20, 20, 0.01, 0.5, weight, plain, 0)))"""
    assert "the weight stands at its lower bound, 0" in bench.page.evaluate(said, [0, 1.25])
    assert "the same synapse stands at its upper bound, 2" in bench.page.evaluate(said, [1.25, 2])
    assert "the weight stands 25% above its start" in bench.page.evaluate(said, [1.25, 2])


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 900}}], indirect=True)
def test_all_of_it_fits_a_telephone_and_the_projector(bench: Bench) -> None:
    run = Run(bench, ["knows", "brain", "weight", "prose", "compose"], ("backpropagation", "three_factor", "oja"), "px-projector")
    run.js("lab.state.context.emit('tool', 'compose')")
    run.show(5)
    assert bench.js("document.documentElement.scrollWidth") <= 390
    assert [found for found in bench.js(WRITTEN) if found[0] < 18] == []


def test_lanes_that_answer_by_another_forward_pass_are_named(bench: Bench) -> None:
    run = Run(bench, ["prose"], ("hebb", "forward_forward", "equilibrium_propagation"))
    run.show(0)
    assert "all but Forward-forward and Equilibrium propagation answer alike" in bench.page.locator(".px-sentences").inner_text()
    run.show(30)
    text = "Forward-forward and Equilibrium propagation answer by another forward pass: the control is not their own."
    assert text in bench.page.locator(".px-sentences").inner_text()
