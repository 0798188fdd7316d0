"""Setting a weight, taking it back, and changing a rate while the run goes on."""

from __future__ import annotations

import numpy as np

from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.moment import command, differing, weights


def edited(lab: Lab, value: float) -> None:
    """Types a value for the inspected weight and presses Set."""
    inspector = lab.live.locator("[data-panel=inspector]")
    inspector.get_by_label("New value").fill(str(value))
    inspector.get_by_role("button", name="Set", exact=True).click()


def holds(found: dict[str, np.ndarray], value: float) -> bool:
    return any(np.any(np.isclose(array, value, atol=1e-6)) for array in found.values())


def await_weight(lab: Lab, value: float, there: bool) -> None:
    """The command's way to the worker and back takes a moment."""
    for _ in range(40):
        if holds(weights(lab), value) is there:
            return
        lab.page.wait_for_timeout(50)
    raise AssertionError(f"a weight of {value} {'never came' if there else 'stayed'}")


def test_a_weight_and_a_rate_are_changed_and_put_back(open_lab: Open) -> None:
    lab = open_lab()
    a_wrong_rate_is_refused_with_its_bounds(lab)
    a_weight_is_edited_and_the_edit_undone(lab)
    a_rate_changes_without_a_new_run_and_stands_in_the_address(lab)


def a_weight_is_edited_and_the_edit_undone(lab: Lab) -> None:
    lab.play()
    lab.reach(100)
    lab.pause()
    before = weights(lab)
    edited(lab, 3.21875)
    await_weight(lab, 3.21875, there=True)
    changed = [name for name, array in weights(lab).items() if not np.array_equal(array, before[name])]
    assert len(changed) == 1
    lab.live.locator("[data-panel=inspector]").get_by_role("button", name="Undo", exact=True).click()
    await_weight(lab, 3.21875, there=False)
    assert differing(before, weights(lab)) == []


def test_steps_around_an_edit_are_bit_equal_with_adam(open_lab: Open) -> None:
    """k steps back and k forward across an edit end where they began."""
    lab = open_lab(fields={"optimiser": "adam", "learning_rate": "0.01"})
    lab.pause()

    command(lab, command="step", n=30)
    command(lab, command="edit", layer=1, to=0, **{"from": 1}, value=0.75)
    command(lab, command="step", n=12)
    before = weights(lab)
    command(lab, command="step_back", n=25)
    assert differing(before, weights(lab))
    command(lab, command="step", n=25)
    assert differing(before, weights(lab)) == []


def a_rate_changes_without_a_new_run_and_stands_in_the_address(lab: Lab) -> None:
    lab.play()
    run = lab.shown().run
    box = lab.live.get_by_role("textbox", name="Learning rate", exact=True)
    box.fill("0.3")
    box.press("Enter")
    lab.page.wait_for_function("() => new URL(location.href).searchParams.get('learning_rate') === '0.3'", timeout=5000)
    assert lab.shown().run == run
    assert lab.shown().status == "playing"


def a_wrong_rate_is_refused_with_its_bounds(lab: Lab) -> None:
    box = lab.live.get_by_role("textbox", name="Learning rate", exact=True)
    alert = lab.live.get_by_role("alert").filter(has_text="Learning rate")
    for wrong in ("-1", "1000", "fast"):
        box.fill(wrong)
        box.press("Enter")
        alert.wait_for(timeout=5000)
        assert "10" in (alert.text_content() or "")
        assert box.input_value() == "0.03"
        box.fill("0.04")
        box.press("Enter")
        alert.wait_for(state="hidden", timeout=5000)
        box.fill("0.03")
        box.press("Enter")
