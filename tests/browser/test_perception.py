"""Perception as a person uses it: an illusion through its accounts, a line, a link, light that grows, a training that is stopped."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from scripts.server import Server

_PROFILES = "() => document.querySelector('.px-along canvas').toDataURL()"


def account(page: Page, name: str) -> str:
    return page.locator(f".pxp-verdict tr[data-account={name}]").inner_text()


def test_illusions_and_light(server: Server, visits: Callable[[], Page]) -> None:
    page = visits()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(f"{server.url}/perception?contrast=7")
    page.wait_for_selector("[data-answered='white 2 false']", timeout=90_000)  # the first question of all waits for its worker
    assert "contrast” is not used: it is a number from 0.05 to 1" in page.locator(".pxp-fault:visible").inner_text()
    assert "✗" in account(page, "dog") and "✓" in account(page, "odog") and "not trained yet" in account(page, "judge")

    before = page.evaluate(_PROFILES)
    page.get_by_role("slider", name="Timeline").fill("10")
    assert page.evaluate(_PROFILES) != before  # the line left the patches
    page.get_by_role("button", name="Hermann grid, wavy").click()
    page.wait_for_selector("[data-answered='hermann_grid 1 true']")
    assert "darker" in account(page, "dog") and "people see none" in account(page, "dog")
    page.get_by_label("Cover the surround").check()
    page.get_by_role("button", name="Train the judges").click()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Train the judges")).to_be_visible()

    page.wait_for_url("**illusion=hermann_grid**wavy=true**")
    page.reload()
    page.wait_for_selector("[data-answered='hermann_grid 1 true']")
    assert page.get_by_label("Wavy streets").is_checked()

    page.get_by_role("tab", name="Light").click()
    page.wait_for_selector("[data-answered=adaptation]")
    page.get_by_role("slider", name="Timeline").fill("0")
    told = page.locator(".px-retina .pxp-story")
    expect(told).to_contain_text("1/316 of the photograph’s own light")
    page.get_by_role("button", name="A mask").click()
    page.wait_for_selector("[data-answered=normalisation]")
    expect(page.locator(".px-mask-cell .pxp-story").first).to_contain_text("0.500 with a mask of 0.400")
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Step", exact=True).click()
    assert page.locator(".pxp").get_attribute("data-step") == "1"
    assert errors == []
