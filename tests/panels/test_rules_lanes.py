"""Cards of the lanes of the learning rules: standing, halting, choosing, marks; on numbers that the test knows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.conftest import Bench
from tests.panels.lanes import CURVES, RULES, draw, start, texts

STOPPED = "Oja left the range of numbers at update 60 and has stopped; the others go on."


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


def test_before_the_first_update_no_lane_is_ahead(bench: Bench) -> None:
    start(bench, "lanes")
    draw(bench, step=0, lanes=accuracies(0.078, 0.078, 0.078, 0.078))
    assert [text.split("\n")[-1] for text in texts(bench, ".px-lane-of")] == ["–"] * 4
    assert [text.strip() for text in texts(bench, ".px-lane-way")] == ["", "", "", "the control"]


def test_a_hidden_share_and_a_forward_pass_of_its_own_are_said(bench: Bench) -> None:
    start(bench, "lanes")
    said = bench.page.evaluate(
        """async () => {
            const { hiddenText, isOtherPass } = await import("/live/rules/lanes_standing.js");
            return [[1e-4, 0.1, 1].map((hidden_share) => hiddenText({ hidden_share })),
                [["normalised", 1], ["relaxing", 1], ["relaxing", 2], ["dense", 3]]
                    .map(([network, layers]) => isOtherPass({ network }, layers))];
        }"""
    )
    assert said == [["hidden layers at 1/10,000 of it", "hidden layers at 1/10 of it", None], [True, False, True, False]]


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


def test_a_frame_that_lacks_features_leaves_a_shape_or_what_stands(bench: Bench) -> None:
    start(bench, "features")
    bench.js("bench.panels[0].draw({ meta: { step: 5, lanes: [] }, arrays: {} })")
    assert bench.page.locator(".px-features-bare").count() == 2
    draw(bench)
    assert bench.page.locator(".px-features-bare").count() == 0
    bench.js("bench.panels[0].draw({ meta: { step: 5, lanes: [] }, arrays: {} })")
    assert bench.page.locator(".px-features-bare").count() == 0
