"""The table of others' features names controls, and pages with their addresses: each is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pages.registry import PAGES
from tests.browser.conftest import Open

TABLE: Final = Path(__file__).parents[2] / "docs" / "features.md"
_NAMES: Final = """() => Array.from(document.querySelectorAll('*')).flatMap(e => [
    ...Array.from(e.childNodes).filter(n => n.nodeType === 3).map(n => n.textContent), e.children.length ? '' : e.textContent,
    e.matches('h1, h2, h3, h4, h5, button, label, a, summary') ? e.textContent : '',
    e.getAttribute('aria-label') || '', e.placeholder || '']).map(text => text.trim()).filter(text => text && text.length < 100)"""


def test_every_control_that_the_table_names_is_on_the_page(open_lab: Open) -> None:
    rows = [line for line in TABLE.read_text().splitlines() if line.startswith("|")]
    pages = {row: re.findall(r"\*\*([^*]+)\*\* \(`/([\w-]+)`\)", row) for row in rows}
    assert {page for found in pages.values() for page in found} <= {(page.title, page.slug) for page in PAGES}
    lab_rows = [row for row in rows if all(slug == "gradient-flow" for _, slug in pages[row])]  # other pages have tests of their own
    wanted = {name for row in lab_rows for name in re.findall(r"\*\*(.+?)\*\*", row)}
    assert len(wanted) > 50
    assert all(row.count("|") == 3 and row.split("|")[2].strip() for row in rows)
    lab = open_lab(fields={"regularisation": "l2", "optimiser": "momentum"})
    lab.page.locator("[data-panel=branches]").wait_for()
    missing = wanted
    for _ in range(40):  # panels come one after another
        there = lab.page.evaluate(_NAMES)
        missing = {name for name in wanted if not any(text == name or text.startswith(f"{name},") for text in there)}
        if missing <= {"Pause"}:
            break
        lab.page.wait_for_timeout(250)
    lab.play()
    lab.button("Pause").wait_for()
    assert missing <= {"Pause"}, missing
