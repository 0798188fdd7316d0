"""The link, a reload, and a duplicated tab."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from scripts.lab import Lab, link
from scripts.server import Server
from tests.browser.conftest import Open
from tests.browser.moment import command, differing, snapshot, weights
from tests.conftest import CALM

XOR = {"dataset": "xor", "hidden_layers": "3", "features": "x,y,xy", "learning_rate": "0.1", "seed": "11", "noise": "0.1"}


def test_the_link_opens_the_same_state_in_a_fresh_browser(open_lab: Open, contexts: Callable[..., BrowserContext]) -> None:
    first = open_lab(fields=XOR)
    first.pause()
    second = Lab.opened(contexts(**CALM).new_page(), first.page.url)
    second.pause()
    assert first.shown().run != second.shown().run
    for lab in (first, second):
        command(lab, command="reset")
        command(lab, command="step", n=40)
    assert differing(snapshot(first), snapshot(second)) == []
    spec = second.service(f"/runs/{second.shown().run}")["spec"]
    assert (spec["dataset"], spec["hidden_layers"], spec["features"], spec["seed"]) == ("xor", [3], ["x", "y", "xy"], 11)


def test_a_bad_link_costs_only_what_is_wrong(open_lab: Open, errors: list[str]) -> None:
    lab = open_lab(fields={"dataset": "xor", "learning_rate": "<script>", "hidden_layers": "99"})
    spec = lab.service(f"/runs/{lab.shown().run}")["spec"]
    assert spec["dataset"] == "xor"
    assert spec["learning_rate"] == 0.03
    assert "99" in lab.page.locator("body").inner_text()
    assert errors == []


def test_a_reload_finds_the_same_run_and_a_duplicated_tab_forks(open_lab: Open) -> None:
    lab = open_lab()
    a_reload_finds_the_same_run(lab)
    a_duplicated_tab_forks(lab)


def a_reload_finds_the_same_run(lab: Lab) -> None:
    lab.play()
    lab.reach(300)
    before = lab.shown()
    lab.page.reload()
    lab.ready()
    after = lab.shown()
    assert after.run == before.run
    assert after.step >= before.step
    lab.until("root.dataset.status === 'playing'")
    lab.reach(after.step + 100)


def a_duplicated_tab_forks(lab: Lab) -> None:
    """A duplicated tab starts with a copy of the first one's session storage."""
    stopped = lab.pause()
    kept = lab.page.evaluate("() => JSON.stringify(Object.fromEntries(Object.entries(sessionStorage)))")
    page = lab.page.context.new_page()
    page.add_init_script(f"if (!sessionStorage.length) for (const [k, v] of Object.entries({kept})) sessionStorage.setItem(k, v);")
    twin = Lab.opened(page, lab.page.url)
    twin.until(f"root.dataset.live && root.dataset.live !== '{stopped.run}' && Number(root.dataset.step) === {stopped.step}", 20)
    assert differing(weights(lab), weights(twin)) == []
    twin.play()
    twin.reach(stopped.step + 200)
    assert lab.shown().step == stopped.step
    assert lab.shown().run == stopped.run


def test_home_learns_by_itself_and_leads_to_the_lab(server: Server, open_lab: Open) -> None:
    lab = open_lab("")
    lab.until("root.dataset.status === 'playing' && Number(root.dataset.step) > 50")
    lab.page.get_by_role("button", name="Watch one learn").or_(lab.page.get_by_role("link", name="Watch one learn")).first.click()
    lab.page.wait_for_url("**/gradient-flow*", timeout=20000)
    lab.ready()
    assert lab.page.url.startswith(link(server.url, "gradient-flow"))
