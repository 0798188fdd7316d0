"""What ails a run is said on the page with a button that helps. That healthy runs raise no alarm is asked in tests/models."""

from __future__ import annotations

import math

from models.catalog import EXPERIMENTS
from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.in_page import UNREADABLE

TITLES = {preset.name: preset.title for preset in EXPERIMENTS["gradient-flow"].presets}


def chosen(lab: Lab, name: str) -> None:
    """Another preset from the list, and the run that begins with it."""
    before = lab.shown().run
    box = lab.page.get_by_role("combobox", name="Preset")
    box.click()
    lab.page.get_by_role("option", name=TITLES[name], exact=True).click()
    lab.until(f"root.dataset.live !== '{before}'", 20)
    lab.ready()


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
    alert.wait_for(state="hidden", timeout=20000)
    lab.ready()
    if lab.shown().status == "paused":
        lab.press("Play")
    for _ in range(100):
        lab.page.wait_for_timeout(200)
        if loss(lab) < below:
            return
    raise AssertionError(f"the loss is {loss(lab)} after the remedy, not below {below}")


def test_ailments_are_named_and_their_remedies_lower_the_loss(open_lab: Open) -> None:
    lab = open_lab()
    lab.pause()
    for name, code, share, most in (
        ("vanishing-sigmoid", "vanishing", 0.5, math.inf),
        ("exploding-start", "not_a_number", 1.0, 0.25),
        ("dead-relus", "dead_units", 0.5, math.inf),
    ):
        chosen(lab, name)
        before = ailing(lab, code)
        remedied(lab, code, min(share * before, most))
