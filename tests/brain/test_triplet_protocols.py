"""Pair and triplet rule under the page's protocols: the accepted table, and the course that leads to each figure."""

from __future__ import annotations

import numpy as np
import pytest

from models.brain.spike_protocols import paired
from models.brain.stdp import PAIR, TRIPLET, Plasticity, weight_change, weight_steps
from models.brain.stdp_course import trace, weight_at


def changes(rate_hz: float, plasticity: Plasticity, nearest: bool = False, pairs: int = 60, bursts: int = 1) -> list[float]:
    """At +10 and −10 ms."""
    return [float(weight_change(*paired(rate_hz, delta, pairs, bursts, 10.0), plasticity, nearest)) for delta in (10.0, -10.0)]


@pytest.mark.parametrize(
    ("rate_hz", "expected"), [(0.1, (0.00, -0.32)), (10, (0.12, -0.33)), (20, (0.23, -0.34)), (40, (0.53, 0.17)), (50, (0.76, 0.75))]
)
def test_sixty_continuous_pairs_all_to_all_give_the_published_fit(rate_hz: float, expected: tuple[float, float]) -> None:
    """Pfister and Gerstner 2006, minimal set, on Sjöström and others 2001."""
    assert changes(rate_hz, TRIPLET) == pytest.approx(expected, abs=0.005)


def test_nearest_neighbours_and_bursts_lose_it_at_50_hz() -> None:
    assert changes(50, TRIPLET, nearest=True) == pytest.approx((-0.13, -0.14), abs=0.005)
    assert changes(50, TRIPLET, pairs=5, bursts=15) == pytest.approx((0.03, -0.16), abs=0.005)


def test_the_pair_rule_goes_negative_at_40_and_50_hz() -> None:
    assert changes(40, PAIR) == pytest.approx((-0.31, -0.45), abs=0.005)
    assert changes(50, PAIR) == pytest.approx((-0.46, -0.48), abs=0.005)


def by_hand(pre: np.ndarray, post: np.ndarray, moment: float) -> float:
    """The triplet rule up to `moment`, all-to-all, as sums over the spikes strictly before each spike."""

    def left(spikes: np.ndarray, at: float, tau: float) -> float:
        return float(np.exp(-(at - spikes[spikes < at]) / tau).sum())

    lost = sum(TRIPLET.a2_minus * left(post, at, TRIPLET.tau_minus) for at in pre[pre <= moment])
    won = sum(TRIPLET.a3_plus * left(pre, at, TRIPLET.tau_plus) * left(post, at, TRIPLET.tau_y) for at in post[post <= moment])
    return won - lost


def test_the_course_is_the_rule_spike_by_spike() -> None:
    for delta in (10.0, -10.0, 0.0):
        pre, post = paired(50.0, delta, 6, 2, 1.0)
        moments, steps = weight_steps(pre, post, TRIPLET, False)
        assert steps == pytest.approx([by_hand(pre, post, at) for at in moments], rel=1e-9)
        assert moments.size == np.union1d(pre, post).size
        assert weight_at(np.array([-1.0, moments[3], 1e9]), moments, steps) == pytest.approx([1.0, 1 + steps[3], 1 + steps[-1]])


def test_traces_are_sums_of_exponentials() -> None:
    spikes, times = np.array([5.0, 20.0, 21.0]), np.array([0.0, 5.0, 19.9, 20.0, 100.0])
    since = times[:, None] - spikes
    expected = np.where(since >= 0, np.exp(-since / 33.7), 0.0).sum(axis=1)
    assert trace(times, spikes, 33.7) == pytest.approx(expected)
    assert not trace(times, np.zeros(0), 33.7).any()
