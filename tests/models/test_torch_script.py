"""The exported script in an interpreter that knows nothing of the lab: equal answers, equal next update, for every option."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.catalog import EXPERIMENTS
from models.experiments.torch_data import as_given
from models.service.table_reader import read_table
from models.specs.gradient_flow import PLANE_FEATURES
from models.tables import Table
from models.trainer import Trainer

SHRINKING = {"regularisation": "l2", "regularisation_rate": 0.001}
ONE_UPDATE = {"batch_size": 5, "hidden_layers": [4, 3]}


def given_weights() -> str:
    """First weights of a 2-4-3-1 network."""
    return base64.urlsafe_b64encode(np.linspace(-1, 1, 31).astype("<f8").tobytes()).decode().rstrip("=")


def written(columns: str, answers: Any, reach: float = 1.0) -> str:
    """A CSV of forty rows: one column for each letter, and an answer."""
    rows = [[(7 * i * j + 3 * i + j) % 11 / 2.5 * reach for j in range(1, len(columns) + 1)] for i in range(40)]
    lines = [",".join(map(str, [*row, answers[i % len(answers)]])) for i, row in enumerate(rows)]
    return "\n".join([",".join([*columns, "größe '\"#"]), *lines])


TABLES: dict[str, Table] = {
    name: read_table(text).table
    for name, text in {
        "near": written("xy", "ab"),
        "far": written("xy", "abc", 100),
        "far numbers": written("xy", np.linspace(-7, 90, 40).tolist(), 1e3),
        "classes": written("pqrs", ["low", "high", "neither"]),
        "two classes": written("pqr", "ab", 1e5),
        "numbers": written("pqr", np.linspace(1e3, 9e3, 40).tolist()),
    }.items()
}
OPTIONS: dict[str, dict[str, Any]] = {
    **{name: {"activation": name} for name in ("relu", "tanh", "sigmoid", "linear")},
    **{name: {"initialisation": name} for name in ("uniform", "xavier", "he", "zero", "too_large")},
    **{name: {"dataset": name} for name in ("circle", "xor", "gaussians", "spiral", "digits")},
    "cross_entropy": {"loss": "cross_entropy"},
    "every feature": {"features": list(PLANE_FEATURES)},
    "no hidden layer": {"hidden_layers": []},
    "six layers": {"hidden_layers": [8] * 6},
    "noise": {"noise": 0.3},
    "momentum": {"optimiser": "momentum", "momentum": 0.5},
    "adam": {"optimiser": "adam"},
    "l1": {"regularisation": "l1", "regularisation_rate": 0.01},
    "l2": {"regularisation": "l2", "regularisation_rate": 0.01, "optimiser": "adam"},
    "noisy digits": {"dataset": "digits", "noise": 0.2, "activation": "relu", "hidden_layers": [7], **SHRINKING},
    "edited": {},
    **{name: {"dataset": name} for name in ("slope", "hills")},
    **{f"{name} in {n}": {"dataset": name, "classes": n} for name, n in (("circle", 3), ("xor", 4), ("gaussians", 5), ("spiral", 3))},
    "starter points": {"dataset": "own"},
    "drawn": {"dataset": "own", "table": "near"},
    "drawn with cross-entropy": {"dataset": "own", "table": "near", "loss": "cross_entropy", "noise": 0.2},
    "fitted classes": {"dataset": "own", "table": "far", "features": ["x", "y²", "sin x"]},
    "fitted numbers": {"dataset": "own", "table": "far numbers"},
    "table": {"dataset": "table", "table": "classes"},
    "table of two classes": {"dataset": "table", "table": "two classes", "noise": 0.3},
    "table of numbers": {"dataset": "table", "table": "numbers", **SHRINKING},
    "lanes": {"lanes": [{"optimiser": "adam"}, {"hidden_layers": [3], "learning_rate": 0.5}]},
    "given weights": {"weights": given_weights()},
    "forked": {"activation": "relu"},
    "certain": {"dataset": "gaussians", "classes": 3, "learning_rate": 0.5, "activation": "relu", "initialisation": "too_large"},
    "diverged": {"dataset": "gaussians", "classes": 3, "learning_rate": 10.0, "activation": "linear", "initialisation": "too_large"},
}  # fmt: skip
REMEMBER = ("momentum", "adam", "l2", "table of two classes", "diverged")
"""Options whose next update the script cannot know: an optimiser's past, noise that no row of a table shows, and none at all."""
CHANGES: dict[str, list[dict[str, Any]]] = {
    "edited": [
        {"command": "set", "values": {"learning_rate": 0.5}},
        {"command": "edit", "layer": 1, "to": 0, "from": 1, "value": 2.5},
        {"command": "lesion", "layer": 1, "neuron": 2, "lesioned": True},
        {"command": "lesion", "layer": 0, "neuron": 0, "lesioned": True},
        {"command": "freeze", "layer": 2, "to": 0, "from": 1, "frozen": True},
        {"command": "freeze", "layer": 3, "frozen": True},
    ],
    "forked": [{"command": "fork", "values": {"learning_rate": 0.5}}, {"command": "edit", "layer": 1, "to": 0, "from": 1, "value": -2.5}],
}
# For each script: the check that it makes itself, answers to every test input, and the weights after one update; and what one prints
# where it is run with its weights.
RUNNER = """
import contextlib, io, json, runpy, sys, torch
told = {}
for name in json.load(open("names.json")):
    script = runpy.run_path(f"{name}.py")
    script["load"](f"{name}.pt")
    given = {key: torch.tensor(values) for key, values in json.load(open(f"{name}.json")).items()}
    with torch.no_grad():
        answers = script["network"](script["features"](given["inputs"])).tolist()
    checked = script["check"]()
    targets = script["targets_of"](given["labels"]).tolist()
    script["step"](given["batch"], given["targets"])
    weights = {key: value.tolist() for key, value in script["network"].state_dict().items()}
    told[name] = {"checked": checked, "answers": answers, "targets": targets, "weights": weights, "lab": "models" in sys.modules}
sys.argv = ["edited.py", "edited.pt"]
with contextlib.redirect_stdout(io.StringIO()) as printed:
    runpy.run_path("edited.py", run_name="__main__")
told["edited"]["printed"] = printed.getvalue()
json.dump(told, open("told.json", "w"))
"""


def prepared(name: str, folder: Path) -> tuple[Trainer, dict[str, Any]]:
    """Trains a little, exports into `folder`, and returns the trainer with what the lab says of the same inputs."""
    experiment, spec = EXPERIMENTS["gradient-flow"], {**ONE_UPDATE, **OPTIONS[name]}
    if table := TABLES.get(spec.pop("table", "")):
        spec["content"] = table.content_id
    trainer = Trainer(experiment.build(experiment.validate(spec), {each.content_id: each.canonical for each in TABLES.values()}))
    trainer.advance(23, np.inf)
    for change in CHANGES.get(name, []):
        trainer.apply(change)
    lab = trainer.trial
    (folder / f"{name}.py").write_bytes(trainer.export("script")[0])
    (folder / f"{name}.pt").write_bytes(trainer.export("pytorch")[0])
    rows = lab.batches.batch(trainer.step)
    # A table's noise lies on the standardised columns, where no row of it could have it.
    shown = lab.task.points[lab.task.train :]
    given = {"inputs": as_given(lab.task, shown), "batch": as_given(lab.task, lab.task.points[rows]), "targets": lab.task.targets[rows]}
    given |= {"labels": lab.task.labels[rows] if lab.task.problem == "classes" else own_units(lab.task, lab.task.targets[rows, 0])}
    (folder / f"{name}.json").write_text(json.dumps({key: values.tolist() for key, values in given.items()}))
    return trainer, {"answers": lab.answers(lab.task.inputs_of(shown)), "targets": lab.task.targets[rows]}


def own_units(task: Any, targets: np.ndarray) -> np.ndarray:
    """Numbers as a person gave them."""
    return targets * task.scaling.get("target_scale", 1.0) + task.scaling.get("target_middle", 0.0)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Trainer, dict[str, Any], dict[str, Any]]]:
    """By option: the trainer, what the lab says, and what the script said."""
    folder = tmp_path_factory.mktemp("scripts")
    expected = {name: prepared(name, folder) for name in OPTIONS}
    (folder / "names.json").write_text(json.dumps(list(OPTIONS)))
    (folder / "runner.py").write_text(RUNNER)
    subprocess.run([sys.executable, "-I", "runner.py"], cwd=folder, check=True, timeout=120)
    said = json.loads((folder / "told.json").read_text())
    return {name: (*expected[name], said[name]) for name in OPTIONS}


@pytest.mark.parametrize("name", OPTIONS)
def test_a_fresh_interpreter_answers_as_the_lab_does(name: str, told: dict[str, Any]) -> None:
    _, lab, script = told[name]
    assert script["lab"] is False
    np.testing.assert_allclose(script["answers"], lab["answers"], atol=1e-6, rtol=0)
    assert script["checked"] < 1e-6 or name == "diverged"
    np.testing.assert_allclose(script["targets"], lab["targets"], atol=1e-9)


@pytest.mark.parametrize("name", [name for name in OPTIONS if name not in REMEMBER])
def test_its_next_update_is_the_labs(name: str, told: dict[str, Any]) -> None:
    """Where the optimiser remembers nothing, or nothing yet, both must move the weights alike."""
    trainer, _, script = told[name]
    trainer.advance(trainer.step + 1, np.inf)
    for key, values in trainer.trial.dense.first.network.state_dict().items():
        there, here = (_seen(trainer, key, np.array(weights)) for weights in (script["weights"][key], values.tolist()))
        np.testing.assert_allclose(there, here, atol=1e-6, err_msg=key)


def _seen(trainer: Trainer, key: str, values: np.ndarray) -> np.ndarray:
    """Without the weights behind switched-off neurons: the script holds them at nought, the lab where they were."""
    network = trainer.trial.dense.first.network
    position, kind = key.split(".")
    return values * network.alive[network.unit_slice(int(position) // 2)] if kind == "weight" else values


def test_the_script_says_what_it_is(told: dict[str, Any]) -> None:
    trainer, _, script = told["edited"]
    source = trainer.export("script")[0].decode()
    assert "4-3-1" in source.splitlines()[0] and "lr=0.5" in source and "FROZEN" in source and "LESIONED" in source
    compile(source, "script", "exec")
    assert "largest difference from the lab" in script["printed"]
