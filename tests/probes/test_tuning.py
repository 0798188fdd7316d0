"""Tuning measures against closed forms."""

import numpy as np
import pytest

from models.probes.tuning import best_frequency, circular_variance, half_width, harmonics, octaves, peak, tuning

PHASES = np.arange(16) * 22.5
ORIENTATIONS = np.arange(16) * 11.25
FREQUENCIES = 0.5 * 2 ** (4.5 * np.arange(8) / 7)


def test_half_a_rectified_cosine_has_a_ratio_of_half_pi():
    fine = np.arange(720) * 0.5
    mean, first = harmonics(np.maximum(np.cos(np.deg2rad(fine + 33)), 0), fine)
    assert first / mean == pytest.approx(np.pi / 2, rel=1e-4)  # Skottun et al. 1991's ideal simple cell


def test_four_phases_give_a_rectified_cosines_first_harmonic_exactly():
    four = np.arange(4) * 90.0
    for shift in (0, 17, 45, 80):
        _, first = harmonics(np.maximum(np.cos(np.deg2rad(four + shift)), 0), four)
        assert first == pytest.approx(0.5)


def test_circular_variance_of_one_orientation_all_orientations_and_a_cosine():
    one = np.zeros(16)
    one[5] = 3
    assert circular_variance(ORIENTATIONS, one) == pytest.approx(0)
    assert circular_variance(ORIENTATIONS, np.ones(16)) == pytest.approx(1)
    # 1 + a cos 2(θ − θ0) has |Σ r e^{2iθ}| / Σ r = a / 2
    assert circular_variance(ORIENTATIONS, 1 + 0.6 * np.cos(2 * np.deg2rad(ORIENTATIONS - 40))) == pytest.approx(0.7)
    assert circular_variance(ORIENTATIONS, np.zeros(16)) is None


def test_a_gaussian_curve_is_found_between_the_measured_orientations():
    offsets = (ORIENTATIONS - 171 + 90) % 180 - 90
    curve = np.exp(-0.5 * (offsets / 20) ** 2)
    assert peak(ORIENTATIONS, curve) == pytest.approx(171, abs=0.6)
    assert half_width(ORIENTATIONS, curve) == pytest.approx(20 * np.sqrt(2 * np.log(2)), rel=0.03)
    assert half_width(ORIENTATIONS, 1 + 0.2 * curve) is None


def test_the_bandwidth_of_a_log_gaussian_and_of_one_that_the_range_cuts_off():
    curve = np.exp(-0.5 * (np.log2(FREQUENCIES / FREQUENCIES[4]) / 0.8) ** 2)
    assert octaves(FREQUENCIES, curve) == pytest.approx(2 * 0.8 * np.sqrt(2 * np.log(2)), rel=0.03)
    assert octaves(FREQUENCIES, curve[::-1].cumsum()) is None


def test_a_frequency_between_the_measured_ones_is_found():
    curve = np.exp(-0.5 * (np.log2(FREQUENCIES / 2.4) / 0.8) ** 2)
    assert best_frequency(FREQUENCIES, curve) == pytest.approx(2.4, rel=0.03)
    assert best_frequency(FREQUENCIES, FREQUENCIES) == FREQUENCIES[-1]


def test_a_unit_that_ignores_the_phase_is_not_modulated_and_a_silent_one_has_no_tuning():
    table = np.zeros((8, 16, 16))
    table[3] = np.exp(-0.5 * ((np.arange(16) - 6) / 2) ** 2)[:, None]
    found = tuning(table, PHASES, ORIENTATIONS, FREQUENCIES)
    assert found is not None
    assert found.best == (3, 6) and not found.modulated and found.ratio == pytest.approx(0, abs=1e-9)
    assert found.frequency == pytest.approx(FREQUENCIES[3]) and found.orientation == pytest.approx(67.5)
    assert tuning(np.zeros((8, 16, 16)), PHASES, ORIENTATIONS, FREQUENCIES) is None
