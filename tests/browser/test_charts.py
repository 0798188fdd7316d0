"""Plotly's curves while a run plays, and once it rests."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import Open

# The chart's first curve: the end of its path in pixels, where its newest value belongs by the axes, and what Plotly would tell.
LOSS = """root => {
    const plot = Array.from(root.querySelectorAll('.js-plotly-plot')).find(e => e.getAttribute('aria-label') === 'Loss');
    const path = plot?.querySelector('.scatterlayer .js-line')?.getAttribute('d');
    if (!path) return null;
    const [{x, y}] = plot.data, {xaxis, yaxis} = plot._fullLayout;
    const end = path.split(/[ML]/).at(-1).split(',').map(Number);
    const belongs = [xaxis.c2p(x.at(-1)), yaxis.c2p(y.at(-1))];
    return {path, end, belongs, points: x.filter(step => step > 0).length,
          told: plot.calcdata[0].filter(point => point.x !== undefined).length,
        inside: x.at(-1) <= 10 ** xaxis.range[1]};
}"""


def test_the_loss_curve_moves_while_it_learns_and_tells_its_values_at_rest(open_lab: Open) -> None:
    lab = open_lab()
    lab.play()
    lab.reach(300)
    seen: list[dict[str, Any]] = []
    for _ in range(60):
        found = lab.live.evaluate(LOSS)
        if found and (not seen or found["path"] != seen[-1]["path"]):
            seen.append(found)
        if len(seen) >= 4:
            break
        lab.page.wait_for_timeout(100)
    assert len(seen) >= 4, "the curve stands still"
    assert all(found["inside"] for found in seen)
    lab.pause()
    lab.page.wait_for_timeout(900)
    rest = lab.live.evaluate(LOSS)
    assert max(abs(end - belongs) for end, belongs in zip(rest["end"], rest["belongs"], strict=True)) < 1.0
    assert rest["told"] == rest["points"]
