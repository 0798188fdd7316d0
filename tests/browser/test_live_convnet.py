"""The live convolutional network as a person uses it: it learns in sight, one number is worked out, a digit is drawn."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.in_page import NAMELESS, OVERLAPPING

LAYERS = [
    {"channels": 4, "size": 5, "stride": 1, "padding": 2, "pool": 2},
    {"channels": 6, "size": 3, "stride": 1, "padding": 1, "pool": 2},
]
STACK = "root.querySelector('.px-stack canvas').toDataURL()"


POWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def number(text: str) -> float:
    """+5.89 ×10⁻³ as the page writes it."""
    return float(text.replace("−", "-").replace(" ×10", "e").translate(POWER))


def worked(lab: Lab) -> dict[str, float]:
    """The worked line (sum, bias, drive, activation), once it is about the place that is chosen."""
    row, column = re.findall(r"\d+", lab.live.locator(".px-arithmetic-place").inner_text())
    lab.live.locator(f".px-worked-sum[data-place$=' {row} {column}']").wait_for()
    found = lab.live.locator(".px-worked-term").evaluate_all("all => all.map(e => [e.dataset.term, e.querySelector('b').textContent])")
    return {name: number(text) for name, text in found}


def draw_a_one(lab: Lab) -> None:
    paper = lab.live.locator(".px-draw-paper")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    x, top, bottom = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2, box["y"] + box["height"] * 0.8
    lab.page.mouse.move(x, top)
    lab.page.mouse.down()
    lab.page.mouse.move(x - 3, bottom, steps=8)
    lab.page.mouse.up()


def test_a_network_learns_in_sight_and_shows_its_arithmetic(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab("live-convnet", {"layers": json.dumps(LAYERS, separators=(",", ":"))})
    page = lab.page
    lab.play()
    lab.until("(window.before = " + STACK + ", true)")
    step = lab.shown().step
    lab.until(f"Number(root.dataset.step) > {step} && {STACK} !== window.before")
    accuracy = lab.live.locator(".px-milestone-text")
    run = lab.shown().run
    page.wait_for_function(f"() => fetch('api/runs/{run}').then(r => r.json()).then(d => d.metrics.test_accuracy > 0.92)", timeout=30_000)
    expect(accuracy).to_contain_text("of 1,000 held-out images")
    lab.pause()

    # A press on a map's pixel: the products, the bias and the drive agree, there and one place on.
    lab.live.locator(".px-stack-box").scroll_into_view_if_needed()
    canvas = lab.live.locator(".px-stack canvas")
    canvas.hover(position={"x": 305, "y": 200})
    canvas.click(position={"x": 305, "y": 200})
    place = lab.live.locator(".px-arithmetic-place").inner_text()
    first = worked(lab)
    page.get_by_role("button", name="Step ▶").click()
    expect(lab.live.locator(".px-arithmetic-place")).not_to_have_text(place)
    second = worked(lab)
    for shown in (first, second):
        assert shown["sum"] + shown["bias"] == pytest.approx(shown["drive"], abs=3e-4)
        assert shown["activation"] == pytest.approx(max(0.0, shown["drive"]), abs=1e-9)
    assert second["bias"] == pytest.approx(first["bias"], abs=1e-4)

    draw_a_one(lab)
    lab.play()  # it is named anew while the network learns, rightly once it has learned enough
    expect(lab.live.locator(".px-draw .px-answer-words")).to_contain_text("The network takes this for “1”", timeout=30_000)
    lab.pause()
    step = lab.shown().step
    lab.press("Step back")
    lab.until(f"Number(root.dataset.step) === {step - 1}")
    assert page.evaluate(OVERLAPPING.join(["(", ")(document.querySelector('[data-live]'))"])) == []
    assert page.evaluate(NAMELESS.join(["(", ")(document.querySelector('[data-live]'))"])) == []

    # A kernel that does not fit is refused in a sentence, and the network in sight stays.
    kernel = page.get_by_role("spinbutton", name="Kernel").nth(1)
    kernel.fill("11")
    kernel.press("Enter")
    padding = page.get_by_role("spinbutton", name="Padding").nth(1)
    padding.fill("0")
    padding.press("Enter")
    expect(kernel).to_have_value("11")
    pool = page.get_by_role("spinbutton", name="Pool").nth(0)
    pool.fill("3")
    pool.press("Enter")
    expect(page.get_by_text("In convolution 2 the 11×11 kernel is larger than its 9×9 input")).to_be_visible()

    page.reload()
    lab.ready()
    asked = json.loads(parse_qs(urlparse(page.url).query)["layers"][0])
    assert asked[0]["channels"] == 4 and page.get_by_role("spinbutton", name="Channels").nth(0).input_value() == "4"
    assert errors == []
