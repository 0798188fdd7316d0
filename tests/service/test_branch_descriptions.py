"""A description of many branches is sent with every status: it must not go through every branch's states."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from models.service.opening import build_run
from models.service.run import Run
from tests.service.toy import EXPERIMENTS


def _did(run: Run, **command: Any) -> None:
    run.command(command)
    while run.goal is not None:
        run.work(math.inf)


def test_it_reads_one_state_however_many_branches_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    run = build_run(next(each for each in EXPERIMENTS.values() if each.name == "toy"), {})
    _did(run, command="step", n=60)
    for turn in range(50):
        _did(run, command="step_back", n=2)
        _did(run, command="set", values={"learning_rate": 0.2 + turn / 1000})
        _did(run, command="step", n=2)
    read: list[int] = []
    state, find = run.trainer.state, run.history.find
    monkeypatch.setattr(run.trainer, "state", lambda: (read.append(run.step), state())[1])
    monkeypatch.setattr(run.history, "find", lambda *place: (read.append(place[1]), find(*place))[1])
    branches = run.describe()["branches"]
    assert len(branches) == 51 and len(read) == 1
    assert {branch["metrics"]["step"] for branch in branches} == {60}
    assert branches[50]["change"]["values"] == {"learning_rate": pytest.approx(0.249)}


def test_a_worker_that_takes_over_knows_names_changes_and_numbers() -> None:
    """It has the journal and the heads, and none of the other branches' states."""
    experiment = next(each for each in EXPERIMENTS.values() if each.name == "toy")
    run = build_run(experiment, {})
    _did(run, command="step", n=30)
    _did(run, command="step_back", n=10)
    _did(run, command="edit", layer=1, to=0, value=2.0, **{"from": 0})
    _did(run, command="name_branch", branch=1, name="pushed")
    _did(run, command="branch", branch=0)
    other = build_run(experiment, {})
    journal = json.loads(json.dumps(run.history.journal))
    other.history.relive(journal, {str(branch.id): branch.head for branch in run.history.branches.values()})
    (_, pushed), (_, again) = (each.describe()["branches"] for each in (run, other))
    assert again == pushed
    assert (pushed["name"], pushed["change"]["value"], pushed["metrics"]["step"]) == ("pushed", 2.0, 20)


def test_a_branch_leaves_the_one_that_the_step_belongs_to() -> None:
    """Behind the fork of the branch on which the run stands lies its parent's past."""
    run = build_run(next(each for each in EXPERIMENTS.values() if each.name == "toy"), {})
    _did(run, command="step", n=60)
    for back, rate in ((20, 0.3), (30, 0.4), (40, 0.5)):  # at 40 from the first; at 30 and at 10 behind the present branch's own fork
        _did(run, command="seek", step=run.step - back, branch=None)
        _did(run, command="set", values={"learning_rate": rate})
        _did(run, command="step", n=20)
    tree = {branch.id: (branch.parent, branch.fork_step) for branch in run.history.branches.values()}
    assert all(parent is None or tree[parent][1] <= fork for parent, fork in tree.values())
    assert tree[1] == (0, 40) and tree[2] == (0, 30)
