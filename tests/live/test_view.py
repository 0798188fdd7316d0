"""What a person does with the live view and what they see, against a service that speaks the contract."""

from __future__ import annotations

import json
import re
import time

import pytest

from tests.live.conftest import PORT, Screen


def test_first_frame_comes_from_a_run_that_the_view_started(screen: Screen) -> None:
    screen.open()
    said = screen.said()
    assert said["live"] == "run1" and said["step"] == "0" and said["frames"] == "1" and said["status"] == "paused"
    assert screen.service.started[0]["spec"]["hidden_layers"] == [4, 2]
    assert re.fullmatch("[0-9a-f]{24}", screen.service.started[0]["session"])
    assert screen.faults == []


def test_playing_paints_most_frames_and_acknowledges_each(screen: Screen) -> None:
    screen.open("/?play", frames=10)
    before, began = screen.frames(), time.perf_counter()
    time.sleep(2)
    rate = (screen.frames() - before) / (time.perf_counter() - began)
    assert rate > 10  # how fast it is, the bench says; here it must not crawl on a machine under load
    assert screen.service.acknowledged > screen.frames() - 3


def test_a_paused_run_counts_no_frames_and_an_edit_counts_one(screen: Screen) -> None:
    screen.open()
    screen.evaluate("stubs.network.context.select({layer: 1, to: 0, from: 0})")  # a new subscription, a frame of the same step
    time.sleep(0.3)
    assert screen.frames() == 1
    screen.evaluate("stubs.network.context.command({command: 'edit', layer: 1, to: 0, from: 0, value: 0.5})")
    screen.painted(2)
    assert screen.said()["step"] == "0"


def test_transport(screen: Screen) -> None:
    screen.open()
    screen.press("Step")
    screen.attribute("step", "1")
    screen.press("Step back")
    screen.attribute("step", "0")
    screen.press("Play")
    screen.attribute("status", "playing")
    screen.press("Pause")
    screen.attribute("status", "paused")
    screen.press("Reset")
    screen.attribute("step", "0")


def test_a_press_shows_before_the_service_answers(screen: Screen) -> None:
    screen.open()
    screen.service.answer_after = 0.4
    busy = screen.evaluate(
        "new Promise((resolve) => { const step = document.querySelector('[aria-label=Step]'); step.click();"
        " requestAnimationFrame(() => resolve([step.getAttribute('aria-busy'), document.querySelector('[data-live]').dataset.step])); })"
    )
    assert busy == ["true", "0"]
    screen.attribute("step", "1")
    screen.wait("!document.querySelector('[aria-label=Step]').hasAttribute('aria-busy')")


def test_keys_act_inside_the_view_and_stay_there(screen: Screen) -> None:
    screen.open()
    screen.page.locator("[data-live]").focus()
    for key, step in (("ArrowRight", "1"), ("ArrowRight", "2"), ("ArrowLeft", "1"), ("Home", "0")):
        screen.page.keyboard.press(key)
        screen.attribute("step", step)
    screen.page.keyboard.press("Space")
    screen.attribute("status", "playing")
    screen.page.keyboard.press("Space")
    screen.attribute("status", "paused")
    assert screen.evaluate("window.outside") == []
    sent = len(screen.service.commands)
    screen.page.evaluate("document.activeElement.blur()")
    screen.page.keyboard.press("ArrowRight")
    screen.page.get_by_label("Learning rate", exact=True).focus()
    screen.page.keyboard.press("ArrowRight")
    time.sleep(0.2)
    assert len(screen.service.commands) == sent
    assert screen.evaluate("window.outside") == ["ArrowRight"]


def test_space_on_a_focused_button_presses_that_button_only(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_role("button", name="Step", exact=True).focus()
    screen.page.keyboard.press("Space")
    screen.attribute("step", "1")
    assert [message["command"] for message in screen.service.commands] == ["step"]


def test_scrubbing_to_a_near_step_draws_the_kept_frame_and_release_seeks(screen: Screen) -> None:
    screen.open("/?play", frames=20)
    screen.press("Pause")
    screen.attribute("status", "paused")
    time.sleep(0.2)
    frames, steps = screen.frames(), [step for step, _ in screen.evaluate("stubs.network.drawn")]
    near = sorted(set(steps))[-8]
    sent = len(screen.service.commands)
    found = "const range = document.querySelector('[aria-label=Timeline]');"
    move = f"(type) => {{ {found} range.value = {near}; range.dispatchEvent(new Event(type)); }}"
    screen.evaluate(f"({move})('input')")
    screen.attribute("step", str(near))
    assert len(screen.service.commands) == sent and screen.frames() == frames
    screen.evaluate(f"({move})('change')")
    screen.painted(frames)
    screen.wait(f"document.querySelector('[data-live]').dataset.step === '{near}'")
    time.sleep(0.2)
    assert screen.service.commands[-1]["command"] == "seek" and screen.run.step == near


def test_a_branch_shows_a_selector(screen: Screen) -> None:
    screen.open()
    for _ in range(3):
        screen.press("Step")
    screen.attribute("step", "3")
    screen.press("Step back")
    screen.attribute("step", "2")
    branch = screen.page.get_by_label("Branch", exact=True)
    assert not branch.is_visible()
    screen.evaluate("stubs.network.context.command({command: 'edit', layer: 1, to: 0, from: 0, value: 0.5})")
    branch.wait_for()
    assert branch.locator("option").all_text_contents() == ["First branch", "Branch 2, from step 2"]
    branch.select_option("0")
    screen.wait("document.querySelector('[aria-label=Branch]').value === '0'")
    time.sleep(0.1)
    assert screen.service.commands[-1]["branch"] == 0


def test_live_controls_change_the_run_and_the_address(screen: Screen) -> None:
    screen.open("/?embed=true")
    rate = screen.page.get_by_label("Learning rate", exact=True)
    rate.fill("0.1")
    rate.press("Enter")
    screen.wait("location.search.includes('learning_rate=0.1')")
    assert screen.run.settings["learning_rate"] == 0.1
    assert "embed=true" in screen.page.url
    rate.fill("0.03")
    rate.press("Enter")
    screen.wait("!location.search.includes('learning_rate')")


def test_wrong_input_names_the_bound_and_keeps_the_old_value(screen: Screen) -> None:
    screen.open()
    rate = screen.page.get_by_label("Learning rate", exact=True)
    for wrong in ("12", "fast", "-1", ""):
        rate.fill(wrong)
        rate.press("Enter")
        assert "between 0.00001 and 10" in screen.page.locator(".px-wrong:visible").inner_text()
        assert rate.input_value() == "0.03"
    rate.fill("9")  # within the bounds, but refused by the service
    rate.press("Enter")
    screen.page.get_by_text("9 is refused here").wait_for()
    assert rate.input_value() == "0.03"
    assert screen.run.settings["learning_rate"] == 0.03


def test_a_reload_finds_its_run_again(screen: Screen) -> None:
    screen.open()
    screen.press("Step")
    screen.attribute("step", "1")
    screen.page.reload()
    screen.painted(1)
    assert screen.said()["live"] == "run1" and screen.said()["step"] == "1"
    assert len(screen.service.started) == 1


def test_a_duplicated_tab_forks(screen: Screen) -> None:
    screen.open()
    kept = json.loads(screen.evaluate("JSON.stringify(Object.entries(sessionStorage))"))
    other = screen.page.context.new_page()
    other.add_init_script(f"for (const [key, value] of {json.dumps(kept)}) sessionStorage.setItem(key, value)")
    double = Screen(other, screen.service).open()
    assert double.said()["live"] == "run2" and screen.said()["live"] == "run1"


def test_another_structure_is_another_run(screen: Screen) -> None:
    screen.open("/?play", frames=5)
    screen.evaluate("show({spec: {...data.spec, hidden_layers: [8]}, revision: '2'})")
    screen.attribute("live", "run2")
    screen.attribute("status", "playing")  # the old one played
    assert screen.service.started[1]["spec"]["hidden_layers"] == [8] and screen.service.started[1]["play"] is True
    assert screen.service.ended == ["run1"]
    screen.evaluate("show({badges: {other: {}}})")
    time.sleep(0.2)
    assert len(screen.service.started) == 2


def test_live_values_outlive_a_structural_change_but_not_a_preset(screen: Screen) -> None:
    screen.open()
    screen.evaluate("stubs.network.context.requestChange({learning_rate: 0.5})")
    screen.wait("location.search.includes('learning_rate=0.5')")
    screen.evaluate("show({revision: '2'})")
    screen.attribute("live", "run2")
    assert screen.service.started[1]["spec"]["learning_rate"] == 0.5
    screen.evaluate("show({revision: '3', fresh: '2'})")
    screen.attribute("live", "run3")
    assert screen.service.started[2]["spec"]["learning_rate"] == 0.03


def test_a_structural_remedy_goes_to_the_page(screen: Screen) -> None:
    screen.open()
    screen.evaluate("stubs.alerts.context.requestChange({activation: 'relu', learning_rate: 0.01})")
    assert screen.evaluate("window.asked") == [["change", {"activation": "relu", "learning_rate": 0.01}]]


def test_a_remedy_may_begin_the_run_anew_with_live_values(screen: Screen) -> None:
    screen.open()
    screen.evaluate("stubs.alerts.context.requestChange({learning_rate: 0.01}, true)")
    screen.attribute("live", "run2")
    assert screen.service.started[1]["spec"]["learning_rate"] == 0.01 and screen.evaluate("window.asked") == []
    screen.wait("location.search.includes('learning_rate=0.01')")


def test_a_lost_connection_is_said_and_restored(screen: Screen) -> None:
    screen.open("/?play", frames=5)
    screen.evaluate(
        "{ window.statuses = []; const root = document.querySelector('[data-live]');"
        " new MutationObserver(() => statuses.push(root.dataset.status)).observe(root, {attributeFilter: ['data-status']}); }"
    )
    for socket in list(screen.service.sockets):
        screen.service.drop(socket)
    screen.wait("statuses.includes('reconnecting') && statuses.at(-1) === 'playing'")
    screen.painted(screen.frames() + 5)
    assert screen.said()["live"] == "run1"


def test_a_run_that_is_gone_is_started_again(screen: Screen) -> None:
    screen.open()
    screen.service.runs.clear()
    for socket in list(screen.service.sockets):
        screen.service.drop(socket)
    screen.page.get_by_text("it was started again").wait_for()
    screen.wait("Number(document.querySelector('[data-live]').dataset.frames) >= 2")
    assert len(screen.service.started) == 2


@pytest.mark.parametrize(("code", "sentence"), [(422, "noise: at most 0.5."), (429, "All places are taken. Try again in 5 s.")])
def test_a_refusal_is_a_sentence_with_a_way_on(screen: Screen, code: int, sentence: str) -> None:
    screen.service.refuse = (code, {"error": sentence})
    screen.page.goto(f"http://127.0.0.1:{PORT}/")
    screen.page.get_by_text(sentence).wait_for()
    screen.service.refuse = None
    screen.press("Try again")
    screen.painted(1)
    assert not screen.page.get_by_text(sentence).is_visible()


def test_only_panels_on_screen_are_subscribed(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 1200, "height": 300})
    screen.open()
    assert _subscribed(screen, wanted="*/weight", unwanted="synapse/*")
    assert not screen.evaluate("stubs.brain.drawn.length")
    screen.evaluate("document.querySelector('[data-panel=brain]').scrollIntoView({block: 'start'})")
    screen.wait("stubs.brain.drawn.length > 0")
    assert _subscribed(screen, wanted="synapse/*", unwanted="*/weight")


def _subscribed(screen: Screen, wanted: str, unwanted: str) -> bool:
    """Whether the view comes to watch the one and not the other; the browser tells it a little later what is on screen."""
    for _ in range(60):
        latest = screen.service.subscriptions[-1]["subscribe"]
        if wanted in latest and unwanted not in latest:
            return True
        time.sleep(0.05)
    return False


def test_slow_panels_draw_in_rotation(screen: Screen) -> None:
    screen.open("/?play", frames=10)
    time.sleep(2)
    recent = "({drawn}) => drawn.filter(([, at]) => at > performance.now() - 1500).length / 1.5"
    rates = screen.evaluate(f"[stubs.network, stubs.charts].map({recent})")
    assert rates[1] <= 8 and (rates[1] >= 3.5 or rates[0] < 20)  # a machine under load draws less of both


def test_a_broken_panel_does_not_stop_the_others(screen: Screen) -> None:
    screen.open("/?play", frames=3)
    screen.evaluate("globalThis.breaks = 'flow'")
    screen.page.get_by_text("flow stopped because of an error").wait_for()
    screen.painted(screen.frames() + 10)
    assert screen.evaluate("stubs.brain.destroyed") == 0


def test_open_attaches_to_the_saved_run_and_asks_the_page_for_its_spec(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_label("Saved run").set_input_files({"name": "a.safetensors", "mimeType": "application/octet-stream", "buffer": b"x"})
    screen.attribute("step", "77")
    [[name, spec]] = screen.evaluate("window.asked")
    assert name == "change" and spec["hidden_layers"] == [3]
    screen.evaluate("show({spec: {...data.spec, hidden_layers: [3]}, revision: '2'})")
    time.sleep(0.3)
    assert screen.said()["step"] == "77" and len(screen.service.started) == 1
    assert screen.service.ended == ["run1"]


def test_the_clean_up_forgives_a_remount_and_then_leaves(screen: Screen) -> None:
    screen.open()
    screen.evaluate("cleanup(); show()")
    time.sleep(0.5)
    assert screen.page.locator("[data-live]").count() == 1
    screen.evaluate("cleanup()")
    screen.wait("!document.querySelector('[data-live]')")
    time.sleep(0.2)
    assert screen.service.sockets == []


def test_export_offers_curves_and_downloads_them(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_text("Export").click()
    with screen.page.expect_download() as download:
        screen.press("Curves as CSV")
    assert download.value.suggested_filename == "gradient-flow-step-0-curves.csv"
    with screen.page.expect_download() as download:
        screen.press("Save")
    assert download.value.suggested_filename == "gradient-flow-step-0.safetensors"
