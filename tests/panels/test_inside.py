"""Inside the network: every neuron's value at one place, each layer's space, and the output field by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.panels.conftest import Bench

BOTH = ["network", "output", "spaces", "point_values"]
ANSWERS = """() => {
    const { context, network } = lab.state;
    context.answers.neuron_values = ({ x, y }) => lab.valuesAt(network, x, y);
    context.answers.nearest = ({ example = 0, count }) => ({ layer: 1, scale: 2, neighbours: Array.from({ length: count },
        (_, i) => ({ example: (example + 1 + i) % 50, distance: 0.42 + i, label: i < 4 ? 1 : 0, point: [0, 0] })) });
}"""
TEXTS = """() => {
    const fill = CanvasRenderingContext2D.prototype.fillText;
    window.texts = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        window.texts.push([text, parseFloat(/([\\d.]+)px/.exec(this.font)[1])]);
        return fill.call(this, text, ...rest);
    };
}"""


def begin(bench: Bench, panels: list[str], sizes: list[int], classes: str = "", data: dict[str, Any] | None = None) -> None:
    bench.page.evaluate(TEXTS)
    bench.start(panels, sizes, classes, data)
    bench.page.evaluate(ANSWERS)
    bench.frame(3)


def number(text: str) -> float:
    """A number as a page writes it."""
    plain = text.replace("−", "-").replace("×10", "e").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    return float(plain)


def row(bench: Bench, name: str) -> list[float]:
    """The values in the table's row whose heading begins with `name`."""
    cells = bench.page.locator(".px-values tr", has=bench.page.locator("th[scope=row]", has_text=re.compile(f"^{name}"))).locator("td")
    cells.first.filter(has_text=re.compile(r"\d")).wait_for(timeout=3000)
    return [number(text) for text in cells.all_inner_texts()]


def values(bench: Bench, x: float, y: float) -> list[float]:
    flat: list[float] = bench.js(f"lab.valuesAt(lab.state.network, {x}, {y}).layers.flat()")
    return flat


def test_arrows_move_a_place_and_enter_pins_it(bench: Bench) -> None:
    begin(bench, BOTH, [2, 4, 3, 1])
    bench.js("room.addEventListener('keydown', (event) => (window.leaked = [...(window.leaked ?? []), event.key]))")
    bench.page.locator(".px-field-stage").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        bench.page.keyboard.press(key)
    assert bench.js("lab.state.context.calls.emit.at(-1)") == ["point", {"x": 0.5, "y": 1, "pinned": False}]
    assert row(bench, "here 0.50, 1.00") == pytest.approx(values(bench, 0.5, 1), abs=0.006)
    bench.page.keyboard.press("Enter")
    bench.page.keyboard.press(" ")
    assert row(bench, "1:") == pytest.approx(values(bench, 0.5, 1), abs=0.006)
    assert bench.js("window.leaked ?? []") == []
    bench.page.keyboard.press("Escape")
    assert bench.js("window.leaked.at(-1)") == "Escape"


def test_the_values_stand_on_the_neurons_only_while_a_place_is_looked_at(bench: Bench) -> None:
    begin(bench, BOTH, [2, 4, 1])

    def shown() -> set[str]:
        bench.js("window.texts = []")
        bench.js("lab.state.panels[0].notes.draw()")
        return {text for text, _ in bench.js("window.texts")}

    assert not {text for text in shown() if "." in text}
    field = bench.page.locator(".px-field-stage canvas").last
    field.hover(position={"x": 480, "y": 90})
    place = bench.js("lab.state.context.calls.emit.findLast(([name]) => name === 'point')[1]")
    row(bench, "here")
    wanted = {f"{value:.2f}".replace("-", "−") for value in values(bench, place["x"], place["y"])}
    assert wanted <= shown()
    bench.page.mouse.move(2, 2)
    assert not {text for text in shown() if "." in text}
    field.click(position={"x": 480, "y": 90})
    bench.page.mouse.move(2, 2)
    row(bench, "1:")
    assert {text for text in shown() if "." in text}, "a pinned place stays on the network"
    bench.page.get_by_role("button", name=re.compile("^1: ")).click()
    assert not {text for text in shown() if "." in text}


def test_pins_can_be_typed_are_checked_follow_the_learning_and_are_let_go(bench: Bench) -> None:
    begin(bench, BOTH, [2, 3, 1], data={"meta": {"class_names": ["orange", "blue"]}})
    x, y, pin = (
        bench.page.get_by_label("x of a place to pin"),
        bench.page.get_by_label("y of a place to pin"),
        bench.page.get_by_role("button", name="Pin"),
    )
    x.fill("9")
    y.fill("1")
    pin.click()
    refusal = bench.page.locator(".px-place").get_by_text("Give x and y as numbers from −6 to 6.")
    assert refusal.is_visible() and x.get_attribute("aria-invalid") == "true"
    x.fill("-1.5")
    y.press("Enter")
    before = row(bench, "1:")
    assert before == pytest.approx(values(bench, -1.5, 1), abs=0.006)
    bench.page.wait_for_timeout(260)
    bench.frame(200)
    bench.page.wait_for_function("() => lab.state.context.calls.ask.filter(([probe]) => probe === 'neuron_values').length > 1")
    bench.page.wait_for_timeout(50)
    after = row(bench, "1:")
    assert after == pytest.approx(values(bench, -1.5, 1), abs=0.006)
    assert after != before
    assert bench.page.locator(".px-near li").count() == 5
    kind = "blue" if bench.js("lab.state.network.labels[1]") == 1 else "orange"
    assert f"example 1, {kind}, at 0.210 of the spread" in bench.page.locator(".px-near li").first.inner_text()
    assert bench.js("lab.state.context.calls.emit.findLast(([name]) => name === 'highlight')[1].examples") == [1, 2, 3, 4, 5]
    bench.page.get_by_role("button", name="Let go of pin 1").click()
    bench.page.get_by_text("No place is pinned.").wait_for()
    assert bench.js("lab.state.context.calls.emit.findLast(([name]) => name === 'highlight')[1].examples") == []


def test_a_fast_pointer_asks_for_the_newest_place_only(bench: Bench) -> None:
    begin(bench, BOTH, [2, 3, 1])
    box = bench.page.locator(".px-field-stage canvas").last.bounding_box()
    assert box is not None
    for i in range(40):
        bench.page.mouse.move(box["x"] + 420 + 3 * i, box["y"] + 80)
    place = bench.js("lab.state.context.calls.emit.findLast(([name]) => name === 'point')[1]")
    bench.page.wait_for_function("(x) => lab.state.context.calls.ask.at(-1)?.[1].x === x", arg=place["x"])
    heading = f"here {place['x']:.2f}, {place['y']:.2f}".replace("-", "−")
    assert row(bench, heading) == pytest.approx(values(bench, place["x"], place["y"]), abs=0.006)
    assert bench.js("lab.state.context.calls.ask.length") < 20


def test_a_layer_is_enlarged_and_asked_by_keyboard(bench: Bench) -> None:
    begin(bench, ["spaces", "output"], [2, 4, 3, 1], data={"meta": {"class_names": ["orange", "blue"], "train_examples": 50}})
    small = bench.page.locator(".px-space")
    assert [text.split("\n")[0] for text in small.all_inner_texts()] == ["the plane", "layer 1", "layer 2"]
    assert "97% of the variance" in small.nth(1).inner_text()
    # Example 7 lies far to the left, all others to the right.
    bench.js(
        "(() => { const places = new Float32Array(2 * 491).map((_, i) => (i % 2 ? Math.sin(i) : 2 + Math.cos(i)));"
        " places[14] = -3; places[15] = 0; lab.state.network.fixedSpaces = { 2: places }; })()"
    )
    small.nth(2).focus()
    bench.page.keyboard.press("Enter")
    assert [small.nth(i).get_attribute("aria-pressed") for i in range(3)] == ["false", "false", "true"]
    bench.frame(1)
    large = bench.page.locator(".px-space-large")
    assert large.locator("h4").inner_text() == "Layer 2, enlarged"
    assert "at that piece of the plane: orange or blue, paler" in large.inner_text()
    stage = bench.page.locator(".px-space-stage")
    stage.focus()
    for _ in range(20):
        bench.page.keyboard.press("ArrowLeft")
    bench.page.wait_for_function("() => lab.state.context.calls.ask.at(-1)?.[1].example === 7")
    assert bench.js("lab.state.context.calls.ask.at(-1)") == ["nearest", {"layer": 2, "example": 7, "count": 5, "among": 50}]
    kind = "blue" if bench.js("lab.state.network.labels[7]") == 1 else "orange"
    wanted = f"Nearest to example 7 ({kind}) in layer 1: four blue and one orange; the nearest at 0.210 of the layer's spread."
    bench.page.get_by_text(wanted).wait_for(timeout=3000)
    assert bench.js("lab.state.context.calls.emit.at(-1)") == ["highlight", {"examples": [7, 8, 9, 10, 11, 12], "by": "spaces"}]
    bench.page.get_by_role("button", name="Close").click()
    assert not stage.is_visible()
    assert bench.js("document.activeElement === document.querySelectorAll('.px-space')[2]")
    assert bench.js("lab.state.context.calls.emit.at(-1)") == ["highlight", {"examples": [], "by": "spaces"}]


def test_the_pictures_move_with_the_network_and_admit_what_they_lack(bench: Bench) -> None:
    begin(bench, ["spaces"], [2, 4, 1])
    picture = "document.querySelectorAll('.px-space canvas')[1].toDataURL()"
    before = bench.js(picture)
    bench.frame(400)
    assert bench.js(picture) != before
    bench.js("(() => { delete lab.state.frame.arrays['1/space']; lab.state.panels[0].draw(lab.state.frame); })()")
    assert "not recorded at this step" in bench.page.locator(".px-space").nth(1).inner_text()
    assert bench.js("lab.state.panels[0].readings") == ["1/space", "1/space_share", "2/field"]
    assert "3.0% of the variance in layer 1" not in bench.page.locator(".px-spaces").inner_text()
    bench.frame(1)
    assert "3.0% of the variance in layer 1" in bench.page.locator(".px-spaces").inner_text()


def test_classes_go_by_their_own_names_everywhere(bench: Bench) -> None:
    names = ["apple", "pear", "quince"]
    begin(bench, BOTH, [2, 4, 3], data={"meta": {"classes": 3, "class_names": names, "output": "softmax", "train_examples": 50}})
    drawn = {text for text, _ in bench.js("window.texts")}
    assert set(names) <= drawn
    assert bench.page.locator(".px-output .px-legend .px-key").all_inner_texts()[:3] == names
    assert bench.page.locator(".px-values thead tr").nth(1).locator("th").all_inner_texts()[-3:] == names
    bench.page.locator(".px-field-stage").focus()
    bench.page.keyboard.press("ArrowUp")
    assert re.search(r"the answer is (apple|pear|quince) at \d", bench.page.locator(".px-here").inner_text())


def test_values_of_a_persons_own_are_told_in_their_own_units(bench: Bench) -> None:
    scaling = {"label": "price", "target_middle": 50, "target_scale": 30}
    data = {
        "meta": {"problem": "number", "scaling": scaling, "class_names": [], "output": "linear"},
        "arrays": {"data/train_values": [0.5] * 50},
    }
    begin(bench, ["output", "spaces"], [2, 3, 1], data=data)
    assert "price 20.0" in bench.page.locator(".px-output .px-legend").inner_text()
    assert "80.0" in bench.page.locator(".px-output .px-legend").inner_text()
    keys = bench.page.locator(".px-output .px-legend .px-key").all_inner_texts()
    assert {"above 50.0", "below 50.0", "near 50.0"} <= set(keys)
    pictures = bench.js("[...document.querySelectorAll('.px-output .px-class-key')].map((canvas) => canvas.toDataURL())")
    assert len(set(pictures)) == 3
    bench.page.locator(".px-field-stage").focus()
    bench.page.keyboard.press("ArrowUp")
    answer = bench.js("lab.state.frame.arrays['2/field'][32 * 64 + 32] / 127.5 - 1")
    said = re.search(r"the answer is (\S+?)( or \w+)?\.( |$)", bench.page.locator(".px-here").inner_text())
    assert said is not None
    assert number(said[1]) == pytest.approx(50 + 30 * answer, abs=0.6)


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_a_telephone_shows_both_without_sideways_scrolling(bench: Bench) -> None:
    begin(bench, BOTH, [7, 8, 8, 8, 8, 8, 8, 1])
    bench.page.locator(".px-space").nth(3).click()
    assert bench.js("document.documentElement.scrollWidth") <= 390
    assert bench.js("document.querySelector('.px-values').scrollWidth > document.querySelector('.px-values').clientWidth")
    more = bench.page.locator(".px-values-more")
    assert more.inner_text() == "scroll →"
    bench.js("document.querySelector('.px-values').scrollLeft = 1e5")
    more.filter(has_text="← scroll back").wait_for(timeout=3000)


def test_nothing_is_small_in_the_projector(bench: Bench) -> None:
    begin(bench, BOTH, [2, 4, 2, 1], "px-projector")
    bench.page.locator(".px-field-stage").focus()
    bench.page.keyboard.press("ArrowUp")
    bench.page.keyboard.press("Enter")
    row(bench, "1:")
    bench.page.locator(".px-space").nth(1).click()
    bench.frame(1)
    assert min(size for _, size in bench.js("window.texts")) >= 18
    small = bench.js(
        "[...document.querySelectorAll('.px-panel *')]"
        ".filter((n) => n.childElementCount === 0 && n.textContent.trim() && n.checkVisibility())"
        ".map((n) => [parseFloat(getComputedStyle(n).fontSize), n.tagName + ' ' + n.className]).filter(([size]) => size < 18)"
    )
    assert small == []


FOLD = """() => {
    const { state: { frame, panels } } = lab;
    const places = new Float32Array(2 * (50 + 441));
    for (let i = 0; i < 50; i++) places.set([i % 2 ? 10 : -10, i % 4 < 2 ? 10 : -10], 2 * i);
    for (let i = 0; i < 441; i++) places.set([Math.abs((i % 21) - 10), 10 - Math.floor(i / 21)], 100 + 2 * i);
    Object.assign(frame.arrays, { "1/space": places, "2/field": new Uint8Array(4096).fill(255) });
    for (let i = 0; i < 40; i++) panels[0].draw(frame);
    const { picture: { at }, surface } = panels[0].smalls[1];
    const corner = (i) => at(50 + i).map((n) => Math.round(n * surface.view.ratio));
    const [[left, top], [right, low]] = [corner(10), corner(440)];
    const { data } = surface.pen.getImageData(left + 4, top + 4, right - left - 8, low - top - 8);
    const holes = data.filter((value, i) => i % 4 === 3 && value === 0).length;
    return { holes, of: data.length / 4 };
}"""


def test_a_sheet_that_is_folded_upon_itself_has_no_hole(bench: Bench) -> None:
    begin(bench, ["spaces"], [2, 4, 1])
    found = bench.page.evaluate(FOLD)
    assert found["of"] > 500 and found["holes"] == 0
