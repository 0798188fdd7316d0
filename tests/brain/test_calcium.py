"""The calcium model against the paper's curves (Graupner and Brunel 2012), its closed form against its own simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.calcium import CALCIUM_SETS, after_protocol, level_at, outcome, time_above, transient
from models.brain.calcium_noise import population, rho_course
from models.brain.spike_protocols import paired

DP = CALCIUM_SETS["DP"]
DELTAS = np.arange(-100, 101)
NONE = np.zeros(0)


def curve(name: str) -> np.ndarray:
    """Strength after 60 pairs at 1 Hz, over Δt from −100 to 100 ms."""
    p = CALCIUM_SETS[name]
    return np.array([after_protocol(*paired(1.0, float(delta), 60, 1, 10.0), p).strength(p)[0] for delta in DELTAS])


@pytest.fixture(scope="module")
def curves() -> dict[str, np.ndarray]:
    return {name: curve(name) for name in CALCIUM_SETS}


def test_dp_has_the_published_peak_and_trough(curves: dict[str, np.ndarray]) -> None:
    """Closed form 1.240 at +6 ms and .723 at −24 ms; the authors' own simulation 1.237 at +5 and .719 at −25."""
    strength = curves["DP"]
    assert strength.max() == pytest.approx(1.240, abs=0.003) and DELTAS[strength.argmax()] == pytest.approx(6, abs=1)
    assert strength.min() == pytest.approx(0.723, abs=0.003) and DELTAS[strength.argmin()] == pytest.approx(-24, abs=1)


def test_each_set_has_the_shape_that_its_name_says(curves: dict[str, np.ndarray]) -> None:
    early, middle, late = DELTAS < -5, np.abs(DELTAS) <= 8, DELTAS > 9
    assert curves["DP"][early].min() < 0.9 and curves["DP"][DELTAS > 0].min() > 1.0 and curves["DP"][middle].max() > 1.2
    for name in ("DPD", "DPD′"):
        assert curves[name][early].min() < 0.9 and curves[name][middle].max() > 1.1 and curves[name][late].min() < 0.95, name
    assert curves["P"].min() > 1.0 and curves["P"].max() > 1.2
    assert curves["D"].max() == pytest.approx(1.0) and curves["D"].min() < 0.7 and DELTAS[curves["D"].argmin()] == pytest.approx(0, abs=5)
    assert curves["D′"].max() < 0.95  # a postsynaptic spike alone passes θd
    # Far apart, spikes of D and DPD pass no threshold: nothing changes. Those of DP and DPD′ each pass one or two alone.
    assert curves["D"][0] == curves["DPD"][0] == 1.0 and curves["DPD′"][0] < 0.99


@pytest.mark.parametrize("delta", [6.0, -24.0, 0.0])
def test_simulated_synapses_agree_with_the_closed_form(delta: float) -> None:
    """Within three of their own standard errors (0.010), which the slow cubic term, left out of the closed form, does not reach."""
    train = paired(1.0, delta, 60, 1, 10.0)
    before, after = population(transient(*train, DP), DP, 7, 4000)
    assert before.mean() == 0.5
    expected = after_protocol(*train, DP)
    for start, chance in ((before == 0.0, expected.up[0]), (before == 1.0, 1.0 - expected.down[0])):
        error = math.sqrt(chance * (1 - chance) / start.sum())
        assert (after[start] > 0.5).mean() == pytest.approx(chance, abs=3 * error)


def test_simulation_follows_the_mean_of_the_closed_form() -> None:
    found = transient(*paired(1.0, 6.0, 60, 1, 10.0), DP)
    end = np.array([60_000.0])
    expected = outcome(time_above(DP.theta_p, found, DP, end), time_above(DP.theta_d, found, DP, end), DP)
    _, after = population(found, DP, 3, 4000, down_share=1.0)
    scatter = float(expected.spread[0]) * math.sqrt((1 - float(expected.kept[0]) ** 2) / 2)  # of an Ornstein–Uhlenbeck process
    assert after.std() == pytest.approx(scatter, rel=0.08)
    assert after.mean() == pytest.approx(float(expected.rho(0.0)[0]), abs=0.02)  # the double well pulls back by up to 60 s / 150 s × .048


def test_one_transient_has_the_closed_form() -> None:
    found = transient(NONE, np.array([10.0]), DP)
    assert level_at(np.array([9.0, 10.0, 30.0]), found, DP) == pytest.approx([0.0, 2.0, 2.0 * math.exp(-1.0)])
    assert time_above(1.3, found, DP)[0] == pytest.approx(20 * math.log(2 / 1.3))
    assert time_above(1.0, found, DP, np.array([5.0, 12.0, 1e4])) == pytest.approx([0.0, 2.0, 20 * math.log(2.0)])


def test_time_above_a_threshold_is_that_of_the_trace_sampled_finely() -> None:
    train = paired(40.0, -7.0, 20, 1, 10.0)
    found = transient(*train, DP)
    times = np.arange(0.0, 700.0, 0.01)
    for threshold in (DP.theta_d, DP.theta_p):
        sampled = 0.01 * (level_at(times, found, DP) > threshold).sum()
        assert time_above(threshold, found, DP)[0] == pytest.approx(sampled, abs=0.5)


def test_a_presynaptic_transient_that_only_reaches_the_threshold_changes_nothing() -> None:
    for name in ("DP", "DPD", "D", "DPD′", "D′"):
        p = CALCIUM_SETS[name]
        assert after_protocol(np.arange(60) * 1000.0, NONE, p).strength(p)[0] == 1.0


def test_low_frequency_depresses_and_a_tetanus_potentiates_where_each_pulse_is_answered_after_5_ms() -> None:
    """Both hold for D and D′ only; under the other sets the low frequency strengthens too, as Δt = 5 ms does."""
    low, high = np.arange(900) * 1000.0, np.arange(100) * 10.0
    for name, p in CALCIUM_SETS.items():
        slow, fast = (after_protocol(pre, pre + 5.0, p).strength(p)[0] for pre in (low, high))
        assert fast > 1.05, name
        assert (slow < 0.4) if name in ("D", "D′") else (slow > 1.2), name


def test_the_cortical_set_follows_the_recordings_it_was_fitted_to() -> None:
    """Sjöström and others 2001 at 50 Hz: .56 ± .26 and .75 ± .19; at 0.1 Hz −.29 ± .08. Fifteen bursts of five, as recorded."""
    p = CALCIUM_SETS["cortical"]
    for rate, delta, mean, error in ((50.0, 10.0, 0.56, 0.26), (50.0, -10.0, 0.75, 0.19), (0.1, -10.0, -0.29, 0.08)):
        change = after_protocol(*paired(rate, delta, 5, 15, 10.0), p).strength(p)[0] - 1
        assert change == pytest.approx(mean, abs=1.2 * error)


def test_noise_belongs_to_its_seed_alone_and_rest_moves_nothing() -> None:
    found = transient(*paired(1.0, 6.0, 10, 1, 10.0), DP)
    times = np.linspace(0.0, 10_000.0, 300)
    first, again, other = (rho_course(times, found, 10_000.0, DP, seed, 0.0) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    assert first[0] == 0.0 and np.ptp(first) > 0.01
    assert np.array_equal(rho_course(times, transient(NONE, NONE, DP), 10_000.0, DP, 1, 1.0), np.ones(300))


def test_the_double_well_keeps_both_states_and_parts_at_one_half() -> None:
    """No drive for 30 min after one weak spike: ρ returns to 0 or 1 from either side."""
    quiet = transient(np.array([0.0]), NONE, CALCIUM_SETS["D"])  # 0.6, below both thresholds
    late = np.array([3e6])
    for start, ends in ((0.3, 0.0), (0.7, 1.0), (0.0, 0.0), (1.0, 1.0)):
        assert rho_course(late, quiet, 3e6, CALCIUM_SETS["D"], 1, start)[0] == pytest.approx(ends, abs=0.01)
