"""Robustness: what is measured stays with its distortion, says what its numbers say, and can be stopped on its way."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.panels.conftest import Bench

SCALES: Final[list[dict[str, Any]]] = [
    {"name": "contrast", "title": "Contrast", "unit": "share", "levels": [1, 0.3, 0.1], "none": 1, "about": "Grey."},
    {
        "name": "noise",
        "title": "Uniform noise",
        "unit": "half width",
        "levels": [0, 0.1, 0.2],
        "none": 0,
        "about": "Grey.",
        "prepared": "grey with 30% of its contrast",
    },
    {"name": "occlusion", "title": "Occlusion", "unit": "share", "levels": [0, 0.5], "none": 0, "about": "A square."},
]


def curve(name: str, shares: list[float], half: float = 0.03) -> dict[str, Any]:
    low, high = [share - half for share in shares], [share + half for share in shares]
    return {"name": name, "what": "share", "n": 1000, "shares": shares, "low": low, "high": high}


ANSWERS: Final = {
    "contrast digits": [curve("plain", [0.97, 0.31, 0.1]), curve("varied", [0.98, 0.94, 0.11])],
    "noise digits": [curve("plain", [0.43, 0.36, 0.22]), curve("varied", [0.88, 0.86, 0.63])],
    "occlusion digits": [curve("plain", [0.97, 0.53]), curve("varied", [0.98, 0.56])],
    "contrast imagenet": [{**curve("EfficientNet-Lite0", [0.75, 0.5, 0.19]), "n": 16}],
}


@pytest.fixture
def measured(bench: Bench) -> Bench:
    """The part before a service that answers when `settle()` is called, from ANSWERS."""
    bench.page.evaluate(
        """async ([scales, answers]) => {
        const [{ Measured }, { Analysis, Refusal }, { Palette }] = await Promise.all(
            ["perception/robustness_measured.js", "analysis.js", "colour.js"].map((file) => import(`/live/${file}`)));
        Analysis.prototype.of = function (spec) {
            return new Promise((resolve, reject) => {
                window.preview = (arrays) => this.preview(arrays);
                window.settle = () => resolve({ result: { curves: answers[`${spec.distortion} ${spec.network}`] } });
                window.refuse = (sentence) => reject(new Refusal(sentence));
                this.cancel = () => reject(null);
            });
        };
        const room = document.querySelector("#room");
        const context = { api: "/api", colours: new Palette(room), player: null };
        sessionStorage.clear();
        window.part = new Measured(context, scales);
        room.append(part.element);
        window.scales = scales;
        part.show(scales[0]);
    }""",
        [SCALES, ANSWERS],
    )
    return bench


def says(bench: Bench) -> list[str]:
    found: list[str] = bench.page.locator(".pxr-says p").all_inner_texts()
    return found


def press(bench: Bench, name: str) -> None:
    bench.page.get_by_role("button", name=name).click()


def test_a_curve_and_its_sentence_stay_with_their_distortion(measured):
    press(measured, "Train two networks")
    measured.js("part.show(scales[2])")  # another distortion is looked at while the first is measured
    measured.js("settle()")
    measured.page.get_by_text("Contrast: measured.").wait_for()
    assert says(measured) == [] and measured.js("part.rows()") == []
    measured.js("part.show(scales[0])")
    assert says(measured) == [
        # loss 4 against 66: 62 fewer, and ± √(4 · 0.03²) = 6
        "Varied training helped against contrast, most at level 0.3 (94% against 31%: 4 points lost against 66, 62 fewer, "
        "interval 56 to 68); beyond the 95% interval at 1 of 2 levels."
    ]
    assert measured.js("part.rows().map((row) => row[1])") == [1, 0.3, 0.1] * 2


def test_where_intervals_overlap_nothing_helped(measured):
    for scale in (0, 2):
        measured.js(f"part.show(scales[{scale}])")
        press(measured, "digit")
        measured.js("settle()")
        measured.page.get_by_text(f"{SCALES[scale]['title']}: measured.").wait_for()
    first, second = says(measured)
    assert "made no difference here that can be told" in first
    assert second == (
        "Varied training so far, by what each network loses from the first level: it helped against contrast; "
        "it made no difference that can be told under occlusion. Not measured yet: uniform noise."
    )


def test_a_gap_that_is_there_without_noise_is_not_laid_to_noise(measured):
    """43% and 88% before any noise: the 50 points of level 0.1 are 45 of the start and 5 of noise, within ± 6."""
    measured.js("part.show(scales[1])")
    press(measured, "digit")
    measured.js("settle()")
    measured.page.get_by_text("Uniform noise: measured.").wait_for()
    assert says(measured) == [
        "Without any uniform noise, at level 0, they are already 45 points apart (88% against 43%); every picture is first made grey "
        "with 30% of its contrast, and that alone does it. Of uniform noise itself: at no level does the loss of the two digit "
        "networks differ beyond its 95% interval, so varied training made no difference here that can be told."
    ]


def test_what_is_stopped_or_refused_gives_back_what_stood_there(measured):
    press(measured, "Measure the ImageNet network")
    measured.js("settle()")
    measured.page.get_by_text("Contrast: measured.").wait_for()
    told = says(measured)
    assert told == [
        "At level 1 the ImageNet network gives 75% of 16 photographs the label that they have undistorted; "
        "from contrast 0.1 on, fewer than half keep it (19%)."
    ]
    press(measured, "Measure the ImageNet network")
    measured.js("preview({ shares: Object.assign(new Float32Array([0.5]), { shape: [1, 1] }) })")
    assert measured.js("part.rows().length") == 1 and says(measured) == []
    press(measured, "Cancel")
    measured.page.get_by_text("cancelled").wait_for()
    assert says(measured) == told and measured.js("part.rows().length") == 3
    press(measured, "Measure the ImageNet network")
    measured.js("refuse('The service is busy.')")
    measured.page.get_by_text("The service is busy.").wait_for()
    assert says(measured) == told


def test_each_network_keeps_its_mark_whatever_was_measured_first(measured):
    press(measured, "Train two networks")
    measured.js("settle()")
    measured.page.get_by_text("Contrast: measured.").wait_for()
    assert [text[0] for text in measured.page.locator(".pxr-legend li").all_inner_texts()] == ["■", "◆"]
    press(measured, "Measure the ImageNet network")
    measured.js("settle()")
    measured.page.get_by_text("EfficientNet-Lite0").first.wait_for()
    assert [text[0] for text in measured.page.locator(".pxr-legend li").all_inner_texts()] == ["●", "■", "◆"]
