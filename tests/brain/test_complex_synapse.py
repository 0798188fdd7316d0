"""The chain of Benna and Fusi 2016 (10.1038/nn.4401): its scaling, its power law, what it conserves, and what a limit does to spacing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import expm

from models.brain.complex_synapse import BeakerChain, course, exponential

DAY = 86400.0


def generator(chain: BeakerChain) -> np.ndarray:
    """du/dt as the published equation writes it, beaker by beaker, per unit of time."""
    m = len(chain.widths)
    rates = np.zeros((m, m))
    for k in range(m):
        left = chain.tubes[k - 1] if k else 0.0
        rates[k, k] = -(left + chain.tubes[k]) / chain.widths[k]
        if k:
            rates[k, k - 1] = left / chain.widths[k]
        if k + 1 < m:
            rates[k, k + 1] = chain.tubes[k] / chain.widths[k]
    return rates


def test_widths_double_tubes_halve_and_times_are_fourfold():
    """C_k = 2^(k−1), g_k = 2^(−k−2): du_k/dt = 2^(−2k) (u_{k−1} − u_k) − 2^(−2k−1) (u_k − u_{k+1})."""
    chain = BeakerChain(6, 1.0)
    assert chain.widths.tolist() == [1, 2, 4, 8, 16, 32]
    assert chain.tubes.tolist() == [2.0 ** (-k - 2) for k in range(1, 7)]
    exchange = chain.widths / chain.tubes
    assert exchange[0] == 8 and np.all(exchange[1:] / exchange[:-1] == 4)


@pytest.mark.parametrize("seconds", [0.0, 3.0, 400.0])
def test_the_closed_form_solves_the_published_equation(seconds):
    chain = BeakerChain(5, fastest=10.0)
    start = np.array([1.0, 0.2, 0.0, 0.5, 0.1])
    assert chain.after(start, seconds) == pytest.approx(expm(generator(chain) * seconds / 10) @ start, abs=1e-12)


def test_many_durations_at_once_are_each_alone():
    chain = BeakerChain(4, 1.0)
    start, durations = np.array([1.0, 0, 0.3, 0]), np.array([0.0, 1.0, 50.0])
    together = chain.after(start, durations)
    for i, seconds in enumerate(durations):
        assert together[:, i] == pytest.approx(chain.after(start, seconds), abs=1e-14)


def test_without_a_leak_nothing_is_lost_and_with_one_just_what_leaks():
    closed, open_ = BeakerChain(4, 1.0, leak=False), BeakerChain(4, 1.0)
    start = np.array([1.0, 0, 0, 0])
    assert closed.content(closed.after(start, 5000.0)).sum() == pytest.approx(1, abs=1e-12)
    assert closed.after(start, 1e7) == pytest.approx(1 / closed.widths.sum())  # levels become equal
    times = np.linspace(0, 300, 30001)
    leaked = np.trapezoid(open_.after(start, times)[-1] * open_.tubes[-1], times)
    assert 1 - open_.content(open_.after(start, 300.0)).sum() == pytest.approx(leaked, rel=1e-6)


def test_strength_falls_as_the_square_root_of_time_over_decades_then_exponentially():
    """The signal of the bidirectional chain is ≈ t^(−1/2) up to its slowest time, and exponential after."""
    chain = BeakerChain(10, 1.0)
    times = np.geomspace(30, 1e5, 40)
    strength = chain.after(np.eye(10)[0], times)[0]
    slopes = np.gradient(np.log(strength), np.log(times))
    assert np.polyfit(np.log(times), np.log(strength), 1)[0] == pytest.approx(-0.5, abs=0.003)
    assert np.abs(slopes + 0.5).max() < 0.03
    late = chain.slowest * np.array([3.0, 4.0])
    kept = chain.after(np.eye(10)[0], late)[0]
    assert np.log(kept[1] / kept[0]) == pytest.approx(-1, abs=0.01)  # one slowest time: 1/e
    assert kept[0] < 0.3 * strength[-1] * (late[0] / times[-1]) ** -0.5


def test_one_beaker_is_a_single_exponential():
    """C₁ = 1 and g₁ = 1/8: the time constant is eight units."""
    assert BeakerChain(1, 2.0).after(np.array([1.0]), 16.0)[0] == pytest.approx(np.exp(-1))


def test_the_linear_chain_adds_up_its_uses_and_so_shows_no_spacing():
    chain = BeakerChain(8, 60.0)
    uses = np.array([0.0, 500.0, 9000.0])
    look = np.array([9000.0, 2 * DAY])
    alone = sum(chain.after(np.eye(8)[0], look - use)[0] for use in uses)
    assert course(chain, uses).levels(look)[0] == pytest.approx(alone, rel=1e-9)
    left = [course(chain, np.arange(8) * gap).levels(np.array([7 * gap + 7 * DAY]))[0, 0] for gap in (1.0, 60.0, 3600.0, DAY, 7 * DAY)]
    assert np.all(np.diff(left) < 0)


def test_with_a_limit_spaced_uses_leave_more_than_massed_and_too_far_apart_less_again():
    """What spills is lost, so uses that find the first beaker full count for little."""
    chain = BeakerChain(8, 60.0)

    def left(gap: float) -> float:
        return float(course(chain, np.arange(8) * gap, limit=1.0).levels(np.array([7 * gap + 7 * DAY]))[0, 0])

    assert left(8 * 3600.0) > 5 * left(10.0)
    assert left(8 * 3600.0) > 1.3 * left(7 * DAY)


def test_what_is_poured_in_spills_leaks_or_is_held():
    chain = BeakerChain(6, 60.0, leak=False)
    kept = course(chain, np.arange(8) * 600.0, limit=1.0)
    held = chain.content(kept.levels(np.array([kept.uses[-1] + DAY]))[:, 0]).sum()
    assert held + kept.lost.sum() == pytest.approx(8, abs=1e-9)
    assert kept.lost[0] == 0 and kept.lost[1] > 0
    assert kept.states[:, 0].max() <= 1


def test_before_the_first_use_it_is_empty_and_at_a_use_it_has_taken_it():
    kept = course(BeakerChain(3, 1.0), [5.0, 10.0])
    levels = kept.levels(np.array([4.0, 5.0, 10.0]))
    assert not levels[:, 0].any() and levels[0, 1] == 1 and levels[0, 2] > 1


def test_the_single_trace_has_its_closed_form():
    times = np.array([-1.0, 0.0, 100.0, 150.0])
    free = exponential([0.0, 100.0], times, lifetime=50.0)
    assert free == pytest.approx([0, 1, np.exp(-2) + 1, (np.exp(-2) + 1) * np.exp(-1)])
    assert exponential([0.0, 100.0], times, lifetime=50.0, limit=1.0) == pytest.approx([0, 1, 1, np.exp(-1)])


@pytest.mark.parametrize(("beakers", "fastest"), [(0, 1.0), (17, 1.0), (3, 0.0), (3, float("nan"))])
def test_chains_that_cannot_be_are_refused(beakers, fastest):
    with pytest.raises(ValueError, match="1 to 16 beakers"):
        BeakerChain(beakers, fastest)
