"""White-noise analysis recovers planted fields, and nothing where there is nothing."""

import numpy as np
import pytest

from models.probes.spike_triggered import Triggered, correlation, threshold

SQUARES = 8
FRAMES = np.random.default_rng(3).choice(np.array([-1, 1], np.int8), (6000, SQUARES, SQUARES))
PLANTED = np.outer(np.hanning(SQUARES), np.sin(np.arange(SQUARES)))
OTHER = np.outer(np.hanning(SQUARES), np.cos(np.arange(SQUARES)))


def recorded(responses):
    sums = Triggered(SQUARES)
    for first in range(0, 6000, 1500):
        sums.add(FRAMES[first : first + 1500], responses[first : first + 1500])
    return sums


def drive(field):
    return np.tensordot(FRAMES.astype(float), field, 2)


def test_a_rectified_field_is_recovered_by_the_average():
    sums = recorded(np.maximum(drive(PLANTED), 0))
    assert correlation(sums.average(), PLANTED) > 0.9  # the acceptance figure for simple cells
    beyond = np.abs(sums.significance()) > threshold(SQUARES)
    assert beyond.any() and np.abs(PLANTED[beyond]).mean() > 2 * np.abs(PLANTED[~beyond]).mean()


def test_what_was_read_early_keeps_its_value():
    sums = Triggered(SQUARES)
    sums.add(FRAMES[:3], np.zeros(3))
    early = sums.average(), sums.significance()
    sums.add(FRAMES[3:], np.maximum(drive(PLANTED), 0)[3:])
    assert sums.average().any() and not early[0].any() and not early[1].any()


def test_an_energy_of_two_fields_has_no_average_but_an_axis_in_their_plane():
    sums = recorded(np.sqrt(drive(PLANTED) ** 2 + drive(OTHER) ** 2))
    assert abs(correlation(sums.average(), PLANTED)) < 0.2
    axis, value = sums.first_axis()
    basis, _ = np.linalg.qr(np.stack([PLANTED.ravel(), OTHER.ravel()], axis=1))
    assert value > 1.2 and np.linalg.norm(basis.T @ axis.ravel()) > 0.9


def test_unrelated_responses_pass_the_threshold_in_few_maps():
    """5% of maps may hold a square beyond it; of 40, more than 8 would have a chance below one in a thousand."""
    chance = np.random.default_rng(0)
    passing = 0
    for _ in range(40):
        sums = Triggered(SQUARES, covariance=False)
        sums.add(FRAMES, chance.poisson(0.5, 6000))
        passing += bool((np.abs(sums.significance()) > threshold(SQUARES)).any())
    assert passing <= 8


def test_the_threshold_is_bonferronis():
    assert threshold(1) == pytest.approx(1.95996, abs=1e-4)
    assert threshold(16) == pytest.approx(3.7250, abs=1e-3)


def test_without_a_response_nothing_is_claimed():
    sums = recorded(np.zeros(6000))
    assert not sums.average().any() and not sums.significance().any()
    assert sums.first_axis()[1] == 1.0
    assert correlation(np.ones((4, 4)), np.ones((4, 4))) == 0
