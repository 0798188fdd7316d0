"""Changes of a photograph: each against what it must give in closed form."""

import numpy as np
import pytest

from models.tasks.transformations import GREY, Transformation, transformed


@pytest.fixture(scope="module")
def picture():
    """224 × 224 of noise that is smooth enough to be interpolated."""
    coarse = np.random.default_rng(4).integers(0, 256, (28, 28, 3))
    return np.kron(coarse, np.ones((8, 8, 1))).astype(np.uint8)


def test_at_rest_the_very_pixels_come_back(picture):
    assert transformed(picture, Transformation()) is picture


def test_a_shift_moves_every_pixel_and_fills_with_grey(picture):
    moved = transformed(picture, Transformation(shift_x=7, shift_y=-3))
    assert np.array_equal(moved[:-3, 7:], picture[3:, :-7])
    assert (moved[:, :7] == GREY).all() and (moved[-3:] == GREY).all()


def test_a_quarter_turn_is_counter_clockwise(picture):
    turned = transformed(picture, Transformation(rotate=90)).astype(int)
    assert np.abs(turned - np.rot90(picture)).max() <= 1  # np.rot90 turns from the first axis towards the second: counter-clockwise


def test_half_the_size_is_the_mean_of_two_by_two_pixels_framed_in_grey(picture):
    small = transformed(picture, Transformation(scale=0.5))
    means = picture.reshape(112, 2, 112, 2, 3).mean(axis=(1, 3))
    assert np.abs(small[56:168, 56:168] - means).max() <= 1
    assert (small[:56] == GREY).all() and (small[:, 168:] == GREY).all()


def test_twice_the_size_keeps_the_centre(picture):
    large = transformed(picture, Transformation(scale=2)).astype(int)
    assert np.abs(large[4:220:2, 4:220:2] - picture[58:166, 58:166]).mean() < 8


def test_half_the_light_is_half_in_linear_light():
    # sRGB (IEC 61966-2-1): byte 188 is 0.503 of white's light, byte 137 is 0.251.
    grey = np.full((224, 224, 3), 188, np.uint8)
    assert np.abs(transformed(grey, Transformation(light=0.5)).astype(int) - 137).max() <= 1


def test_light_from_the_left_leaves_the_right_edge_dark():
    lit = transformed(np.full((224, 224, 3), 120, np.uint8), Transformation(light_side=-1))
    assert lit[0, -1, 0] == 0 and lit[0, 0, 0] > lit[0, 112, 0] > lit[0, 200, 0]


def test_contrast_scales_differences_from_the_mean_colour(picture):
    flat = transformed(picture, Transformation(contrast=0.25))
    assert flat.std() == pytest.approx(0.25 * picture.std(), rel=0.02)
    assert np.allclose(flat.mean(axis=(0, 1)), picture.mean(axis=(0, 1)), atol=0.6)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_cover_takes_its_share_wherever_it_stands(share):
    white = np.full((224, 224, 3), 255, np.uint8)
    for x, y in ((0, 0), (0.5, 0.5), (1, 0.2)):
        covered = transformed(white, Transformation(occlude=share, occlude_x=x, occlude_y=y))
        assert (covered[..., 0] == GREY).mean() == pytest.approx(share, abs=0.01)
    assert (covered[:, -1, 0] == GREY).any() and not (covered[:, 0, 0] == GREY).any()
