"""Own data: what a person draws with mouse, finger or keys, and what becomes of a table that is pasted."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.panels.conftest import Bench

SENT: Final[dict[str, Any]] = {
    "content_id": "c" * 64, "rows": 4, "columns": ["x", "y"], "label": "kind", "problem": "classes", "classes": ["a", "b"],
    "header": True, "separator": ";", "refused": [], "refused_count": 0,
    "first": {"rows": [[1, 2], [2, 1], [3, 0], [4, 1]], "answers": ["a", "b", "a", "b"]},
}  # fmt: skip
FAULTS: Final[dict[str, Any]] = {
    "message": "Line 3, column 2: “two” is no number.", "goodRows": 96, "faultCount": 60,
    "faults": [{"line": 3, "column": 2, "sentence": "“two” is no number; column 2 (y) takes numbers."}] * 50,
}  # fmt: skip


def begin(bench: Bench, table: str = "() => null") -> None:
    """The panel, open, before a service that answers a table with the JavaScript function `table`."""
    bench.page.add_style_tag(url="/live/panels/own_data.css")
    bench.js("sessionStorage.clear()")
    bench.start(["own_data"], [2, 4, 1], data={"experiment": "gradient-flow"})
    bench.js(
        f"(() => {{ window.answers = {{ sent: [] }}; const answer = {table};"
        "const send = async (body, options) => { answers.sent.push(body); answers.options = options; return answer(body, options); };"
        "lab.state.context.tables = { send }; })()"
    )
    bench.js("lab.state.panels[0].open(true)")
    bench.page.wait_for_function("lab.state.panels[0].draws.editor.surface.view.width > 0")


def at(bench: Bench, x: float, y: float) -> tuple[float, float]:
    """Where a place of the plane is on the page."""
    left, top = bench.js(
        "(() => { const e = lab.state.panels[0].draws.editor; const b = e._box(e.surface.view); const r = e.canvas.getBoundingClientRect();"
        f"return [r.x + b.x + ({x} + 6) / 12 * b.side, r.y + b.y + (6 - {y}) / 12 * b.side]; }})()"
    )
    return left, top


def points(bench: Bench) -> list[dict[str, float]]:
    found: list[dict[str, float]] = bench.js("lab.state.panels[0].points.list")
    return found


def places(bench: Bench) -> list[tuple[float, float, float]]:
    return [(round(point["x"], 1), round(point["y"], 1), point["kind"] + 1) for point in points(bench)]


def said(bench: Bench) -> str:
    return str(bench.page.locator(".px-own-said").inner_text())


def press(bench: Bench, *keys: str) -> None:
    for key in keys:
        bench.page.keyboard.press(key)


def test_a_click_adds_a_drag_sprays_and_a_drag_of_a_point_moves_it(bench: Bench) -> None:
    begin(bench)
    mouse = bench.page.mouse
    mouse.click(*at(bench, -3, 2))
    assert places(bench) == [(-3, 2, 1)] and "class 1 at x −3" in said(bench)
    bench.page.get_by_role("button", name="Class 2").click()
    mouse.move(*at(bench, 0, -4))
    mouse.down()
    mouse.move(*at(bench, 4, -4), steps=20)
    mouse.up()
    sprayed = places(bench)[1:]
    assert len(sprayed) > 4 and {kind for _, _, kind in sprayed} == {2} and all(abs(y + 4) < 0.3 for _, y, _ in sprayed)
    mouse.move(*at(bench, -3, 2))
    mouse.down()
    mouse.move(*at(bench, 5, 5), steps=5)
    mouse.up()
    assert places(bench)[0] == (5, 5, 1) and len(points(bench)) == len(sprayed) + 1
    bench.page.get_by_role("button", name="Undo").click()
    assert places(bench)[0] == (-3, 2, 1)
    bench.page.get_by_role("button", name="Undo").click()
    assert len(points(bench)) == 1  # a stroke is one edit


def test_points_are_erased_by_the_tool_and_by_the_other_button(bench: Bench) -> None:
    begin(bench)
    for x in (-3, 0, 3):
        bench.page.mouse.click(*at(bench, x, 0))
    bench.page.mouse.click(*at(bench, 0, 0), button="right")
    assert [x for x, _, _ in places(bench)] == [-3, 3]
    erase = bench.page.get_by_role("button", name="Erase")
    erase.click()
    assert erase.get_attribute("aria-pressed") == "true"
    bench.page.mouse.click(*at(bench, 3, 0))
    bench.page.mouse.click(*at(bench, 5, 5))
    assert [x for x, _, _ in places(bench)] == [-3]


def test_all_is_drawn_by_keyboard_and_no_key_reaches_the_view(bench: Bench) -> None:
    begin(bench)
    bench.js("window.leaked = []; document.getElementById('room').addEventListener('keydown', (event) => leaked.push(event.key))")
    bench.page.locator(".px-own-plane").focus()
    press(bench, "Shift+ArrowRight", "ArrowUp", "ArrowUp", "Enter", "2", "Shift+ArrowLeft", "Space")
    assert places(bench) == [(1, 0.5, 1), (0, 0.5, 2)]
    assert said(bench) == "Point 2: class 2 at x 0, y 0.5."
    press(bench, "m", "Shift+ArrowUp", "ArrowLeft", "m", "ArrowDown")
    assert places(bench)[1] == (-0.2, 1.5, 2) and points(bench)[1]["x"] == -0.25
    press(bench, "Delete")
    assert places(bench) == [(1, 0.5, 1)] and "Erased: point 2" in said(bench)
    press(bench, "Delete", "Home", "7", "m")
    assert "no point near" in said(bench) and len(points(bench)) == 1
    press(bench, "Escape")
    assert bench.js("document.activeElement.textContent") == "Add or move"
    assert bench.js("leaked") == []


def test_the_button_says_why_it_cannot_train_until_it_can(bench: Bench) -> None:
    begin(bench, table=f"() => ({{ content_id: '{'a' * 64}' }})")
    train = bench.page.get_by_role("button", name="Train on these points")
    count = bench.page.locator(".px-own-count")
    assert train.is_disabled() and "4 more points are needed" in count.inner_text()
    for x in (-4, -2, 0, 2):
        bench.page.mouse.click(*at(bench, x, 0))
    assert train.is_disabled() and "All points are of class 1" in count.inner_text()
    bench.page.get_by_role("button", name="Class 3").click()
    bench.page.mouse.click(*at(bench, 4, 4))
    train.click()
    bench.page.wait_for_function("lab.state.context.calls.change.length > 0")
    assert bench.js("lab.state.context.calls.change") == [{"dataset": "own", "content": "a" * 64}]
    body = bench.js("answers.sent[0]")
    assert (body["classes"], len(body["rows"])) == (["1", "3"], 5) and body["targets"] == ["1"] * 4 + ["3"]


def test_points_with_values_are_chosen_with_the_slider(bench: Bench) -> None:
    begin(bench, table=f"() => ({{ content_id: '{'b' * 64}' }})")
    bench.page.get_by_role("button", name="A value").click()
    assert not bench.page.get_by_role("button", name="Class 1").is_visible()
    slider = bench.page.get_by_label("Value of the points that are drawn")
    for value, x in (("-1", -3), ("0.25", 0), ("1", 3), ("0.5", 5)):
        slider.fill(value)
        bench.page.mouse.click(*at(bench, x, 1))
    assert "value 0.5" in said(bench)
    bench.page.get_by_role("button", name="Train on these points").click()
    bench.page.wait_for_function("answers.sent.length > 0")
    assert bench.js("answers.sent[0].targets") == [-1, 0.25, 1, 0.5] and bench.js("'classes' in answers.sent[0]") is False


def test_a_refusal_of_drawn_points_is_said_and_loses_nothing(bench: Bench) -> None:
    begin(bench, table="() => { throw new Error('The place for tables is full; try again later.') }")
    bench.js("lab.state.panels[0].points.replace({ list: [0, 1, 2, 3].map((x) => ({ x, y: 0, kind: x % 2, value: 0 })) })")
    bench.page.get_by_role("button", name="Train on these points").click()
    bench.page.get_by_text("The place for tables is full; try again later.").wait_for()
    assert len(points(bench)) == 4


def test_points_outlive_the_panel_and_the_present_data_can_be_taken(bench: Bench) -> None:
    begin(bench)
    bench.page.mouse.click(*at(bench, 1, 1))
    bench.js("lab.state.room.replaceChildren()")
    bench.start(["own_data"], [2, 4, 1], data={"experiment": "gradient-flow"})
    bench.js("lab.state.panels[0].open(true)")
    assert places(bench) == [(1, 1, 1)]
    bench.page.get_by_role("button", name="Start from the present data").click()
    given = bench.js("[...lab.state.context.statics.arrays['data/train_points']].slice(0, 2)")
    assert len(points(bench)) == 100 and abs(points(bench)[0]["x"] - given[0]) < 1e-3
    bench.page.get_by_role("button", name="Clear").click()
    assert points(bench) == []
    bench.page.get_by_role("button", name="Undo").click()
    bench.page.get_by_role("button", name="Undo").click()
    assert places(bench) == [(1, 1, 1)]


def test_a_table_that_was_read_is_described_and_goes_to_the_plane_first(bench: Bench) -> None:
    begin(bench, table=f"() => ({json.dumps(SENT)})")
    read = bench.page.get_by_role("button", name="Read the table")
    read.click()
    bench.page.get_by_text("There is nothing here yet").wait_for()
    bench.page.get_by_label("Table: paste here, or drop a file").fill("x;y;kind\n1;2;a")
    bench.page.get_by_label("Answers are").select_option("classes")
    read.click()
    bench.page.get_by_text("4 rows of 2 columns, with a header, parted by semicolons.").wait_for()
    assert bench.js("answers.options") == {"keepGood": False, "problem": "classes"}
    assert bench.page.locator(".px-own-rows td").all_inner_texts()[:3] == ["1.00", "2.00", "a"]
    first = bench.page.locator(".px-own-result .px-own-first")
    assert first.inner_text() == "Train on it as points of the plane"
    bench.page.get_by_role("button", name="Train on it as a table").click()
    bench.page.wait_for_function("lab.state.context.calls.change.length > 0")
    assert bench.js("lab.state.context.calls.change") == [{"dataset": "table", "content": "c" * 64}]


def test_every_fault_is_named_and_the_good_rows_can_be_kept(bench: Bench) -> None:
    faults, read = json.dumps(FAULTS), json.dumps(SENT)
    begin(bench, f"(_, {{ keepGood }}) => {{ if (!keepGood) throw Object.assign(new Error(), {faults}); return {read}; }}")
    text = bench.page.get_by_label("Table: paste here, or drop a file")
    text.fill("x;y\nwhat;is;this")
    bench.page.get_by_role("button", name="Read the table").click()
    bench.page.get_by_text("The table has 60 faults:").wait_for()
    assert bench.page.locator(".px-own-faults li").first.inner_text() == "Line 3, column 2: “two” is no number; column 2 (y) takes numbers."
    assert bench.page.locator(".px-own-faults li").count() == 50 and bench.page.get_by_text("And 10 more.").is_visible()
    assert text.input_value() == "x;y\nwhat;is;this"
    bench.page.get_by_role("button", name="Keep the 96 good rows").click()
    bench.page.get_by_text("4 rows of 2 columns").wait_for()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("a.csv", b"\x89PNG\x00\x00", "is no text"), ("b.csv", b"1,2,a\n" * 400_000, "more than 2 MB")],
)
def test_a_file_that_is_no_table_is_refused_before_it_is_sent(bench: Bench, name: str, content: bytes, sentence: str) -> None:
    begin(bench)
    bench.page.get_by_label("Table: paste here, or drop a file").fill("kept")
    bench.page.get_by_label("Table file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    bench.page.locator(".px-own-result").get_by_text(sentence).wait_for()
    assert bench.js("answers.sent") == [] and bench.page.get_by_label("Table: paste here, or drop a file").input_value() == "kept"


def test_a_file_takes_the_place_of_the_text_and_gives_it_back(bench: Bench) -> None:
    begin(bench, table="(body) => { throw new Error(`read ${body}`) }")
    text = bench.page.get_by_label("Table: paste here, or drop a file")
    text.fill("typed by hand")
    bench.page.get_by_label("Table file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": "größe,1".encode("utf-16")})
    bench.page.get_by_text("read größe,1").wait_for()
    bench.page.get_by_role("button", name="Bring back the text that was here").click()
    assert text.input_value() == "typed by hand"


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_a_phone_shows_both_sides_without_scrolling_sideways(bench: Bench) -> None:
    begin(bench)
    assert bench.js("document.documentElement.scrollWidth") <= 390
    wide = bench.js("[...document.querySelectorAll('.px-own-side')].map((side) => side.offsetWidth)")
    assert min(wide) >= 300


def test_nothing_is_small_in_a_classroom(bench: Bench) -> None:
    begin(bench)
    bench.js("lab.state.room.className = 'px-projector'")
    sizes = bench.js(
        "[...document.querySelectorAll('.px-panel *')]"
        ".filter((n) => n.childElementCount === 0 && n.textContent.trim() && n.checkVisibility())"
        ".map((n) => [parseFloat(getComputedStyle(n).fontSize), n.tagName + ' ' + n.className])"
    )
    assert [entry for entry in sizes if entry[0] < 18] == []


def test_points_beyond_the_plane_are_fitted_as_the_service_fits_them_and_it_is_said(bench: Bench) -> None:
    found = bench.js(
        "import('/live/panels/own_data_sources.js').then(({ pointsOfTable, fittedSentence }) => {"
        "const table = { columns: ['width', 'height'], label: 'kind', problem: 'number', classes: [], targets: [0, 10, 5],"
        "rows: [[100, 0], [200, 0], [150, 50]] };"
        "const arrays = { 'data/train_points': Float32Array.from([-5, -2.5, 5, -2.5]), 'data/test_points': Float32Array.from([0, 2.5]) };"
        "const scaling = { columns: table.columns, middle: [150, 25], scale: [10, 10] };"
        "const statics = { meta: { task: 'plane', sizes: [2, 1], scaling }, arrays };"
        "const within = { ...statics, meta: { task: 'plane', sizes: [] } };"
        "return [pointsOfTable(table).list, fittedSentence({ statics }), fittedSentence({ statics: within }),"
        "pointsOfTable({ ...table, columns: ['a', 'b', 'c'] })]; })"
    )
    assert [(point["x"], point["y"], point["value"]) for point in found[0]] == [(-5, -2.5, -1), (5, -2.5, 1), (0, 2.5, 0)]
    assert found[1].startswith("Your width from 100 to 200 is shown as −5.00 to 5.00, and your height from 0 to 50.0 is shown as −2.50 to")
    assert found[2] == "" and found[3] is None
