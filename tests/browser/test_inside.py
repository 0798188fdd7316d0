"""What a neuron does: the page shows of a place, and of a layer's space, what the service answers to the same question."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator

from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.moment import command

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def number(text: str) -> float:
    """A number as the page writes it."""
    return float(text.replace("−", "-").replace("×10", "e").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")))


def asked(lab: Lab, probe: str, **parameters: Any) -> Any:
    return lab.service(f"/runs/{lab.shown().run}/ask", {"probe": probe, **parameters})


def row(lab: Lab, name: str) -> Locator:
    """The table's row whose heading begins with `name`."""
    heading = lab.page.locator("th[scope=row]", has_text=re.compile(f"^{re.escape(name)}"))
    return lab.live.locator(".px-values tr", has=heading)


def await_values(lab: Lab, name: str, x: float, y: float) -> list[float]:
    """Waits until the row shows what the service answers for the place, and returns that."""
    wanted = np.concatenate(asked(lab, "neuron_values", x=x, y=y)["layers"])
    shown: list[str] = []
    for _ in range(40):
        shown = row(lab, name).locator("td").all_inner_texts()
        if len(shown) == len(wanted) and "–" not in shown and np.allclose([number(text) for text in shown], wanted, rtol=0.006, atol=1e-6):
            return list(wanted)
        lab.page.wait_for_timeout(50)
    raise AssertionError(f"{name}: {shown} never became {wanted}")


def place_of(lab: Lab, name: str) -> tuple[float, float]:
    head = row(lab, name).locator("th").inner_text().replace("−", "-")
    x, y = re.findall(r"-?\d+\.\d+", head)
    return float(x), float(y)


def test_a_place_and_a_layers_space(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab(fields={"dataset": "gaussians", "classes": "3", "hidden_layers": "6"})
    lab.play()
    lab.reach(150)
    lab.pause()
    a_layer_is_enlarged_and_its_neighbours_told_by_keyboard(lab)
    pointing_and_pinning_show_what_the_service_answers(lab)
    assert errors == []


def pointing_and_pinning_show_what_the_service_answers(lab: Lab) -> None:
    field = lab.live.locator(".px-field-stage")
    # A place with two decimals, so that the heading says it exactly: the middle of the field, by keyboard.
    field.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"):
        lab.page.keyboard.press(key)
    lab.live.get_by_text("At x 0.25, y 0.75 the answer is").wait_for()
    x, y = 0.25, 0.75
    row(lab, "here 0.25, 0.75").wait_for()
    await_values(lab, "here", x, y)
    step = lab.shown().step
    lab.page.keyboard.press("Enter")
    before = await_values(lab, "1:", x, y)
    assert lab.shown().step == step, "arrows and Enter belong to the field"
    lab.live.locator("[data-panel=point_values]").scroll_into_view_if_needed()
    command(lab, command="step", n=25)
    after = await_values(lab, "1:", x, y)
    assert not np.allclose(before, after, rtol=0, atol=1e-9)
    box = field.locator("canvas").last.bounding_box()
    assert box is not None
    field.scroll_into_view_if_needed()
    field.locator("canvas").last.hover(position={"x": box["width"] / 2 + 40, "y": 90})
    row(lab, "here 0.25, 0.75").wait_for(state="detached")
    row(lab, "here").locator("td", has_text=re.compile(r"\d")).first.wait_for()
    # The heading says the place to two decimals; the row changes as a whole.
    x, y = place_of(lab, "here")
    shown = [number(text) for text in row(lab, "here").locator("td").all_inner_texts()]
    wanted = np.concatenate(asked(lab, "neuron_values", x=x, y=y)["layers"])
    assert np.allclose(shown, wanted, atol=0.03)


def a_layer_is_enlarged_and_its_neighbours_told_by_keyboard(lab: Lab) -> None:
    panel = lab.live.locator("[data-panel=spaces]")
    panel.scroll_into_view_if_needed()
    small = panel.get_by_role("button", name=re.compile("^layer 1"))
    small.get_by_text("of the variance").wait_for()
    small.focus()
    lab.page.keyboard.press("Enter")
    assert small.get_attribute("aria-pressed") == "true"
    panel.locator(".px-space-stage").focus()
    for key in ("ArrowLeft", "ArrowUp", "ArrowUp"):
        lab.page.keyboard.press(key)
    sentence = panel.locator(".px-nearest", has_text="of the layer's spread")
    sentence.wait_for()
    lab.page.wait_for_timeout(400)
    told = sentence.inner_text()
    found = re.match(r"Nearest to example (\d+) \(class (\d)\) in layer 1: (.*); the nearest at (\S+) of the layer's spread\.", told)
    assert found is not None, told
    answer = asked(lab, "nearest", layer=1, example=int(found[1]), count=5)
    labels = [one["label"] + 1 for one in answer["neighbours"]]
    company = {int(name): WORDS[count] for count, name in re.findall(r"(\w+) of class (\d)", found[3])}
    assert company == {label: labels.count(label) for label in labels}
    assert number(found[4]) == pytest.approx(answer["neighbours"][0]["distance"] / answer["scale"], rel=0.006)
