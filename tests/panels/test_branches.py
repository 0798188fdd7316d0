"""The tree of branches: where its lines run, what it is called, and what two of them have in common."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.conftest import Bench


def branch(number: int, parent: int | None, fork: int, head: int, **more: Any) -> dict[str, Any]:
    metrics = {"step": head, "test_loss": 0.1 / (number + 1), "test_accuracy": 0.9}
    return {"id": number, "parent": parent, "fork_step": fork, "head": head, "name": None, "change": None, "metrics": metrics, **more}


RATE = {"command": "set", "values": {"learning_rate": 0.1}}
EDIT = {"command": "edit", "layer": 1, "to": 0, "from": 1, "value": 0.5}
ADAM = {"command": "fork", "values": {"optimiser": "adam"}}
NESTED = [
    branch(0, None, 0, 1200),
    branch(1, 0, 400, 1800, name="small rate", change=RATE),
    branch(2, 1, 900, 1000, change=EDIT),
    branch(3, 0, 600, 1500, change=ADAM),
]
"""0 ── 400 → 1 ── 900 → 2, and 600 → 3."""


def curve(last: int, fork: int, level: float) -> dict[str, list[float]]:
    """Measured every hundred updates, the same for all up to the fork."""
    steps = list(range(100, last + 1, 100))
    return {"step": steps, "test_loss": [0.5 if step <= fork else level for step in steps]}


CURVES = {0: curve(1200, 1200, 0.5), 1: curve(1800, 400, 0.031), 2: curve(1000, 900, 0.2), 3: curve(1500, 600, 0.3)}
CURVES[0]["test_loss"][-1] = 0.12


@pytest.fixture
def tree(bench: Bench) -> Bench:
    """The panel with four branches, the run on the last one."""
    styled(bench)
    bench.start(["branches"], [2, 4, 1])
    told(bench, NESTED)
    bench.page.evaluate("(curves) => { lab.state.context.curves = async (id) => curves[id]; }", CURVES)
    bench.frame(1, branch=3, step=1500, head=1500)
    return bench


def styled(bench: Bench) -> None:
    bench.page.add_style_tag(url="/live/panels/branches.css")


def told(bench: Bench, branches: list[dict[str, Any]]) -> None:
    bench.page.evaluate("(branches) => lab.state.context.emit('branches', branches)", branches)


def commands(bench: Bench) -> Any:
    return bench.js("lab.state.context.calls.command")


def test_one_branch_is_one_sentence_and_how(bench: Bench) -> None:
    bench.start(["branches"], [2, 4, 1])
    told(bench, NESTED[:1])
    bench.frame(1, branch=0)
    panel = bench.page.locator(".px-branches")
    assert "Step back and change something: what was is kept as a branch." in panel.inner_text()
    assert panel.get_by_role("button").count() == 0 and not panel.locator("canvas").first.is_visible()


def test_lines_run_from_fork_to_head_below_their_parent_and_never_cross(bench: Bench) -> None:
    found = bench.page.evaluate(
        """async (branches) => { const { StepAxis, lines } = await import('/live/panels/branches_tree.js');
        const axis = new StepAxis().fit(branches);
        const rows = lines(branches, axis, { left: 0, right: axis.end, top: 10, height: 40 });
        return { kind: axis.kind, end: axis.end, rows: rows.map(({ branch, ...row }) => ({ id: branch.id, ...row })) }; }""",
        NESTED,
    )
    rows = found["rows"]
    assert found["kind"] == "linear" and [row["id"] for row in rows] == [0, 3, 1, 2]
    assert [(row["from"], row["to"]) for row in rows] == [(0, 1200), (600, 1500), (400, 1800), (900, 1000)]
    assert [row["y"] for row in rows] == [10, 50, 90, 130]
    assert [row["parentY"] for row in rows] == [None, 10, 10, 90]
    for line in rows[1:]:  # what a line passes on its way down begins to its right
        between = [row for row in rows if line["parentY"] < row["y"] < line["y"]]
        assert all(row["from"] > line["from"] for row in between)


def test_the_axis_is_logarithmic_where_that_tells_branches_apart(bench: Bench) -> None:
    kinds = bench.page.evaluate(
        """async (given) => { const { StepAxis } = await import('/live/panels/branches_tree.js');
        const ends = (axis) => [axis.kind, axis.share(0), axis.share(axis.end)];
        return given.map((branches) => ends(new StepAxis().fit(branches))); }""",
        [
            [branch(0, None, 0, 900), branch(1, 0, 30, 90_000), branch(2, 0, 300, 700)],
            [branch(0, None, 0, 90_000), branch(1, 0, 80_000, 90_000), branch(2, 0, 70_000, 95_000)],
        ],
    )
    assert kinds == [["log", 0, 1], ["linear", 0, 1]]


def test_a_hundred_branches_show_the_newest_with_what_they_come_from(bench: Bench) -> None:
    ids = bench.page.evaluate(
        """async (branches) => { const { newest } = await import('/live/panels/branches_tree.js');
        return newest(branches, 5, 10).map(({ id }) => id); }""",
        [branch(0, None, 0, 100), *(branch(i, 0 if i < 60 else i - 50, i, 100) for i in range(1, 100))],
    )
    assert {0, 5, 99, 49} <= set(ids) and len(ids) <= 10


def test_many_branches_are_all_in_the_list(tree: Bench) -> None:
    told(tree, [*NESTED, *(branch(number, 0, 10 * number, 1300) for number in range(4, 30))])
    assert tree.page.locator(".px-branch").count() == 30
    tree.page.get_by_text("Drawn are the newest 16 of 30; the list has all.").wait_for()
    assert tree.js("lab.state.panels[0].map.rows.length") == 16
    assert tree.page.get_by_role("checkbox", name="Compare “small rate”").count() == 1


def test_the_list_says_what_opened_each_branch_and_how_far_it_came(tree: Bench) -> None:
    rows = tree.page.locator(".px-branch").all_inner_texts()
    assert "First branch" in rows[0] and "from the start" in rows[0]
    assert "Branch 4, from step 600" in rows[1] and "here" in rows[1] and "copy raced: Adam" in rows[1]
    assert "left “First branch” at step 400: learning rate 0.1 · reaches step 1,800 · test loss 0.0500, accuracy 90%" in rows[2]
    assert "weight y → 1 in layer 1 set to 0.5" in rows[3] and "left “small rate” at step 900" in rows[3]
    tree.frame(1, branch=3, step=1600, head=1600, test_loss=0.0042)
    assert "reaches step 1,600 · test loss 0.00420" in tree.page.locator(".px-branch").nth(1).inner_text()


def test_buttons_go_to_heads_and_to_forks(tree: Bench) -> None:
    tree.page.get_by_role("button", name="Go to head of “small rate”").click()
    tree.page.get_by_role("button", name="Go to fork of “Branch 3, from step 900”").press("Enter")
    assert commands(tree) == [{"command": "branch", "branch": 1}, {"command": "seek", "step": 900, "branch": 1}]
    assert not tree.page.get_by_role("button", name="Go to fork of “First branch”").is_visible()


def test_pressing_the_picture_goes_there_too(tree: Bench) -> None:
    rows = tree.js("lab.state.panels[0].map.rows.map(({ branch, y, from, to, parentY }) => [branch.id, y, from, to, parentY])")
    _, y, start, end, parent = next(row for row in rows if row[0] == 1)
    canvas = tree.page.get_by_role("img", name="Tree of 4 branches")
    canvas.click(position={"x": (start + end) / 2, "y": y})
    canvas.click(position={"x": start, "y": parent})
    assert commands(tree) == [{"command": "branch", "branch": 1}, {"command": "seek", "step": 400, "branch": 0}]


def test_a_name_is_saved_by_enter_left_by_escape_and_refused_beside_it(tree: Bench) -> None:
    tree.page.get_by_role("button", name="Rename “Branch 4, from step 600”").press("Enter")
    field = tree.page.get_by_label("New name of “Branch 4, from step 600”")
    field.press_sequentially("x" * 50)
    assert field.input_value() == "x" * 40
    field.press("Escape")
    assert commands(tree) == [] and not field.is_visible()
    assert tree.js("document.activeElement.textContent") == "Rename"
    tree.page.keyboard.press("Enter")
    field.fill("with Adam")
    tree.js("(lab.state.context.refusal = 'name: this is refused here.', 0)")
    field.press("Enter")
    tree.page.get_by_text("name: this is refused here.").wait_for()
    tree.frame(1, branch=3, step=1700, head=1700)
    assert field.is_visible() and field.input_value() == "with Adam"
    tree.js("(lab.state.context.refusal = null, 0)")
    tree.page.get_by_role("button", name="Save name").click()
    field.wait_for(state="hidden")
    assert commands(tree) == 2 * [{"command": "name_branch", "branch": 3, "name": "with Adam"}]
    told(tree, [*NESTED[:3], {**NESTED[3], "name": "with Adam"}])
    assert tree.page.get_by_role("button", name="Rename “with Adam”").is_visible()


def test_two_branches_are_compared_where_both_were_measured(tree: Bench) -> None:
    tree.page.get_by_role("checkbox", name="Compare “small rate”").check()
    sentence = tree.page.locator(".px-branch-sentence")
    assert not sentence.is_visible()
    tree.page.get_by_role("checkbox", name="Compare “First branch”").press("Space")
    sentence.wait_for()
    assert (
        sentence.inner_text() == "At step 1,200, the last that both have, branch “small rate” has test loss 0.0310, “First branch” 0.120."
    )
    for name in ("Branch 3, from step 900", "Branch 4, from step 600"):
        tree.page.get_by_role("checkbox", name=name).check()
    tree.page.get_by_text("At step 1,000, the last that all have").wait_for()


def test_what_compared_branches_share_is_drawn_once(bench: Bench) -> None:
    pieces = bench.page.evaluate(
        """async ([curves, branches]) => { const { pieces } = await import('/live/panels/branches_compare.js');
        const { parting } = await import('/live/panels/branches_tree.js');
        const ids = [0, 1, 2];
        return pieces(ids.map((id) => curves[id]), (i, j) => parting(branches, ids[i], ids[j]))
          .map(({ slot, points }) => [slot, points[0][0], points.at(-1)[0]]); }""",
        [CURVES, NESTED],
    )
    assert pieces == [[None, 100, 400], [0, 400, 1200], [1, 400, 1800], [2, 900, 1000]]


def test_a_curve_that_is_known_in_part_says_so(tree: Bench) -> None:
    tree.js("(lab.state.context.curves = async (id) => ({ step: [0], test_loss: [0.6] }), 0)")
    for name in ("small rate", "First branch"):
        tree.page.get_by_role("checkbox", name=f"Compare “{name}”").check()
    tree.page.get_by_text("“small rate” is drawn up to step 0 only: go to its head").wait_for()


def test_curves_are_renewed_once_a_second_and_only_those_that_grow(tree: Bench) -> None:
    tree.js(
        "(() => { const { context } = lab.state; const first = context.curves; window.asked = [];"
        "context.curves = (id) => { window.asked.push(id); return first(id); }; })()"
    )
    for name in ("First branch", "Branch 4, from step 600"):
        tree.page.get_by_role("checkbox", name=f"Compare “{name}”").check()
    tree.page.locator(".px-branch-sentence").wait_for()
    for step in range(1501, 1520):
        tree.frame(1, branch=3, step=step, head=step)
    assert sorted(tree.js("window.asked")) == [0, 3]
    tree.page.wait_for_timeout(1050)
    tree.frame(1, branch=3, step=1530, head=1530)
    assert tree.js("window.asked.slice(2)") == [3]


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_it_fits_a_telephone(tree: Bench) -> None:
    tree.page.get_by_role("button", name="Rename “small rate”").click()
    assert tree.js("document.documentElement.scrollWidth") <= 390


def test_it_is_readable_from_the_back_of_a_room(bench: Bench) -> None:
    bench.js(
        "(() => { const fill = CanvasRenderingContext2D.prototype.fillText; window.least = 99;"
        "CanvasRenderingContext2D.prototype.fillText = function (...all) {"
        "window.least = Math.min(window.least, parseFloat(/([\\d.]+)px/.exec(this.font)[1])); return fill.apply(this, all); }; })()"
    )
    styled(bench)
    bench.start(["branches"], [2, 4, 1], "px-root px-projector")
    told(bench, NESTED)
    bench.page.evaluate("(curves) => { lab.state.context.curves = async (id) => curves[id]; }", CURVES)
    bench.frame(1, branch=3, step=1500, head=1500)
    for name in ("small rate", "First branch"):
        bench.page.get_by_role("checkbox", name=f"Compare “{name}”").check()
    bench.page.locator(".px-branch-sentence").wait_for()
    small = bench.js(
        "[...document.querySelectorAll('.px-branches *')]"
        ".filter((n) => n.childElementCount === 0 && n.textContent.trim() && n.checkVisibility())"
        ".filter((n) => parseFloat(getComputedStyle(n).fontSize) < 18).map((n) => n.outerHTML)"
    )
    assert small == [] and bench.js("window.least") >= 18


def test_the_tree_exports_and_everything_has_a_name(tree: Bench) -> None:
    svg = "new DOMParser().parseFromString(lab.state.panels[0].svg(), 'image/svg+xml')"
    assert tree.js(f"{svg}.getElementsByTagName('parsererror').length") == 0
    assert "small rate" in tree.js(f"{svg}.documentElement.textContent")
    nameless = tree.js(
        "[...document.querySelectorAll('canvas, button, select, input')].filter((n) =>"
        "!(n.getAttribute('aria-label') || n.textContent.trim() || n.labels?.[0]?.textContent.trim())).map((n) => n.outerHTML)"
    )
    assert nameless == []
