"""The dense lab speaks of an error only where the run's rule sends one, and names the rule."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from models.specs.dense import DenseRuleName
from models.specs.rule_signals import SIGNALS, told
from tests.panels.conftest import Bench

SPEAKING = ["network", "inspector", "flow", "histograms", "brain", "prose"]


def start(bench: Bench, rule: DenseRuleName) -> None:
    bench.start(SPEAKING, [2, 4, 2, 1], "", {"meta": {"rule": told(rule)}})
    bench.frame(12)


def sentences(bench: Bench) -> str:
    found: str = bench.page.locator(".px-sentences").inner_text()
    return found


def test_every_rule_says_what_its_deltas_are() -> None:
    assert set(SIGNALS) == set(get_args(DenseRuleName))


@pytest.mark.parametrize("rule", ["hebb", "oja", "bcm", "forward_forward", "three_factor", "weight_perturbation"])
def test_where_no_error_is_sent_none_is_spoken_of(bench: Bench, rule: Any) -> None:
    start(bench, rule)
    assert bench.page.locator(".px-rule-chip").inner_text() == f"Learning rule: {told(rule)['title']}"
    assert "sends no error down" in sentences(bench)
    assert not any(word in sentences(bench) for word in ("reaches layer 1", "shrinks", "grows"))
    assert "no error runs left" in bench.page.locator(".px-flow .px-note").first.inner_text()
    words = bench.page.locator("#room").inner_text()
    assert "Error δ" not in words and "radient" not in words
    assert bench.page.locator(".px-parts th").first.inner_text() == "rule's direction"
    assert not bench.faults


def test_backpropagation_keeps_its_words_and_needs_no_chip(bench: Bench) -> None:
    start(bench, "backpropagation")
    assert bench.page.locator(".px-rule-chip").count() == 0
    assert "layer 1" in sentences(bench) and "error" in sentences(bench)
    words = bench.page.locator("#room").inner_text()
    assert "Gradient flow" in words and "Error δ" in words and "a·δ = gradient" in words


def test_fixed_feedback_sends_an_error_but_no_gradient(bench: Bench) -> None:
    start(bench, "feedback_alignment")
    assert "error" in sentences(bench)
    words = bench.page.locator("#room").inner_text()
    assert "Error flow" in words and "radient" not in words


def test_a_difference_of_activity_is_no_error_that_shrinks(bench: Bench) -> None:
    start(bench, "predictive_coding")
    assert "a difference of activity tells each neuron to change: on average" in sentences(bench)
    assert "Difference of activity δ" in bench.page.locator("#room").inner_text()
