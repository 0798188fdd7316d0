"""The page on learning rules as a trial: lanes share everything but the rule, the control is last, a lane that breaks stops alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydantic import ValidationError

from models.catalog import EXPERIMENTS
from models.specs.rules import CONTROL, RULES
from models.trainer import Trainer
from models.types import Refused, Subscription

ENTRY = EXPERIMENTS["learning-rules"]
ALL = Subscription(frozenset({"all"}))
PLANE = {"dataset": "circle", "hidden_layers": [6, 5]}


def trainer(**changes):
    return Trainer(ENTRY.build(ENTRY.validate(changes)))


def lanes(*rules, **more):
    return {"rules": [{"rule": rule} for rule in rules], **more}


def test_every_rule_learns_beside_the_control_from_the_same_weights_and_batches():
    names = [name for name in RULES if name not in (CONTROL, "composed")]
    for some in (names[:6], names[6:]):
        run = trainer(**lanes(*some), **PLANE)
        trial = run.trial
        assert trial.control.change.rule == CONTROL and [rule.change.rule for rule in trial.rules[:-1]] == some
        first = [rule.network.parameters.copy() for rule in trial.rules]
        assert all(np.array_equal(first[0], weights) for weights in first)
        run.advance(12, math.inf)
        for rule, before in zip(trial.rules, first, strict=True):
            moved = rule.network.parameters != before
            hidden = slice(0, rule.network.weight_slice(rule.layers).start)
            assert moved.any(), rule.change.rule
            assert moved[hidden].any() == (rule.change.rule != CONTROL), rule.change.rule
        told = run.snapshot(ALL).metadata["lanes"]
        assert [lane["rule"] for lane in told] == [*some, CONTROL] and all(lane["measured_at"] for lane in told)


def test_restored_and_replayed_it_is_bit_equal_with_adam_and_a_changed_rate_between():
    run = trainer(**lanes("backpropagation", "bcm", "three_factor", "forward_forward"), **PLANE, optimiser="adam")
    run.advance(9, math.inf)
    kept, shown = run.state(), run.snapshot(ALL)
    run.apply({"command": "set", "values": {"rate_factor": 3.0}})
    run.advance(16, math.inf)
    later = run.snapshot(ALL)
    run.restore(kept)
    again = run.snapshot(ALL)
    assert again.metadata["settings"]["rate_factor"] == 1.0
    run.apply({"command": "set", "values": {"rate_factor": 3.0}})
    run.advance(16, math.inf)
    for before, after in ((shown, again), (later, run.snapshot(ALL))):
        assert before.arrays.keys() == after.arrays.keys()
        different = [name for name in before.arrays if before.arrays[name].tobytes() != after.arrays[name].tobytes()]
        assert not different


def test_one_copy_of_each_lanes_weights_is_kept():
    run = trainer(**lanes("backpropagation", "feedback_alignment", "predictive_coding"))
    run.advance(3, math.inf)
    weights = run.trial.rules[0].network.parameters.nbytes
    assert run.state().bytes < 1.2 * 4 * weights


def test_a_lane_that_leaves_the_range_of_numbers_is_named_and_stops_alone():
    run = trainer(rules=[{"rule": "backpropagation"}, {"rule": "hebb", "rate": 10.0}], **PLANE, activation="relu", rate_factor=1000.0)
    run.advance(400, math.inf)
    halted = [lane for lane in run.snapshot(ALL).metadata["lanes"] if lane["halted"]]
    assert [lane["rule"] for lane in halted][-1:] == ["hebb"] and "Hebb left the range of numbers at update" in halted[-1]["halted"]
    if run.outcome is None:
        assert run.step == 400


def test_backpropagations_angle_is_zero_and_the_controls_hidden_layers_have_none():
    run = trainer(**lanes("backpropagation", "equilibrium_propagation"), **PLANE)
    run.advance(20, math.inf)
    exact, equilibrium, control = (rule.measured for rule in run.trial.rules)
    assert max(exact[f"angle_{k}"] for k in (1, 2, 3)) < 1e-4
    assert max(equilibrium[f"angle_{k}"] for k in (1, 2, 3)) < 5
    assert math.isnan(control["angle_1"]) and math.isnan(control["angle_2"]) and control["angle_3"] < 1e-4


def test_a_reward_that_is_withheld_leaves_the_brains_weight_bit_identical():
    run = trainer(**lanes("backpropagation"), **PLANE, reward="withheld")
    run.advance(300, math.inf)
    window = run.snapshot(ALL).arrays["eligibility/window"]
    assert (window[:, 4] == 0).all() and (window[:, 5] == 1).all() and not (window[:, 6] == 1).all()
    assert (window[:, 3] != 0).any()  # eligible, and yet unchanged
    run.apply({"command": "set", "values": {"reward": "given"}})
    run.advance(600, math.inf)
    assert run.snapshot(ALL).arrays["eligibility/window"][-1, 5] != 1


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        (lanes(CONTROL), "control"),
        ({"rules": []}, "at least 1"),
        (lanes(*["hebb"] * 8), "at most 7"),
        ({"rules": [{"rule": "composed"}]}, "recipe"),
        ({"rules": [{"rule": "hebb", "recipe": {}}]}, "recipe"),
        ({"rules": [{"rule": "magic"}]}, "backpropagation"),
    ],
)
def test_wrong_lists_of_rules_are_refused_in_words(changes, word):
    with pytest.raises(ValidationError, match=word):
        ENTRY.validate(changes)


def test_changes_that_this_run_does_not_know_are_refused():
    run = trainer(**lanes("backpropagation"), **PLANE)
    wrong = (
        ({"command": "edit"}, "set and choose"),
        ({"command": "set", "values": {"seed": 2}}, "cannot change"),
        ({"command": "choose", "layer": 9, "to": 0, "from": 0}, "layer"),
    )
    for change, word in wrong:
        with pytest.raises(Refused, match=word):
            run.apply(change)
    undo = run.apply({"command": "choose", "layer": 2, "to": 1, "from": 3})
    assert undo == {"command": "choose", "layer": 1, "to": 0, "from": 0} and run.trial.brain.chosen == (2, 1, 3)


@pytest.mark.parametrize("rule", ["feedback_alignment", "equilibrium_propagation", "forward_forward", "oja"])
def test_every_rule_runs_in_the_dense_lab_too(rule):
    entry = EXPERIMENTS["gradient-flow"]
    run = Trainer(entry.build(entry.validate({"rule": rule, "lanes": [{"rule": "backpropagation"}, {"learning_rate": 0.01}]})))
    run.advance(5, math.inf)
    names = [lane["name"] for lane in run.snapshot(ALL).metadata["lanes"]]
    assert RULES[rule].title in names[0] and "Backpropagation" in names[1]
    with pytest.raises(Refused, match="another rule"):
        run.ask("slow_motion", {"example": 0})
    if RULES[rule].network == "dense":
        assert f"another rule ({RULES[rule].title})" in run.trial.script(run.step)
    else:
        with pytest.raises(Refused, match="Sequential"):
            run.trial.script(run.step)
    run.apply({"command": "fork", "values": {"rule": "backpropagation"}})
    run.advance(9, math.inf)
    kept, shown = run.state(), run.snapshot(ALL)
    run.advance(12, math.inf)
    run.restore(kept)
    again = run.snapshot(ALL)
    assert not [name for name in shown.arrays if shown.arrays[name].tobytes() != again.arrays[name].tobytes()]


def test_the_chosen_weight_is_followed_in_every_lane_from_the_choice_on_and_comes_back_with_a_state():
    run = trainer(**lanes("backpropagation", "hebb"), **PLANE)
    read = Subscription(frozenset({"weights/window"}))

    def window() -> np.ndarray:
        return run.snapshot(read).arrays["weights/window"]

    assert window().shape == (1, 4) and window()[0, 0] == 0
    run.advance(5, math.inf)
    run.apply({"command": "choose", "layer": 2, "to": 1, "from": 2})
    run.advance(8, math.inf)
    rows = window()
    assert rows[:, 0].tolist() == [5, 6, 7, 8]
    now = [lane.network.parameters[lane.network.index(2, 1, 2)] for lane in run.trial.rules]
    assert rows[-1, 1:].tolist() == np.float32(now).tolist()
    saved = run.state()
    run.advance(300, math.inf)
    assert window().shape == (240, 4) and window()[[0, -1], 0].tolist() == [61, 300]
    run.restore(saved)
    assert np.array_equal(window(), rows)
