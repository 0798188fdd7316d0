"""BCM on spikes: sign at θ, fixed point at c₀, and a threshold that slides fast enough to hold the neuron there."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.bcm_synapse import Bcm, closed_loop, course, slope, threshold
from models.brain.spike_protocols import paired

P = Bcm()
BOTH = [P, P._replace(mean_square=True)]


def at(rate: float, p: Bcm) -> float:
    """What is averaged, for a neuron that has long fired at `rate`."""
    return rate**2 if p.mean_square else rate


def test_the_change_turns_its_sign_at_the_threshold_and_needs_both_sides() -> None:
    assert slope(10.0, 8.0, 9.0, P) < 0 < slope(10.0, 10.0, 9.0, P)
    assert slope(10.0, 9.0, 9.0, P) == slope(0.0, 20.0, 9.0, P) == slope(10.0, 0.0, 9.0, P) == 0.0


@pytest.mark.parametrize("p", BOTH)
def test_threshold_and_rate_meet_at_c0_and_the_threshold_outruns_the_rate_above(p: Bcm) -> None:
    """(c̄/c₀)ᵖ c̄ with p > 0 (Bienenstock and others 1982), mean of c² over c₀ (Intrator and Cooper 1992)."""
    assert threshold(at(p.target_hz, p), p) == pytest.approx(p.target_hz)
    assert threshold(at(20.0, p), p) > 20.0 and threshold(at(5.0, p), p) < 5.0
    assert threshold(at(20.0, P), P) == pytest.approx(80.0)  # (20/10)² · 20
    assert threshold(400.0, BOTH[1]) == pytest.approx(40.0)


@pytest.mark.parametrize("p", BOTH)
@pytest.mark.parametrize("start", [0.6, 1.2])
def test_the_sliding_threshold_brings_the_neuron_to_c0_and_a_fixed_one_does_not(p: Bcm, start: float) -> None:
    sliding, fixed = (closed_loop(p.target_hz, start, slides, p, 6_000_000.0, 50) for slides in (True, False))
    assert sliding[2, -1] == pytest.approx(p.target_hz, rel=0.01)
    assert fixed[2, -1] == pytest.approx(100.0) if start > 1 else fixed[2, -1] < 2.0  # runs away to the cut, or dies


def test_a_threshold_slower_than_the_weight_comes_too_late() -> None:
    """Linearised at c₀, the pair (weight, average) is stable where τ_θ < τ_w: its trace is 1/τ_w − 1/τ_θ."""
    late = P._replace(average_ms=3 * P.weight_ms)
    found = closed_loop(P.target_hz, 1.2, True, late, 6_000_000.0, 400)[2]
    assert np.abs(found[-100:] - P.target_hz).max() > 2.0


def test_rates_are_the_spikes_smoothed() -> None:
    """Σ e^(−(t−s)/τ)/τ, in Hz."""
    pre, post = np.array([100.0, 300.0]), np.array([200.0])
    times = np.array([0.0, 250.0, 1500.0])
    found = course(pre, post, P, times)
    expected = [sum(1000.0 / P.window_ms * math.exp(-(t - s) / P.window_ms) for s in pre if s <= t) for t in times]
    assert found.pre_hz == pytest.approx(expected)
    assert found.post_hz[1] == pytest.approx(2.0 * math.exp(-0.1))


def test_low_rates_depress_and_high_rates_potentiate_while_the_threshold_stands() -> None:
    """Ten seconds of pairs with a threshold that hardly moves: the sign changes near c₀ = 10 Hz."""
    still = P._replace(average_ms=600_000.0, weight_ms=60_000.0)

    def change(rate: float) -> float:
        train = paired(rate, 5.0, int(10 * rate), 1, 10.0)
        return float(course(*train, still, np.array([16_000.0])).weight[0]) - 1.0

    assert change(5.0) < -0.005 and change(40.0) > 0.1
    assert abs(change(10.0)) < 0.2 * change(20.0)


def test_the_order_of_two_spikes_hardly_counts() -> None:
    ends = [course(*paired(20.0, delta, 60, 1, 10.0), P, np.array([9000.0])).weight[0] for delta in (10.0, -10.0)]
    assert ends[0] == pytest.approx(ends[1], abs=0.001)


def test_steps_are_fine_enough() -> None:
    """More moments asked for means smaller steps: the weight is the same."""
    train = paired(20.0, 10.0, 60, 1, 10.0)
    coarse = course(*train, P, np.array([9000.0])).weight[0]
    fine = course(*train, P, np.arange(0.0, 9000.1, 5.0)).weight[-1]
    assert coarse == pytest.approx(fine, abs=2e-4)
