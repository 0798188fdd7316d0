"""The spiral, solved on screen: two layers of eight tanh units, all seven features, test loss below 0.05."""

from __future__ import annotations

import pytest

from bench.spiral import FIELDS
from tests.browser.conftest import Open

PATIENCE_SECONDS = 60


@pytest.mark.slow
def test_the_spiral_is_solved_on_screen(open_lab: Open, record_property) -> None:
    lab = open_lab(fields=FIELDS)
    begun = lab.page.evaluate("() => performance.now()")
    if lab.shown().status == "paused":
        lab.press("Play")
    lab.until("root.dataset.status === 'done'", PATIENCE_SECONDS)
    seconds = (lab.page.evaluate("() => performance.now()") - begun) / 1000
    record_property("seconds", round(seconds, 1))
    record_property("epochs", lab.shown().epoch)
    assert lab.service(f"/runs/{lab.shown().run}")["metrics"]["test_loss"] < 0.05
    assert seconds < lab.shown().epoch / 60, "slower than one epoch a painted frame"
