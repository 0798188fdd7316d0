"""The other panels, by what a person sees of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.conftest import Bench

EVERY = ["network", "inspector", "output", "flow", "histograms", "brain", "prose", "alerts", "slow_motion"]
VANISHING = {
    "code": "vanishing",
    "layer": 1,
    "value": 6e-4,
    "sentence": "Gradients shrink 1,600× from the output to layer 1 (sigmoid).",
    "remedies": [
        {"label": "Use ReLU", "changes": {"activation": "relu"}},
        {"label": "Lower the rate", "changes": {"learning_rate": 0.003}},
    ],
}


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
@pytest.mark.parametrize("sizes", [[2, 1], [7, 8, 8, 8, 8, 8, 8, 1]])
def test_the_page_never_scrolls_sideways_on_a_telephone(bench: Bench, sizes: list[int]) -> None:
    bench.start(EVERY, sizes)
    bench.frame(3)
    bench.page.wait_for_timeout(200)
    assert bench.js("document.documentElement.scrollWidth") <= 390


def test_projector_text_is_never_small(bench: Bench) -> None:
    bench.js(
        "(() => { const fill = CanvasRenderingContext2D.prototype.fillText; window.least = 99;"
        "CanvasRenderingContext2D.prototype.fillText = function (...all) {"
        "window.least = Math.min(window.least, parseFloat(/([\\d.]+)px/.exec(this.font)[1])); return fill.apply(this, all); }; })()"
    )
    bench.start(EVERY, [2, 4, 2, 1], "px-projector")
    bench.frame(3, health=[VANISHING])
    assert bench.js("window.least") >= 18
    sizes = bench.js(
        "[...document.querySelectorAll('.px-panel *')]"
        ".filter((n) => n.childElementCount === 0 && n.textContent.trim() && n.checkVisibility())"
        ".map((n) => [parseFloat(getComputedStyle(n).fontSize), n.tagName + ' ' + n.className])"
    )
    assert [entry for entry in sizes if entry[0] < 18] == []


def test_a_finding_shows_after_half_a_second_and_stays_two(bench: Bench) -> None:
    bench.start(["alerts"], [2, 4, 1])
    bench.frame(1, health=[VANISHING])
    sentence = bench.page.get_by_text(VANISHING["sentence"])
    assert not sentence.is_visible()
    sentence.wait_for(timeout=1500)
    bench.frame(1, health=[])
    bench.page.wait_for_timeout(700)
    assert sentence.is_visible()
    sentence.wait_for(state="hidden", timeout=3000)


def test_a_finding_of_a_moment_never_shows(bench: Bench) -> None:
    bench.start(["alerts"], [2, 4, 1])
    bench.frame(1, health=[VANISHING])
    bench.page.wait_for_timeout(150)
    bench.frame(1, health=[])
    bench.page.wait_for_timeout(900)
    assert bench.page.locator(".px-alert").count() == 0


def test_structural_remedies_ask_the_page_and_live_ones_go_over_the_socket(bench: Bench) -> None:
    bench.start(["alerts"], [2, 4, 1])
    bench.frame(1, health=[VANISHING])
    bench.page.get_by_role("button", name="Use ReLU").click()
    assert bench.js("lab.state.context.calls.change") == [{"activation": "relu"}]
    bench.page.get_by_role("button", name="Lower the rate").click()
    assert bench.js("lab.state.context.calls.command") == [{"command": "set", "values": {"learning_rate": 0.003}}]


def test_slow_motion_goes_through_every_moment_with_true_sums(bench: Bench) -> None:
    bench.start(["slow_motion"], [2, 4, 2, 1])
    bench.frame(3)
    bench.js("(lab.state.context.answers.slow_motion = lab.slowAnswer(lab.state.network), 0)")
    bench.page.get_by_role("button", name="Take it apart").click()
    titles = [bench.page.locator(".px-slow-text h4").inner_text()]
    forward = ""
    while not bench.page.get_by_role("button", name="Next").is_disabled():
        bench.page.get_by_role("button", name="Next").click()
        titles.append(bench.page.locator(".px-slow-text h4").inner_text())
        forward = forward or bench.page.locator(".px-worked p").first.inner_text()
    assert len(titles) == 1 + 3 + 1 + 3 + 3
    assert titles[4] == "The loss" and titles[5] == "Backward: the error of the output"
    total = forward.replace("−", "-").replace("·", "*").replace("z₁ = ", "")
    left, right = total.split(" = ")
    products = [part.strip("()") for part in left.replace("*", " + ").replace("(", "").replace(")", "").split(" + ")]
    a, b, c, d, bias = (float(part) for part in products)
    assert abs(a * b + c * d + bias - float(right)) < 0.02


def test_prose_takes_its_numbers_from_the_frame(bench: Bench) -> None:
    bench.start(["prose"], [2, 4, 2, 1])
    bench.frame(312, train_loss=0.123, test_loss=0.2)
    text = bench.page.locator(".px-sentences").inner_text()
    assert text.startswith("After 312 updates the network's loss is 0.123 on the examples it trains on and 0.200 on those it has not seen")
    bench.frame(1, train_loss=None)
    assert "no longer a number" in bench.page.locator(".px-sentences").inner_text()


def test_output_shows_points_and_reads_the_field(bench: Bench) -> None:
    bench.start(["output"], [2, 4, 1])
    bench.frame(5)
    count = "(() => { const c = lab.state.panels[0].points.canvas; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
    count += "let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })()"
    train_only = bench.js(count)
    assert train_only > 500
    bench.page.get_by_label("Show test points").check()
    assert bench.js(count) > train_only * 1.3
    box = bench.page.locator(".px-stack").bounding_box()
    bench.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 120)
    assert "the answer is" in bench.page.locator(".px-here").inner_text()


def test_badges_open_their_source_and_unsafe_links_are_left_out(bench: Bench) -> None:
    good = {"kind": "published model", "label": "Traces", "source": "Pfister and Gerstner 2006", "doi": "10.1523/JNEUROSCI.1425-06.2006"}
    bad: dict[str, Any] = {"kind": "analogy", "label": "Rates", "source": "", "doi": "javascript:alert(1)"}
    bench.start(["brain"], [2, 4, 1], "", {"badges": {"traces": good, "rates": bad}})
    bench.frame(30)
    bench.page.get_by_role("button", name="traces: published model, source").click()
    assert bench.page.get_by_role("link", name="doi:10.1523").get_attribute("href") == f"https://doi.org/{good['doi']}"
    assert bench.page.locator("a").count() == 1


def test_the_synapse_is_aimed_at_another_weight(bench: Bench) -> None:
    bench.start(["brain"], [2, 4, 1])
    bench.frame(30)
    bench.page.get_by_label("Synapse driven by weight: neuron").select_option("2")
    assert bench.js("lab.state.context.calls.command.at(-1)") == {"command": "choose", "layer": 1, "to": 2, "from": 0}


def test_every_canvas_and_control_has_a_name(bench: Bench) -> None:
    bench.start(EVERY, [2, 4, 2, 1])
    bench.frame(3, health=[VANISHING])
    nameless = bench.js(
        "[...document.querySelectorAll('canvas, button, select, input')].filter((n) => !n.closest('[aria-hidden=true]') &&"
        "!(n.getAttribute('aria-label') || n.textContent.trim() || n.labels?.[0]?.textContent.trim())).map((n) => n.outerHTML)"
    )
    assert nameless == []


@pytest.mark.parametrize("panel", ["output", "flow", "histograms"])
def test_pictures_export(bench: Bench, panel: str) -> None:
    bench.start([panel], [2, 4, 2, 1])
    bench.frame(3)
    svg = "new DOMParser().parseFromString(lab.state.panels[0].svg(), 'image/svg+xml')"
    assert bench.js(f"{svg}.getElementsByTagName('parsererror').length") == 0
    assert bench.js("lab.state.panels[0].image().then((b) => b.size > 500)")


def test_panels_bear_a_diverged_run(bench: Bench) -> None:
    bench.start(EVERY, [2, 4, 2, 1])
    bench.frame(1)
    bench.js("lab.state.network.layers.forEach((l) => { l.weight.fill(NaN); l.delta.fill(Infinity); l.bias.fill(NaN); })")
    bench.frame(1, train_loss=None, test_loss=None)
    assert bench.js("document.querySelectorAll(\x27.px-panel\x27).length") == len(EVERY)
