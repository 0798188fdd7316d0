"""What the trainer promises: restored states continue bit for bit, changes undo, the run ends when it should."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from models.catalog import EXPERIMENTS
from models.trainer import Trainer
from models.types import Focus, Refused, Snapshot, Subscription

EVERYTHING = Subscription(frozenset({"all"}))
SPECS: list[dict[str, Any]] = [
    {},
    {"optimiser": "adam", "regularisation": "l2", "hidden_layers": [8, 8], "dataset": "spiral"},
    {"optimiser": "momentum", "hidden_layers": [], "dataset": "xor", "batch_size": 7},
    {"dataset": "digits", "hidden_layers": [12, 9], "activation": "relu", "initialisation": "he", "optimiser": "adam"},
    {"lanes": [{"learning_rate": 0.3}, {"optimiser": "adam", "activation": "relu"}]},
]


def make(changes: dict[str, Any]) -> Trainer:
    experiment = EXPERIMENTS["gradient-flow"]
    return Trainer(experiment.build(experiment.validate(changes)))


def run(trainer: Trainer, steps: int) -> None:
    trainer.advance(trainer.step + steps, math.inf)


def assert_same(one: Snapshot, two: Snapshot) -> None:
    assert one.step == two.step
    assert set(one.arrays) == set(two.arrays)
    for name, array in one.arrays.items():
        np.testing.assert_array_equal(array, two.arrays[name], err_msg=name)
    assert computed(one.metadata) == computed(two.metadata)


def computed(values: Any) -> Any:
    """Without what was measured with a clock: two equal runs differ in that."""
    if isinstance(values, dict):
        return {name: computed(value) for name, value in values.items() if name not in ("lane_seconds", "seconds", "compute")}
    return [computed(value) for value in values] if isinstance(values, list) else values


@pytest.mark.parametrize("changes", SPECS)
def test_same_spec_gives_the_same_run(changes: dict[str, Any]) -> None:
    one, two = make(changes), make(changes)
    run(one, 137)
    run(two, 137)
    assert_same(one.snapshot(EVERYTHING), two.snapshot(EVERYTHING))


def test_another_seed_gives_another_run() -> None:
    assert not np.array_equal(make({}).snapshot(EVERYTHING).arrays["1/weight"], make({"seed": 2}).snapshot(EVERYTHING).arrays["1/weight"])


@pytest.mark.parametrize("changes", SPECS)
def test_restored_state_continues_bit_for_bit_with_an_edit_between(changes: dict[str, Any]) -> None:
    trainer = make(changes)
    run(trainer, 60)
    kept = trainer.state()
    run(trainer, 20)
    trainer.apply({"command": "edit", "layer": 1, "to": 0, "from": 1, "value": 0.75})
    run(trainer, 40)
    first = trainer.snapshot(EVERYTHING)
    for begun in (trainer, make(changes)):
        begun.restore(kept)
        run(begun, 20)
        begun.apply({"command": "edit", "layer": 1, "to": 0, "from": 1, "value": 0.75})
        run(begun, 40)
        assert_same(first, begun.snapshot(EVERYTHING))


CHANGES = [
    {"command": "set", "values": {"learning_rate": 0.5, "stop_steps": 9000}},
    {"command": "edit", "layer": 2, "to": 1, "from": 0, "value": -3.25},
    {"command": "edit", "layer": 1, "to": 1, "from": None, "value": 2.0},
    {"command": "freeze", "layer": 1, "to": None, "from": None, "frozen": True},
    {"command": "freeze", "layer": 2, "to": 0, "from": 3, "frozen": True},
    {"command": "lesion", "layer": 1, "neuron": 2, "lesioned": True},
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_and_its_undoing_puts_everything_back(change: dict[str, Any]) -> None:
    trainer = make({})
    run(trainer, 30)
    before = trainer.snapshot(EVERYTHING)
    undo = trainer.apply(change)
    after = trainer.snapshot(EVERYTHING)
    moved = any(not np.array_equal(before.arrays[name], after.arrays[name]) for name in before.arrays)
    assert moved or before.metadata != after.metadata
    redo = trainer.apply(undo)
    assert_same(before, trainer.snapshot(EVERYTHING))
    trainer.apply(redo)
    assert_same(after, trainer.snapshot(EVERYTHING))


def test_a_frozen_layer_stays_and_the_rest_moves() -> None:
    trainer = make({})
    trainer.apply({"command": "freeze", "layer": 1, "to": None, "from": None, "frozen": True})
    before = trainer.snapshot(EVERYTHING).arrays
    run(trainer, 50)
    after = trainer.snapshot(EVERYTHING)
    assert np.array_equal(before["1/weight"], after.arrays["1/weight"]) and np.array_equal(before["1/bias"], after.arrays["1/bias"])
    assert not np.array_equal(before["2/weight"], after.arrays["2/weight"])
    assert after.metadata["frozen"] == [[1, None, None]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"command": "set", "values": {"learning_rate": 11}}, "learning_rate"),
        ({"command": "set", "values": {"hidden_layers": [3]}}, "hidden_layers"),
        ({"command": "set", "values": {}}, "values"),
        ({"command": "edit", "layer": 9, "to": 0, "from": 0, "value": 1}, "layer"),
        ({"command": "edit", "layer": 1, "to": 4, "from": 0, "value": 1}, "to"),
        ({"command": "edit", "layer": 1, "to": True, "from": 0, "value": 1}, "to"),
        ({"command": "edit", "layer": 1, "to": 0, "from": 0, "value": math.nan}, "value"),
        ({"command": "edit", "layer": 1, "to": 0, "from": 0, "value": 1e9}, "value"),
        ({"command": "lesion", "layer": 3, "neuron": 0, "lesioned": True}, "layer"),
        ({"command": "lesion", "layer": 1, "neuron": 0, "lesioned": "yes"}, "lesioned"),
        ({"command": "freeze", "layer": 1, "mobile": [1]}, "mobile"),
        ({"command": "choose", "layer": 1, "to": 0, "from": 7}, "from"),
        ({"command": "explode"}, "command"),
    ],
)
def test_wrong_changes_are_refused_by_field_and_change_nothing(change: dict[str, Any], field: str) -> None:
    trainer = make({})
    run(trainer, 5)
    before = trainer.snapshot(EVERYTHING)
    with pytest.raises(Refused) as refused:
        trainer.apply(change)
    assert refused.value.field == field
    assert refused.value.message.endswith((".", "can."))
    assert_same(before, trainer.snapshot(EVERYTHING))


def test_stop_rules_end_the_run_and_may_be_lifted() -> None:
    trainer = make({"stop_steps": 40})
    assert trainer.advance(None, math.inf) == 40
    assert trainer.outcome == "done" and "40" in trainer.message
    trainer.apply({"command": "set", "values": {"stop_steps": None, "stop_loss": 0.05}})
    assert trainer.outcome is None
    trainer.advance(100_000, math.inf)
    assert trainer.outcome == "done"
    assert trainer.snapshot(EVERYTHING).metadata["test_loss"] < 0.05


def test_divergence_is_an_outcome_and_its_snapshot_is_json() -> None:
    import json

    trainer = make(
        {
            "activation": "linear",
            "hidden_layers": [8, 8, 8, 8],
            "initialisation": "too_large",
            "learning_rate": 0.1,
            "loss": "cross_entropy",
        }
    )
    trainer.advance(1000, math.inf)
    assert trainer.outcome == "diverged"
    snapshot = trainer.snapshot(EVERYTHING)
    assert snapshot.metadata["train_loss"] is None
    assert snapshot.metadata["health"][0]["code"] == "not_a_number"
    json.dumps(snapshot.metadata, allow_nan=False)


def test_only_what_is_watched_is_computed() -> None:
    trainer = make({})
    run(trainer, 3)
    snapshot = trainer.snapshot(Subscription(frozenset({"2/weight", "layers/*"}), Focus(1, 2, 0)))
    assert set(snapshot.arrays) == {
        "2/weight",
        "layers/activation_magnitude",
        "layers/delta_magnitude",
        "layers/update_ratio",
        "layers/saturation",
        "focus/weight",
        "focus/update",
        "focus/update_parts",
    }
    assert snapshot.arrays["focus/update_parts"].sum() == pytest.approx(snapshot.arrays["focus/update"][0], abs=1e-15)
    assert not trainer.snapshot(Subscription(frozenset(), Focus(99, 0, 0))).arrays


def test_asks_answer_without_changing_the_run() -> None:
    trainer = make({"optimiser": "adam"})
    run(trainer, 12)
    before = trainer.snapshot(EVERYTHING)
    answer = trainer.ask("slow_motion", {"example": 4})
    layer = answer["layers"][0]
    np.testing.assert_allclose(np.tanh(layer["z"]), layer["activation"])
    np.testing.assert_allclose(np.outer(layer["delta"], answer["inputs"]), layer["weight_gradient"], atol=1e-15)
    values = trainer.ask("neuron_values", {"x": 1.5, "y": -2})
    assert values["layers"][0] == [1.5, -2.0] and len(values["layers"][-1]) == 1
    assert_same(before, trainer.snapshot(EVERYTHING))
    for probe, parameters, field in (
        ("nothing", {}, "probe"),
        ("slow_motion", {"example": 251}, "example"),
        ("neuron_values", {"x": 9, "y": 0}, "x"),
    ):
        with pytest.raises(Refused) as refused:
            trainer.ask(probe, parameters)
        assert refused.value.field == field


def test_lanes_share_data_and_first_weights_but_not_settings() -> None:
    trainer = make({"lanes": [{"learning_rate": 0.3}]})
    start = trainer.snapshot(EVERYTHING).arrays
    assert np.array_equal(start["1/weight"], start["2:1/weight"])
    run(trainer, 1)
    first, second = trainer.snapshot(EVERYTHING).arrays["1/weight_update"], trainer.snapshot(EVERYTHING).arrays["2:1/weight_update"]
    np.testing.assert_allclose(second, 10 * first, rtol=1e-5)
    run(trainer, 100)
    snapshot = trainer.snapshot(EVERYTHING)
    assert snapshot.metadata["lanes"][1]["train_loss"] != snapshot.metadata["lanes"][0]["train_loss"] == snapshot.metadata["train_loss"]
    assert set(snapshot.metadata["lane_seconds"]) == {"network", "network 2", "synapse"}


def test_export_holds_the_curves() -> None:
    trainer = make({})
    run(trainer, 300)
    lines = trainer.export("csv")[0].decode().splitlines()
    assert lines[0] == "step,train_loss,test_loss,train_accuracy,test_accuracy"
    steps = [int(line.split(",")[0]) for line in lines[1:]]
    assert steps[:102] == list(range(102)) and steps[-1] <= 300 and steps == sorted(set(steps))
    assert float(lines[1].split(",")[1]) == pytest.approx(make({}).snapshot(EVERYTHING).metadata["train_loss"])


def test_measuring_a_step_leaves_no_trace() -> None:
    trainer = make({"optimiser": "adam"})
    before = trainer.snapshot(EVERYTHING)
    assert 0 < trainer.seconds_per_step() < 0.05
    assert_same(before, trainer.snapshot(EVERYTHING))


@pytest.mark.parametrize("changes", [{"activation": "relu", "hidden_layers": [8, 3]}, {"dataset": "digits", "hidden_layers": [5]}])
def test_exported_weights_answer_as_the_run_does(changes: dict[str, Any]) -> None:
    import io

    import torch

    trainer = make(changes)
    run(trainer, 40)
    weights = torch.load(io.BytesIO(trainer.export("pytorch")[0]), weights_only=True)
    lab = trainer.trial
    hidden = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[lab.spec.activation]
    output = torch.nn.Tanh() if lab.task.output == "tanh" else torch.nn.Softmax(dim=1)
    sizes = [int(n) for n in lab.dense.first.network.sizes]
    layers: list[torch.nn.Module] = []
    for k in range(len(sizes) - 1):
        layers += [torch.nn.Linear(sizes[k], sizes[k + 1]), output if k == len(sizes) - 2 else hidden()]
    network = torch.nn.Sequential(*layers).double()
    network.load_state_dict(weights)
    inputs = lab.task.inputs[:50]
    np.testing.assert_allclose(network(torch.tensor(inputs)).detach().numpy(), lab.answers(inputs), atol=1e-12)


@pytest.mark.parametrize("name", ["first-look", "xor-with-product", "spiral", "momentum", "l1-prunes", "deep-relu", "digits"])
def test_healthy_presets_have_no_findings(name: str) -> None:
    changes = next(preset.changes for preset in EXPERIMENTS["gradient-flow"].presets if preset.name == name)
    trainer = make(changes)
    for _ in range(6):
        run(trainer, 400)
        assert trainer.snapshot(Subscription(frozenset({"layers/*"}))).metadata["health"] == []
