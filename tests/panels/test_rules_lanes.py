"""Lanes of the learning rules: cards and their standing, curves with a cursor, angles, features; on numbers that the test knows."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from tests.panels.conftest import Bench

RULES = ["backpropagation", "feedback_alignment", "oja", "output_only"]
STOPPED = "Oja left the range of numbers at update 60 and has stopped; the others go on."


def start(bench: Bench, *panels: str, rules: list[str] = RULES, **options: Any) -> None:
    bench.page.evaluate(
        "async (given) => { window.rules = await import('/harness/rules_lanes.js'); await rules.start(...given); }",
        [list(panels), rules, options],
    )


def draw(bench: Bench, **frame: Any) -> None:
    bench.page.evaluate("(frame) => rules.draw(frame)", frame)


def texts(bench: Bench, selector: str) -> list[str]:
    return [text.strip() for text in bench.page.locator(selector).all_inner_texts()]


def accuracies(*values: float) -> list[dict[str, Any]]:
    return [{"test_accuracy": value} for value in values]


def test_places_and_bars_count_from_the_control_to_the_best(bench: Bench) -> None:
    start(bench, "lanes")
    draw(bench, lanes=accuracies(0.98, 0.94, 0.5, 0.9))
    assert texts(bench, ".px-lane-accuracy") == ["98.0%", "94.0%", "50.0%", "90.0%"]
    assert [text.split("\n")[-1] for text in texts(bench, ".px-lane-of")] == ["1st of 4", "2nd of 4", "4th of 4", "3rd of 4"]
    # (0.94 − 0.90) / (0.98 − 0.90) = 1/2
    bars = bench.js("[...document.querySelectorAll('.px-lane-bar i')].map(i => i.style.transform)")
    assert [float(bar[7:-1]) for bar in bars] == pytest.approx([1, 0.5, 0, 0])
    assert [" ".join(text.split()) for text in texts(bench, ".px-lane-way")] == [
        "+8.0 points 100%",
        "+4.0 points 50%",
        "−40.0 points",
        "the control",
    ]
    control = bench.page.locator(".px-lane-control")
    assert control.count() == 1 and control.get_attribute("data-lane") == "4"
    assert control.evaluate("e => getComputedStyle(e).borderTopStyle") == "dashed"
    assert "control" in control.inner_text()


def test_a_halted_lane_is_hatched_says_why_and_loses_its_place(bench: Bench) -> None:
    start(bench, "lanes")
    draw(bench, lanes=accuracies(0.98, 0.94, 0.5, 0.9))
    assert not bench.page.locator(".px-lane-over").nth(2).is_visible()
    before = bench.js("[...document.querySelectorAll('.px-lane')].map(e => e.offsetHeight)")
    bench.page.wait_for_timeout(260)  # numbers are written at a pace that can be read
    draw(bench, step=120, lanes=[*accuracies(0.98, 0.94), {"test_accuracy": None, "test_loss": None, "halted": STOPPED}, {}])
    card = bench.page.locator(".px-lane[data-lane='3']")
    card.get_by_text(STOPPED).wait_for()
    assert "repeating-linear-gradient" in card.locator(".px-lane-over").evaluate("e => getComputedStyle(e).backgroundImage")
    assert "halted" in card.locator(".px-lane-of").inner_text()
    assert bench.page.locator(".px-lane-over:visible").count() == 1
    assert STOPPED in (card.get_attribute("aria-label") or "")
    assert bench.page.get_by_role("status").inner_text() == STOPPED
    assert "2nd of 3" in bench.page.locator(".px-lane[data-lane='2']").inner_text()
    assert bench.js("[...document.querySelectorAll('.px-lane')].map(e => e.offsetHeight)") == before


def test_arrow_keys_move_between_cards_and_enter_chooses_for_all_panels(bench: Bench) -> None:
    start(bench, "lanes", "features")
    draw(bench)
    bench.page.locator(".px-lane[data-lane='1']").focus()
    bench.page.keyboard.press("ArrowRight")
    assert bench.js("document.activeElement.dataset.lane") == "2"
    assert bench.js("bench.context.calls.emitted") == []
    bench.page.keyboard.press("Enter")
    assert bench.js("bench.context.calls.emitted") == [["rule", {"lane": 2, "by": "lanes"}]]
    assert bench.page.get_by_role("radio", checked=True).get_attribute("data-lane") == "2"
    assert texts(bench, ".px-features-title")[0].startswith("Feedback alignment")
    assert {"2:1/feature", "1/feature", "4:1/weight"} <= set(bench.js("bench.panels[1].readings"))
    bench.page.locator(".px-lane[data-lane='4']").click()
    assert texts(bench, ".px-features-title")[0].startswith("Output layer only")
    assert "2:1/feature" not in bench.js("bench.panels[1].readings")


def test_every_lane_has_a_mark_of_its_own_and_the_control_is_grey_and_dashed(bench: Bench) -> None:
    start(bench, "lanes")
    rules = ["oja", *RULES[:3], "oja", "hebb", "bcm", "output_only"]
    marks = bench.page.evaluate(
        """async (rules) => {
            const { markOf } = await import("/live/rules/marks.js");
            const lanes = rules.map((rule, i) => ({ lane: i + 1, rule }));
            return lanes.map((lane) => { const mark = markOf(lane, lanes);
                return [mark.label, mark.dash, ...[false, true].map((dark) => mark.colour({ colours: { dark } }))]; });
        }""",
        rules,
    )
    assert [mark[0] for mark in marks] == ["Oja 1", "BP", "FA", "Oja 4", "Oja 5", "Hebb", "BCM", "control"]
    for part in range(4):
        assert len({str(mark[part]) for mark in marks}) == len(marks)
    red, green, blue = (int(marks[-1][2][i : i + 2], 16) for i in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) < 16
    assert marks[-1][1] != []


CURVES = {
    "1": {
        "step": [0, 1, 10, 100],
        "seconds": [0, 0.001, 0.01, 0.1],
        "test_loss": [2.3, 2.0, 1.0, 0.1],
        "test_accuracy": [0.1, 0.3, 0.8, 0.97],
    },
    "4": {
        "step": [0, 1, 10, 100],
        "seconds": [0, 0.0005, 0.005, 0.05],
        "test_loss": [2.3, 2.2, 1.5, 0.3],
        "test_accuracy": [0.1, 0.2, 0.6, 0.93],
    },
}


def told(bench: Bench, lane: int) -> list[str]:
    return texts(bench, f".px-curves-table tr[data-lane='{lane}'] td")


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
        """(() => { const fill = CanvasRenderingContext2D.prototype.fillText; window.written = [];
            CanvasRenderingContext2D.prototype.fillText = function (text, x, y) { written.push([text, y]); fill.call(this, text, x, y); }; })()"""
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
    rows = [texts(bench, f".px-angles-table tr[data-lane='{lane}'] td") for lane in (1, 2, 4)]
    assert rows == [["–", "–", "–"], ["60°", "40°", "0°"], ["does not move", "does not move", "0°"]]
    assert bench.page.locator(".px-angles canvas").count() == 2  # hidden layers
    words = bench.page.locator(".px-angles-words").inner_text()
    assert "Equilibrium propagation that is the loss of its own network" in words
    assert "large angle" in words
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


def test_on_the_plane_cards_show_answers_and_features_are_fields(bench: Bench) -> None:
    start(bench, "lanes", "features", plane=True)
    assert "*:output/field" in bench.js("bench.panels[0].readings")
    draw(bench)
    first = bench.js("document.querySelector('.px-lane-picture canvas').toDataURL()")
    draw(bench, step=140)
    assert bench.js("document.querySelector('.px-lane-picture canvas').toDataURL()") != first
    assert bench.page.locator(".px-features-sheet:visible").count() == 2
    assert "over the plane" in bench.page.locator(".px-features").inner_text()


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_nothing_is_wider_than_a_telephone_nor_small_on_a_projector(bench: Bench) -> None:
    start(bench, "lanes", "curves", "angles", "features")
    draw(bench, curves=CURVES)
    assert bench.js("document.documentElement.scrollWidth") <= 390
    bench.js("document.getElementById('room').classList.add('px-projector')")
    draw(bench, step=120, curves=CURVES)
    small = bench.js(
        """[...document.querySelectorAll('#room *')].filter(e => e.offsetParent && !e.closest('.px-hidden'))
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(e => parseFloat(getComputedStyle(e).fontSize) < 18).map(e => e.className + ': ' + e.textContent.slice(0, 30))"""
    )
    assert small == []
