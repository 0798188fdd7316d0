"""Without a mouse: every control has a name and is reached, and the keys of the live view do what its buttons do."""

from __future__ import annotations

from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.in_page import FOCUSED, NAMELESS


def test_the_lab_by_keys_alone(open_lab: Open) -> None:
    lab = open_lab()
    lab.pause()
    keys_play_step_and_reset(lab)
    streamlits_own_keys_do_nothing_inside_the_live_view(lab)
    tab_reaches_every_control_and_each_has_a_name(lab)


def keys_play_step_and_reset(lab: Lab) -> None:
    lab.button("Reset").focus()
    keyboard = lab.page.keyboard
    keyboard.press("Home")
    lab.until("root.dataset.step === '0'")
    keyboard.press("ArrowRight")
    lab.until("root.dataset.step === '1'")
    keyboard.press("ArrowRight")
    lab.until("root.dataset.step === '2'")
    keyboard.press("ArrowLeft")
    lab.until("root.dataset.step === '1'")
    lab.button("Play").focus()
    keyboard.press("Space")
    lab.until("root.dataset.status === 'playing' && Number(root.dataset.step) > 50")
    keyboard.press("Space")
    lab.until("root.dataset.status === 'paused'")


def streamlits_own_keys_do_nothing_inside_the_live_view(lab: Lab) -> None:
    """R would rerun the script, C would offer to clear the cache."""
    lab.play()
    run = lab.shown().run
    lab.button("Step").focus()
    for key in ("c", "r", "Escape"):
        lab.page.keyboard.press(key)
    lab.page.wait_for_timeout(800)
    assert lab.page.get_by_role("dialog").count() == 0
    assert (lab.shown().run, lab.shown().status) == (run, "playing")


def tab_reaches_every_control_and_each_has_a_name(lab: Lab) -> None:
    lab.pause()
    lab.page.evaluate("document.activeElement.blur()")
    reached: dict[str, bool] = {}
    for _ in range(120):
        lab.page.keyboard.press("Tab")
        focused = lab.page.evaluate(FOCUSED)
        if focused is None:
            continue
        assert focused["name"], f"no name: {focused['html']}"
        reached[focused["name"]] = focused["inside"]
    for name in ("Reset", "Step back", "Play", "Step"):
        assert reached.get(name), f"{name} was not reached; reached were {sorted(reached)}"
    assert lab.live.evaluate(NAMELESS) == []
