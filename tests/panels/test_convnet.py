"""The live convolutional network's panels: what they draw, reckon and ask, on a network in the page itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.conftest import Bench

CONVOLUTIONS = [
    {"out": 3, "size": 5, "stride": 1, "padding": 2, "pool": 2},
    {"out": 4, "size": 3, "stride": 2, "padding": 1, "pool": 1},
]


def start(bench: Bench, *panels: str, **options: Any) -> None:
    bench.page.evaluate(
        """async ([panels, convolutions, options]) => {
            window.convnet = await import("/harness/convnet.js");
            await convnet.start(panels, convolutions, options);
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }""",
        [list(panels), options.pop("convolutions", CONVOLUTIONS), options],
    )


def draw(bench: Bench, steps: int = 1, real: bool = False, **meta: Any) -> None:
    bench.page.evaluate("([steps, meta, real]) => convnet.draw(steps, meta, real)", [steps, meta, real])


def terms(bench: Bench) -> dict[str, float]:
    found = bench.js(
        "Object.fromEntries([...document.querySelectorAll('.px-worked-term')].map(e => [e.dataset.term, e.querySelector('b').textContent]))"
    )
    return {name: float(text.replace("−", "-").split()[0]) for name, text in found.items()}


def pixels(bench: Bench, selector: str = ".px-stack canvas") -> str:
    found: str = bench.js(f"document.querySelector('{selector}').toDataURL()")
    return found


def test_every_update_moves_the_picture_and_a_switch_shows_the_gradients(bench: Bench) -> None:
    start(bench, "stack", side=12)
    draw(bench)
    first = pixels(bench)
    draw(bench)
    assert pixels(bench) != first
    assert set(bench.js("bench.panels[0].readings")) >= {"*/filter", "*/filter_update", "*/map", "*/pooled"}
    bench.page.get_by_role("button", name="Gradients", exact=True).click()
    bench.page.get_by_role("button", name="Map gradients").click()
    assert {"*/filter_gradient", "*/map_gradient"} <= set(bench.js("bench.panels[0].readings"))
    assert "*/map" not in bench.js("bench.panels[0].readings")


def test_gradients_of_maps_have_no_pooled_column_and_headings_keep_apart(bench: Bench) -> None:
    start(bench, "stack", "arithmetic", side=12)
    draw(bench, real=True)
    bench.js("bench.context.emit('unit', {layer: 1, channel: 1, row: 0, column: 0, part: 'pooling', by: 'stack'})")
    assert "pooled" in bench.js("Object.keys(bench.panels[0].state.plan.blocks[0].parts)")
    bench.page.get_by_role("button", name="Map gradients").click()
    draw(bench)
    assert bench.js("Object.keys(bench.panels[0].state.plan.blocks[0].parts)") == ["kernel", "change", "map"]
    room = bench.js("bench.panels[0].state.plan.blocks[0].room('map')")
    pen = "bench.panels[0].surface.pen"
    assert room > bench.js(f"({pen}.font = '12px sans-serif', {pen}.measureText('∂L/∂a').width)")


@pytest.mark.parametrize("convolutions", [2, 3])
def test_the_answer_is_in_sight_on_a_desktop(bench: Bench, convolutions: int) -> None:
    further = {"out": 16, "size": 3, "stride": 1, "padding": 1, "pool": 1}
    layers = [{"out": 8, "size": 5, "stride": 1, "padding": 2, "pool": 2}, further, further]
    bench.page.set_viewport_size({"width": 740, "height": 900})
    start(bench, "stack", side=12, convolutions=layers[:convolutions])
    draw(bench)
    assert bench.js("document.querySelector('.px-stack-box').scrollWidth <= document.querySelector('.px-stack-box').clientWidth")


def test_another_image_is_asked_for_and_its_number_shown_at_once(bench: Bench) -> None:
    start(bench, "stack", side=12)
    draw(bench)
    bench.page.get_by_role("button", name="Image before").click()
    assert bench.js("bench.context.calls.requestChange") == [{"shown": 3}]
    assert bench.page.locator(".px-stack-which").inner_text() == "image 4 of 4"
    bench.js("bench.network.shown = 3")
    draw(bench)
    assert bench.js("bench.panels[0].state.label") == "0"


@pytest.mark.parametrize("layer", [1, 2])
def test_products_and_bias_make_the_drive_at_every_place(bench: Bench, layer: int) -> None:
    start(bench, "stack", "arithmetic", side=12)
    draw(bench, real=True)
    bench.js(f"bench.context.emit('unit', {{layer: {layer}, channel: 1, row: 0, column: 0, part: 'convolution', by: 'stack'}})")
    for place in range(3):
        bench.page.locator(".px-arithmetic-place", has_text=f"row 1, column {place + 1}").wait_for()
        wanted = bench.js(f"bench.network.convolution({{layer: {layer}, channel: 1, row: 0, column: {place}}})")
        bench.page.wait_for_function(
            f"Math.abs(bench.panels[1].answer?.drive - {wanted['drive']}) < 1e-9 && bench.panels[1].answered.column === {place}"
        )
        shown = terms(bench)
        assert shown["sum"] + shown["bias"] == pytest.approx(shown["drive"], abs=2e-4)
        assert shown["drive"] == pytest.approx(wanted["drive"], abs=1e-4)
        assert shown["activation"] == pytest.approx(max(0.0, wanted["drive"]), abs=1e-4)
        bench.page.get_by_role("button", name="Step ▶").click()
    bench.page.get_by_role("button", name="Step back").click()
    assert bench.page.locator(".px-arithmetic-place").inner_text() == "row 1, column 3"


def test_a_press_on_a_pixel_opens_exactly_that_pixel_and_arrows_move_it(bench: Bench) -> None:
    start(bench, "stack", "arithmetic", side=12)
    draw(bench, real=True)
    box = bench.js("bench.panels[0].state.plan.blocks[0].box('map', 2)")
    place = {"x": box["x"] + box["width"] * 7.5 / 12, "y": box["y"] + box["height"] * 3.5 / 12}
    bench.page.locator(".px-stack canvas").click(position=place)
    assert bench.js("(({part, layer, channel, row, column}) => [part, layer, channel, row, column])(bench.panels[1].unit)") == [
        "convolution",
        1,
        2,
        3,
        7,
    ]
    bench.page.locator(".px-arithmetic-stage").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        bench.page.keyboard.press(key)
    assert bench.page.locator(".px-arithmetic-place").inner_text() == "row 6, column 9"
    bench.page.locator(".px-stack-box").focus()
    bench.page.keyboard.press("ArrowRight")
    bench.page.keyboard.press("Enter")
    assert bench.js("bench.panels[1].unit.layer") == 2


def test_a_drawing_is_centred_by_its_mass_and_named(bench: Bench) -> None:
    start(bench, "draw")
    paper = bench.page.locator(".px-draw-paper")
    paper.focus()
    bench.page.keyboard.press("Space")
    for _ in range(9):
        bench.page.keyboard.press("ArrowUp")
    bench.page.get_by_text("takes this for “3” with 91%").wait_for()
    asked = bench.js("bench.context.calls.ask.at(-1)[1].pixels")
    assert len(asked) == 28 * 28 and max(asked) == 255
    weight = sum(asked)
    across = sum(value * (i % 28 + 0.5) for i, value in enumerate(asked)) / weight
    down = sum(value * (i // 28 + 0.5) for i, value in enumerate(asked)) / weight
    assert (across, down) == (pytest.approx(14, abs=0.3), pytest.approx(14, abs=0.3))
    rows = [i // 28 for i, value in enumerate(asked) if value > 40]
    assert 19 <= max(rows) - min(rows) + 1 <= 22, "the longer side fills 20 pixels"
    bench.page.get_by_role("button", name="Clear").click()
    assert bench.page.get_by_text("Nothing is drawn").is_visible()


def test_without_digits_the_panel_says_what_drawing_needs(bench: Bench) -> None:
    start(bench, "draw", spec={"dataset": "fashion"})
    assert "Choose MNIST" in bench.page.locator(".px-draw").inner_text()
    start(bench, "draw", spec={"dataset": "own_images"})
    assert bench.page.locator(".px-draw").count() == 0


def test_mistakes_lead_to_the_picture_where_it_has_the_image(bench: Bench) -> None:
    start(bench, "worst", side=12)
    bench.js(
        """(() => {
            const {network, panels} = bench;
            const arrays = {
                "worst/images": Uint8Array.from([...network.images[2], ...new Uint8Array(144)]),
                "worst/labels": Int32Array.of(1, 4, 9, 9),
                "worst/probability": Float32Array.of(0.012, 0.4),
                "worst/example": Int32Array.of(17, 803),
            };
            panels[0].draw({meta: {}, arrays});
        })()"""
    )
    cards = bench.page.locator(".px-worst-card:visible")
    assert cards.all_inner_texts() == ["1 · 1.2%\nsaid 4", "9 · 40%\nnamed right"]
    cards.nth(1).click()
    assert "Held-out image 803 is not among the 4 sample images" in bench.page.locator(".px-worst-said").inner_text()
    cards.nth(0).click()
    assert bench.js("bench.context.calls.requestChange") == [{"shown": 2}]


def test_the_moment_of_97_percent_is_read_off_the_curves(bench: Bench) -> None:
    start(bench, "milestone")
    bench.js(
        """bench.panels[0].draw({meta: {step: 600, status: "playing"}, arrays: {
            "curves/step": Float64Array.of(0, 200, 412, 600),
            "curves/test_accuracy": Float32Array.of(0.1, 0.9, 0.97, 0.965),
            "curves/seconds": Float32Array.of(0, 2, 4.12, 6),
        }})"""
    )
    assert bench.page.locator(".px-milestone").inner_text() == "97.0% of 1,000 held-out images after 412 updates, 4.12 s of compute."


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_on_a_phone_the_picture_scrolls_in_its_own_box(bench: Bench) -> None:
    start(bench, "stack", "arithmetic", "answer", side=28)
    draw(bench)
    box = bench.js("(() => { const b = document.querySelector('.px-stack-box'); return [b.scrollWidth, b.clientWidth]; })()")
    assert box[0] > box[1]
    assert bench.js("document.querySelector('.px-arithmetic').scrollWidth <= innerWidth")


def test_projector_text_is_large(bench: Bench) -> None:
    start(bench, "stack", "arithmetic", "worst", "milestone", side=12, classes="px-projector")
    draw(bench, real=True)
    bench.page.locator(".px-worked-value").first.wait_for()
    small = bench.js(
        """[...document.querySelectorAll('#room *')]
            .filter(e => e.offsetWidth > 2 && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .filter(e => parseFloat(getComputedStyle(e).fontSize) < 18).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
