"""First filters among macaque cells and the sparse code: pictures, marks, keys and sentences of a side that really learned a little."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from models.experiments.convnet_brain import BrainSide, summary
from models.types import Subscription
from tests.panels.conftest import Bench

PANELS = ["../convnet/sparse", "../convnet/gabor_plane"]
SIDE = 7


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """Statics and a frame as a run sends them, after 40 updates of the code; the network's filters are Gabors but for one of noise."""
    brain = BrainSide(3, {"sparse_every": 1})
    for step in range(40):
        brain.lane.learner.apply(brain.lane.rule.updates(step))
    rng = np.random.default_rng(0)
    y, x = np.mgrid[3:-4:-1, -3:4]
    waves = [
        np.exp(-(x**2 + y**2) / (2 * s * s)) * np.cos(2 * np.pi * f * (x if f < 0.2 else y))
        for s, f in ((1.2, 0.16), (2.0, 0.24), (1.2, 0.02))
    ]
    filters = np.array([*waves, rng.standard_normal((SIDE, SIDE))], np.float32)[:, None]
    first = rng.standard_normal((4, 1, SIDE, SIDE)).astype(np.float32)
    arrays = brain.readings(Subscription(frozenset(["gabor/*", "sparse/*"])), filters, first, 40)
    return {"arrays": arrays, "meta": brain.metadata(), "statics": brain.static()[1]}


FRAME = """([arrays, meta]) => {
    const kinds = { f: Float32Array, u: Uint8Array };
    const made = Object.fromEntries(Object.entries(arrays).map(([name, [kind, values]]) => [name, kinds[kind].from(values)]));
    lab.state.frame = { arrays: made, meta };
    for (const panel of lab.state.panels) panel.draw(lab.state.frame);
}"""


WRITTEN = """[...document.querySelectorAll('#room *')]
    .filter((node) => node.offsetParent && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .map((node) => [parseFloat(getComputedStyle(node).fontSize), node.className, node.textContent])"""


def begin(bench: Bench, told: dict[str, Any], classes: str = "") -> None:
    bench.page.add_style_tag(url="/live/convnet/brain.css")
    bench.start(PANELS, [2, 3, 1], classes, {"meta": told["statics"]})


def show(bench: Bench, told: dict[str, Any], status: str = "paused") -> None:
    arrays = {name: [array.dtype.kind, array.ravel().tolist()] for name, array in told["arrays"].items()}
    bench.page.evaluate(FRAME, [arrays, {**told["meta"], "step": 40, "status": status}])


def test_the_plane_stands_on_the_counts_and_its_sentences_on_the_fits(bench: Bench, told: dict[str, Any]) -> None:
    begin(bench, told)
    plane = bench.page.locator(".px-gabor-plane")
    show(bench, told)
    found = summary(told["arrays"]["gabor/fit"])
    text = plane.inner_text()
    assert f"{found['fitted']} of the network's 4 first filters" in text
    assert "24%" in text and "no evidence of V1" in text
    noise = told["meta"]["gabor"]["noise"]
    assert f"{SIDE}×{SIDE} filter has 49 pixels" in text and f"{noise['median_r2']:.2g}" in text
    # Each mark lies where its fit says: nx to the right, ny upwards, on logarithmic axes.
    marks = bench.js("lab.state.panels[1].marks[0].places")
    nx, ny = told["arrays"]["gabor/fit"][:, 4], told["arrays"]["gabor/fit"][:, 5]
    assert np.array_equal(np.argsort([x for x, _ in marks[:3]]), np.argsort(nx[:3]))
    assert np.array_equal(np.argsort([-y for _, y in marks[:3]]), np.argsort(ny[:3]))


def test_keys_and_pointer_choose_a_filter_and_its_fit_is_drawn(bench: Bench, told: dict[str, Any]) -> None:
    begin(bench, told)
    show(bench, told)
    card = bench.page.locator(".px-gabor-plane .px-gabor-card")
    assert card.locator("h4").inner_text() == "Filter 1 of the network"
    bench.page.locator(".px-gabor-canvas").focus()
    bench.page.keyboard.press("ArrowRight")
    assert card.locator("h4").inner_text() == "Filter 2 of the network"
    values = dict(re.findall(r"(R²|nx|ny)\n([\d.]+)", card.inner_text()))
    fit = told["arrays"]["gabor/fit"][1]
    assert [float(values[name]) for name in ("R²", "nx", "ny")] == pytest.approx([fit[0], fit[4], fit[5]], rel=0.01)
    # The picture of a fit that explains everything is the filter's own.
    filter_, drawn = (bench.js(f"[...lab.state.panels[1].card.pictures[{i}].tiles.words].map((word) => word & 255)") for i in range(2))
    assert np.abs(np.subtract(filter_, drawn)).max() <= 12
    bench.page.keyboard.press("ArrowDown")
    assert card.locator("h4").inner_text() == "Filter 1 at the random start"
    x, y = bench.js("lab.state.panels[1].marks[0].places[2]")
    bench.page.locator(".px-gabor-canvas").hover(position={"x": x + 2, "y": y})
    assert card.locator("h4").inner_text() == "Filter 3 of the network"


def test_the_code_says_what_it_did_and_its_atoms_can_be_looked_at(bench: Bench, told: dict[str, Any]) -> None:
    begin(bench, told)
    panel = bench.page.locator(".px-sparse")
    assert "Press Play" in panel.inner_text()
    show(bench, told)
    assert "After 40 updates of its own, without a label" in panel.inner_text()
    gabors = int((told["arrays"]["sparse/fit"][:, 0] >= 0.7).sum())
    assert f"{gabors} atoms are close to a Gabor" in panel.inner_text()
    panel.locator("summary").click()
    assert "china and flower" in panel.inner_text() and "not comparable" in panel.inner_text()
    bench.page.locator(".px-sparse-mosaic").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp"):
        bench.page.keyboard.press(key)
    assert panel.locator("h4").inner_text() == "Atom 2"


@pytest.mark.parametrize("bench", [{"viewport": {"width": 390, "height": 900}}], indirect=True)
def test_both_fit_a_telephone_and_the_projector(bench: Bench, told: dict[str, Any]) -> None:
    begin(bench, told, "px-projector")
    show(bench, told, "playing")
    assert bench.js("document.documentElement.scrollWidth") <= 390
    assert [found for found in bench.js(WRITTEN) if found[0] < 18] == []


def test_few_held_out_images_are_counted_and_a_forming_code_is_not_compared(bench: Bench) -> None:
    """n of n right: Wilson's (1927) lower bound is n/(n + z²), 4/(4 + 1.96²) = 51%; of 0 of n the upper one is 1 minus that."""
    said = bench.page.evaluate("import('/live/convnet/milestone.js').then((m) => [m.counted(1, 4, 8), m.counted(0, 4, 8)])")
    assert said[0].startswith("4 of 4 held-out images") and "from 51% to 100%" in said[0]
    assert "from 0.0% to 49%" in said[1]
    words = """import('/live/convnet/gabor_words.js').then((m) => [30, 80].map((fitted) =>
        m.code({ fitted, count: 100, nx: 0.4, ny: 0.4, blobs: 0.1 }, { blob_share: 0.24 }, 0.5)))"""
    forming, formed = bench.page.evaluate(words)
    assert "still forming" in forming and "24%" not in forming and "fewer than V1's 24%" in formed


def test_a_picture_with_nothing_in_it_is_not_exported(bench: Bench) -> None:
    svg = '<svg viewBox="0 0 9 9"><rect width="9" height="9"/>{}</svg>'
    tried = """async ([empty, drawn]) => {
        const { figures } = await import('/live/export.js');
        const host = document.body;
        const seen = [];
        const taken = async (svg) => {
            const panel = { name: 'a', title: 'A', image: { width: 3 }, element: host, svg: () => svg };
            const [figure] = figures([{ panel, host }], null, async (place) => seen.push(place));
            return figure.image ? 'data taken for a picture' : figure.svg().then(() => 'taken', (error) => error.message);
        };
        return [await taken(empty), await taken(drawn), seen.length];
    }"""
    refused, taken, seen = bench.page.evaluate(tried, [svg.format(""), svg.format('<path d="M0 0"/>')])
    assert refused.startswith("nothing is drawn here yet") and taken == "taken" and seen == 2
