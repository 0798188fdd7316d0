"""Fits of known curves return their parameters; what does not saturate is said not to."""

import numpy as np
import pytest

from models.probes.contrast_response import fit, half_rise, naka_rushton, suppression_index

CONTRASTS = np.geomspace(0.02, 1, 12)


@pytest.mark.parametrize(("maximum", "half", "exponent"), [(50, 0.33, 2.4), (3, 0.07, 3.0), (800, 0.6, 1.5)])
def test_a_fit_returns_the_curves_own_parameters(maximum, half, exponent):
    found = fit(CONTRASTS, naka_rushton(CONTRASTS, maximum, half, exponent), baseline=0.0)
    assert found is not None
    assert (found.maximum, found.half, found.exponent) == pytest.approx((maximum, half, exponent), rel=0.02)
    assert found.residual < 1e-3 * maximum and found.saturates and found.explained > 0.999


def test_a_baseline_is_fitted_unless_it_is_given():
    found = fit(CONTRASTS, naka_rushton(CONTRASTS, 20, 0.2, 2, baseline=5))
    assert found is not None and found.baseline == pytest.approx(5, rel=0.05) and found.half == pytest.approx(0.2, rel=0.05)


def test_a_response_in_proportion_to_contrast_does_not_saturate():
    found = fit(CONTRASTS, 7 * CONTRASTS, baseline=0.0)
    assert found is not None and found.described and not found.saturates


def test_responses_that_do_not_rise_have_no_fit():
    assert fit(CONTRASTS, np.zeros(12)) is None
    assert fit(CONTRASTS, 1 - CONTRASTS) is None


def test_supersaturation_is_left_over_as_residual():
    """Naka–Rushton never falls (Peirce 2007)."""
    bent = naka_rushton(CONTRASTS, 10, 0.15, 2.5) * np.where(CONTRASTS > 0.4, 0.75, 1)
    found = fit(CONTRASTS, bent, baseline=0.0)
    assert found is not None and found.residual > 0.3 and not found.described and not found.saturates


TRAINED = np.array([0.218, 0.303, 0.396, 0.517, 0.62, 0.711, 0.82, 0.928, 0.997, 1, 0.915, 0.792])  # stage 2, channel 3
SHUFFLED = np.array([0.286, 0.276, 0.546, 0.53, 0.557, 0.423, 0.357, 0.099, 0.118, 0.096, 0.262, 1])  # the same with shuffled weights


@pytest.mark.parametrize("rates", [TRAINED, SHUFFLED, np.r_[np.linspace(0.97, 1, 12)], np.r_[np.zeros(10), 0.1, 1]])
def test_what_the_function_does_not_describe_has_no_c50(rates):
    """A fall after the peak, scatter, saturation before the first contrast, a rise steeper than any exponent allowed."""
    found = fit(CONTRASTS, rates, baseline=0.0)
    assert found is not None and not found.described and not found.saturates


def test_half_a_rise_is_read_between_the_points():
    assert half_rise(np.array([0.1, 0.2, 0.4]), np.array([0.0, 1.0, 3.0]), 2.0) == pytest.approx(0.3)
    assert half_rise(np.array([0.1, 0.2]), np.array([0.0, 1.0]), 2.0) is None


def test_suppression_is_the_fall_from_the_best_to_the_largest():
    assert suppression_index(np.array([1.0, 4.0, 5.0, 3.0])) == pytest.approx(0.4)
    assert suppression_index(np.array([1.0, 2.0, 3.0])) == 0
    assert suppression_index(np.zeros(4)) is None
