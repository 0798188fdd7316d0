"""Own data on the whole site: drawn by mouse or keys, pasted or uploaded, and learned from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from scripts.lab import Lab
from tests.browser.conftest import Open

TABLE: Final = "Table: paste here, or drop a file"


@pytest.fixture
def lab(open_lab: Open, errors: list[str]) -> Iterator[Lab]:
    opened = open_lab(fields={"dataset": "xor", "seed": "3"})
    opened.press("Own data")
    yield opened
    assert errors == []


def written(rows: int, separator: str, columns: int = 2) -> str:
    """A table with a header and a class that its first two columns decide."""
    chance = random.Random(rows)
    names = ["width", "height", "depth", "weight"][:columns]
    lines = [separator.join([*names, "kind"])]
    for _ in range(rows):
        values = [chance.uniform(-4, 4) for _ in names]
        lines.append(separator.join([f"{value:.2f}" for value in values] + ["pear" if values[0] + values[1] > 0 else "apple"]))
    return "\n".join(lines)


def spec(lab: Lab) -> dict[str, Any]:
    found: dict[str, Any] = lab.service(f"/runs/{lab.shown().run}")["spec"]
    return found


def taken(lab: Lab, before: str, dataset: str) -> dict[str, Any]:
    """The table that the new run learns from."""
    lab.until(f"root.dataset.live !== '{before}' && root.dataset.status === 'paused'", 20)
    own = spec(lab)
    assert own["dataset"] == dataset
    table: dict[str, Any] = lab.service(f"/tables/{own['content']}")
    return table


def learns(lab: Lab) -> None:
    lab.play()
    lab.reach(500)
    lab.pause()


def assert_out_of_the_way(lab: Lab) -> None:
    """What learns from the data is in sight, and the drawer is not."""
    lab.live.locator(".px-network canvas").first.wait_for()
    assert not lab.live.locator(".px-own_data").is_visible()
    assert lab.live.get_by_role("button", name="Own data").get_attribute("aria-expanded") == "false"
    bar, size = lab.live.locator(".px-toolbar").bounding_box(), lab.page.viewport_size
    assert bar is not None and size is not None
    for panel in ("network", "output"):
        box = lab.live.locator(f".px-{panel} canvas").first.bounding_box()
        assert box is not None and bar["y"] + bar["height"] <= box["y"] < size["height"] / 2


def drag(lab: Lab, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Across the plane, in shares of the canvas."""
    box = lab.live.locator(".px-own-plane").bounding_box()
    assert box is not None
    lab.page.mouse.move(box["x"] + begin[0] * box["width"], box["y"] + begin[1] * box["height"])
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=12)
    lab.page.mouse.up()


def test_points_are_drawn_and_learned(lab: Lab) -> None:
    points_are_drawn_and_trained_on_by_keyboard_alone(lab)
    lab.press("Own data")
    lab.press("Clear")
    points_drawn_by_mouse_outlive_a_reload_and_are_learned(lab)


def points_drawn_by_mouse_outlive_a_reload_and_are_learned(lab: Lab) -> None:
    before = lab.shown().run
    lab.press("Class 1")
    lab.live.locator(".px-own-plane").scroll_into_view_if_needed()
    drag(lab, (0.2, 0.8), (0.8, 0.8))
    lab.press("Class 2")
    drag(lab, (0.2, 0.2), (0.8, 0.2))
    count = lab.live.locator(".px-own-count").inner_text()
    assert "of class 1" in count and "of class 2" in count
    lab.page.reload()
    lab.ready()
    if lab.button("Own data").get_attribute("aria-expanded") == "false":  # it is open already where the run learns own points
        lab.press("Own data")
    assert lab.live.locator(".px-own-count").inner_text() == count
    lab.press("Train on these points")
    table = taken(lab, before, "own")
    assert table["classes"] == ["1", "2"] and f"{len(table['rows'])} points" in count
    assert_out_of_the_way(lab)
    assert all(y < 0 for (_, y), kind in zip(table["rows"], table["targets"], strict=True) if kind == 0)
    learns(lab)
    lab.press("Own data")
    assert lab.live.locator(".px-own-count").inner_text() == count


def points_are_drawn_and_trained_on_by_keyboard_alone(lab: Lab) -> None:
    before, keys = lab.shown(), lab.page.keyboard
    lab.live.locator(".px-own-plane").focus()
    for kind, up in (("1", "ArrowUp"), ("2", "ArrowDown")):
        keys.press(kind)
        for _ in range(3):
            keys.press(f"Shift+{up}")
            keys.press("Shift+ArrowRight")
            keys.press("Space")
    assert lab.shown() == before  # Space and the arrows neither played nor stepped the run
    keys.press("Escape")
    while lab.page.evaluate("document.activeElement.textContent") != "Train on these points":
        keys.press("Tab")
    keys.press("Enter")
    table = taken(lab, before.run, "own")
    assert table["rows"] == [[1, 1], [2, 2], [3, 3], [4, 2], [5, 1], [6, 0]] and table["targets"] == [0, 0, 0, 1, 1, 1]
    learns(lab)


def test_tables_are_read_and_learned(lab: Lab, tmp_path: Path) -> None:
    a_link_whose_data_are_gone_offers_a_way_on(lab)
    rows_with_faults_are_named_and_left_out_and_the_rest_is_learned(lab)
    an_uploaded_table_of_four_columns_is_learned_and_named_by_its_columns(lab, tmp_path)


def rows_with_faults_are_named_and_left_out_and_the_rest_is_learned(lab: Lab) -> None:
    before = lab.shown().run
    lines = written(60, ";").split("\n")
    lines[3] = "1;two;pear"
    lines[7] = "1;2"
    lab.live.get_by_label(TABLE).fill("\n".join(lines))
    lab.press("Read the table")
    faults = lab.live.locator(".px-own-faults li")
    faults.first.wait_for()
    assert [text.split(":")[0] for text in faults.all_inner_texts()] == ["Line 4, column 2", "Line 8, column 3"]
    assert "“two” is no number" in faults.first.inner_text()
    lab.press("Keep the 58 good rows")
    lab.live.get_by_text("58 rows of 2 columns, with a header, parted by semicolons.").wait_for()
    lab.press("Train on it as points of the plane")
    table = taken(lab, before, "own")
    assert (table["columns"], table["label"], len(table["rows"])) == (["width", "height"], "kind", 58)
    assert not lab.live.locator(".px-own_data").is_visible()
    lab.press("Own data")
    lab.live.locator(".px-own-count").get_by_text("58 points").wait_for()  # they stand on the plane, to be drawn on
    learns(lab)


def an_uploaded_table_of_four_columns_is_learned_and_named_by_its_columns(lab: Lab, tmp_path: Path) -> None:
    before = lab.shown().run
    (tmp_path / "fruit.tsv").write_text(written(80, "\t", columns=4), "utf-8")
    lab.live.get_by_label("Table file").set_input_files(tmp_path / "fruit.tsv")
    lab.live.get_by_text("80 rows of 4 columns, with a header, parted by tabs.").wait_for()
    lab.press("Train on it as a table")
    assert taken(lab, before, "table")["columns"] == ["width", "height", "depth", "weight"]
    learns(lab)
    chosen = lab.live.locator(".px-inspector").get_by_label("Inspect: connection")
    assert [text for text in chosen.locator("option").all_inner_texts() if "weight" in text]
    assert lab.live.locator(".px-output").count() == 0 and lab.live.locator(".px-broken").count() == 0


def a_link_whose_data_are_gone_offers_a_way_on(lab: Lab) -> None:
    address = lab.page.url.split("?")[0]
    lab.page.goto(f"{address}?dataset=own&content={'0' * 64}")
    lab.live.get_by_text("These data are no longer kept here").wait_for()
    lab.live.get_by_label(TABLE).fill(written(20, ","))
    lab.press("Read the table")
    lab.live.get_by_text("20 rows of 2 columns").wait_for()
    lab.press("Use the starter points")
    lab.ready()
    assert (spec(lab)["dataset"], spec(lab)["content"]) == ("own", None)
    assert "40 points" in lab.live.locator(".px-own-count").inner_text()
    assert lab.live.get_by_label(TABLE).input_value().startswith("width,height,kind")
