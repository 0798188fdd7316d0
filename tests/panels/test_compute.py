"""The compute meter: what it shows is what the frame says, and sums are sums."""

from __future__ import annotations

from typing import Any

from tests.panels.conftest import Bench

LANES = [{"lane": 1, "name": "plain descent"}, {"lane": 2, "name": "Adam"}]


def shown(bench: Bench, lanes: list[dict[str, Any]], **more: Any) -> None:
    bench.page.evaluate("all => lab.drawRace(...all)", [500, lanes, {}, {}, more])


def rows(bench: Bench, table: int) -> list[list[str]]:
    found: list[list[str]] = (
        bench.page.locator(".px-compute-table")
        .nth(table)
        .locator("tbody tr")
        .evaluate_all("all => all.map(r => [...r.cells].map(c => c.textContent))")
    )
    return found


def test_times_and_multiplications_of_every_lane(bench: Bench) -> None:
    bench.start(["compute"], [2, 4, 1])
    bench.js("(lab.state.context.drawing = () => ({ network: 2.5, output: 1.25 }), 0)")
    shown(bench, LANES, status="playing", steps_per_second=1000)
    assert [row[:5] for row in rows(bench, 0)] == [
        ["Lane 1 (plain descent)", "0.00200", "0.00300", "0.00100", "0.00600"],
        ["Lane 2 (Adam)", "0.00400", "0.00300", "0.00100", "0.00800"],
    ]
    assert rows(bench, 1)[0] == ["Lane 1 (plain descent)", "880", "1,600", "105", "2,585", "2.59 million"]
    facts = bench.page.locator(".px-compute-facts dd").all_inner_texts()
    assert facts == ["0.800", "3.75"]
    widths = (
        bench.page.locator(".px-compute-table")
        .first.locator("tbody tr")
        .evaluate_all("all => all.map(r => [...r.querySelectorAll('i')].map(i => parseFloat(i.style.width)))")
    )
    assert abs(widths[1][0] / widths[0][0] - 2) < 1e-6 and sum(widths[1]) <= 100


def test_a_paused_run_multiplies_nothing_now(bench: Bench) -> None:
    bench.start(["compute"], [2, 4, 1])
    shown(bench, LANES[:1], status="paused", steps_per_second=1000)
    assert rows(bench, 1)[0] == ["This network", "880", "1,600", "105", "2,585", "–"]


def test_before_anything_was_timed_there_is_no_number(bench: Bench) -> None:
    bench.start(["compute"], [2, 4, 1])
    untimed = {
        "lane": 1,
        "forward_ms": None,
        "backward_ms": None,
        "update_ms": None,
        "multiplications": {"forward": 8, "backward": 8, "update": 1},
    }
    shown(bench, LANES[:1], compute={"lanes": [untimed], "probes_ms": None})
    assert rows(bench, 0)[0][1:5] == ["–", "–", "–", "–"]
    assert "NaN" not in bench.page.locator(".px-compute").inner_text()
