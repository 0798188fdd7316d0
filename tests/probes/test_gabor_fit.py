"""Gabor fits: planted ones come back, noise does not, and the plane that they are put on is the published one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from models.probes.gabor_fit import NX, NY, R2, gabor_fits, without_colour
from models.specs import ringach


def gabor(side: int, orientation: float, frequency: float, phase: float, nx: float, ny: float, x: float, y: float) -> NDArray[np.float64]:
    """The equation once more, from its own words: x to the right, y upwards, u the direction in which it varies."""
    middle = (side - 1) / 2
    across, up = np.meshgrid(np.arange(side) - middle - x, middle - np.arange(side) - y)
    turn = np.radians(orientation)
    u, v = across * np.cos(turn) + up * np.sin(turn), up * np.cos(turn) - across * np.sin(turn)
    envelope = np.exp(-0.5 * ((u * frequency / nx) ** 2 + (v * frequency / ny) ** 2))
    return np.asarray(envelope * np.cos(2 * np.pi * frequency * u + phase))


def planted(side: int, count: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(side)
    low, high = (0, 0.1, -3, 0.2, 0.2, -side / 6, -side / 6), (180, 0.3, 3, 0.6, 0.8, side / 6, side / 6)
    return rng.uniform(low, high, (count, 7))


@pytest.mark.parametrize("side", [7, 9, 12])
def test_planted_gabors_come_back(side: int):
    given = planted(side, 60)
    filters = np.array([gabor(side, *row) for row in given])
    fits = gabor_fits(3.0 * filters)
    good = fits[:, R2] > 0.999
    assert good.mean() >= 0.95
    error = np.abs(fits[good, 4:] - given[good, 3:])  # nx, ny, x, y
    turn = np.abs((fits[good, 1] - given[good, 0] + 90) % 180 - 90)
    phase = np.abs((fits[good, 3] - given[good, 2] + np.pi) % (2 * np.pi) - np.pi)
    # Half a turn of the field is the same field with its phase reversed.
    across = np.abs(fits[good, 1] - given[good, 0]) > 90
    phase[across] = np.abs((fits[good, 3] + given[good, 2] + np.pi) % (2 * np.pi) - np.pi)[across]
    assert np.median(error) < 1e-4 and np.quantile(error, 0.95) < 0.05
    assert np.quantile(turn, 0.95) < 1 and np.quantile(phase, 0.9) < 0.05
    assert np.quantile(np.abs(fits[good, 2] - given[good, 1]), 0.95) < 0.01


def test_a_gabor_under_noise_comes_back_nearly():
    given = planted(12, 40)
    filters = np.array([gabor(12, *row) for row in given])
    scale = np.sqrt((filters**2).mean(axis=(1, 2), keepdims=True))
    fits = gabor_fits(filters + 0.3 * scale * np.random.default_rng(1).standard_normal(filters.shape))
    # The noise has 0.09 of the signal's power, so the signal's share is 1/1.09 = .917; eight of 144 numbers are fitted besides.
    assert np.median(fits[:, R2]) == pytest.approx(0.917 + 0.083 * 8 / 144, abs=0.02)
    assert np.median(np.abs(fits[:, NX] - given[:, 3])) < 0.03


def test_what_r2_is_worth_depends_on_the_size():
    """The control of the page: noise is no Gabor, unless the filter is so small that everything is one."""
    rng = np.random.default_rng(0)
    medians = [float(np.median(gabor_fits(rng.standard_normal((60, side, side)))[:, R2])) for side in (3, 5, 7, 11)]
    assert medians == sorted(medians, reverse=True)
    assert medians[0] > 0.75 and 0.4 < medians[1] < 0.6 and medians[3] < 0.2


def test_the_fit_is_as_good_as_a_library_s_from_the_truth():
    """scipy's least squares, started where the Gabor under the noise really is, does not get lower."""
    from scipy.optimize import least_squares

    rng = np.random.default_rng(4)
    for row in planted(9, 6):
        filter_ = gabor(9, *row) + 0.15 * rng.standard_normal((9, 9))
        start = np.array([1.0, *row])

        def residual(p: NDArray[np.float64], target: NDArray[np.float64] = filter_) -> NDArray[np.float64]:
            return (p[0] * gabor(9, p[1], p[2], p[3], p[4], p[5], p[6], p[7]) - target).ravel()

        reached = 1 - 2 * least_squares(residual, start, x_scale=[1, 60, 0.1, 1, 0.3, 0.3, 1, 1]).cost / (filter_**2).sum()
        assert gabor_fits(filter_[None])[0, R2] > reached - 0.01


def test_filters_without_a_shape_have_no_fit():
    broken = np.zeros((3, 5, 5))
    broken[1], broken[2] = np.nan, 1e200
    assert (gabor_fits(broken) == 0).all()


def test_an_odd_filter_keeps_a_width():
    """With an ever larger amplitude an edge would be fitted by no width at all; the bound of 4 leaves asin(e^½ / 4)/2π = .0676."""
    edge = np.tile(np.sign(np.arange(12) - 5.5) * np.exp(-0.5 * ((np.arange(12) - 5.5) / 2.5) ** 2), (12, 1))
    fit = gabor_fits(edge[None])[0]
    assert fit[R2] > 0.7 and fit[NX] > 0.06


def test_a_colour_kernel_is_its_strongest_pattern():
    pattern = gabor(7, 30, 0.2, 1.0, 0.3, 0.4, 0, 0)
    kernel = np.stack([0.9 * pattern, 0.3 * pattern, 0.1 * pattern])[None]
    found = without_colour(kernel)[0]
    assert found == pytest.approx(pattern * np.sqrt(0.81 + 0.09 + 0.01))
    assert without_colour(pattern[None, None])[0] == pytest.approx(pattern)


def test_the_plane_is_ringach_s():
    """Ringach 2002: 79 cells; medians of nx and ny .37 and .44; 24% blobs. The medians by spreading each cell over its bin."""
    counts, edges = np.array(ringach.NX_NY_COUNTS), np.log10(ringach.EDGES)
    assert counts.sum() == ringach.CELLS == 79
    assert edges == pytest.approx(np.linspace(-1, 0.2, 6))
    for marginal, median in ((counts.sum(axis=1), ringach.MEDIAN_NX), (counts.sum(axis=0), ringach.MEDIAN_NY)):
        below = np.concatenate([[0], np.cumsum(marginal)]) / marginal.sum()
        assert 10 ** np.interp(0.5, below, edges) == pytest.approx(median, abs=0.006)
    assert ringach.EDGES[2] == pytest.approx(ringach.BLOB, abs=0.003)
    assert counts[:2, :2].sum() / 79 == pytest.approx(ringach.BLOB_SHARE, abs=0.005)
    assert NY == NX + 1
