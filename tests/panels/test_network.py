"""The network's picture and its inspector: what a person sees of a weight, and what a click sends."""

from __future__ import annotations

from typing import Any

from tests.panels.conftest import Bench

MIDDLE_OF_FIRST_EDGE = """(() => {
  const { layout, edges } = lab.state.panels[0];
  const points = edges.find(1, 1, 0).points;
  const box = lab.state.panels[0].notes.canvas.getBoundingClientRect();
  return [box.x + points[12], box.y + points[13]];
})()"""


def inspector(bench: Bench) -> Any:
    """The inspector's own controls; the card at the pointer has the same."""
    return bench.page.locator(".px-inspector")


def begin(bench: Bench, sizes: list[int] | None = None) -> None:
    bench.start(["network", "inspector"], sizes or [2, 4, 2, 1])
    bench.frame(5)


def place_of(bench: Bench, layer: int, index: int) -> list[float]:
    place: list[float] = bench.js(
        f"(() => {{ const p = lab.state.panels[0]; const n = p.layout.nodes[{layer}][{index}];"
        "const b = p.notes.canvas.getBoundingClientRect(); return [b.x + n.x, b.y + n.y]; })()"
    )
    return place


def last(bench: Bench, kind: str) -> Any:
    return bench.js(f"lab.state.context.calls.{kind}.at(-1)")


def test_every_neuron_shows_its_own_field(bench: Bench) -> None:
    begin(bench)
    colour = bench.js(
        "(() => { const p = lab.state.panels[0]; const n = p.layout.nodes[1][2]; const r = p.base.view.ratio;"
        "return [...p.base.pen.getImageData(n.x * r, n.y * r, 1, 1).data]; })()"
    )
    bytes_ = bench.js("[...lab.state.frame.arrays['1/field'].subarray(2 * 1024, 3 * 1024)]")
    lut = bench.js(f"lab.state.context.colours.lut[{bytes_[16 * 32 + 16]}]")
    expected = [lut & 255, lut >> 8 & 255, lut >> 16 & 255, 255]
    assert all(abs(a - b) <= 12 for a, b in zip(colour, expected, strict=True))


def test_a_first_frame_without_fields_does_no_harm(bench: Bench) -> None:
    bench.start(["network"], [2, 4, 2, 1])
    bench.js(
        "(() => { const s = lab.state; s.network.train(1); const f = lab.frameOf(s.network);"
        "for (const name in f.arrays) if (name.endsWith('field')) delete f.arrays[name]; s.panels[0].draw(f); })()"
    )
    bench.frame(1)
    assert bench.js("lab.state.panels[0].fields.place(3, 0).side") == 64


def test_pointing_at_an_edge_focuses_it_and_clicking_holds_it(bench: Bench) -> None:
    begin(bench)
    x, y = bench.js(MIDDLE_OF_FIRST_EDGE)
    bench.page.mouse.move(x, y)
    assert last(bench, "select") == {"layer": 1, "to": 1, "from": 0}
    bench.page.mouse.click(x, y)
    assert inspector(bench).get_by_role("heading", name="Weight x → 2 in layer 1").is_visible()
    bench.page.mouse.move(*place_of(bench, 2, 0))
    assert inspector(bench).get_by_role("heading", name="Weight x → 2 in layer 1").is_visible()
    inspector(bench).get_by_role("button", name="Let go").click()
    bench.page.mouse.move(*place_of(bench, 2, 1))
    assert inspector(bench).get_by_role("heading", name="Neuron 2 in layer 2").is_visible()


def test_the_live_value_and_the_parts_that_sum_are_shown(bench: Bench) -> None:
    begin(bench)
    bench.page.wait_for_timeout(150)
    bench.frame(1)
    value = inspector(bench).locator(".px-value").inner_text().replace("−", "-")
    assert abs(float(value) - bench.js("lab.state.network.layers[0].weight[0]")) < 1e-2
    shown = [float(text.replace("−", "-")) for text in inspector(bench).locator(".px-parts td.px-number").all_inner_texts()]
    assert abs(sum(shown[:4]) - shown[4]) < 0.025


def test_a_weight_is_edited_frozen_undone_and_chosen_by_keyboard_alone(bench: Bench) -> None:
    begin(bench)
    page = bench.page
    inspector(bench).get_by_label("Inspect: layer").select_option("2")
    inspector(bench).get_by_label("Inspect: neuron").select_option("1")
    inspector(bench).get_by_label("Inspect: connection").select_option("3")
    inspector(bench).get_by_label("New value").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("0.75")
    page.keyboard.press("Enter")
    assert last(bench, "command") == {"command": "edit", "layer": 2, "to": 1, "from": 3, "value": 0.75}
    for name, expected in {
        "Undo": {"command": "undo"},
        "Freeze": {"command": "freeze", "layer": 2, "to": 1, "from": 3, "frozen": True},
        "Drive the synapse with this weight": {"command": "choose", "layer": 2, "to": 1, "from": 3},
    }.items():
        inspector(bench).get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")
        assert last(bench, "command") == expected


def test_the_field_follows_the_weight_until_somebody_types(bench: Bench) -> None:
    begin(bench)
    field = inspector(bench).get_by_label("New value")
    before = field.input_value()
    bench.js("new Promise((done) => setTimeout(done, 150)).then(() => lab.draw(300, {}))")
    after = field.input_value()
    assert after != before
    assert inspector(bench).locator(".px-value").inner_text().startswith(after[:4].replace("-", "−"))
    field.fill("0.75")
    field.blur()
    bench.js("new Promise((done) => setTimeout(done, 150)).then(() => lab.draw(300, {}))")
    assert field.input_value() == "0.75"


def test_a_bias_square_opens_the_bias(bench: Bench) -> None:
    begin(bench)
    x, y = bench.js(
        "(() => { const p = lab.state.panels[0]; const s = p.layout.biasSquare(1, 0);"
        "const b = p.notes.canvas.getBoundingClientRect(); return [b.x + s.x + 2, b.y + s.y + s.side - 1]; })()"
    )
    bench.page.mouse.click(x, y)
    assert inspector(bench).get_by_role("heading", name="Bias of neuron 1 in layer 1").is_visible()
    assert last(bench, "select") == {"layer": 1, "to": 0, "from": None}
    assert not inspector(bench).get_by_role("button", name="Drive the synapse with this weight").is_visible()


def test_a_neuron_is_lesioned_and_its_layer_frozen(bench: Bench) -> None:
    begin(bench)
    bench.page.mouse.click(*place_of(bench, 1, 2))
    inspector(bench).get_by_role("button", name="Lesion").click()
    assert last(bench, "command") == {"command": "lesion", "layer": 1, "neuron": 2, "lesioned": True}
    inspector(bench).get_by_role("button", name="Freeze layer 1").click()
    assert last(bench, "command") == {"command": "freeze", "layer": 1, "to": None, "from": None, "frozen": True}
    bench.page.wait_for_timeout(150)
    bench.frame(1, lesioned=[[1, 2]], frozen=[[1, None, None]])
    assert inspector(bench).get_by_role("button", name="Restore").is_visible()
    assert inspector(bench).get_by_role("button", name="Unfreeze layer 1").is_visible()


def test_a_refusal_is_said_beside_the_control(bench: Bench) -> None:
    begin(bench)
    bench.js("lab.state.context.refusal = 'value: give a number from −100 to 100.'")
    inspector(bench).get_by_label("New value").fill("500")
    inspector(bench).get_by_role("button", name="Set").click()
    assert inspector(bench).get_by_text("value: give a number from −100 to 100.").is_visible()


def test_the_svg_is_real(bench: Bench) -> None:
    begin(bench)
    kinds = bench.js(
        "(() => { const d = new DOMParser().parseFromString(lab.state.panels[0].svg(), 'image/svg+xml');"
        "return ['parsererror', 'path', 'image', 'text'].map((t) => d.getElementsByTagName(t).length); })()"
    )
    assert kinds[0] == 0 and kinds[1] >= 18 and kinds[2] == 9 and kinds[3] >= 6
    assert bench.js("lab.state.panels[0].image().then((b) => [b.type, b.size > 2000])") == ["image/png", True]


def test_digits_draw_at_most_two_hundred_curves(bench: Bench) -> None:
    bench.start(["network", "inspector", "digits"], [64, 64, 10])
    bench.js("(lab.state.network.fixedFields = { 1: new Uint8Array(64 * 64), 2: new Uint8Array(640) }, 0)")
    bench.frame(1)
    assert 100 <= bench.js("lab.state.panels[0].edges.active.length") <= 200


def test_a_new_run_is_laid_out_afresh(bench: Bench) -> None:
    begin(bench)
    bench.js("(lab.state.network = new lab.TinyNetwork([3, 5, 1]), 0)")
    bench.js("(lab.state.context.statics = lab.planeStatics(lab.state.network), 0)")
    bench.frame(2)
    assert bench.js("lab.state.panels[0].layout.sizes") == [3, 5, 1]
    bench.page.wait_for_timeout(150)
    bench.frame(1)
    assert inspector(bench).get_by_label("Inspect: layer").locator("option").count() == 3
