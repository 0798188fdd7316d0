"""Normalisation: closed forms, a mask that moves c50 and leaves Rmax, surround suppression, three laws of light."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import curve_fit

from models.brain.gabor import grating, grid
from models.brain.normalisation import (
    OBSERVER,
    Normalised,
    Pool,
    adapted,
    increment_threshold,
    naka_rushton,
    normalised,
    threshold_slope,
)
from models.brain.v1 import V1
from models.brain.v1_population import sample
from models.specs.v1_published import SUPPRESSION

CELLS = sample(256)
CORTEX = V1(CELLS, side=16, degrees=1.0)
SHAPE = (72, 72)
CONTRASTS = np.array([0.02, 0.05, 0.1, 0.2, 0.33, 0.5, 0.7, 1.0])


def density(cell: int) -> float:
    """Pixels per degree at which the window holds ±3 standard deviations of the pool."""
    return SHAPE[0] / (6 * Pool().extent * np.sqrt(CELLS.nx[cell] * CELLS.ny[cell]) / CELLS.frequency[cell])


def preferred(cell: int, contrast: float = 1.0, turn: float = 0.0) -> np.ndarray:
    return grating(SHAPE, density(cell), CELLS.frequency[cell], CELLS.orientation[cell] + turn, CELLS.phase[cell], contrast)


def test_naka_rushton_is_half_of_its_maximum_at_c50() -> None:
    assert naka_rushton(0.33, 40.0, 0.33, 2.4) == pytest.approx(20)
    assert naka_rushton(np.array([0.0, 1e6]), 40.0, 0.33, 2.4, 3.0) == pytest.approx([3, 43])
    assert normalised(np.array([-1.0, 0.33]), 0.33**2, 0.33, 2, 8) == pytest.approx([0, 4])


def test_a_large_preferred_grating_follows_naka_rushton() -> None:
    cell = 57
    frames = np.stack([preferred(cell, contrast) for contrast in CONTRASTS])
    rates = Normalised(CORTEX).centre(frames, density(cell), [cell])[:, 0]
    assert rates == pytest.approx(naka_rushton(CONTRASTS, 12.5, 0.33, 2.0), rel=0.12)
    assert CORTEX.centre(frames, density(cell), [cell])[:, 0] == pytest.approx(12.5 * CONTRASTS, rel=0.05)  # alone: a straight line


@pytest.mark.parametrize("cell", [57, 200])
def test_a_mask_moves_c50_to_the_right_and_leaves_rmax(cell: int) -> None:
    fits = []
    for mask in (0.0, 0.2, 0.4):
        frames = np.stack([preferred(cell, contrast) + preferred(cell, mask, 90) - 0.5 for contrast in CONTRASTS])
        rates = Normalised(CORTEX).centre(frames, density(cell), [cell])[:, 0]
        fits.append(curve_fit(lambda c, maximum, half: naka_rushton(c, maximum, half, 2.0), CONTRASTS, rates, (10, 0.3))[0])
    maxima, halves = np.array(fits).T
    assert maxima == pytest.approx([maxima[0]] * 3, rel=0.01)
    assert halves == pytest.approx(np.sqrt(halves[0] ** 2 + np.array([0, 0.2, 0.4]) ** 2), rel=0.1)  # √(σ² + mask²)


def disc(cell: int, diameter: float) -> np.ndarray:
    x, y = grid(*SHAPE, density(cell))
    inside = np.clip((diameter / 2 - np.hypot(x, y)) * density(cell) + 0.5, 0, 1)
    return 0.5 + (preferred(cell) - 0.5) * inside


def suppression(model: Normalised | V1, cell: int) -> float:
    """1 − response to the largest grating / largest response."""
    widths = np.geomspace(0.04, 1.4, 10) * SHAPE[0] / density(cell)
    rates = model.centre(np.stack([disc(cell, width) for width in widths]), density(cell), [cell])[:, 0]
    return 1 - rates[-1] / rates.max()


def test_surround_suppression_needs_the_pool() -> None:
    cells = range(5, 256, 23)
    alone = [suppression(CORTEX, cell) for cell in cells]
    divided = [suppression(Normalised(CORTEX), cell) for cell in cells]
    assert max(alone) < 0.02
    assert min(divided) > 0.1
    cumulative = np.cumsum((0, *SUPPRESSION.counts)) / SUPPRESSION.cells
    published = np.interp(0.5, cumulative, SUPPRESSION.edges)
    assert published == pytest.approx(0.33, abs=0.01)  # median of Cavanaugh 2002's histogram, n = 190
    assert np.median(divided) == pytest.approx(published, abs=0.07)
    assert np.mean(np.array(divided) >= 0.2) > 124 / 190  # all cells share one pool, so the model spreads less


def test_log_threshold_rises_with_slope_0_then_a_half_then_1() -> None:
    light = np.array([1e-3, 250.0, 1e9])
    assert threshold_slope(light) == pytest.approx([0, 0.5, 1], abs=0.01)  # dark light; de Vries and Rose; Weber
    step = 1e-4
    numeric = (np.log(increment_threshold(light * (1 + step))) - np.log(increment_threshold(light))) / np.log(1 + step)
    assert threshold_slope(light) == pytest.approx(numeric, abs=1e-3)
    slopes = threshold_slope(np.geomspace(1e-4, 1e10, 60))
    assert (np.diff(slopes) > -1e-9).all()


def test_a_threshold_is_a_step_of_the_adapting_response_by_its_noise() -> None:
    for background in (50.0, 1e4, 1e7):
        threshold = float(increment_threshold(np.array(background)))
        step = adapted(background + threshold, background) - adapted(background, background)
        slope = 1 / (4 * (background + OBSERVER.dark_half))
        noise = np.sqrt(OBSERVER.response_noise**2 + slope**2 * (background + OBSERVER.dark_events))
        assert step == pytest.approx(noise, rel=0.1)


def test_the_adapting_curve_keeps_its_shape_relative_to_the_background() -> None:
    relative = np.array([0.1, 1.0, 10.0])
    dim, bright = (adapted(relative * background, background) for background in (1e4, 1e8))
    assert dim == pytest.approx(bright, abs=1e-3) and bright[1] == pytest.approx(0.5, abs=1e-3)
