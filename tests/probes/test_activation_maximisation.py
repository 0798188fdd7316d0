"""Climbing a unit's slope on the image: checked on units whose best image is known."""

import numpy as np
import pytest
import torch

from models.probes.activation_maximisation import ActivationMaximisation, Climb


def weights(side: int) -> torch.Tensor:
    return torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("smooth", [True, False])
def test_a_weighted_sum_ends_near_the_best_image_there_is(smooth):
    """Of pixels within 0…1 the best for Σ w·x is 1 where w > 0 and 0 elsewhere, with Σ max(w, 0)."""
    own = weights(6)
    climb = ActivationMaximisation(lambda image: (own * image).sum(), Climb(6, smooth=smooth, jitter=0, rate=0.3))
    for _ in range(200):
        climb.step()
    best = float(own.clamp_min(0).sum())
    assert climb.noise_drive < 0.5 * best
    assert climb.measure() > 0.9 * best
    agree = (climb.pixels() > 127) == (own[0].permute(1, 2, 0).numpy() > 0)
    assert agree.mean() > 0.9


def test_the_same_seed_gives_the_same_image_and_another_seed_another():
    own = weights(8)

    def image(seed: int) -> np.ndarray:
        climb = ActivationMaximisation(lambda shown: (own * shown).sum().tanh(), Climb(8, seed=seed, jitter=2))
        for _ in range(5):
            climb.step()
        return climb.pixels()

    assert np.array_equal(image(3), image(3))
    assert not np.array_equal(image(3), image(4))


def test_fine_detail_is_dearer_than_coarse_with_the_photographs_spectrum():
    """A unit that likes a fine and a coarse grating alike gets more of the coarse one, in the ratio of 1/f to begin with."""
    side = 16
    x = torch.arange(side) * (2 * torch.pi / side)
    coarse, fine = (torch.cos(k * x).expand(1, 3, side, side) for k in (1, 6))

    def amounts(smooth: bool) -> float:
        climb = ActivationMaximisation(lambda image: ((coarse + fine) * image).sum(), Climb(side, smooth=smooth, jitter=0, rate=0.01))
        before = climb.image().detach()
        for _ in range(10):
            climb.step()
        change = climb.image().detach() - before
        return float((fine * change).sum() / (coarse * change).sum())

    assert amounts(smooth=False) > 0.7
    assert amounts(smooth=True) < 0.4
