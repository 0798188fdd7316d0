"""Uploading a photograph on the page: its labels, every stage, and refusals in a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page
from skimage import data

from scripts.server import Server

TOP_FIVE = {"espresso": (data.coffee, ("espresso",)), "cat": (data.chelsea, ("tabby", "tiger cat", "Egyptian cat"))}


@pytest.fixture
def page(server: Server, contexts: Callable[..., BrowserContext]) -> Page:
    tab = contexts().new_page()
    tab.goto(f"{server.url}/feature-hierarchy")
    tab.locator("input[type=file]").first.wait_for(state="attached", timeout=30000)
    return tab


def photograph(path: Path, name: str) -> Path:
    file = path / f"{name}.jpg"
    Image.fromarray(TOP_FIVE[name][0]()).save(file, quality=92)
    return file


def test_photographs_are_named_in_the_top_five_with_every_stage(page: Page, tmp_path: Path) -> None:
    for name, (_, names) in TOP_FIVE.items():
        page.locator("input[type=file]").first.set_input_files(photograph(tmp_path, name))
        page.wait_for_function(
            """names => names.some(name => document.querySelector(".pxh-labels").innerText.toLowerCase().includes(name.toLowerCase()))""",
            arg=list(names),
            timeout=30000,
        )
        text = page.locator("body").inner_text().lower()
        assert "0." in text or "%" in text
        for stage in ("stem", "head"):
            assert stage in text


def test_bad_files_are_refused_in_a_sentence(page: Page, tmp_path: Path) -> None:
    whole = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(whole, "JPEG")
    page.wait_for_selector(".pxh[data-status=done]", timeout=60000)
    for fault, content in {
        "not an image": b"hello " * 400,
        "truncated": whole.getvalue()[:900],
        "zip renamed": b"PK\x03\x04" + bytes(3000),
    }.items():
        file = tmp_path / "photograph.png"
        file.write_bytes(content)
        page.locator("input[type=file]").first.set_input_files(file)
        page.wait_for_selector(".pxh[data-status=refused]", timeout=20000)
        assert page.get_by_role("alert").filter(has_text=".").count(), fault
        assert "Traceback" not in page.locator("body").inner_text()
        page.locator("input[type=file]").first.set_input_files(photograph(tmp_path, "espresso"))
        page.wait_for_selector(".pxh[data-status=done]", timeout=30000)
