"""Spike timing in the browser, without a service: the handle of Δt, drawn spikes, a question, recorded points, and a tab that breaks."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.panels.conftest import Bench

MODULES: Final = """
    const load = (file) => import(`/live/${file}.js`);
    const parts = ["curve", "frequency", "spikes", "question"].map((part) => `synapse/protocol_${part}`);
    const [{ Palette }, tabbed, curve, frequency, spikes, question] = await Promise.all(["colour", "player/tabbed", ...parts].map(load));
    const room = document.querySelector("#room");
    room.className = "px-root";
    const context = { colours: new Palette(room), player: null };
"""


@pytest.fixture
def curve(bench: Bench) -> Bench:
    """The curve over Δt of a made-up model, ten per cent up for pre first and twenty down for post first."""
    bench.page.add_style_tag(url="/live/synapse/protocol.css")
    bench.page.evaluate(
        f"""async () => {{ {MODULES}
        window.chosen = [];
        window.curve = new curve.Curve(context, (delta) => window.chosen.push(delta));
        room.append(window.curve.element);
        const delta_ms = Float32Array.from({{ length: 41 }}, (_, i) => 5 * i - 100);
        const change = delta_ms.map((delta) => (delta > 0 ? 0.1 : -0.2));
        window.curve.place(10, true);
        const result = {{ models: [{{ name: "pair" }}], pairs: 60, bursts: 1, rate_hz: 1, sentences: [] }};
        window.curve.answered({{ arrays: {{ delta_ms, "pair/change": change }}, result }}, true);
    }}"""
    )
    return bench


def test_the_interval_is_dragged_and_moved_by_keys(curve: Bench):
    handle = curve.page.get_by_role("slider", name="Interval Δt")
    box = handle.bounding_box()
    ten = curve.js("() => (curve.chart.box.right - curve.chart.box.left) / 20")  # px for 10 ms
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    curve.page.mouse.move(x, y)
    curve.page.mouse.down()
    curve.page.mouse.move(x - 3 * ten, y, steps=4)
    curve.page.mouse.up()
    assert curve.js("() => chosen.at(-1)") == -20 and handle.get_attribute("aria-valuetext") == "−20.0 ms"
    handle.press("ArrowRight")
    handle.press("Shift+ArrowRight")
    handle.press("End")
    handle.press("End")  # at its end it says nothing again
    assert curve.js("() => chosen.slice(-3)") == [-19, -9, 100]
    curve.js("() => curve.place(10, false, 'this protocol has no single Δt')")
    assert not handle.is_visible() and "no single Δt" in curve.page.locator(".px-stdp .px-note").first.inner_text()


def test_the_curve_draws_itself_point_by_point(curve: Bench):
    assert curve.js("() => curve.says(0)") == "Δt −100 ms: pair −20%" and curve.js("() => curve.says(40)") == "Δt +100 ms: pair +10%"
    whole = curve.js("() => curve.chart.svg()")
    curve.js("() => curve.upTo(20)")
    half = curve.js("() => curve.chart.svg()")
    assert len(half) < len(whole) and half.count("<circle") + half.count("a3.5") > whole.count("<circle") + whole.count("a3.5")


def test_spikes_are_drawn_by_pointer_and_by_keys_and_their_number_is_bounded(bench: Bench):
    bench.page.evaluate(
        f"""async () => {{ {MODULES}
        window.spikes = new spikes.Spikes(context, (given) => {{ window.given = given; }});
        room.append(window.spikes.element);
        window.spikes.fit({{ pre_ms: [50], post_ms: [] }});
    }}"""
    )
    lane = bench.page.get_by_role("slider", name="Presynaptic spikes, at this time")
    lane.press("Home")
    for _ in range(20):
        lane.press("ArrowRight")
    lane.press("Enter")
    assert bench.js("() => given.pre_ms") == [20, 50] and "a spike" in lane.get_attribute("aria-valuetext")
    box = lane.bounding_box()
    lane.click(position={"x": 46 + (box["width"] - 92) / 4, "y": 20})  # on the spike at 50 of 200 ms
    assert bench.js("() => given.pre_ms") == [20]
    bench.js("() => spikes.fit({ pre_ms: Array.from({ length: 500 }, (_, i) => i / 10), post_ms: [] })")
    lane.press("End")
    lane.press("Enter")
    assert bench.js("() => spikes.times.pre.length") == 500
    assert "at most 500 spikes" in bench.page.locator(".px-own-spikes [role=status]").inner_text()


PREDICTION: Final[dict[str, Any]] = {
    "question": "Which way?",
    "choices": [
        {"text": "Up", "when": {"measure": "pair", "at_least": 0.02}, "because": ""},
        {"text": "Down", "when": {"otherwise": True}, "because": "It is late."},
    ],
    "found": "It moves by {pair}.",
}


def test_a_question_is_judged_by_the_answer_at_the_end(bench: Bench):
    bench.page.evaluate(
        f"""async (prediction) => {{ {MODULES}
        window.changes = 0;
        window.question = new question.Question(() => window.changes++);
        room.append(window.question.element);
        window.question.ask(prediction);
        window.question.measured({{ pair: -0.25 }});
    }}""",
        PREDICTION,
    )
    text = bench.page.locator(".px-predict")
    assert bench.js("() => question.open") and "−25%" not in text.inner_text()
    bench.page.get_by_role("radio").first.click()
    assert "You said A" in text.inner_text() and "Down”" not in text.inner_text()
    bench.js("() => question.reveal()")
    assert "You said A; it is B: “Down”." in text.inner_text() and "It moves by −25%. It is late." in text.inner_text()
    assert not bench.js("() => question.open") and bench.js("() => changes") == 2
    bench.js("() => question.ask(null)")
    assert not text.is_visible()


def test_recorded_points_are_laid_over_and_compared(bench: Bench):
    """A model that gives every recorded mean lies within two standard errors of all of them; one that never moves does not."""
    means = ((10, 10, 0.14), (50, 10, 0.56), (10, -10, -0.41), (50, -10, 0.75))  # Sjöström and others 2001, with one error for all
    recorded = [{"frequency_hz": hz, "delta_ms": delta, "mean": mean, "standard_error": 0.1} for hz, delta, mean in means]
    bench.page.evaluate(
        f"""async (recorded) => {{ {MODULES}
        window.part = new frequency.Frequency(context, {{ recorded, badges: {{}} }}, {{ train: "bursts", data: false }}, () => {{}});
        room.append(window.part.element);
        const triplet = Float32Array.of(0.14, 0.56, -0.41, 0.75);
        const arrays = {{ frequency_hz: Float32Array.of(10, 50), "triplet/change": triplet, "pair/change": new Float32Array(4) }};
        window.part.answered({{ arrays, result: {{ models: [{{ name: "pair" }}, {{ name: "triplet" }}] }} }});
    }}""",
        recorded,
    )
    story = bench.page.locator(".px-frequency .pxp-story")
    assert "pair 1 of 4; triplet 4 of 4" in story.inner_text()  # nothing lies within two errors of 0.14 alone
    assert "both orders strengthened (+56% to +75%)" in story.inner_text() and "weakened (−41% to −41%)" in story.inner_text()
    before = bench.js("() => part.charts[1].svg().length")
    bench.page.get_by_label("Overlay the data").check()
    assert bench.js("() => part.charts[1].svg().length") > before


def test_a_steep_step_is_drawn_no_higher_than_its_data(bench: Bench):
    """A mitre at so sharp a peak would stand several pixels above it."""
    top = bench.page.evaluate(
        f"""async () => {{ {MODULES}
        const {{ Strips }} = await load("synapse/protocol_strips");
        const strips = new Strips(context, "Steps");
        room.append(strips.element);
        const line = {{ x: [0, 49, 50, 51, 100], y: [0.2, 0.2, 0.6, 0.2, 0.2], colour: "rgb(255,0,0)", label: "" }};
        const axis = {{ low: 0, high: 100, ticks: [], label: "" }};
        strips.show([{{ title: "", height: 136, low: 0, high: 1, ticks: [], lines: [line] }}], axis);
        strips.surface.resize(true);
        const {{ width, height }} = strips.element;
        const {{ data }} = strips.surface.pen.getImageData(0, 0, width, height);
        const first = Array.from({{ length: width * height }}, (_, i) => i).find((i) => data[4 * i] > 150 && data[4 * i + 3] > 120);
        return Math.floor(first / width) / strips.surface.view.ratio;
    }}"""
    )
    peak = 2.2 * 12 + 2 + 136 * 0.4
    assert peak - 2 <= top <= peak + 1


def test_names_stand_where_their_curves_are_apart(bench: Bench):
    """Two curves that coincide left of 0 are named on the right of it, and neither lies over the other."""
    areas = bench.page.evaluate(
        f"""async () => {{ {MODULES}
        const {{ Names }} = await load("synapse/protocol_names");
        const written = [];
        const measureText = (text) => ({{ width: 7 * text.length }});
        const pen = {{ measureText, fillRect() {{}}, fillText: (...given) => written.push(given) }};
        const view = {{ text: 12, font: "serif", colours: context.colours }};
        const x = Array.from({{ length: 41 }}, (_, i) => 5 * i - 100);
        const one = {{ name: "one", label: "one", x, y: x.map((at) => (at > 0 ? 40 : -40)) }};
        const two = {{ name: "two", label: "two", x, y: x.map((at) => (at > 0 ? 5 : -40)) }};
        const place = (h, v) => [3 * (h + 100), 100 - v];
        new Names().draw(pen, view, {{ left: 0, right: 600, top: 0, bottom: 200 }}, place, [one, two]);
        return written;
    }}"""
    )
    assert [name for name, _, _ in areas] == ["one", "two"]
    assert all(across > 300 for _, across, _ in areas)
    assert abs(areas[0][2] - 60) < 20 and abs(areas[1][2] - 95) < 20 and abs(areas[0][2] - areas[1][2]) > 13


def test_a_tab_that_is_missing_or_breaks_leaves_a_sentence_and_the_others_work(bench: Bench):
    bench.page.evaluate(
        f"""async () => {{ {MODULES}
        class Part {{
            constructor() {{
                Object.assign(this, {{ element: document.createElement("p"), count: 3, seen: [] }});
                this.element.textContent = "here";
            }}
            moved(index) {{ this.seen.push(index); }}
            says(index) {{ return `moment ${{index}}`; }}
            address() {{ return {{ own: "7", other: null }}; }}
            table() {{ return null; }}
            destroy() {{}}
        }}
        const tabs = [
            {{ name: "good", title: "Good", noun: "moment", load: async () => Part }},
            {{ name: "gone", title: "Gone", noun: "moment", load: () => import("/live/synapse/none.js") }},
            {{ name: "broken", title: "Broken", noun: "moment", load: async () => function () {{ throw new Error("broken"); }} }},
        ];
        const data = {{ api: "", opened: {{ tab: "gone", query: {{}}, faults: [] }} }};
        window.view = new tabbed.TabbedView(room, data, {{ title: "T", stem: "t", tabs, names: ["stale"] }});
        history.replaceState(null, "", "?stale=1&kept=2");
    }}"""
    )
    notice = bench.page.locator(".pxp-notice")
    notice.wait_for()
    assert "could not be loaded" in notice.inner_text()
    bench.page.get_by_role("tab", name="Broken").click()
    bench.page.wait_for_function("() => view.tab.name === 'broken' && !view.notice.hidden")
    bench.page.get_by_role("tab", name="Good").click()
    bench.page.get_by_text("here").wait_for()
    assert not notice.is_visible()
    bench.page.get_by_role("button", name="Step", exact=True).click()
    assert bench.js("() => view.part.seen.at(-1)") == 1
    bench.page.wait_for_function("() => location.search === '?kept=2&own=7'")
