"""The Gabor function: values of its equation, its conventions, and independence of the resolution."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.gabor import gabor, grating, quadrature_pair


@pytest.mark.parametrize(("x", "y"), [(0, 0), (3, 0), (0, -4), (-2, 5)])
def test_values_are_those_of_the_equation(x: int, y: int) -> None:
    frequency, nx, ny, density = 2.0, 0.4, 0.6, 16.0
    theta, phase = math.radians(30), math.radians(50)
    along = (x * math.cos(theta) + y * math.sin(theta)) / density
    across = (y * math.cos(theta) - x * math.sin(theta)) / density
    sigma_x, sigma_y = nx / frequency, ny / frequency
    expected = math.exp(-0.5 * ((along / sigma_x) ** 2 + (across / sigma_y) ** 2)) * math.cos(2 * math.pi * frequency * along + phase)
    expected /= 2 * math.pi * sigma_x * sigma_y * density**2
    field = gabor(21, density, frequency, 30, 50, nx, ny)
    assert field.dtype == np.float32
    assert field[10 - y, 10 + x] == pytest.approx(expected, rel=1e-4, abs=1e-9)  # y grows upwards, rows downwards


def test_at_0_degrees_bars_stand_upright_and_at_45_they_rise_to_the_left() -> None:
    upright = gabor(33, 16, 2, 0, 0, 0.5, 0.8)
    assert np.ptp(upright[16]) > 1.2 * np.ptp(upright[:, 16])
    slanted = gabor(33, 16, 2, 45, 0, 0.5, 0.8)
    falling, rising = np.diag(slanted), np.diag(slanted[::-1])  # from upper left; from lower left
    assert falling.min() > -1e-6 > rising.min()  # bars run at 135°: along them the sign never changes


def test_the_envelope_sums_to_one_and_the_pair_is_a_quarter_cycle_apart() -> None:
    for density in (16.0, 32.0):
        pair = quadrature_pair((257, 257), density, 2, 20, 0.4, 0.5)
        assert np.abs(pair).sum() == pytest.approx(1, rel=1e-3)
        assert pair.real[128, 128] == np.abs(pair).max() and abs(pair.imag[128, 128]) < 1e-9
    assert gabor(257, 32, 2, 20, -90, 0.4, 0.5) == pytest.approx(pair.imag, abs=1e-7)


def test_a_gabor_answers_to_its_own_grating_with_half_the_contrast() -> None:
    field = gabor(257, 32, 2, 20, 70, 0.5, 0.5)
    for contrast in (0.25, 1.0):
        stimulus = 2 * grating(field.shape, 32, 2, 20, 70, contrast) - 1
        assert (field * stimulus).sum() == pytest.approx(contrast / 2, rel=0.01)


@pytest.mark.parametrize("size", [0, 513])
def test_other_sizes_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 512"):
        gabor(size, 16, 2, 0, 0, 0.5, 0.5)
