"""Release that changes from spike to spike: published figures, the closed form against integration, vesicles against their mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from models.brain.short_term_plasticity import DEPRESSING, FACILITATING, Release, potential, respond, steady_release, vesicles

RATES = np.geomspace(0.5, 1000, 4001)


def test_depression_sends_no_more_than_one_over_the_recovery_time():
    """Tsodyks, Pawelzik and Markram 1998: release × rate tends to 1/τrec, 1/0.8 s = 1.25 a second, whatever the rate."""
    a_second = RATES * steady_release(RATES, DEPRESSING)
    assert DEPRESSING.limit_hz == pytest.approx(1.25)
    assert a_second[-1] == pytest.approx(1.25, abs=0.005)
    assert (np.diff(a_second) > 0).all() and a_second.max() < 1.25
    assert np.interp(20, RATES, a_second) > 0.9 * 1.25  # the limit is all but reached at 20 Hz: rates are told apart no longer


def test_facilitation_peaks_near_the_root_that_the_paper_gives():
    """The peak of steady release per spike: 21 Hz; 1/√(U τfacil τrec) with 0.03, 0.53 s, 0.13 s is 22 Hz."""
    steady = steady_release(RATES, FACILITATING)
    assert FACILITATING.peak_hz == pytest.approx(22.0, abs=0.05)
    assert RATES[steady.argmax()] == pytest.approx(21, abs=0.5)
    assert DEPRESSING.peak_hz == np.inf and steady_release(RATES, DEPRESSING).argmax() == 0


def test_depression_s_first_spikes_by_hand():
    """U = 0.5, 50 ms apart: 0.5, then half of 1 − 0.5·e^(−50/800) = 0.53029, and so on."""
    spikes = respond(np.array([0.0, 50.0, 100.0]), DEPRESSING)
    second = 1 - 0.5 * np.exp(-50 / 800)
    assert spikes.pool == pytest.approx([1, second, 1 - (1 - second / 2) * np.exp(-50 / 800)])
    assert spikes.released == pytest.approx(0.5 * spikes.pool)


def test_facilitation_raises_the_second_spike():
    spikes = respond(np.array([0.0, 20.0]), FACILITATING)
    left = 0.03 * np.exp(-20 / 530)
    assert spikes.probability == pytest.approx([0.03, left + 0.03 * (1 - left)])
    assert spikes.released[1] > 1.8 * spikes.released[0]


@pytest.mark.parametrize("synapse", [DEPRESSING, FACILITATING])
@pytest.mark.parametrize("rate", [2.0, 20.0, 80.0])
def test_a_long_train_settles_where_the_steady_state_says(synapse, rate):
    spikes = respond(np.arange(400) * 1000 / rate, synapse)
    assert spikes.released[-1] == pytest.approx(steady_release(np.array([rate]), synapse)[0], rel=1e-6)


@pytest.mark.parametrize("synapse", [Release(0.5, 800, 50), FACILITATING])
def test_between_spikes_the_closed_form_is_the_integral(synapse):
    """du/dt = −u/τfacil, dx/dt = (1 − x)/τrec, integrated from jump to jump."""
    times = np.array([0.0, 13.0, 40.0, 300.0, 310.0])
    u, x, found = 0.0, 1.0, []
    for k, time in enumerate(times):
        if k:
            span = (0.0, time - times[k - 1])
            u, x = solve_ivp(
                lambda _, y: [-y[0] / synapse.facilitation_ms, (1 - y[1]) / synapse.recovery_ms], span, [u, x], rtol=1e-9, atol=1e-12
            ).y[:, -1]
        u += synapse.use * (1 - u)
        found.append((u, x))
        x -= u * x
    spikes = respond(times, synapse)
    assert np.stack([spikes.probability, spikes.pool], 1) == pytest.approx(np.array(found), abs=1e-7)
    just_before = spikes.times[1:] - 1e-9
    number = np.arange(len(times) - 1)
    assert spikes.pool_at(just_before, number, synapse) == pytest.approx(spikes.pool[1:], abs=1e-7)
    assert spikes.probability_at(just_before, number, synapse) == pytest.approx(spikes.probability[1:], abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.01, 1), st.floats(10, 3000), st.floats(0, 2000), st.lists(st.floats(0.01, 3000), min_size=1, max_size=60)
)  # fmt: skip
def test_the_pool_is_never_negative_and_never_more_than_full(use, recovery, facilitation, gaps):
    spikes = respond(np.cumsum([0.0, *gaps]), Release(use, recovery, facilitation))
    assert ((spikes.pool >= 0) & (spikes.pool <= 1)).all()
    assert ((spikes.probability > 0) & (spikes.probability <= 1)).all()
    assert (spikes.released <= spikes.pool).all()


def test_many_trials_of_single_vesicles_average_to_the_model():
    """u depends on the spikes alone, so the mean of the sites is the model's N·u·x; 4 standard errors, by the binomial's bound."""
    spikes = respond(np.arange(12) * 40.0, FACILITATING)
    made = vesicles(spikes, FACILITATING, 12, 4000, seed=3)
    errors = np.sqrt(made.counts.var(axis=0) / 4000)
    assert (np.abs(made.counts.mean(axis=0) - 12 * spikes.released) < 4 * errors).all()
    quick = respond(np.arange(12) * 40.0, DEPRESSING)
    assert vesicles(quick, DEPRESSING, 5, 4000, seed=3).counts.mean(axis=0) == pytest.approx(5 * quick.released, abs=0.06)


def test_a_first_spike_is_binomial():
    """Variance N·U·(1 − U) and failures (1 − U)^N: 4 sites of U = 0.5 fail 1 time in 16."""
    counts = vesicles(respond(np.array([0.0, 10.0]), DEPRESSING), DEPRESSING, 4, 8000, seed=1).counts[:, 0]
    assert counts.var() == pytest.approx(1.0, abs=0.05)
    assert (counts == 0).mean() == pytest.approx(1 / 16, abs=0.01)


def test_vesicles_come_from_the_docked_and_repeat_with_their_seed():
    spikes = respond(np.arange(20) * 30.0, DEPRESSING)
    made, again, other = (vesicles(spikes, DEPRESSING, 8, 3, seed) for seed in (5, 5, 6))
    assert not (made.freed & ~made.docked).any()
    assert np.array_equal(made.freed.sum(axis=1), made.counts[0])
    emptied = made.freed[:-1]
    assert (made.docked[1:] | emptied | ~made.docked[:-1]).all()  # a full site is emptied by release alone
    assert np.array_equal(made.counts, again.counts) and not np.array_equal(made.counts, other.counts)
    assert np.array_equal(vesicles(spikes, DEPRESSING, 8, 1, 5).counts[0], made.counts[0])  # a trial is its own, however many follow


def test_responses_add_up_and_decay():
    at = np.array([0.0, 10.0])
    times, after = np.array([0.0, 0.0, 10.0, 10.0, 30.0]), np.array([-1, 0, 0, 1, 1])
    assert potential(times, after, at, np.array([1.0, 0.5]), 20.0) == pytest.approx(
        [0, 1, np.exp(-0.5), np.exp(-0.5) + 0.5, (np.exp(-0.5) + 0.5) * np.exp(-1)]
    )
