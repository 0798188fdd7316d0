"""A race: lanes from the start, copies of a running lane, and who has won by which rule."""

from __future__ import annotations

import json
import math
import sys
import time
from typing import Any

import numpy as np
import pytest

from models.catalog import EXPERIMENTS
from models.service.opening import build_run, take_over
from models.trainer import Trainer
from models.types import Refused, Subscription
from tests.models.test_trainer import EVERYTHING, assert_same, make, run

COPY = {"command": "fork", "values": {"optimiser": "adam", "learning_rate": 0.05}}


def lanes(trainer: Trainer) -> list[dict[str, Any]]:
    return trainer.snapshot(EVERYTHING).metadata["lanes"]


def test_a_copy_begins_as_what_it_was_copied_from_and_goes_its_own_way() -> None:
    trainer = make({"optimiser": "momentum"})
    run(trainer, 300)
    assert trainer.apply({"command": "fork", "values": {}}) == {"command": "close_lane", "lane": 2, "closed": True}
    at_once = trainer.snapshot(EVERYTHING).arrays
    for name in ("1/weight", "3/bias", "1/weight_update", "curves/test_loss"):
        np.testing.assert_array_equal(at_once[name], at_once[f"2:{name}"], err_msg=name)
    run(trainer, 100)
    after = trainer.snapshot(EVERYTHING).arrays
    np.testing.assert_array_equal(after["1/weight"], after["2:1/weight"])  # momentum came along: an equal copy stays equal
    trainer.apply({"command": "fork", "values": {"momentum": 0.0}})
    run(trainer, 100)
    parted = trainer.snapshot(EVERYTHING).arrays
    assert not np.array_equal(parted["1/weight"], parted["3:1/weight"])
    assert [lane["from_step"] for lane in lanes(trainer)] == [0, 300, 400]
    assert [lane["name"] for lane in lanes(trainer)] == ["momentum 0.9", "a copy", "momentum 0"]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, ["as set"]),
        ({"lanes": [{}]}, ["as set", "a copy"]),
        ({"lanes": [{"learning_rate": 0.3}, {"learning_rate": 3.0}]}, ["rate 0.03", "rate 0.3", "rate 3"]),
        ({"hidden_layers": [], "lanes": [{"hidden_layers": [8]}]}, ["no hidden layer", "hidden layers 8"]),
        ({"lanes": [{"optimiser": "momentum", "momentum": 0.5}]}, ["plain descent", "momentum, momentum 0.5"]),
        ({"lanes": [{"learning_rate": 0.3}, {"regularisation": "l2"}]}, ["rate 0.03, no regularisation", "rate 0.3", "L2"]),
    ],
)
def test_lane_1_is_named_by_its_own_values_of_what_the_others_change(values: dict[str, Any], names: list[str]) -> None:
    trainer = make(values)
    assert [lane["name"] for lane in lanes(trainer)] == names


def test_lane_1s_name_follows_its_rate_and_the_lanes_that_are_open() -> None:
    trainer = make({"lanes": [{"learning_rate": 0.3}]})
    trainer.apply({"command": "set", "values": {"learning_rate": 0.1}})
    assert lanes(trainer)[0]["name"] == "rate 0.1"
    trainer.apply({"command": "close_lane", "lane": 2, "closed": True})
    assert [lane["name"] for lane in lanes(trainer)] == ["as set"]


def test_a_run_with_copies_is_restored_by_a_fresh_one_and_goes_on_alike() -> None:
    trainer = make({})
    run(trainer, 50)
    trainer.apply(COPY)
    run(trainer, 50)
    kept = trainer.state()
    run(trainer, 70)
    expected = trainer.snapshot(EVERYTHING)
    again = make({})
    again.restore(kept)
    run(again, 70)
    assert_same(expected, again.snapshot(EVERYTHING))


def test_before_a_copy_was_made_there_is_none() -> None:
    trainer = make({})
    before = trainer.state()
    run(trainer, 10)
    trainer.apply(COPY)
    trainer.restore(before)
    assert len(lanes(trainer)) == 1 and not any(name.startswith("2:") for name in trainer.snapshot(EVERYTHING).arrays)


def test_closing_is_undone_with_the_lane_as_it_stood() -> None:
    trainer = make({"lanes": [{"learning_rate": 0.3}]})
    run(trainer, 20)
    undo = trainer.apply({"command": "close_lane", "lane": 2, "closed": True})
    stood = trainer.state().arrays["network 2.learner.parameters"]
    run(trainer, 20)
    assert [lane["lane"] for lane in lanes(trainer)] == [1]
    trainer.apply(undo)
    assert np.array_equal(trainer.state().arrays["network 2.learner.parameters"], stood)
    run(trainer, 1)
    assert not np.array_equal(trainer.state().arrays["network 2.learner.parameters"], stood)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"command": "fork", "values": {"hidden_layers": [3]}}, "hidden_layers"),
        ({"command": "fork", "values": {"initialisation": "he"}}, "initialisation"),
        ({"command": "fork", "values": {"learning_rate": 11}}, "learning_rate"),
        ({"command": "fork", "values": {"colour": 1}}, "colour"),
        ({"command": "close_lane", "lane": 1, "closed": True}, "lane"),
        ({"command": "close_lane", "lane": 3, "closed": True}, "lane"),
    ],
)
def test_what_no_lane_can_be_is_refused_and_changes_nothing(change: dict[str, Any], field: str) -> None:
    trainer = make({"lanes": [{}]})
    before = trainer.snapshot(EVERYTHING)
    with pytest.raises(Refused) as refused:
        trainer.apply(change)
    assert refused.value.field == field and refused.value.message.endswith(".")
    assert_same(before, trainer.snapshot(EVERYTHING))


def test_there_are_at_most_four_open_lanes_and_eight_in_all() -> None:
    trainer = make({})
    for _ in range(3):
        trainer.apply({"command": "fork", "values": {}})
    with pytest.raises(Refused, match="4 lanes"):
        trainer.apply({"command": "fork", "values": {}})
    for lane in range(2, 6):
        trainer.apply({"command": "close_lane", "lane": lane, "closed": True})
        trainer.apply({"command": "fork", "values": {}})
    trainer.apply({"command": "close_lane", "lane": 6, "closed": True})
    with pytest.raises(Refused, match="8 lanes"):
        trainer.apply({"command": "fork", "values": {}})


def test_a_lane_that_diverges_stops_alone_and_is_named() -> None:
    wild = {"activation": "linear", "hidden_layers": [8, 8], "loss": "cross_entropy", "lanes": [{"learning_rate": 10.0}]}
    trainer = make({**wild, "learning_rate": 0.01})
    trainer.apply({"command": "edit", "layer": 1, "to": 0, "from": 0, "value": 0.5})
    trainer.trial.dense.all[1].network.parameters[:] = 1e200
    run(trainer, 100)
    first, second = lanes(trainer)
    assert trainer.outcome is None and trainer.step == 100
    assert first["halted"] is None and "range of numbers" in second["halted"]
    trainer.trial.dense.first.network.parameters[:] = 1e200
    run(trainer, 100)
    assert trainer.outcome == "diverged" and "all lanes" in trainer.message


def test_depth_and_first_weights_may_differ_from_the_start() -> None:
    trainer = make({"lanes": [{"hidden_layers": []}, {"hidden_layers": [4, 4, 4]}, {"initialisation": "zero"}]})
    run(trainer, 5)
    arrays = trainer.snapshot(EVERYTHING).arrays
    assert arrays["2:1/weight"].shape == (1, 2) and arrays["3:3/weight"].shape == (4, 4) and arrays["4:1/weight"].shape == (4, 2)
    assert [lane["name"] for lane in lanes(trainer)][1:] == ["no hidden layer", "hidden layers 4-4-4", "all zero start"]


def test_every_lanes_answer_is_read_without_knowing_its_depth() -> None:
    trainer = make({"lanes": [{"hidden_layers": []}, {"hidden_layers": [4, 4, 4]}]})
    run(trainer, 50)
    asked = Subscription(frozenset({"output/field", "*:output/field"}), None)
    found = trainer.snapshot(asked).arrays
    assert sorted(found) == ["2:output/field", "3:output/field", "output/field"]
    layers = trainer.snapshot(Subscription(frozenset({"*/field", "*:*/field"}), None)).arrays
    assert not any("output" in name for name in layers)
    for alias, name in (("output/field", "3/field"), ("2:output/field", "2:1/field"), ("3:output/field", "3:4/field")):
        assert found[alias].shape == (1, 64, 64)
        np.testing.assert_array_equal(found[alias], layers[name])


def test_only_a_plane_has_an_answer_over_it() -> None:
    trainer = make({"dataset": "digits", "hidden_layers": [4], "lanes": [{}]})
    assert not trainer.snapshot(Subscription(frozenset({"*:output/field", "output/field"}), None)).arrays


def test_the_winner_is_by_the_rule_that_is_set() -> None:
    trainer = make({"learning_rate": 0.003, "lanes": [{"learning_rate": 0.3}], "race_goal": 0.2})
    assert trainer.snapshot(EVERYTHING).metadata["race"]["winner"] is None
    trainer.advance(3000, math.inf)
    race = trainer.snapshot(EVERYTHING).metadata["race"]
    assert race["winner"] == 2 and race["settled"]
    curves = trainer.snapshot(EVERYTHING).arrays
    first = int(np.argmax(curves["2:curves/test_loss"] <= 0.2))
    assert race["lanes"][1]["updates"] == curves["2:curves/step"][first]
    trainer.apply({"command": "set", "values": {"race_rule": "lowest", "race_limit": 1.0}})
    early = trainer.snapshot(EVERYTHING).metadata["race"]
    losses = [curves[f"{prefix}curves/test_loss"][1] for prefix in ("", "2:")]
    assert early["winner"] == 1 + int(np.argmin(losses))


def test_a_saved_race_opens_in_a_fresh_run() -> None:
    from models.service import codec

    experiment = EXPERIMENTS["gradient-flow"]
    spec = experiment.validate({"lanes": [{"optimiser": "momentum"}]}).model_dump(mode="json")
    opened = build_run(experiment, spec)
    opened.command({"command": "step", "n": 40})
    while opened.goal is not None:
        opened.work(math.inf)
    opened.command(COPY)
    opened.command({"command": "close_lane", "lane": 2, "closed": True})
    opened.command({"command": "step", "n": 40})
    while opened.goal is not None:
        opened.work(math.inf)
    blob = codec.encode_state(opened.trainer.state(), {"branch": 0})
    fresh = build_run(experiment, spec)
    take_over(fresh, blob, json.loads(json.dumps(opened.history.journal)), {"0": 80}, 0, 80, foreign=True)
    for trainer in (opened.trainer, fresh.trainer):
        trainer.advance(120, math.inf)
    assert_same(opened.trainer.snapshot(EVERYTHING), fresh.trainer.snapshot(EVERYTHING))
    forged = codec.encode_state(opened.trainer.state(), {"branch": 0}).replace(b'\\"from_step\\":40', b'\\"from_step\\":4e')
    with pytest.raises(Refused):
        take_over(build_run(experiment, spec), forged, [], {"0": 80}, 0, 80, foreign=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts a thread's own time in 16 ms only")
def test_a_lane_is_charged_for_what_it_computes_and_not_for_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = make({"lanes": [{"optimiser": "adam"}]})
    run(trainer, 20)
    first = trainer.trial.lanes[0]
    before, updates = first.seconds, first.rule.updates

    def waiting(step: int) -> Any:
        time.sleep(0.3)
        return updates(step)

    monkeypatch.setattr(first.rule, "updates", waiting)
    run(trainer, 1)
    assert 0 < first.seconds - before < 0.3


def test_going_back_leaves_the_rule_of_the_race_alone() -> None:
    """The rule judges a run and is no part of what happened in it: it opens no branch either."""
    experiment = EXPERIMENTS["gradient-flow"]
    race = build_run(experiment, experiment.validate({"lanes": [{"optimiser": "adam"}]}).model_dump(mode="json"))

    def did(**command: Any) -> None:
        race.command(command)
        while race.goal is not None:
            race.work(math.inf)

    did(command="step", n=40)
    did(command="set", values={"learning_rate": 0.2})
    did(command="step", n=20)
    did(command="step_back", n=10)
    did(command="set", values={"race_rule": "lowest", "race_limit": 30.0})
    for command in ({"command": "step_back", "n": 30}, {"command": "reset"}, {"command": "seek", "step": 60, "branch": None}):
        did(**command)
        settings = race.trainer.snapshot(EVERYTHING).metadata["settings"]
        assert (settings["race_rule"], settings["race_limit"]) == ("lowest", 30.0)
        assert settings["learning_rate"] == (0.2 if race.step >= 40 else 0.03)
    assert len(race.history.branches) == 1
