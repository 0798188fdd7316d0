"""The page as a person uses it, in Chromium: photographs, stages, channels, units, the keyboard, the link."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from models.tasks.samples import sample_path
from scripts.server import Server
from tests.browser.in_page import WIDE

pytestmark = pytest.mark.browser
DONE = ".pxh[data-status=done]"
PHOTOGRAPH = "() => document.querySelector('.pxh-photo').toDataURL()"
PASTE = """text => {
  const held = new DataTransfer();
  held.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], "clip.png", {type: "image/png"}));
  document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true}));
}"""
CHOOSE_SIZE = """size => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(size)], "a.jpg", {type: "image/jpeg"}));
  const input = document.querySelector(".pxh-file");
  input.files = held.files;
  input.dispatchEvent(new Event("change", {bubbles: true}));
}"""
"""A file that is made inside the page: sending its bytes there would take longer than all the rest."""
Opened = Callable[..., Page]


@pytest.fixture
def opened(server: Server, contexts: Callable[..., BrowserContext]) -> Opened:
    def open_page(query: str = "", **options: Any) -> Page:
        tab = contexts(**options).new_page()
        tab.goto(f"{server.url}/feature-hierarchy{query}")
        tab.wait_for_selector(DONE, timeout=60000)
        return tab

    return open_page


def first_label(page: Page) -> str:
    return page.locator(".pxh-labels li").first.inner_text()


def test_stages_files_keys_and_the_link(opened: Opened):
    page = opened("?image=sample:coffee")
    every_control_has_a_name(page)
    stages_channels_and_units_ask_the_service_nothing(page)
    keyboard_alone_climbs_the_ladder_and_walks_the_map(page)
    projector_mode_has_large_type_and_escape_ends_it(page)
    the_link_opens_photograph_stage_and_channel_on_a_phone(page, opened)
    a_file_beyond_the_bound_is_refused_before_it_is_sent(page)
    a_refused_file_keeps_the_picture_and_says_why(page)


def every_control_has_a_name(page: Page):
    unnamed = page.locator(".pxh").evaluate(
        """root => [...root.querySelectorAll("button, input, canvas[role], progress")]
          .filter(part => !(part.getAttribute("aria-label") || part.textContent.trim() || part.closest("label")?.textContent.trim()))
          .map(part => part.outerHTML)"""
    )
    assert unnamed == []


def stages_channels_and_units_ask_the_service_nothing(page: Page):
    assert page.get_by_role("tab").count() == 6 + 11  # the brain's models; pixels, nine stages and the label
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/analyses/feature-hierarchy") else None)
    page.get_by_role("tab", name="Stage 3").click()
    page.locator(".pxh-shelf.pxh-network .pxh-cell").nth(4).click()
    before = page.evaluate(PHOTOGRAPH)
    page.locator(".pxh-large").hover(position={"x": 20, "y": 20})
    assert "It can see columns" in page.locator(".pxh-reading").inner_text()
    assert page.evaluate(PHOTOGRAPH) != before
    assert asked == []


def keyboard_alone_climbs_the_ladder_and_walks_the_map(page: Page):
    page.locator(".pxh-rungs.pxh-network [role=tab][aria-selected=true]").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".pxh").get_attribute("data-stage") == "head"
    page.locator(".pxh-large").focus()
    before = page.locator(".pxh-reading").inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    assert page.locator(".pxh-reading").inner_text() != before


def projector_mode_has_large_type_and_escape_ends_it(page: Page):
    page.get_by_role("button", name="Projector").click()
    small = page.locator(".pxh").evaluate(
        """root => [...root.querySelectorAll("*")].filter(part => part.offsetParent && [...part.childNodes].some(
          node => node.nodeType === 3 && node.data.trim()) && parseFloat(getComputedStyle(part).fontSize) < 18)
          .map(part => part.outerHTML)"""
    )
    assert small == []
    page.keyboard.press("Escape")
    assert page.locator(".px-projector").count() == 0


def the_link_opens_photograph_stage_and_channel_on_a_phone(page: Page, opened: Opened):
    page.get_by_role("tab", name="Stage 5").click()
    page.locator(".pxh-shelf.pxh-network .pxh-cell").nth(3).click()
    channel = page.locator(".pxh").get_attribute("data-channel")
    again = opened(page.url[page.url.index("?") :], viewport={"width": 390, "height": 844})
    assert again.locator(".pxh").get_attribute("data-stage") == "stage5"
    assert again.locator(".pxh").get_attribute("data-channel") == channel
    assert first_label(again).startswith("espresso")
    nothing_scrolls_sideways(again)
    again.close()


def nothing_scrolls_sideways(page: Page):
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert page.evaluate(WIDE) == []
    box = page.locator(".pxh-large").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390


def a_file_beyond_the_bound_is_refused_before_it_is_sent(page: Page):
    page.evaluate(CHOOSE_SIZE, 16_000_000)
    assert "16.0 MB" in page.locator(".pxh-intake .pxh-refusal").first.inner_text()


def a_refused_file_keeps_the_picture_and_says_why(page: Page):
    page.set_input_files(".pxh-file >> nth=0", {"name": "a.png", "mimeType": "image/png", "buffer": b"PK\x03\x04" + bytes(99)})
    expect(page.locator(".pxh-intake .pxh-refusal").first).to_contain_text("JPEG, PNG, WebP")
    assert page.locator(".pxh").get_attribute("data-status") == "refused"
    assert first_label(page).startswith("espresso")


def test_a_pasted_photograph_is_analysed_and_stays_out_of_the_link(opened: Opened):
    page = opened("?image=sample:brick")
    page.evaluate(PASTE, base64.b64encode(sample_path("coffee").read_bytes()).decode())
    page.wait_for_function("() => document.querySelector('.pxh-labels li')?.textContent.startsWith('espresso')", timeout=30000)
    assert "image=" not in page.url


def test_a_slider_moves_both_sides_and_a_second_photograph_stands_beside(opened: Opened):
    page = opened("?image=sample:coffee&contrast=0.5")
    kept = "() => [...document.querySelectorAll('.pxh-now')].map(list => [...list.querySelectorAll('b')].map(b => b.textContent))"
    page.wait_for_function(f"() => ({kept})().every(side => side.length && side.every(r => /^[−0-9]/.test(r)))", timeout=30000)
    before = page.evaluate(kept)
    assert [len(side) for side in before] == [6, 9]
    slider = page.get_by_role("slider", name="Shift across")
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_function(f"before => JSON.stringify(({kept})()) !== before", arg=page.evaluate(f"() => JSON.stringify(({kept})())"))
    page.wait_for_function(f"before => ({kept})().every((side, i) => side[0] !== before[i][0])", arg=before, timeout=30000)
    assert "shift_x=40" in page.url and "contrast=0.5" in page.url
    page.get_by_text("Compare with another photograph").click()
    page.get_by_role("button", name="Compare with: A cat").click()
    page.locator(".pxh-second .pxh-labels li").first.wait_for(timeout=30000)
    page.wait_for_selector(DONE)
    assert page.locator(".pxh-shelf .pxh-maps").first.locator("canvas").count() == 2
    assert "compare=sample" in page.url and first_label(page).startswith("espresso")
    page.locator(".px-root").focus()
    step = int(page.locator(".px-root").get_attribute("data-step") or 0)
    page.keyboard.press("ArrowRight")
    assert page.locator(".px-root").get_attribute("data-step") == str(step + 1)
