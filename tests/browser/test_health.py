"""What ails a run is said on the page with a button that helps. That healthy runs raise no alarm is asked in tests/models."""

from __future__ import annotations

import math

from models.catalog import EXPERIMENTS
from pages.ui.link import write
from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.in_page import UNREADABLE

EXPERIMENT = EXPERIMENTS["gradient-flow"]
PRESETS = {preset.name: preset for preset in EXPERIMENT.presets}


def preset_link(name: str) -> dict[str, str]:
    return write("gradient-flow", EXPERIMENT.validate(PRESETS[name].changes).model_dump())


def loss(lab: Lab) -> float:
    """The train loss now; infinite where it is no number."""
    found = lab.service(f"/runs/{lab.shown().run}")["metrics"]["train_loss"]
    return math.inf if found is None else float(found)


def ailing(lab: Lab, code: str) -> float:
    """Plays until the page names the trouble; returns the loss then."""
    if lab.shown().status == "paused":
        lab.press("Play")
    lab.live.locator(f".px-alert[data-code={code}]").wait_for(timeout=20000)
    return loss(lab)


def remedied(lab: Lab, code: str, below: float) -> None:
    """Presses the first remedy and waits until the run, or the one that takes its place, has a loss below this."""
    alert = lab.live.locator(f".px-alert[data-code={code}]")
    assert any(letter.isdigit() for letter in alert.inner_text()), "the sentence has no number"
    assert "layer" in alert.inner_text().lower()
    assert lab.live.evaluate(UNREADABLE) == []
    alert.get_by_role("button").first.click()
    lab.page.wait_for_timeout(1500)
    lab.ready()
    if lab.shown().status == "paused":
        lab.press("Play")
    for _ in range(100):
        lab.page.wait_for_timeout(200)
        if loss(lab) < below:
            return
    raise AssertionError(f"the loss is {loss(lab)} after the remedy, not below {below}")


def test_vanishing_gradients_are_named_and_the_remedy_lowers_the_loss(open_lab: Open) -> None:
    lab = open_lab(fields=preset_link("vanishing-sigmoid"))
    before = ailing(lab, "vanishing")
    remedied(lab, "vanishing", 0.5 * before)


def test_a_loss_that_is_no_number_is_named_and_the_remedy_lowers_it(open_lab: Open) -> None:
    lab = open_lab(fields=preset_link("exploding-start"))
    before = ailing(lab, "not_a_number")
    remedied(lab, "not_a_number", min(before, 0.25))


def test_dead_units_are_named_and_the_remedy_lowers_the_loss(open_lab: Open) -> None:
    lab = open_lab(fields=preset_link("dead-relus"))
    before = ailing(lab, "dead_units")
    remedied(lab, "dead_units", 0.5 * before)
