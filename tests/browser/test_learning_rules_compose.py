"""Rules are chosen and composed on the page: a wrong rate loses nothing, the run begins anew, and a reload brings the same lanes."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from models.specs.rules import INGREDIENTS
from tests.browser.conftest import Open
from tests.browser.in_page import NAMELESS, WIDE

START = {"dataset": "xor", "rules": json.dumps([{"rule": "backpropagation"}, {"rule": "hebb"}])}


def test_a_composed_rule_joins_survives_a_reload_and_tells_what_its_synapse_hears(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab("learning-rules", START)
    titles = lab.live.locator(".px-lane-title")
    expect(titles).to_have_count(3)
    lab.press("Choose rules")
    drawer = lab.live.locator(".px-compose")
    rate = drawer.get_by_label("Rate of Hebb")
    rate.fill("-2")
    drawer.get_by_label("Postsynaptic").select_option("noise")
    drawer.get_by_label("Third factor").select_option("reward")
    drawer.locator(".px-compose-composer").get_by_label("Output layer").select_option("same")
    drawer.get_by_role("button", name="Add as a lane").click()
    drawer.get_by_role("button", name="Run these rules").click()
    expect(drawer.locator(".px-status")).to_contain_text("The rate of Hebb must be a number between")
    assert rate.input_value() == "-2" and titles.count() == 3
    rate.fill("0.04")
    assert lab.live.evaluate(NAMELESS) == [] and lab.page.evaluate(WIDE) == []
    drawer.get_by_role("button", name="Run these rules").click()
    expect(titles).to_have_text(["Backpropagation", "Hebb", "Composed", "Output layer only"], timeout=15_000)
    recipe = {"pre": "activity", "post": "noise", "third": "reward", "keep": "none", "output": "same"}
    expected = [{"rule": "backpropagation"}, {"rule": "hebb", "rate": 0.04}, {"rule": "composed", "recipe": recipe}]
    assert json.loads(parse_qs(urlsplit(lab.page.url).query)["rules"][0]) == expected

    lab.page.reload()
    expect(titles).to_have_text(["Backpropagation", "Hebb", "Composed", "Output layer only"], timeout=15_000)
    lab.live.locator(".px-lane[data-lane='3']").click()
    knows = lab.live.locator(".px-knows")
    knows.scroll_into_view_if_needed()
    heard = [INGREDIENTS[name][0] for name in ("pre", "noise", "quiet", "reward")]
    expect(knows.locator(".px-knows-table tbody th")).to_have_text(heard)
    lab.press("Step")
    lab.until("root.dataset.step === '1'")
    knows.get_by_label("The synapse that is looked at: layer").select_option("3")
    expect(knows.locator(".px-knows-worked")).to_contain_text("M × ξ/σ²")
    lab.live.locator(".px-three-factor").scroll_into_view_if_needed()
    expect(lab.live.locator(".px-three-factor .px-note").first).to_contain_text("→ output of lane 1")
    assert errors == []
