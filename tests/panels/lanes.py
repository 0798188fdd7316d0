"""Panels of the learning rules on lanes whose every number a test knows."""

from __future__ import annotations

from typing import Any

from tests.panels.conftest import Bench

RULES = ["backpropagation", "feedback_alignment", "oja", "output_only"]


def start(bench: Bench, *panels: str, rules: list[str] = RULES, **options: Any) -> None:
    bench.page.evaluate(
        "async (given) => { window.rules = await import('/harness/rules_lanes.js'); await rules.start(...given); }",
        [list(panels), rules, options],
    )


def draw(bench: Bench, **frame: Any) -> None:
    bench.page.evaluate("(frame) => rules.draw(frame)", frame)


def texts(bench: Bench, selector: str) -> list[str]:
    return [text.strip() for text in bench.page.locator(selector).all_inner_texts()]


CURVES = {
    "1": {
        "step": [0, 1, 10, 100],
        "seconds": [0, 0.001, 0.01, 0.1],
        "test_loss": [2.3, 2.0, 1.0, 0.1],
        "test_accuracy": [0.1, 0.3, 0.8, 0.97],
    },
    "4": {
        "step": [0, 1, 10, 100],
        "seconds": [0, 0.0005, 0.005, 0.05],
        "test_loss": [2.3, 2.2, 1.5, 0.3],
        "test_accuracy": [0.1, 0.2, 0.6, 0.93],
    },
}
