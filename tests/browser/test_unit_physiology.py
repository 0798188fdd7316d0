"""A person puts a model cell and a network's unit through the protocols: what is shown, what is written, what survives a reload."""

from __future__ import annotations

from playwright.sync_api import Page

from scripts.server import Server
from tests.browser.in_page import MOVE_RANGE, NAMELESS, SMALL_TYPE, WIDE

READY = """kind => { const root = document.querySelector('.pxp');
    return root && root.dataset.working === '0' && document.querySelectorAll('.pxp-now:not([hidden])').length === 2
        && (!kind || document.querySelector('.pxp-numbers tbody').dataset.protocol === kind); }"""


def ready(page: Page, protocol: str = "") -> None:
    page.wait_for_function(READY, arg=protocol, timeout=120_000)


def to_the_end(page: Page) -> None:
    timeline = page.get_by_label("Timeline")
    timeline.evaluate(MOVE_RANGE, timeline.get_attribute("max"))


def cell(page: Page, measure: str, column: int) -> str:
    return page.locator(".pxp-numbers tbody tr").filter(has_text=measure).locator("td").nth(column).inner_text()


def test_two_units_answer_the_same_stimuli(server: Server, warm) -> None:
    page = warm.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.url}/unit-physiology")
    ready(page, "gratings")
    page.wait_for_function("() => Number(document.querySelector('.pxp').dataset.step) >= 3")  # it plays by itself
    page.get_by_role("button", name="Pause").click()
    assert cell(page, "F1/F0", 0) == "…"
    to_the_end(page)
    assert "simple" in cell(page, "F1/F0", 0) and "complex" in cell(page, "F1/F0", 1)

    page.get_by_role("button", name="Complex", exact=True).click()
    page.wait_for_function("() => document.querySelector('.pxp-side-brain h4').textContent.includes('complex cell 136')")
    page.get_by_role("button", name="Masks", exact=True).click()
    ready(page, "masks")
    to_the_end(page)
    assert float(cell(page, "c50 under mask 0.5", 0)) > 1.5 * float(cell(page, "c50 without a mask", 0))
    assert "cell=136" in page.url and "protocol=masks" in page.url
    page.reload()
    ready(page, "masks")
    assert "complex cell 136" in page.locator(".pxp-side-brain h4").inner_text()

    number = page.get_by_label("Channel", exact=True)
    number.fill("24")
    number.press("Enter")
    assert "from 0 to 23" in page.locator(".pxp-side-network [role=alert]:visible").inner_text()
    page.get_by_role("button", name="Now training", exact=True).click()
    page.get_by_role("button", name="Train one here").wait_for()
    assert page.evaluate(WIDE) == [] and page.locator(".pxp").evaluate(NAMELESS) == []

    page.get_by_role("link", name="A whole layer").click()
    page.locator(".pxp-side-brain .pxp-working").filter(has_text="recording cell").wait_for(timeout=120_000)
    page.get_by_role("button", name="One unit", exact=True).click()  # nobody waits for 256 cells any more
    ready(page, "gratings")
    page.get_by_role("button", name="Projector").click()
    assert page.locator(".pxp").evaluate(SMALL_TYPE) == []
    page.close()
    assert errors == []
