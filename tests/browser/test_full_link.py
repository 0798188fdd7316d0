"""What a link and a file carry of a run: configuration, weights, lanes, own data; and what a fresh browser makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import BrowserContext, expect

from models.service import codec
from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.moment import command, differing, weights
from tests.browser.test_import import another_run, weights_of

LANES = json.dumps([{"optimiser": "adam"}, {"learning_rate": 0.3}])
NO_CLIPBOARD = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }"


def message(lab: Lab, part: str) -> None:
    expect(lab.live.locator(".px-message")).to_contain_text(part, timeout=20_000)


def shared(lab: Lab) -> str:
    """The link that stands selected, to be copied by hand."""
    box = lab.live.get_by_label("Link to this configuration")
    expect(box).to_be_focused()
    text = box.input_value()
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == text
    return text


def test_the_full_link_begins_where_the_run_was_shared(open_lab: Open, contexts: Callable[..., BrowserContext]) -> None:
    lab = open_lab(fields={"dataset": "xor", "hidden_layers": "5,3", "lanes": LANES, "seed": "3"})
    lab.page.evaluate(NO_CLIPBOARD)
    lab.play()
    lab.reach(100)
    step = lab.pause().step
    command(lab, command="fork", values={"momentum": 0.5, "optimiser": "momentum"})
    command(lab, command="set", values={"learning_rate": 0.07})
    lab.page.wait_for_url("**learning_rate=0.07*")
    lab.press("Share")
    message(lab, "selected for you to copy: the configuration and the seed.")
    assert "weights" not in parse_qs(urlsplit(shared(lab)).query)
    lab.button("With the weights").press("Enter")
    message(lab, f"the weights of the first network as they are after {step:,} updates (37 numbers, ")
    message(lab, "Moments of the optimiser and the history are only in a saved file.")
    link = shared(lab)
    assert len(urlsplit(link).query) <= 6_000

    fresh = Lab.opened(contexts().new_page(), link)
    spec = fresh.service(f"/runs/{fresh.shown().run}")["spec"]
    assert fresh.shown().step == 0
    assert weights_of(fresh) == weights_of(lab)
    assert (spec["dataset"], spec["seed"], spec["learning_rate"]) == ("xor", 3, 0.07)
    differ = [{name: value for name, value in lane.items() if value is not None} for lane in spec["lanes"]]
    assert differ == [*json.loads(LANES), {"momentum": 0.5, "optimiser": "momentum"}]
    fresh.page.wait_for_timeout(500)  # longer than the view waits before it writes the address
    assert "weights=" in fresh.page.url


def test_weights_that_no_link_holds_are_saved_instead(open_lab: Open) -> None:
    lab = open_lab(fields={"dataset": "digits"})
    lab.page.evaluate(NO_CLIPBOARD)
    lab.press("Share")
    with lab.page.expect_download() as download:
        lab.press("With the weights")
    message(lab, "(1,210 numbers), and a link holds 6,000")
    message(lab, download.value.suggested_filename)
    assert download.value.suggested_filename == "gradient-flow-step-0.safetensors"
    assert not lab.live.get_by_label("Link to this configuration").is_visible()


def points() -> dict[str, object]:
    rows = np.random.default_rng(2).uniform(-5, 5, (60, 2))
    return {
        "columns": ["x", "y"],
        "label": "kind",
        "rows": rows.tolist(),
        "targets": ["in" if x * x + y * y < 9 else "out" for x, y in rows],
    }


def test_a_saved_race_on_own_points_goes_on_bit_equal_in_a_fresh_browser(open_lab: Open, tmp_path: Path) -> None:
    start = open_lab()
    content = start.service("/tables", points())["content_id"]
    lab = open_lab(fields={"dataset": "own", "content": content, "hidden_layers": "6", "optimiser": "adam"})
    lab.press("Share")
    message(lab, "they stay on this server for an hour after their last use, and Save keeps them in a file.")
    command(lab, command="step", n=120)
    command(lab, command="edit", layer=1, to=0, **{"from": 1}, value=0.75)
    command(lab, command="step", n=30)
    command(lab, command="fork", values={"learning_rate": 0.3})
    command(lab, command="step", n=50)
    with lab.page.expect_download() as download:
        lab.press("Save")
    download.value.save_as(tmp_path / "saved.safetensors")
    assert content in json.dumps(codec.decode((tmp_path / "saved.safetensors").read_bytes())[1])

    before = start.shown().run
    start.live.get_by_label("Saved run").set_input_files(tmp_path / "saved.safetensors")
    another_run(start, before)
    start.until("Number(root.dataset.step) === 200")
    assert start.service(f"/runs/{start.shown().run}")["spec"]["content"] == content
    for each in (lab, start):
        command(each, command="step", n=200)
    one, two = weights(lab), weights(start)
    assert {"1/weight", "2/weight", "2:1/weight", "2:2/weight"} <= one.keys()
    assert differing(one, two) == []
    assert weights_of(start) == weights_of(lab)
    assert one["1/weight"].tobytes() != one["2:1/weight"].tobytes()
