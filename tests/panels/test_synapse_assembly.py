"""Active circuits in the browser, before the real analysis: what is painted, pressed and played, and what it says."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from models.experiments.assembly import build
from models.specs.assembly import ADAPTER
from pages.ui.synapse_assembly import assembly_data
from tests.panels.conftest import Bench

SHORT = {"rounds": "4"}
CORE = {"source": "random", "side": "6", "shared": "0.7", "damage": "0.5", "rounds": "8"}


def answered(spec: dict[str, Any]) -> dict[str, Any]:
    """As the service answers, but for the wire."""
    try:
        result, arrays = build(ADAPTER.validate_python(spec)).analyse({}, lambda *_: None)
    except ValidationError as error:
        return {"refusal": error.errors()[0]["msg"]}
    sent = {
        name: {"shape": list(a.shape), "kind": a.dtype.str[1:], "text": b64encode(np.ascontiguousarray(a).tobytes()).decode()}
        for name, a in arrays.items()
    }
    return {"result": result, "arrays": sent}


@pytest.fixture
def opened(bench: Bench) -> Any:
    """`opened(query)` → the bench with the part on it, under a player as the page has it."""
    bench.page.expose_function("ask", answered)

    def open_with(query: dict[str, str]) -> Bench:
        bench.page.evaluate(
            """async ([data, query]) => {
            const [{ Assembly }, { Analysis, Refusal }, { Palette }, { Player }] = await Promise.all(
                ["synapse/assembly.js", "analysis.js", "colour.js", "player/player.js"].map((file) => import(`/live/${file}`)));
            Analysis.prototype.of = async (spec) => {
                const { result, arrays, refusal } = await ask(spec);
                if (refusal) throw new Refusal(refusal);
                const kinds = { u1: Uint8Array, i4: Int32Array, f4: Float32Array };
                const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
                const typed = ({ text, kind, shape }) => Object.assign(new kinds[kind](bytes(text)), { shape });
                return { result, arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, typed(array)])) };
            };
            const sheets = ["live.css", "player/tabbed.css", "synapse/assembly.css"];
            const linked = (sheet) => Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/live/${sheet}` });
            document.head.append(...sheets.map(linked));
            const room = document.querySelector("#room");
            window.player = new Player(room, { moved: (index) => window.part.moved(index), rate: 30 });
            const reload = ({ index }) => player.load(part.count, { index });
            const context = { api: "", data: { assembly: data }, colours: new Palette(room), player, changed() {}, answered() {}, reload };
            window.part = new Assembly(context);
            player.load(part.count, { index: 0 });
            part.read(query);
            room.append(part.element);
        }""",
            [assembly_data(query), query],
        )
        bench.page.wait_for_selector(".pxas[data-answered]")
        return bench

    return open_with


def text(bench: Bench, selector: str) -> str:
    found: str = bench.page.locator(selector).first.inner_text()
    return found


def test_learning_then_recall_moment_by_moment(opened):
    bench = opened({})
    assert bench.js("player.index") == bench.js("part.count - 1")
    assert text(bench, ".pxas-phase").startswith("Recall: after")
    bench.js("player.show(1)")
    assert text(bench, ".pxas-phase") == "Learning: presentation 1 of 48, pattern 1"
    assert "pattern 1, now" in text(bench, ".pxas-pattern[data-presented]")
    # θ = 27 of 75 = 0.36; both ends active: 0.64² / (25 · 0.36 · 0.64) = 0.0711; tanh at 0: error 0.8, slope 1, 0.8 / 25 = 0.0320
    assert "pre 1, post 1: (1 − 0.36) × (1 − 0.36) / 5.76 = +0.0711" in text(bench, ".px-gate-threshold")
    assert "error +0.800" in text(bench, ".px-gate-slope") and "= +0.0320" in text(bench, ".px-gate-slope")
    bench.js("player.show(48)")
    assert (
        "The last of them changed the circuit 1.00 times as much as the first, and the network 0.00552 times; from presentation 22 on"
        in text(bench, ".pxas-told")
    )
    assert "its steps go on shrinking" in text(bench, ".pxas-told") and "0.00552 times the first" in text(bench, ".px-descent")
    assert "a mean connection of +1.08 in the circuit and +0.134 in the network" in text(bench, ".pxas-told")
    assert "(within an assembly: 0.838 and 0.0417): in both no kind of pair grows more" in text(bench, ".pxas-told")


def test_a_unit_is_painted_by_pointer_and_by_keys(opened):
    bench = opened(SHORT)
    square = bench.page.locator(".pxas-paint").first
    square.click(position={"x": 60, "y": 12})  # row 1, column 3
    bench.page.wait_for_function("part.asked.patterns[0][2] === '1'")
    square.focus()
    bench.page.keyboard.press("ArrowDown")
    bench.page.keyboard.press(" ")
    bench.page.wait_for_function("part.asked.patterns[0][7] === '1'")
    assert "Row 2, column 3: active" in square.get_attribute("aria-label")
    assert bench.js("player.playing") is False  # Space painted and played nothing
    assert bench.js("part.address().patterns").startswith("1010101110")
    assert "of your own" in text(bench, ".pxp-sentence")


def test_a_pattern_keeps_its_last_unit_and_says_why(opened):
    bench = opened({**SHORT, "patterns": "1" + "0" * 24 + ",0" + "1" * 24})
    bench.page.locator(".pxas-paint").first.click(position={"x": 10, "y": 10})
    assert "at least one active and one silent unit" in text(bench, ".pxp-fault")
    assert bench.js("part.spec.patterns[0]") == "1" + "0" * 24


def test_patterns_are_added_removed_resized_and_drawn(opened):
    bench = opened(SHORT)
    press = lambda name: bench.page.get_by_role("button", name=name, exact=True).click()  # noqa: E731
    press("Add a pattern")
    bench.page.wait_for_function("part.member.length === 4")
    assert bench.page.get_by_role("button", name="Add a pattern").is_disabled()
    press("Remove pattern 1")
    press("6 × 6")
    bench.page.wait_for_function("part.member.length === 3 && part.member[0].length === 36")
    press("Draw at random")
    bench.page.wait_for_function("part.asked.source === 'random'")
    assert bench.page.get_by_role("slider", name="Shared units").is_visible()
    bench.page.locator(".pxas-paint").first.click(position={"x": 60, "y": 60})
    bench.page.wait_for_function("part.asked.source === 'own' && part.asked.patterns[0].length === 36")
    assert bench.page.locator(".pxp-fault").is_hidden()


def test_overlapping_patterns_are_told_by_what_was_measured(opened):
    bench = opened({})
    bench.page.get_by_role("button", name="Overlapping letters").click()
    bench.page.wait_for_function("part.answer.result.correlation > 0.4")
    bench.js("player.pause(), player.show(part.count - 1)")
    told = text(bench, ".pxas-told")
    circuit, network = bench.js("[part.answer.arrays.curve[0], part.answer.arrays.curve[33]]")  # overlap with no damage
    assert circuit < 0.95 < network
    assert f"kept at {circuit:.3f} by the circuit" in told and "What patterns share is added with each of them" in told
    bench.page.get_by_role("button", name="Three letters").click()
    bench.page.wait_for_function("part.answer.result.correlation < 0.1")
    assert "What patterns share is added" not in text(bench, ".pxas-told")


def test_a_connection_is_chosen_in_the_matrix_and_never_a_unit_s_own(opened):
    bench = opened(SHORT)
    before, order = bench.js("part.spec.post"), bench.js("part.order")
    bench.page.locator(".pxas-matrix").first.focus()
    for key in ("ArrowRight", "ArrowDown") * 2 + ("ArrowUp",):
        bench.page.keyboard.press(key)
        bench.page.wait_for_function("part.asked.pre === part.spec.pre && part.asked.post === part.spec.post")
        assert bench.js("part.spec.pre !== part.spec.post")
    pre, post = bench.js("[part.spec.pre, part.spec.post]")
    assert abs(order.index(post) - order.index(before)) <= 2 and (pre, post) != (0, before)
    assert f"unit {pre} → unit {post}" in text(bench, ".px-gate-threshold")
    assert bench.js("part.address().pre ?? '0'") == str(pre)


def test_a_link_opens_its_moment_and_comes_back_whole(opened):
    bench = opened({**CORE, "at": "20", "rule": "hopfield", "activation": "sigmoid"})
    assert text(bench, ".pxas-phase").startswith("Learning: presentation 20")
    held = bench.js("Object.fromEntries(Object.entries(part.address()).filter(([, text]) => text !== null))")
    assert held == {**CORE, "at": "20", "rule": "hopfield", "activation": "sigmoid"}
    # ¼ is the largest slope of the sigmoid
    assert bench.js("Math.max(...part.answer.arrays.slope.subarray(61))") == pytest.approx(0.25)


def test_numbers_and_pictures_are_taken_away(opened):
    bench = opened(SHORT)
    rows = bench.js("part.table().split('\\n')")
    assert rows[0].startswith("presentation,pattern") and len([row for row in rows if row.startswith("12,")]) == 1
    assert len(bench.js("part.panels().map(({ panel }) => panel.svg().length)")) == 12


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_at_390_pixels_nothing_scrolls_sideways(opened):
    bench = opened(CORE)
    assert bench.js("document.documentElement.scrollWidth") <= 390


def test_before_a_class_no_text_is_small(opened):
    bench = opened(SHORT)
    bench.js("document.querySelector('#room').classList.add('px-projector', 'pxp', 'px-root')")
    small = bench.js(
        """[...document.querySelectorAll('.pxas *')].filter((made) => made.offsetParent
        && [...made.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
        && parseFloat(getComputedStyle(made).fontSize) < 18).map((made) => made.className || made.tagName)"""
    )
    assert small == []
