"""What a run promises about its past, on every backend."""

from __future__ import annotations

from typing import Any

import pytest

from models.service import codec
from tests.service.conftest import Served

DENSE = {"hidden_layers": [4, 2], "optimiser": "adam", "learning_rate": 0.01}


def test_steps_and_goes_back(server: Served) -> None:
    run = server.start()
    assert server.command(run, "step", n=30)["step"] == 30
    at_30 = server.state(run)
    assert server.command(run, "step_back", n=12)["step"] == 18
    assert server.command(run, "step", n=12)["step"] == 30
    assert server.state(run) == at_30


@pytest.mark.parametrize(
    ("experiment", "spec", "place"),
    [("toy", {}, {"layer": 1, "to": 2, "from": 0}), ("gradient-flow", DENSE, {"layer": 2, "to": 1, "from": 3})],
)
def test_back_and_forth_is_bit_equal_with_adam_and_an_edit_between(server: Served, experiment, spec, place) -> None:
    run = server.start(experiment, **spec)
    server.command(run, "step", n=40)
    server.command(run, "edit", value=0.75, **place)
    server.command(run, "set", values={"learning_rate": 0.03})
    server.command(run, "step", n=25)
    before = server.state(run)
    for back in (1, 7, 25, 26, 60, 65):
        assert server.command(run, "step_back", n=back)["step"] == 65 - back
        answer = server.command(run, "step", n=back)
        assert (answer["step"], answer["status"], answer["branch"], answer["head"]) == (65, "paused", 0, 65)
        assert server.state(run) == before


def test_replays_after_playing(server: Served) -> None:
    run = server.start("gradient-flow", play=True, **DENSE)
    with server.socket(run) as socket:
        socket.send(subscribe=["*/weight"])
        for _ in range(10):
            socket.frame()
    end = server.command(run, "pause")["step"]
    before = server.state(run)
    assert end > 10
    server.command(run, "seek", step=end // 3)
    server.command(run, "seek", step=end)
    assert server.state(run) == before


def test_reset_gives_the_identical_start(server: Served) -> None:
    run = server.start("gradient-flow", **DENSE)
    first = server.state(run)
    server.command(run, "step", n=100)
    assert server.command(run, "reset")["step"] == 0
    assert server.state(run) == first
    assert server.state(server.start("gradient-flow", **DENSE)) == first


def test_a_change_behind_the_head_opens_a_branch_and_the_old_one_stays(server: Served) -> None:
    run = server.start()
    server.command(run, "step", n=20)
    old = server.state(run)
    server.command(run, "step_back", n=10)
    answer = server.command(run, "edit", layer=1, to=0, value=3.0, **{"from": 0})
    assert (answer["branch"], answer["head"]) == (1, 10)
    server.command(run, "step", n=10)
    assert server.state(run) != old
    first, second = server.describe(run)["branches"]
    nameless = {"head": 20, "name": None, "metrics": None}
    assert {**first, "metrics": None} == {"id": 0, "parent": None, "fork_step": 0, "change": None, **nameless}
    edit = {"command": "edit", "layer": 1, "to": 0, "from": 0, "value": 3.0}
    assert {**second, "metrics": None} == {"id": 1, "parent": 0, "fork_step": 10, "change": edit, **nameless}
    assert first["metrics"]["step"] == 20 and first["metrics"]["test_loss"] > 0
    assert server.command(run, "branch", branch=0)["step"] == 20
    assert server.state(run) == old
    assert server.command(run, "seek", step=15, branch=1)["branch"] == 1


def test_branches_are_named_and_compared_and_the_name_is_saved(server: Served) -> None:
    run = server.start("gradient-flow")
    server.command(run, "step", n=20)
    server.command(run, "step_back", n=10)
    server.command(run, "set", values={"learning_rate": 0.5})
    server.command(run, "step", n=30)
    server.command(run, "name_branch", branch=0, name="the slow\x07 one ")
    assert server.refused(run, "name_branch", branch=7, name="x").status_code == 422
    assert server.refused(run, "name_branch", branch=0, name="x" * 41).status_code == 422
    assert [branch["name"] for branch in server.describe(run)["branches"]] == ["the slow  one", None]
    slow, fast = (server.client.get(f"/runs/{run}/branches/{branch}/curves").json() for branch in (0, 1))
    assert slow["step"] == list(range(21)) and fast["step"][:11] == list(range(11)) and fast["step"][-1] == 40
    assert slow["test_loss"][:11] == fast["test_loss"][:11] and slow["test_loss"][20] > fast["test_loss"][20]
    assert server.client.get(f"/runs/{run}/branches/7/curves").status_code == 422
    saved = server.client.get(f"/runs/{run}/export").content
    opened = server.client.post("/runs/open", files={"file": ("run.safetensors", saved)}).json()
    server.started.append(opened["run_id"])
    assert [branch["name"] for branch in server.describe(opened["run_id"])["branches"]] == ["the slow  one", None]


def test_what_was_measured_on_a_branch_outlives_its_states(server: Served) -> None:
    """Going back tells no less of a branch than its head did; Save and Open lose the other branches' states, not their numbers."""
    run = server.start("gradient-flow")
    server.command(run, "step", n=30)
    server.command(run, "step_back", n=20)
    server.command(run, "set", values={"learning_rate": 0.5})
    server.command(run, "step", n=5)
    server.command(run, "undo")
    server.command(run, "step_back", n=3)
    server.command(run, "undo")
    told = server.describe(run)["branches"]
    assert [branch["metrics"]["step"] for branch in told] == [30, 15, 12]
    assert [branch["change"] and branch["change"].get("undoes") for branch in told] == [None, None, True]
    assert told[2]["change"]["values"] == {"learning_rate": 0.03}
    curves = [server.client.get(f"/runs/{run}/branches/{branch}/curves").json() for branch in range(3)]
    assert [one["test_loss"][-1] for one in curves] == [branch["metrics"]["test_loss"] for branch in told]
    saved = server.client.get(f"/runs/{run}/export").content
    opened = server.client.post("/runs/open", files={"file": ("run.safetensors", saved)}).json()["run_id"]
    server.started.append(opened)
    again = server.describe(opened)["branches"]
    assert again == told
    server.command(opened, "branch", branch=1)
    assert server.client.get(f"/runs/{opened}/branches/1/curves").json() == curves[1]


def test_a_fork_into_a_second_lane_is_a_change_like_any_other(server: Served) -> None:
    run = server.start("gradient-flow")
    server.command(run, "step", n=20)
    server.command(run, "step_back", n=10)
    assert server.command(run, "fork", values={"learning_rate": 0.3})["branch"] == 1
    server.command(run, "step", n=20)
    assert server.describe(run)["branches"][1]["change"] == {"command": "fork", "values": {"learning_rate": 0.3}}
    raced = server.state(run)
    saved = server.client.get(f"/runs/{run}/export").content
    server.command(run, "step_back", n=25)
    assert len(server.describe(run)["metrics"]["lanes"]) == 1
    server.command(run, "step", n=25)
    assert server.state(run) == raced
    opened = server.client.post("/runs/open", files={"file": ("run.safetensors", saved)}).json()["run_id"]
    server.started.append(opened)
    assert server.state(opened) == raced
    for each in (run, opened):
        server.command(each, "undo")
        server.command(each, "step", n=7)
        assert [lane["lane"] for lane in server.describe(each)["metrics"]["lanes"]] == [1]
    assert server.state(run) == server.state(opened)


def test_own_data_go_with_the_run_and_with_its_file(server: Served) -> None:
    points = "\n".join(f"{i % 7 - 3},{i % 5 - 2},{'in' if i % 7 in (2, 3, 4) else 'out'}" for i in range(60))
    table = server.client.post("/tables", content=points, headers={"Content-Type": "text/csv"})
    assert table.status_code == 201 and table.json()["classes"] == ["out", "in"]
    content = table.json()["content_id"]
    assert server.client.get(f"/tables/{content}").json()["rows"][:2] == [[-3.0, -2.0], [-2.0, -1.0]]
    run = server.start("gradient-flow", dataset="own", content=content)
    server.command(run, "step", n=30)
    saved, before = server.client.get(f"/runs/{run}/export").content, server.state(run)
    server.service.supervisor.materials._kept.clear()
    assert server.client.get(f"/tables/{content}").status_code == 200  # a run learns from it
    server.start("gradient-flow", dataset="own", content=content)
    for each in server.started:
        server.client.delete(f"/runs/{each}")
    refused = server.client.post("/runs", json={"experiment": "gradient-flow", "spec": {"dataset": "own", "content": content}})
    assert refused.status_code == 422 and refused.json()["field"] == "content"
    server.start("gradient-flow", dataset="circle", content=content)  # data that a run does not use do not stop it
    opened = server.client.post("/runs/open", files={"file": ("run.safetensors", saved)}).json()["run_id"]
    server.started.append(opened)
    assert server.state(opened) == before
    server.command(opened, "step", n=10)
    again = server.start("gradient-flow", dataset="own", content=content)
    server.command(again, "step", n=40)
    assert server.state(again) == server.state(opened)
    assert server.client.get(f"/tables/{content}").status_code == 200


@pytest.mark.parametrize(
    ("send", "status"),
    [
        ({"content": "1,2,a\n1,x,b\n", "headers": {"Content-Type": "text/csv"}}, 422),
        ({"content": b"1,2\n" * 502_000, "headers": {"Content-Type": "text/csv"}}, 413),
        ({"files": {"file": ("../../etc/passwd", b"1,2,a\n1,3,b\n1,2,a\n1,3,b\n")}}, 201),
        ({"json": {"columns": ["x", "y"], "label": "class", "rows": [[1, 2]] * 4, "targets": ["1", "2", "1", "2"]}}, 201),
        ({"json": {"columns": ["x", "y"], "label": "class", "rows": [[1, 2]] * 3, "targets": ["1", "2", "1"]}}, 422),
        ({"json": {"rows": 3}}, 422),
        ({"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}, 422),
    ],
)
def test_tables_over_http_are_taken_or_refused_in_a_sentence(server: Served, send: dict[str, Any], status: int) -> None:
    answer = server.client.post("/tables", **send)
    assert answer.status_code == status, answer.text
    if status != 201:
        assert answer.json()["error"].endswith((".", "…")) and answer.json()["field"] == "table"


def test_nested_branches_keep_their_own_past(server: Served) -> None:
    run = server.start()
    places = {}
    server.command(run, "step", n=10)
    server.command(run, "edit", layer=1, to=0, value=1.0, **{"from": 0})
    server.command(run, "step", n=10)
    for branch, back in ((1, 5), (2, 12), (3, 3)):
        server.command(run, "step_back", n=back)
        assert server.command(run, "set", values={"learning_rate": 0.1 * (branch + 1)})["branch"] == branch
        server.command(run, "step", n=9)
        places[branch] = (server.describe(run)["step"], server.state(run))
    for branch in (1, 3, 2, 1):
        assert server.command(run, "branch", branch=branch)["step"] == places[branch][0]
        assert server.state(run) == places[branch][1]


def test_undo_is_a_change_of_its_own_and_undoes_one_after_another(server: Served) -> None:
    run = server.start()
    start = server.state(run)
    for rate in (0.2, 0.3):
        server.command(run, "set", values={"learning_rate": rate})
    server.command(run, "edit", layer=1, to=1, value=9.0, **{"from": 0})
    rates = []
    for _ in range(3):
        server.command(run, "undo")
        rates.append(server.describe(run)["metrics"]["settings"]["learning_rate"])
    assert rates == [0.3, 0.2, 0.1]
    assert server.state(run) == start
    assert "nothing to undo" in server.refused(run, "undo").json()["error"]


def test_seek_refuses_what_was_not_reached_with_the_bound(server: Served) -> None:
    run = server.start()
    server.command(run, "step", n=20)
    refused = server.refused(run, "seek", step=21)
    assert (refused.status_code, refused.json()["field"]) == (422, "step")
    assert "20" in refused.json()["error"]
    assert server.refused(run, "seek", step=0, branch=4).json()["field"] == "branch"


def test_saved_and_opened_runs_go_on_bit_equal_with_their_history(server: Served) -> None:
    run = server.start("gradient-flow", **DENSE)
    server.command(run, "step", n=15)
    server.command(run, "edit", layer=1, to=0, value=0.5, **{"from": 1})
    server.command(run, "step", n=15)
    at_30 = server.state(run)
    saved = server.client.get(f"/runs/{run}/export?format=safetensors")
    assert "gradient-flow-step-30.safetensors" in saved.headers["content-disposition"]
    answer = server.client.post("/runs/open", files={"file": ("run.safetensors", saved.content)})
    assert answer.status_code == 201, answer.text
    opened = answer.json()["run_id"]
    server.started.append(opened)
    assert server.state(opened) == at_30
    for each in (run, opened):
        server.command(each, "step", n=10)
    assert server.state(opened) == server.state(run)
    server.command(opened, "seek", step=30)
    assert server.state(opened) == at_30


def test_a_fork_has_the_same_state_and_history_and_a_life_of_its_own(server: Served) -> None:
    run = server.start()
    server.command(run, "step", n=12)
    server.command(run, "set", values={"learning_rate": 0.5})
    answer = server.client.post(f"/runs/{run}/fork")
    assert answer.status_code == 201
    fork = answer.json()["run_id"]
    server.started.append(fork)
    assert fork != run and server.state(fork) == server.state(run)
    server.command(fork, "undo")
    server.command(fork, "step", n=5)
    assert server.describe(run)["step"] == 12
    assert server.command(fork, "step_back", n=10)["step"] == 7


@pytest.mark.parametrize(
    "damage", ["cut", "not_safetensors", "shape", "missing_array", "settings", "spec", "journal", "measured", "state_only"]
)
def test_damaged_files_are_refused_in_a_sentence(server: Served, damage: str) -> None:
    run = server.start()
    server.command(run, "step", n=3)
    saved = server.client.get(f"/runs/{run}/export").content
    arrays, meta = codec.decode(saved)
    name = next(name for name in arrays if name.endswith("parameters"))
    if damage == "shape":
        arrays[name] = arrays[name][:2]
    elif damage == "missing_array":
        del arrays[name]
    elif damage == "settings":
        meta["state"]["settings"]["trial"] = {"surprise": 1}
    elif damage == "spec":
        meta["spec"]["size"] = 10_000
    elif damage == "journal":
        meta["journal"] = [["branch", 1, 7, 0]]
    elif damage == "measured":
        meta["journal"] = [["measured", 0, {"step": 1, "test_loss": "low"}]]
    elif damage == "state_only":
        meta = {"state": meta["state"]}
    body = {"cut": saved[: len(saved) // 2], "not_safetensors": b"\x80\x04pickle" * 30}.get(damage) or codec.encode(arrays, meta)
    answer = server.client.post("/runs/open", files={"file": ("run.safetensors", body)})
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".") and answer.json()["field"]
