"""Use it or lose it: what the part says and asks, before a service whose answers were computed by the analysis itself."""

from __future__ import annotations

import re
from typing import Any

import pytest

from models.experiments.memory import build
from models.specs.memory import ADAPTER
from pages.ui.synapse_memory import memory_data
from tests.panels.conftest import Bench


def answer(**values: Any) -> dict[str, Any]:
    result, arrays = build(ADAPTER.validate_python(values)).analyse({}, lambda *_: None)
    plain = {name: {"shape": list(array.shape), "values": array.ravel().tolist()} for name, array in arrays.items()}
    return {"result": result, "arrays": plain}


def told(gap: float, **more: Any) -> dict[str, Any]:
    return {part: answer(part=part, gap=gap, **more) for part in ("course", "spacing")}


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return {"days": told(86400.0), "massed": told(10.0), "once": told(86400.0, repetitions=1)}


@pytest.fixture
def part(bench: Bench, answers: dict[str, Any]) -> Bench:
    """The part with a player of its own: `window.asked` holds the specs, `window.days` and so on are the answers by name."""
    bench.page.evaluate(
        """async ([answers, told]) => {
        const [{ Memory }, { Analysis }, { Palette }] = await Promise.all(
            ["synapse/memory.js", "analysis.js", "colour.js"].map((file) => import(`/live/${file}`)));
        const array = ([name, { shape, values }]) => [name, Object.assign(Float32Array.from(values), { shape })];
        const typed = ({ result, arrays }) => ({ result, arrays: Object.fromEntries(Object.entries(arrays).map(array)) });
        window.asked = [];
        Analysis.prototype.of = async (spec) => {
            window.asked.push(spec);
            const name = spec.repetitions === 1 ? "once" : spec.gap === 10 ? "massed" : "days";
            return typed(answers[name][spec.part]);
        };
        const room = document.querySelector("#room");
        window.indices = [];
        const context = { api: "/api", colours: new Palette(room), player: { index: 0 }, data: { memory: told },
            changed() {}, answered() {}, say() {},
            reload: ({ index }) => { window.indices.push(index); window.part.moved(index); } };
        window.part = new Memory(context);
        room.append(window.part.element);
    }""",
        [answers, memory_data({})],
    )
    bench.page.wait_for_selector(".pxm[data-spacing]")
    return bench


def text(bench: Bench, where: str) -> str:
    return str(bench.page.locator(where).inner_text())


def press(bench: Bench, name: str) -> None:
    before = bench.js("asked.length")
    bench.page.get_by_role("button", name=name, exact=True).click()
    bench.page.wait_for_function("n => asked.slice(n).some((spec) => spec.part === 'spacing')", arg=before)
    bench.page.wait_for_timeout(50)


def test_the_whole_schedule_stands_there_and_its_numbers_are_the_analysis_s(part, answers):
    course = answers["days"]["course"]["arrays"]
    last = course["instants"]["shape"][0] - 1
    assert part.js("indices.at(-1)") == last and part.js("window.part.count") == last + 1
    story = text(part, ".px-memory-brain .pxp-story")
    assert story.startswith("7 days after use 8 of 8 the synapse stands at 0.0817")
    assert f"{course['recall']['values'][last]:.3f}" in text(part, ".px-memory-network .pxp-story")
    assert part.js("window.part.says(0)") == "0 s after the first use"
    assert part.js("window.part.table().split('\\n').length") == last + 2
    assert part.js("window.part.panels().length") == 7
    _spacing_is_told_as_it_was_measured(part)
    _recorded_savings_stand_beside_the_models_and_are_not_called_the_same(part)


def test_massed_uses_spill_and_the_page_says_how_much(part, answers):
    press(part, "Massed × 8")
    assert part.js("asked.at(-1).gap") == 10 and part.js("window.part.address()") == {"gap": "10", "axes": "log", "at": None}
    uses = answers["massed"]["course"]["arrays"]["uses"]["values"]
    at = answers["massed"]["course"]["arrays"]["instants"]["values"].index(uses[-1])
    part.js(f"window.part.moved({at})")
    story = text(part, ".px-memory-brain .pxp-story")
    spilled = sum(answers["massed"]["course"]["arrays"]["lost"]["values"])
    assert story.startswith("At use 8 of 8 the synapse stands at 1.00") and f"{spilled:.2f} spilled at the limit" in story
    assert part.js("window.part.address().at") == str(at)
    press(part, "One exposure")
    assert "One use has no gap" in text(part, ".px-spacing .pxp-story >> nth=0")
    _sliders_stop_at_usual_spans_and_keep_a_link_s_own(part)


def _spacing_is_told_as_it_was_measured(part: Bench) -> None:
    synapse, network = (str(words) for words in part.page.locator(".px-spacing .pxp-story").all_inner_texts())
    assert "a gap of 8 h leaves most: 0.0863, 6.36 times what a gap of 1 s leaves" in synapse
    assert "Without a limit the chain is linear, and no gap beats 1 s" in synapse
    assert "a spacing effect" in network and re.search(r"leaves \+0\.\d+ ± 0\.0\d+ more recall than 1 s", network)


def _recorded_savings_stand_beside_the_models_and_are_not_called_the_same(part: Bench) -> None:
    story = text(part, ".px-forgetting .pxp-story")
    assert "Ebbinghaus 36%, Mack 47%, Seitz 45%, Dros 8.7%" in story  # .211/.582, .258/.544, .201/.442, .041/.472
    assert "Mack and Dros saved more after a day than after nine hours" in story and "not a synapse’s strength" in story
    assert "recorded data" in text(part, ".px-forgetting .pxm-badges")


def _sliders_stop_at_usual_spans_and_keep_a_link_s_own(part: Bench) -> None:
    press(part, "Spaced × 8, days")
    gap = part.page.get_by_label("Gap between uses")
    gap.focus()
    part.page.keyboard.press("ArrowRight")
    assert part.js("asked.at(-1).gap") == 2 * 86400 and gap.get_attribute("aria-valuetext") == "2 days"
    part.js("window.part.schedule.fit({ ...window.part.spec, gap: 5000 })")
    assert gap.get_attribute("aria-valuetext") == "1.39 h"
    part.page.get_by_label("Uses", exact=True).focus()
    part.page.keyboard.press("ArrowLeft")
    assert part.js("asked.at(-1).repetitions") == 7


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_on_a_narrow_screen_nothing_is_wider_than_it(part):
    assert part.js("document.documentElement.scrollWidth") <= 390
