"""Synapse as a person uses it: a protocol is chosen, predicted, run and scrubbed back; Δt is dragged; recordings are laid over."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from scripts.server import Server

_STRENGTHS = "() => document.querySelector('.px-side-brain canvas').toDataURL()"
_LAST = "[data-answered='pairs {} {}']"


def test_a_protocol_at_one_synapse_and_one_weight(server: Server, visits: Callable[[], Page]) -> None:
    page = visits()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.url}/synapse?pairs=0")
    page.wait_for_selector(_LAST.format(10, 1), timeout=90_000)  # the first question of all waits for its worker
    assert "pairs” is not used: it is a whole number from 1 to 1000" in page.locator(".pxp-fault:visible").inner_text()
    story = page.locator(".px-seen .px-sentences")
    expect(story.first).to_contain_text("after 60 presynaptic spikes and 60 postsynaptic ones")

    # A start with a question: what the rules say comes with the answer.
    page.get_by_role("button", name="Sjöström 50 Hz, continuous").click()
    page.wait_for_selector(_LAST.format(-10, 50))
    expect(page.locator(".px-stdp")).to_be_hidden()
    page.get_by_role("radio").nth(1).click()
    page.get_by_role("button", name="Play").click()
    page.wait_for_selector("[data-status=playing]")
    timeline = page.get_by_role("slider", name="Timeline")
    timeline.fill("299")
    told = page.locator(".px-predict-told")
    expect(told).to_contain_text("You said B, and so it is")
    expect(told).to_contain_text("the pair rule changes the weight by −48%, the triplet rule by +75%", ignore_case=True)
    whole = page.evaluate(_STRENGTHS)
    timeline.fill("40")
    assert page.evaluate(_STRENGTHS) != whole  # scrubbed back: what comes later is not drawn
    expect(story.first).not_to_contain_text("60 presynaptic")

    # The recordings over frequency, and the same points under the recorded bursts.
    story = page.locator(".px-frequency .pxp-story")
    page.get_by_label("Overlay the data").check()
    expect(story).to_contain_text("At 50 Hz, pre first and post first: pair −46% and −48%; triplet +76% and +75%")
    page.get_by_role("button", name="The recorded bursts", exact=True).click()
    expect(story).to_contain_text("triplet +3.1% and −16%")

    # Δt by the handle: the protocol follows it.
    page.get_by_role("button", name="Pre before post, 1 Hz").click()
    page.wait_for_selector(_LAST.format(10, 1))
    handle = page.get_by_role("slider", name="Interval Δt").last
    handle.scroll_into_view_if_needed()
    answers = int(page.locator("[data-answers]").get_attribute("data-answers"))
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(1, 13):
        page.mouse.move(x - 8 * i, y)
        page.wait_for_timeout(20)
    page.mouse.up()
    delta = int(handle.get_attribute("aria-valuenow"))
    assert delta < 0
    page.wait_for_selector(_LAST.format(delta, 1))
    assert int(page.locator("[data-answers]").get_attribute("data-answers")) > answers + 1  # live, not only at the end
    expect(page.locator(".px-seen .px-sentences").first).to_contain_text("pair −")

    page.get_by_role("button", name="the curve", exact=True).click()
    page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_url(f"**delta_ms={delta}**watch=curve**at=1**")
    page.reload()
    page.wait_for_selector(_LAST.format(delta, 1))
    assert page.locator(".pxp").get_attribute("data-step") == "1" and page.get_by_label("Overlay the data").is_checked()
    page.get_by_role("tab", name="Release and step").click()
    page.wait_for_url("**tab=release**")
    assert "delta_ms" not in page.url and errors == []
