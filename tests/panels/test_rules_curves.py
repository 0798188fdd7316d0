"""Curves, angles and features of the learning rules, on numbers that the test knows."""

from __future__ import annotations

import itertools
import math

import pytest

from tests.panels.conftest import Bench
from tests.panels.lanes import CURVES, draw, start, texts


def told(bench: Bench, lane: int) -> list[str]:
    return texts(bench, f".px-curves-table tr[data-lane='{lane}'] td:not([colspan])")


def test_a_cursor_tells_the_values_at_a_measured_update_and_at_compute_seconds(bench: Bench) -> None:
    start(bench, "curves")
    draw(bench, curves=CURVES)
    assert texts(bench, ".px-curves-table caption") == ["now"]
    assert told(bench, 1) == ["0.100", "97.0%"]
    assert told(bench, 2) == ["–", "–"]  # not measured yet
    bench.page.locator(".px-curves canvas").first.focus()
    bench.page.keyboard.press("ArrowLeft")
    assert texts(bench, ".px-curves-table caption") == ["at update 10"]
    assert (told(bench, 1), told(bench, 4)) == (["1.00", "80.0%"], ["1.50", "60.0%"])
    bench.page.keyboard.press("Escape")
    assert texts(bench, ".px-curves-table caption") == ["now"]
    bench.page.get_by_role("button", name="Seconds").click()
    bench.page.locator(".px-curves canvas").first.focus()
    bench.page.keyboard.press("ArrowLeft")
    # At 0.01 s lane 1 had made 10 updates; the control, half as dear, was measured last at 0.005 s.
    assert texts(bench, ".px-curves-table caption") == ["at 0.0100 s of compute"]
    assert (told(bench, 1), told(bench, 4)) == (["1.00", "80.0%"], ["1.50", "60.0%"])
    assert "359 held-out examples and the first 200 training" in bench.page.locator(".px-curves .px-note").last.inner_text()


def test_pointing_moves_the_cursor_and_training_curves_are_asked_for(bench: Bench) -> None:
    start(bench, "curves")
    draw(bench, curves=CURVES)
    canvas = bench.page.locator(".px-curves canvas").first
    box = canvas.bounding_box()
    assert box is not None
    canvas.hover(position={"x": box["width"] / 2, "y": 80})
    assert texts(bench, ".px-curves-table caption")[0].startswith("at update ")
    assert "*:curves/test_loss" in bench.js("bench.panels[0].readings")
    bench.page.get_by_role("button", name="Training").click()
    assert "*:curves/train_loss" in bench.js("bench.panels[0].readings")
    assert bench.js("bench.context.calls.selected") == 1


def test_labels_at_the_ends_of_curves_never_lie_on_each_other(bench: Bench) -> None:
    rules = ["backpropagation", "feedback_alignment", "oja", "equilibrium_propagation", "oja", "oja", "oja", "output_only"]
    start(bench, "curves", rules=rules)
    bench.js(
        """(() => { const pens = CanvasRenderingContext2D.prototype; const fill = pens.fillText; window.written = [];
            pens.fillText = function (text, x, y) { written.push([text, y]); fill.call(this, text, x, y); }; })()"""
    )
    same = {"step": [1, 10, 100], "test_loss": [2.0, 1.0, 0.1], "test_accuracy": [0.3, 0.8, 0.97]}
    draw(bench, curves={str(lane): same for lane in range(1, 9)})
    labels = ["BP", "FA", "Oja 3", "EP", "Oja 5", "Oja 6", "Oja 7", "control"]
    heights = bench.js("written.slice(0, written.length / 2)")
    places = sorted(y for text, y in heights if text in labels)
    assert len(places) == len(labels)
    assert all(lower - upper >= 12 for upper, lower in itertools.pairwise(places))


def test_axes_hold_still_while_curves_stay_within_them(bench: Bench) -> None:
    found = bench.page.evaluate(
        """async () => {
            const { LogAxis, EvenAxis, StretchedAxis } = await import("/live/rules/curves_axes.js");
            const even = new EvenAxis(), ends = [];
            for (const value of [100, 120, 190, 210, 399]) { even.include(value); ends.push(even.range.high); }
            const log = new LogAxis(0, 2, 0, 9);
            log.include(101); log.include(900);
            const stretched = new StretchedAxis();
            const shares = [0, 0.5, 0.9, 0.99, 1].map((value) => stretched.share(value));
            return { ends, decades: log.range.high, shares, back: log.value(log.share(50)) };
        }"""
    )
    assert found["ends"] == sorted(found["ends"]) and len(set(found["ends"])) <= 3
    assert found["decades"] == 3
    assert found["back"] == pytest.approx(50)
    # ln(1.006 / (1 − a + 0.006)) / ln(1.006 / 0.006)
    wanted = [math.log(1.006 / (1.006 - a)) / math.log(1.006 / 0.006) for a in (0, 0.5, 0.9, 0.99, 1)]
    assert found["shares"] == pytest.approx(wanted)


def test_angles_are_means_of_twenty_and_a_layer_without_a_step_does_not_move(bench: Bench) -> None:
    start(bench, "angles", rules=["backpropagation", "feedback_alignment", "equilibrium_propagation", "output_only"])
    none: list[float | None] = [None]
    turning = {
        "step": list(range(40)),
        "angle_1": [*none, *[90.0] * 19, *[60.0] * 20],
        "angle_2": [*none, *[40.0] * 39],
        "angle_3": [*none, *[0.0] * 39],
    }
    still = {**turning, "angle_1": none * 40, "angle_2": none * 40}
    draw(bench, step=39, curves={"2": turning, "4": still})
    rows = [texts(bench, f".px-angles-table tr[data-lane='{lane}'] td:not([colspan])") for lane in (1, 2, 4)]
    assert rows == [["–", "–", "–"], ["60°", "40°", "0°"], ["at rest", "at rest", "0°"]]
    assert bench.page.locator(".px-angles canvas").count() == 2  # hidden layers
    words = bench.page.locator(".px-angles-words").inner_text()
    assert "Equilibrium propagation that is the loss of its own network" in words
    assert "large angle" in words and "before momentum or Adam" in words and "step of this layer alone" in words
    halted = "Feedback alignment left the range of numbers at update 30 and has stopped; the others go on."
    draw(bench, step=39, curves={"2": turning, "4": still}, lanes=[{}, {"halted": halted}, {}, {}])
    visible = [cell.inner_text() for cell in bench.page.locator(".px-angles-table tr[data-lane='2'] td:visible").all()]
    assert visible == ["halted at update 30"]
    middle = bench.js("import('/live/rules/curves_data.js').then(({ smoothed }) => smoothed(Float32Array.from([90, 90, 60, 60]), 4, 2)[2])")
    assert middle == 75


FIRST = [3.0, 4, 0, 0, 0, 0, 3, 4, 1, 0, 0, 0]  # units of length 5, 5 and 1


def test_what_has_moved_is_counted_from_the_weights_that_the_control_kept(bench: Bench) -> None:
    start(bench, "features")
    moved = [3.0, 4, 0, 1, 0, 0, 3, 4, 1, 0, 0, 0]  # one weight of the first unit by 1
    nothing = [0.0] * 12
    draw(bench, weights={"1": moved, "4": FIRST}, updates={"1": [0.5, *nothing[1:]], "4": nothing})
    facts = [texts(bench, f".px-features-side:nth-child({side}) dd")[:2] for side in (1, 2)]
    # 1 / √(25 + 25 + 1) = 14%; 0.5 / √52 = 6.9%
    assert facts == [["14%", "6.9%"], ["does not move", "does not move"]]
    row = bench.page.get_by_role("group", name="Features of two lanes")
    row.focus()
    bench.page.keyboard.press("ArrowRight")
    # the first unit: 1/5
    assert "unit 1 has moved\n20%" in bench.page.locator(".px-features-side").first.inner_text()
    assert "unit 1 has moved\ndoes not move" in bench.page.locator(".px-features-side").nth(1).inner_text()
    before = bench.js("document.querySelectorAll('.px-features-sheet')[1].toDataURL()")
    bench.page.get_by_role("button", name="Change since the start").click()
    assert bench.js("document.querySelectorAll('.px-features-sheet')[1].toDataURL()") != before
