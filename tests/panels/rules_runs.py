"""A short real run of learning rules and what the page tells its view: panels are judged by what a service would send."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from models.catalog import EXPERIMENTS
from models.trainer import Trainer
from models.types import Subscription
from pages.ui.configuration import fixed_configuration
from pages.ui.rules_data import rules_data
from tests.panels.conftest import Bench

PAGE = "learning-rules"
TINY: dict[str, Any] = {"dataset": "xor", "hidden_layers": [5, 4], "batch_size": 1, "samples": 40}

SHOW = """([arrays, meta]) => {
    const made = Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, Float32Array.from(values, (v) => v ?? NaN)]));
    lab.state.frame = { arrays: made, meta };
    for (const panel of lab.state.panels) panel.draw(lab.state.frame);
}"""


class Run:
    """One example an update and plain descent, so that an update is what one example asks for."""

    def __init__(self, bench: Bench, panels: list[str], rules: tuple[str, ...], classes: str = "", **changes: Any) -> None:
        lanes = [rule if isinstance(rule, dict) else {"rule": rule} for rule in rules]
        self.spec = EXPERIMENTS[PAGE].validate({**TINY, "rules": lanes, **changes})
        self.trainer = Trainer(EXPERIMENTS[PAGE].build(self.spec))
        self.bench = bench
        told = _told(self.spec.dataset)
        for sheet in ("rules", "knows", "compose"):
            bench.page.add_style_tag(url=f"/live/rules/{sheet}.css")
        spec = self.spec.model_dump(mode="json")
        data = {**told, "spec": spec, "meta": self.trainer.static().metadata}
        bench.start([f"../rules/{name}" for name in panels], [2, 5, 1], classes, data)

    def show(self, updates: int = 0, **meta: Any) -> dict[str, Any]:
        """Trains so many updates and draws the frame; returns its metadata."""
        self.trainer.advance(self.trainer.step + updates, math.inf)
        shot = self.trainer.snapshot(Subscription(frozenset({"all"})))
        arrays = {name: _numbers(array) for name, array in shot.arrays.items() if "curves/" not in name and "field" not in name}
        told = {**_plain(shot.metadata), "step": shot.step, "branch": 0, "status": "paused", **meta}
        self.bench.page.evaluate(SHOW, [arrays, told])
        return told

    def js(self, expression: str) -> Any:
        return self.bench.js(expression)


@cache
def _told(dataset: str) -> dict[str, Any]:
    return rules_data(fixed_configuration(PAGE, {"dataset": dataset}))


def _numbers(array: np.ndarray) -> list[float | None]:
    return [float(value) if math.isfinite(value) else None for value in array.ravel()]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
