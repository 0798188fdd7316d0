"""Which states are kept: dense where the run stands, thinner in proportion to the distance, within the budget."""

from __future__ import annotations

import numpy as np
import pytest

from models.service.keyframes import Keyframes
from models.types import State

BYTES = 1000


def state(step: int) -> State:
    return State(step, {"a": np.full(BYTES // 8, float(step))}, {})


def filled(count: int, budget: int, dense: float = 200.0) -> Keyframes:
    kept = Keyframes(state(0), budget)
    for step in range(10, 10 * count + 1, 10):
        kept.add(0, state(step), dense)
    return kept


def test_the_nearest_is_found_along_the_path() -> None:
    kept = filled(10, 10**6)
    kept.add(1, state(75), 1)
    assert kept.nearest([(0, 2**63)], 57)[1].step == 50
    assert kept.nearest([(1, 2**63), (0, 70)], 72)[1].step == 70
    assert kept.nearest([(1, 2**63), (0, 70)], 99) == (1, kept.nearest([(1, 2**63), (0, 70)], 75)[1])
    with pytest.raises(LookupError):
        kept.nearest([(5, 10)], 3)


def test_the_budget_holds_and_gaps_grow_with_the_distance() -> None:
    kept = filled(3000, 60 * BYTES)
    assert kept.bytes <= 60 * BYTES
    steps = [kept.nearest([(0, 2**63)], step)[1].step for step in range(0, 30001, 10)]
    places = sorted(set(steps))
    gaps = np.diff(places)
    assert places[0] == 0 and places[-1] == 30000
    assert gaps[-5:].max() <= 30, "dense where the run stands"
    assert (gaps / (30000 - np.array(places[:-1]) + 200)).max() < 0.6, "no gap is larger than its distance"
    assert 0 < kept.thinned_before <= 30000


def test_the_same_step_is_replaced() -> None:
    kept = filled(5, 10**6)
    before = kept.bytes
    kept.add(0, State(30, {"a": np.ones(BYTES // 8)}, {}), 1)
    assert kept.bytes == before and kept.nearest([(0, 2**63)], 30)[1].arrays["a"][0] == 1.0
