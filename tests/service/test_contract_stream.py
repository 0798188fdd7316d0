"""The socket: frames on credit, commands, and who may what, on every backend."""

from __future__ import annotations

import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.service.conftest import Served


def test_hello_then_status_then_one_frame_while_paused(server: Served) -> None:
    run = server.start("gradient-flow")
    with server.socket(run) as socket:
        hello = socket.text("hello")["hello"]
        assert (hello["run_id"], hello["control"], hello["taken"], hello["protocol"]) == (run, True, False, 1)
        assert hello["spec"]["hidden_layers"] == [4, 2]
        assert socket.text("status")["status"] == "paused"
        socket.send(subscribe=["*/weight", "layers/*"], max_fps=60)
        arrays, meta = socket.frame()
        assert arrays["2/weight"].shape == (2, 4) and "1/field" not in arrays
        assert {
            "protocol",
            "sequence",
            "branch",
            "step",
            "epoch",
            "head",
            "status",
            "train_loss",
            "steps_per_second",
            "thinned_before",
        } <= meta.keys()
        assert socket.silent(0.3), "while paused nothing is computed"


def test_focus_and_a_new_subscription_while_paused_give_one_fresh_frame(server: Served) -> None:
    run = server.start("gradient-flow")
    with server.socket(run) as socket:
        socket.send(subscribe=["*/bias"])
        socket.frame()
        socket.send(subscribe=["*/bias"], focus={"layer": 1, "to": 0, "from": 1})
        assert "focus/weight" in socket.frame()[0]
        socket.send(subscribe=["*/bias"], focus=None)
        assert "focus/weight" not in socket.frame()[0]


def test_two_frames_in_flight_and_then_only_the_newest(server: Served) -> None:
    run = server.start(play=True)
    with server.socket(run) as socket:
        socket.send(subscribe=["all"])
        sequences = [socket.frame(acknowledge=False)[1]["sequence"] for _ in range(2)]
        assert socket.silent(0.3)
        step = server.describe(run)["step"]
        socket.send(ack=sequences[0])
        assert socket.frame(acknowledge=False)[1]["step"] >= step - 1, "a slow viewer gets what is new, not a queue"


def test_frames_come_no_oftener_than_asked(server: Served) -> None:
    run = server.start(play=True)
    with server.socket(run) as socket:
        socket.send(subscribe=["all"], max_fps=20)
        begun, frames, last = time.monotonic(), 0, -1
        while time.monotonic() - begun < 1.0:
            meta = socket.frame()[1]
            assert meta["sequence"] > last
            last, frames = meta["sequence"], frames + 1
    assert 2 <= frames <= 24


def test_a_hidden_tab_gets_nothing_and_its_run_goes_on(server: Served) -> None:
    run = server.start(play=True)
    with server.socket(run) as socket:
        socket.send(subscribe=["all"])
        before = socket.frame()[1]["step"]
        socket.send(subscribe=[])
        socket.silent(0.1)
        assert socket.silent(0.3)
        assert server.describe(run)["step"] > before


def test_commands_are_answered_and_followed_by_a_frame(server: Served) -> None:
    run = server.start(play=True)
    with server.socket(run) as socket:
        socket.send(subscribe=["all"])
        socket.frame()
        assert socket.command("set", values={"learning_rate": 0.02})["ok"]
        rates = [socket.frame()[1]["settings"]["learning_rate"] for _ in range(4)]
        assert rates[-1] == 0.02, "frames that were under way when it was answered may come first"
        assert socket.command("pause")["status"] == "paused"
        assert socket.command("step", n=3)["ok"]


def test_a_step_while_paused_is_shown(server: Served) -> None:
    run = server.start()
    with server.socket(run) as socket:
        socket.send(subscribe=["all"])
        assert socket.frame()[1]["step"] == 0
        assert socket.command("step", n=3)["step"] == 3
        shown = [socket.frame()[1]["step"]]
        while shown[-1] < 3:  # a slow machine may show steps on the way
            shown.append(socket.frame()[1]["step"])
        assert shown == sorted(set(shown)) and shown[-1] == 3
        socket.command("step_back")
        assert socket.frame()[1]["step"] == 2


@pytest.mark.parametrize(
    "message",
    [
        "not json", "[1,2]", "{}", '{"a":NaN}', "[" * 50_000, b"\x00\x01",
        '{"subscribe":"all"}', '{"subscribe":[1]}', '{"subscribe":["all"],"max_fps":0}', '{"subscribe":["all"],"focus":{"layer":1}}',
        '{"subscribe":["all"],"focus":{"layer":1,"to":99,"from":null}}', '{"ack":"x"}',
        '{"command":"play","request":"x"}', '{"command":"fly"}', '{"command":7}',
    ],
)  # fmt: skip
def test_malformed_messages_get_a_sentence_and_the_socket_stays_usable(server: Served, message) -> None:
    run = server.start()
    with server.socket(run) as socket:
        socket.text("hello")
        socket.connection.send(message)
        answer = socket.text("error")
        assert answer["error"].endswith(".") and answer["code"] in (422, 409)
        socket.send(subscribe=["all"], focus=None)
        assert socket.frame()[1]["step"] == 0
        assert socket.command("step")["step"] == 1


def test_an_illegal_command_gets_its_code(server: Served) -> None:
    run = server.start(stop_steps=1)
    with server.socket(run) as socket:
        socket.command("step")
        reply = socket.command("play")
        assert (reply["ok"], reply["code"]) == (False, 409) and reply["error"].endswith(".")


def test_a_watch_id_watches_and_cannot_control(server: Served) -> None:
    started = server.client.post("/runs", json={"experiment": "toy", "play": True}).json()
    server.started.append(started["run_id"])
    with server.socket(started["watch_id"]) as socket:
        hello = socket.text("hello")["hello"]
        assert hello["control"] is False and "run_id" not in hello and started["run_id"] not in str(hello)
        socket.send(subscribe=["all"])
        assert socket.frame()[1]["sequence"] > 0
        reply = socket.command("pause")
        assert (reply["ok"], reply["code"]) == (False, 403)
        assert server.describe(started["run_id"])["status"] == "playing"


def test_an_unknown_run_is_gone_and_a_foreign_origin_is_not_let_in(server: Served) -> None:
    with server.socket("guessed") as socket:
        assert socket.text("status")["status"] == "gone"
        with pytest.raises(ConnectionClosed) as closed:
            socket.connection.recv(timeout=5)
        assert closed.value.rcvd.code == 4404
    run = server.start()
    with pytest.raises(InvalidStatus), server.socket(run, origin="https://evil.example"):
        pass


def test_ending_a_run_tells_its_viewers(server: Served) -> None:
    run = server.start()
    with server.socket(run) as socket:
        socket.text("hello")
        server.client.delete(f"/runs/{run}")
        while socket.text("status")["status"] != "gone":
            pass


def test_a_duplicated_tab_is_told_that_the_run_is_taken(server: Served) -> None:
    run = server.start()
    with server.socket(run, "?tab=first") as first:
        assert first.text("hello")["hello"]["taken"] is False
        with server.socket(run, "?tab=second") as second:
            assert second.text("hello")["hello"]["taken"] is True
    time.sleep(0.1)
    with server.socket(run, "?tab=third") as third:
        assert third.text("hello")["hello"]["taken"] is False


def test_one_frame_is_shared_by_all_viewers_of_a_subscription(server: Served) -> None:
    run = server.start()
    with server.socket(run) as one, server.socket(run) as two, server.socket(run) as three:
        for socket in (one, two, three):
            socket.send(subscribe=["all"])
            socket.frame()
        one.command("step")
        frames = []
        for socket in (one, two, three):
            while (meta := socket.frame()[1])["step"] != 1:
                pass
            frames.append(meta["sequence"])
        assert len(set(frames)) == 1
