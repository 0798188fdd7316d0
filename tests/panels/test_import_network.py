"""The import panel: what is chosen goes to the service with what the page shows, and its answer begins a run or is told, files kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.panels.conftest import Bench

ANSWERS = """async (files) => {
    const [weights, description] = await Promise.all([files.weights.text(), files.description.text()]);
    window.sent = {weights, description, name: files.weights.name, page: files.page};
    if (window.refusal) throw new Error(window.refusal);
    return {changes: {weights: "AAAA", hidden_layers: [3]}, said: "Your 2-3-1 network."};
}"""
NEXT_RUN = """async (weights) => {
    const { create } = await import("/live/panels/import_network.js");
    lab.state.context.data.spec = {dataset: "circle", weights};
    lab.state.context.data.link = {};
    lab.state.panels[0].destroy();
    return create(lab.state.context) === lab.state.panels[0];
}"""


SMALL = """() => [...document.querySelectorAll('.px-import_network *')].filter(e => e.getClientRects().length
    && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && parseFloat(getComputedStyle(e).fontSize) < 18)
    .map(e => e.outerHTML)"""


def shown(bench: Bench, classes: str = "") -> Any:
    bench.page.add_style_tag(url="/live/panels/import_network.css")
    bench.start(["import_network"], [2, 3, 1], classes)
    bench.page.evaluate(f"() => {{ lab.state.context.network = {ANSWERS}; }}")
    bench.js("lab.state.context.emit('tool', 'import_network')")
    return bench.page


@pytest.fixture
def opened(bench: Bench, tmp_path: Path) -> Any:
    (tmp_path / "mine.safetensors").write_text("numbers")
    (tmp_path / "mine.json").write_text('{"layers": ["Linear"]}')
    return shown(bench)


def choose(page: Any, folder: Path) -> None:
    page.get_by_label("Weights (.safetensors)").set_input_files(folder / "mine.safetensors")
    page.get_by_label("Layers (.json)").set_input_files(folder / "mine.json")


def said(page: Any, part: str) -> None:
    page.wait_for_function("part => document.querySelector('.px-import-said').textContent.includes(part)", arg=part)


def chosen(page: Any) -> list[str]:
    names: list[str] = page.evaluate("() => [...document.querySelectorAll('input[type=file]')].map(input => input.files[0]?.name ?? '')")
    return names


def test_it_opens_and_closes_at_a_press_and_says_so(bench: Bench, opened: Any) -> None:
    assert opened.get_by_text("In PyTorch").is_visible()
    opened.get_by_role("button", name="Close").click()
    assert not opened.get_by_text("In PyTorch").is_visible()
    told = [value["open"] for event, value in bench.js("lab.state.context.calls.emit") if event == "opened"]
    assert told == [False, True, False]


def test_a_network_begins_a_run_that_stands_still_and_its_words_last_as_long(bench: Bench, opened: Any, tmp_path: Path) -> None:
    choose(opened, tmp_path)
    opened.get_by_role("button", name="See this network").press("Enter")
    said(opened, "Your 2-3-1 network.")
    assert bench.js("window.sent") == {
        "weights": "numbers",
        "name": "mine.safetensors",
        "description": '{"layers": ["Linear"]}',
        "page": '{"dataset":"circle","content":null}',
    }
    assert bench.js("lab.state.context.calls.command") == [{"command": "pause"}]
    assert bench.js("lab.state.context.calls.change") == [{"weights": "AAAA", "hidden_layers": [3]}]
    assert opened.evaluate(NEXT_RUN, "AAAA") is True
    said(opened, "Your 2-3-1 network.")
    assert "Save keeps them" in opened.locator(".px-import-note").inner_text()
    assert chosen(opened) == ["mine.safetensors", "mine.json"]
    opened.evaluate(NEXT_RUN, None)
    assert opened.locator(".px-import-said").inner_text() == ""


def test_a_refusal_is_told_and_the_files_stay(bench: Bench, opened: Any, tmp_path: Path) -> None:
    opened.get_by_role("button", name="See this network").click()
    said(opened, "choose this file first")
    choose(opened, tmp_path)
    said(opened, "")
    bench.js("window.refusal = 'description: its hidden activations are ReLU, tanh.'")
    opened.get_by_role("button", name="See this network").click()
    said(opened, "Layers: its hidden activations")
    assert chosen(opened) == ["mine.safetensors", "mine.json"]
    assert bench.js("lab.state.context.calls.change") == []


def test_both_files_may_be_dropped_in_any_order(bench: Bench, opened: Any) -> None:
    opened.evaluate("""() => {
        const held = new DataTransfer();
        held.items.add(new File(["{}"], "network.json"));
        held.items.add(new File(["x"], "network.safetensors"));
        document.querySelector('.px-import_network').dispatchEvent(new DragEvent('drop', {dataTransfer: held, cancelable: true}));
    }""")
    assert chosen(opened) == ["network.safetensors", "network.json"]


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_it_fits_a_phone(bench: Bench, opened: Any) -> None:
    assert bench.js("document.documentElement.scrollWidth") <= 390
    assert bench.js("document.querySelector('.px-import_network').offsetWidth") >= 300


def test_no_small_type_on_the_projector(bench: Bench) -> None:
    page = shown(bench, "px-projector")
    bench.js("document.querySelector('details').open = true")
    assert page.get_by_text("1 to 7 inputs").is_visible()
    assert page.evaluate(SMALL) == []
