"""HMAX: the published filters and pooling, S1 and S2 as their definitions say, and C2's tolerance of place and size."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch
from PIL import Image

from models.brain.hmax import POOLING, SIDE, SIZES, Hmax, Response, filters, sampled, unit
from models.experiments.brain_ladder_patches import patches
from models.tasks.samples import sample_path

NAMES = ("chelsea", "coffee", "astronaut")


torch.set_num_threads(1)  # as the workers do
MODEL = Hmax(patches(SIDE))


@cache
def photograph(name: str, width: int) -> np.ndarray:
    """(width, width) grey 0…1: the upper left square."""
    picture = Image.open(sample_path(name)).convert("L")
    side = min(picture.size)
    return np.asarray(picture.resize((width, width), Image.Resampling.BICUBIC, box=(0, 0, side, side)), np.float32) / 255


def object_at(name: str, right: int = 0, down: int = 0, scale: float = 1.0) -> np.ndarray:
    """A disc of a photograph, 56 pixels wide at scale 1, on grey."""
    width = round(56 * scale)
    axis = np.arange(width) - (width - 1) / 2
    picture = np.full((SIDE, SIDE), 0.5, np.float32)
    top, left = (SIDE - width) // 2 + down, (SIDE - width) // 2 + right
    inside = np.hypot(axis, axis[:, None]) < width / 2
    picture[top : top + width, left : left + width] = np.where(inside, photograph(name, width), 0.5)
    return picture


@cache
def centred(name: str) -> Response:
    return MODEL.respond(object_at(name))


def test_filters_have_the_published_sizes_and_wavelengths() -> None:
    assert len(SIZES) == 16 and SIZES[0] == 7 and SIZES[-1] == 37
    assert POOLING == (8, 10, 12, 14, 16, 18, 20, 22)
    for bank, size in zip(filters(), SIZES, strict=True):
        assert bank.shape == (4, size, size)
        assert bank.sum(axis=(1, 2)) == pytest.approx(np.zeros(4), abs=1e-5)
        assert (bank**2).sum(axis=(1, 2)) == pytest.approx(np.ones(4), rel=1e-5)
    for k, wavelength in ((0, 3.5), (15, 22.8)):  # Serre et al. 2007: λ of the smallest and the largest filter
        upright = filters()[k][0][SIZES[k] // 2]
        spectrum = np.abs(np.fft.rfft(upright, 4096))
        assert 4096 / spectrum.argmax() == pytest.approx(wavelength, rel=0.1)


def test_a_simple_cell_is_the_cosine_between_its_filter_and_what_lies_under_it() -> None:
    picture = np.full((SIDE, SIDE), 1e-3, np.float32)
    bank = filters()[4]
    picture[50:65, 70:85] += bank[2]
    found = MODEL.s1(picture)
    assert found[4, 2, 57, 77] == pytest.approx(1, abs=1e-3)
    assert found.max() <= 1 + 1e-4
    patch = object_at("astronaut")[40:55, 60:75]
    expected = abs((bank * patch).sum(axis=(1, 2))) / np.sqrt((patch**2).sum())
    assert MODEL.s1(object_at("astronaut"))[4, :, 47, 67] == pytest.approx(expected, abs=1e-4)
    assert not found[4, :, :7].any() and not found[4, :, :, -7:].any()  # a filter that reaches beyond the picture is silent


def test_a_complex_unit_is_the_largest_of_two_sizes_and_its_neighbourhood() -> None:
    picture = object_at("coffee")
    simple, pooled = MODEL.s1(picture), MODEL.c1(picture)
    for band, side in enumerate(POOLING):
        step = side // 2
        assert pooled[band].shape == (4, (SIDE - side) // step + 1, (SIDE - side) // step + 1)
        expected = simple[2 * band : 2 * band + 2, :, 3 * step : 3 * step + side, 2 * step : 2 * step + side].max(axis=(0, 2, 3))
        assert pooled[band][:, 3, 2] == pytest.approx(expected)


def test_stored_patches_match_the_picture_they_are_from() -> None:
    square = photograph("camera", SIDE)
    own = Hmax(sampled([MODEL.c1(square)], 5, seed=1)).respond(square)
    assert own.c2 == pytest.approx(np.ones(10), abs=1e-4)
    assert len(own.s2) == 2 and own.s2[0][0].shape == (5, 28, 28)
    assert all(0 < value <= 1 for value in centred("chelsea").c2)


def test_only_pixels_of_its_field_change_a_unit() -> None:
    picture = np.random.default_rng(0).uniform(size=(SIDE, SIDE)).astype(np.float32)
    field = unit(2, 6, 5)
    outside = np.ones(picture.shape, bool)
    outside[field.top : field.bottom, field.left : field.right] = False
    changed = np.where(outside, 1 - picture, picture)
    assert MODEL.c1(changed)[2][:, 6, 5] == pytest.approx(MODEL.c1(picture)[2][:, 6, 5], abs=1e-4)
    assert (MODEL.c1(1 - changed)[2][:, 6, 5] != MODEL.c1(picture)[2][:, 6, 5]).any()


@pytest.mark.parametrize("change", [{"right": 12}, {"right": -16, "down": 12}, {"scale": 1.4}, {"scale": 0.75}])
def test_c2_tolerates_place_and_size_better_than_c1_and_s1(change: dict[str, float]) -> None:
    kept, others = [], []
    for name in NAMES:
        before, after = centred(name), MODEL.respond(object_at(name, **change))
        kept.append([correlation(stage(before), stage(after)) for stage in STAGES])
        others += [correlation(centred(other).c2, after.c2) for other in NAMES if other != name]
    s1, c1, c2 = np.mean(kept, axis=0)
    assert c2 > c1 + 0.05 and c1 > s1 + 0.1
    assert c2 > 0.95
    assert min(row[2] for row in kept) > max(others)  # and still tells photographs apart


STAGES = (lambda found: found.s1.ravel(), lambda found: np.concatenate([band.ravel() for band in found.c1]), lambda found: found.c2)


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def test_other_sides_are_refused() -> None:
    with pytest.raises(ValueError, match="64 to 256"):
        Hmax(side=32)
