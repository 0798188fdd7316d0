"""Distortions as published: what each level does to the pixels, and that it does so again for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from models.specs.robustness import SCALES
from models.tasks.distortions import REDUCED, distorted

RAMP = np.repeat(np.tile(np.arange(224, dtype=np.uint8), (224, 1))[:, :, None], 3, axis=2)


@pytest.mark.parametrize("name", sorted(SCALES))
@pytest.mark.parametrize("channels", [1, 3])
def test_every_level_keeps_shape_and_repeats_itself(name, channels):
    picture = RAMP[:64, :64, :channels]
    for level in SCALES[name].levels:
        once = distorted(picture, name, level, 5)
        assert once.shape == picture.shape and once.dtype == np.uint8
        assert np.array_equal(once, distorted(picture, name, level, 5))


def test_uniform_noise_fills_its_range_evenly_around_the_reduced_contrast():
    flat = np.full((224, 224, 3), 255, np.uint8)
    noisy = distorted(flat, "noise", 0.2, 1)[:, :, 0] / 255
    middle = 0.5 + REDUCED / 2  # white at 30% contrast
    assert noisy.min() == pytest.approx(middle - 0.2, abs=0.005)
    assert noisy.max() == pytest.approx(middle + 0.2, abs=0.005)
    assert noisy.std() == pytest.approx(0.2 / np.sqrt(3), rel=0.02)


def test_up_to_a_third_no_noise_is_cut():
    """Geirhos et al. 2018: by design clipping never occurs up to a width of 0.35."""
    for shade in (0, 255):
        noisy = distorted(np.full((64, 64, 3), shade, np.uint8), "noise", 0.35, 2)
        assert noisy.min() >= 0 and noisy.max() <= 255
        assert (noisy == (0 if shade == 0 else 255)).mean() < 0.02


def test_contrast_scales_distances_from_mid_grey():
    half = distorted(RAMP, "contrast", 0.5, 0)[0, :, 0].astype(float)
    assert np.abs((half - 127.5) - 0.5 * (RAMP[0, :, 0] - 127.5)).max() <= 1


def test_salt_and_pepper_takes_its_share():
    grey = np.full((224, 224, 3), 128, np.uint8)
    noisy = distorted(grey, "salt_and_pepper", 0.2, 3)[:, :, 0]
    assert (noisy == 0).mean() == pytest.approx(0.1, abs=0.01)
    assert (noisy == 255).mean() == pytest.approx(0.1, abs=0.01)


def test_a_blur_has_the_width_that_is_asked():
    """A step edge becomes the Gaussian's integral: its slope is 1/(σ√(2π))."""
    step = np.zeros((224, 224, 3), np.uint8)
    step[:, 112:] = 255
    edge = distorted(step, "low_pass", 5.0, 0)[112, :, 0] / 255
    assert np.diff(edge).max() == pytest.approx(1 / (5 * np.sqrt(2 * np.pi)), rel=0.05)
