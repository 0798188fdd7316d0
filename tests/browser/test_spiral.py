"""The spiral, solved on screen: two layers of eight tanh units, all seven features, test loss below 0.05."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.spiral import PLAYGROUND_EPOCHS_PER_S, STARTS, solved
from tests.browser.conftest import Open


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_the_spiral_is_solved_on_screen(open_lab: Open, record_property: Callable[[str, object], None], start: str) -> None:
    lab = open_lab(fields=STARTS[start])
    seconds, epochs = solved(lab)
    record_property("seconds", round(seconds, 1))
    record_property("seconds at 60 epochs/s", round(epochs / PLAYGROUND_EPOCHS_PER_S, 1))
    assert lab.service(f"/runs/{lab.shown().run}")["metrics"]["test_loss"] < 0.05
