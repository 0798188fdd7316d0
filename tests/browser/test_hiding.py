"""A link for a lesson leaves away what it does not need, and says how to see it all the same."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_a_link_hides_controls_and_pictures_until_everything_is_asked_for(open_lab: Open) -> None:
    lab = open_lab(fields={"hide": "noise,brain,race,learning_rate,nonsense"})
    page = lab.page
    noise = page.get_by_role("slider", name="Noise")
    rate = lab.live.locator("#px-learning_rate")
    expect(page.get_by_text("“nonsense” is nothing that a link can hide")).to_be_visible()
    for gone in (noise, rate, lab.live.locator("[data-panel=brain]"), lab.button("Race a copy")):
        expect(gone).to_be_hidden()
    expect(page.get_by_role("slider", name="Train share")).to_be_visible()
    run = lab.shown().run
    page.get_by_role("button", name="Show everything").click()
    for back in (noise, rate, lab.live.locator("[data-panel=brain]"), lab.button("Race a copy")):
        expect(back).to_be_visible()
    page.wait_for_function("() => !location.search.includes('hide=')")
    assert lab.shown().run == run
