"""Release and step in the browser, before the real analysis: what is pressed, dragged, typed and played, and what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.experiments.release import build
from models.specs.release import ADAPTER
from pages.ui.synapse_release import release_data
from tests.panels.conftest import Bench


def answered(spec: dict[str, Any]) -> dict[str, Any]:
    """As the service answers, but for the wire."""
    result, arrays = build(ADAPTER.validate_python(spec)).analyse({}, lambda *_: None)
    return {"result": result, "arrays": {name: {"shape": list(a.shape), "values": np.ravel(a).tolist()} for name, a in arrays.items()}}


@pytest.fixture
def opened(bench: Bench) -> Any:
    """`opened(query)` → the bench with the part on it, under a player as the page has it."""
    bench.page.expose_function("ask", answered)

    def open_with(query: dict[str, str]) -> Bench:
        bench.page.evaluate(
            """async ([data, query]) => {
            const [{ Release }, { Analysis }, { Palette }, { Player }] = await Promise.all(
                ["synapse/release.js", "analysis.js", "colour.js", "player/player.js"].map((file) => import(`/live/${file}`)));
            Analysis.prototype.of = async (spec) => {
                const { result, arrays } = await ask(spec);
                const typed = ({ values, shape }) => Object.assign(Float32Array.from(values), { shape });
                return { result, arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, typed(array)])) };
            };
            const sheets = ["live.css", "player/tabbed.css", "synapse/release.css"];
            const linked = (sheet) => Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/live/${sheet}` });
            document.head.append(...sheets.map(linked));
            const room = document.querySelector("#room");
            window.player = new Player(room, { moved: (index) => window.part.moved(index), rate: 30 });
            const reload = ({ index }) => player.load(part.count, { index });
            const context = { api: "", data: { release: data }, colours: new Palette(room), player, changed() {}, answered() {}, reload };
            window.part = new Release(context);
            player.load(part.count, { index: part.start });
            part.read(query);
            room.append(part.element);
        }""",
            [release_data(query), query],
        )
        bench.page.wait_for_selector(".pxre[data-answered]")
        return bench

    return open_with


def text(bench: Bench, selector: str) -> str:
    found: str = bench.page.locator(selector).inner_text()
    return found


def wait_for(bench: Bench, words: str) -> None:
    bench.page.get_by_text(words).first.wait_for()


def test_the_story_is_that_of_the_event_and_of_the_model(opened):
    bench = opened({})
    bench.js("player.show(1)")
    told = text(bench, ".pxre-told")
    # x = 1 − 0.5·e^(−50/800) = 0.530; of the 0.735 that are then lacking 1% is left after 0.8·ln 73.5 s
    assert "counts less than the first, 0.530 times" in told and "99% of its pool again after 3.44 s" in told
    assert "Under Adam the same size of gradient moves the weight as far as the first" in told
    assert "Release is transmission" in told and "it is kept" in told
    assert bench.js("part.table().split('\\n').length") == 16
    assert bench.js("part.panels().map(({ panel }) => panel.svg().length > 500)") == [True] * 6
    assert bench.js("part.panels().every(({ host }) => host.checkVisibility())")


def test_a_start_plays_itself_and_a_pause_is_felt_by_the_synapse_alone(opened):
    bench = opened({})
    bench.page.get_by_role("button", name="A pause").click()
    wait_for(bench, "The step rules saw one more event and no pause")
    assert bench.js("player.index") == 8 and bench.js("player.playing") is False
    assert "let the pool rise from 0.0594 to 0.731" in text(bench, ".pxre-told")
    assert bench.js("part.address()")["train"] == "recovery"


def test_the_handle_of_the_steady_state_is_a_slider_of_the_rate(opened):
    bench = opened({"use": "0.03", "recovery_ms": "130", "facilitation_ms": "530"})
    handle = bench.page.get_by_role("slider", name="Rate of the train")
    assert "largest at 20.8 Hz" in text(bench, ".px-steady") and "says 22.0" in text(bench, ".px-steady")
    handle.press("End")
    wait_for(bench, "At 100 Hz a spike")
    box = handle.bounding_box()
    bench.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 100)
    bench.page.mouse.down()
    bench.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 100, steps=6)
    bench.page.mouse.up()
    rate = bench.js("part.spec.rate_hz")
    assert 2 < rate < 30 and handle.get_attribute("aria-valuenow") == f"{rate:g}"
    bench.page.wait_for_function("(rate) => part.asked.rate_hz === rate", arg=rate)
    assert bench.js("player.index") == 3 and bench.js("part.address()")["rate_hz"] == f"{rate:g}"


def test_one_s_own_spikes_are_typed_and_what_is_wrong_is_said(opened):
    bench = opened({"rate_hz": "10"})
    bench.page.get_by_role("button", name="Your own spikes").click()
    field = bench.page.get_by_label("Times of your spikes, ms")
    assert field.input_value().startswith("0, 100, 200, 300")
    field.fill("0, 40, 30")
    field.press("Enter")
    wait_for(bench, "30 follows 40.")
    assert bench.js("part.count") == 15
    field.fill("0, 40, 90.5")
    field.press("Enter")
    bench.page.wait_for_function("part.answer.arrays.times.length === 3")
    assert bench.js("player.count") == 3 and bench.js("part.address()")["spikes"] == "0,40,90.5"
    assert bench.faults == []


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_nothing_stands_beyond_a_telephone_s_edge(opened):
    bench = opened({"train": "own", "spikes": "0,20,40,3000", "gradients": "surge"})
    assert bench.js("document.documentElement.scrollWidth") <= 390
    bench.js("document.querySelector('#room').classList.add('px-projector')")
    bench.js("player.show(2)")
    assert "Spike 3, at 40.0 ms" in bench.page.locator(".px-between").inner_text()
