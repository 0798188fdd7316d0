"""Active circuits on its page: learning is played, a cue is damaged further, and the address holds both."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from scripts.server import Server


def test_a_circuit_and_a_network_of_its_size(server: Server, visits: Callable[[], Page]) -> None:
    page = visits()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.url}/synapse?tab=assembly&cue=9&rounds=6&damage=0.2")
    phase = page.locator(".pxas-phase")
    expect(phase).to_contain_text("Recall: after", timeout=90_000)  # the first question of all waits for its worker
    assert "cue” is not used: it is a whole number from 1 to 4" in page.locator(".pxp-fault:visible").inner_text()

    assert page.get_by_role("slider", name="Damaged share").input_value() == "40"

    page.get_by_role("slider", name="Timeline").fill("0")
    expect(phase).to_have_text("Before learning")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(phase).to_have_text("Learning: presentation 1 of 18, pattern 1")
    page.get_by_role("slider", name="Damaged share").fill("180")
    page.wait_for_url("**damage=0.9**at=1**")
    page.get_by_role("button", name="Hopfield", exact=True).click()
    expect(page.locator(".px-gate-threshold")).to_contain_text("(1 − 0.50) × (1 − 0.50) / 6.25 = +0.0400")

    page.wait_for_url("**rule=hopfield**")
    assert errors == []
