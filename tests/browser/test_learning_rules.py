"""Rules raced on the page: one that diverges is named and stops alone, the others go on, and all of it comes again alike."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.in_page import MOVE_RANGE, NAMELESS
from tests.browser.moment import differing, pictures, snapshot

LAST = 300
RACE = {
    "hidden_layers": "20",
    "stop_steps": str(LAST),
    # Oja's cubic decay overshoots at this rate: it leaves the range of numbers after some 240 updates.
    "rules": json.dumps([{"rule": rule} for rule in ("backpropagation", "feedback_alignment", "hebb")] + [{"rule": "oja", "rate": 10}]),
}


def test_a_rule_that_diverges_is_named_and_stops_alone(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab("learning-rules", RACE)
    cards = lab.live.locator(".px-lane")
    expect(cards).to_have_count(5)
    lab.play()
    lab.until(f"root.dataset.status === 'done' && Number(root.dataset.step) === {LAST}", 30)
    halted = lab.live.locator(".px-lane-stopped")
    expect(halted).to_have_count(1)
    expect(halted).to_contain_text(re.compile(r"Oja left the range of numbers at update \d+ and has stopped; the others go on\."))
    first = snapshot(lab)
    at = int(re.findall(r"update (\d+)", halted.inner_text())[0])
    assert first["4:curves/step"][-1] <= at < LAST
    for lane in ("", "2:", "3:", "5:"):
        assert first[f"{lane}curves/step"][-1] > at, lane
    # The control learns, and it learns with its output layer alone.
    assert first["5:curves/test_accuracy"][-1] > 0.5
    assert first["5:angles"].tolist()[1] < 1e-3 and first["5:angles"][0] != first["5:angles"][0]

    # Back before it halted: its picture is bare again, and the numbers are of then.
    shown = pictures(lab, "lanes")
    timeline = lab.live.locator(".px-scrubber input[type=range]")
    timeline.evaluate(MOVE_RANGE, at // 2)
    lab.until(f"Number(root.dataset.step) === {at // 2}")
    expect(halted).to_have_count(0)
    expect(cards.nth(3)).to_contain_text(re.compile(r"(\d\w\w) of 5"))
    expect(lab.live.locator(".px-lanes .px-note").first).not_to_contain_text(f"update {first['5:curves/step'][-1]:.0f}.")
    measured = int(re.findall(r"measured at update (\d+)", lab.live.locator(".px-lanes .px-note").first.inner_text())[0])
    assert 0 < measured <= at // 2
    assert pictures(lab, "lanes") != shown

    # A card is chosen by keys, and what stands below follows it.
    cards.first.focus()
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("Enter")
    expect(lab.live.get_by_role("radio", checked=True)).to_have_attribute("data-lane", "2")
    expect(lab.live.locator(".px-features-title").first).to_contain_text("Feedback alignment")

    lab.press("Reset")
    lab.until("root.dataset.step === '0'")
    lab.play()
    lab.until(f"root.dataset.status === 'done' && Number(root.dataset.step) === {LAST}", 30)
    assert differing(first, snapshot(lab)) == []
    expect(halted).to_contain_text(f"at update {at}")
    lab.live.locator(".px-features").scroll_into_view_if_needed()
    expect(lab.live.locator(".px-features dd").first).to_contain_text("%")
    assert lab.live.evaluate(NAMELESS) == []
    assert errors == []
