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

TOP_FIVE = {"cat": (data.chelsea, ("tabby", "tiger cat", "Egyptian cat")), "espresso": (data.coffee, ("espresso",))}


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


@pytest.mark.parametrize("name", TOP_FIVE)
def test_a_photograph_is_named_in_the_top_five_with_every_stage(page: Page, tmp_path: Path, name: str) -> None:
    page.locator("input[type=file]").first.set_input_files(photograph(tmp_path, name))
    names = TOP_FIVE[name][1]
    page.wait_for_function(
        "names => names.some(name => document.body.innerText.toLowerCase().includes(name.toLowerCase()))", arg=list(names), timeout=30000
    )
    text = page.locator("body").inner_text().lower()
    assert "0." in text or "%" in text
    for stage in ("stem", "head"):
        assert stage in text


@pytest.mark.parametrize("fault", ["not an image", "truncated", "zip renamed"])
def test_a_bad_file_is_refused_in_a_sentence(page: Page, tmp_path: Path, fault: str) -> None:
    whole = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(whole, "JPEG")
    content = {"not an image": b"hello " * 400, "truncated": whole.getvalue()[:900], "zip renamed": b"PK\x03\x04" + bytes(3000)}[fault]
    file = tmp_path / "photograph.png"
    file.write_bytes(content)
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("alert").filter(has_text=".").first.wait_for(timeout=20000)
    assert "Traceback" not in page.locator("body").inner_text()
