"""The history as a tree: a change behind the head opens a branch, which is named, compared, left and found again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect

from scripts.lab import Lab
from tests.browser.conftest import Open
from tests.browser.moment import command, differing, weights


def panel(lab: Lab) -> Locator:
    found = lab.live.locator("[data-panel=branches]")
    found.evaluate("place => place.scrollIntoView({block: 'nearest'})")  # at once: a run that is opened builds its panels anew
    return found


LIVELY = {"reduced_motion": "no-preference"}
"""These go to and fro a great deal, and look at what is drawn each time."""


def at(lab: Lab, step: int) -> None:
    lab.until(f"Number(root.dataset.step) === {step} && root.dataset.status === 'paused'", 30)


def branched(lab: Lab) -> None:
    """300 updates, then 100 back and another rate, then 150 more on the new branch."""
    lab.pause()
    command(lab, command="reset")
    command(lab, command="step", n=300)
    at(lab, 300)
    panel(lab).get_by_text("Step back and change something: what was is kept as a branch.").wait_for()
    command(lab, command="step_back", n=100)
    at(lab, 200)
    box = lab.live.get_by_role("textbox", name="Learning rate", exact=True)
    box.fill("0.3")
    box.press("Enter")
    panel(lab).get_by_role("button", name="Go to head of “First branch”").wait_for()
    command(lab, command="step", n=150)
    at(lab, 350)


def test_a_branch_is_named_saved_compared_left_and_found_again(open_lab: Open, errors: list[str], tmp_path: Path) -> None:
    lab = open_lab(**LIVELY)
    branched(lab)
    tree = panel(lab)
    assert "left “First branch” at step 200: learning rate 0.3" in tree.inner_text()

    tree.get_by_role("button", name="Rename “Branch 2, from step 200”").press("Enter")
    field = tree.get_by_label("New name of “Branch 2, from step 200”")
    field.fill("ten times the rate")
    field.press("Enter")
    tree.get_by_role("button", name="Rename “ten times the rate”").wait_for()
    chosen = lab.live.get_by_label("Branch", exact=True)
    assert chosen.locator("option").all_text_contents() == ["First branch", "ten times the rate"]
    known = told_of_first_branch(lab)
    with lab.page.expect_download() as saved:
        lab.press("Save")
    saved.value.save_as(tmp_path / "run.safetensors")

    for name in ("First branch", "ten times the rate"):
        tree.get_by_role("checkbox", name=f"Compare “{name}”").press("Space")
    sentence = tree.locator(".px-branch-sentence")
    sentence.wait_for()
    told = sentence.inner_text()
    assert told.startswith("At step ") and "“First branch”" in told and "“ten times the rate”" in told
    curves = [lab.service(f"/runs/{lab.shown().run}/branches/{number}/curves") for number in (0, 1)]
    last = max(set(curves[0]["step"]) & set(curves[1]["step"]))
    assert f"At step {last}," in told and last > 200
    losses = [curve["test_loss"][curve["step"].index(last)] for curve in curves]
    assert all(f"{loss:#.3g}" in told for loss in losses)

    tree.get_by_role("button", name="Go to head of “First branch”").press("Enter")
    at(lab, 300)
    expect(chosen).to_have_value("0")
    tree.get_by_role("button", name="Go to fork of “ten times the rate”").click()
    at(lab, 200)
    lab.page.reload()
    lab.ready()
    panel(lab).get_by_role("button", name="Rename “ten times the rate”").wait_for()
    names_and_numbers_survive_save_and_open(lab, tmp_path / "run.safetensors", known)
    assert errors == []


def told_of_first_branch(lab: Lab) -> str:
    """Its row, without the mark that follows the frames."""
    return panel(lab).locator(".px-branch").filter(has_text="First branch").first.inner_text().replace("here\n", "")


def names_and_numbers_survive_save_and_open(lab: Lab, file: Path, known: str) -> None:
    before = lab.shown().run
    lab.live.get_by_label("Saved run").set_input_files(file)
    lab.until(f"root.dataset.live !== '{before}'", 20)
    panel(lab).get_by_role("button", name="Rename “ten times the rate”").wait_for()
    at(lab, 350)
    assert told_of_first_branch(lab) == known
    for name in ("First branch", "ten times the rate"):
        panel(lab).get_by_role("checkbox", name=f"Compare “{name}”").check()
    panel(lab).get_by_text("“First branch” is drawn up to step").wait_for()
    panel(lab).get_by_role("button", name="Go to head of “First branch”").click()
    at(lab, 300)
    panel(lab).get_by_text("“First branch” is drawn up to step").wait_for(state="hidden")
    panel(lab).get_by_text("the last that both have, branch").wait_for()


def test_a_raced_copy_behind_the_head_is_a_branch_with_two_lanes(open_lab: Open, errors: list[str]) -> None:
    """Between a branch with one lane and one with two the pictures stand, and so does the timeline's memory."""
    lab = open_lab(**LIVELY)
    lab.pause()
    command(lab, command="reset")
    command(lab, command="step", n=200)
    before = weights(lab)
    command(lab, command="step_back", n=80)
    command(lab, command="fork", values={"optimiser": "adam", "learning_rate": 0.01})
    tree = panel(lab)
    tree.get_by_text("copy raced: Adam, learning rate 0.01").wait_for()
    command(lab, command="step", n=60)
    for number, lanes, head in ((0, 1, 200), (1, 2, 180), (0, 1, 200)):
        lab.live.get_by_label("Branch", exact=True).select_option(str(number))
        at(lab, head)
        described = lab.service(f"/runs/{lab.shown().run}")
        assert len(described["metrics"]["lanes"]) == lanes
    assert differing(before, weights(lab)) == []
    assert lab.live.locator(".px-broken").count() == 0
    assert errors == []
