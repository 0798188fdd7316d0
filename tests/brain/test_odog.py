"""ODOG against its equations, and the four illusions against what people report; the round filter where it fails."""

from __future__ import annotations

import numpy as np
import pytest

from models.brain.odog import centres, combined, odog, oriented
from models.experiments.perception_illusions import differences, round_filter
from models.tasks.illusions import GROUND, PIXELS_PER_DEGREE, Shape, draw

CONTRAST = 0.8
SMALL = 0.4
"""Radius of the round filter's centre in degrees: small beside bars of 2 degrees and streets of 1."""


def answers(name: str, size: float, wavy: bool = False, centre: float = SMALL) -> tuple[list[float], list[float]]:
    """What the round filter and ODOG predict for each pair, in % of the range of their response."""
    made = draw(name, Shape(size, CONTRAST, 0.5, wavy))
    return differences(round_filter(made.picture, centre), made.pairs), differences(
        odog(made.picture, PIXELS_PER_DEGREE, GROUND), made.pairs
    )


def test_seven_sizes_are_an_octave_apart_from_three_degrees_down():
    assert centres()[0] == 3.0 and len(centres()) == 7  # Blakeslee and McCourt 1999; as Robinson et al. 2007 read it
    assert np.allclose(centres()[:-1] / centres()[1:], 2)


def test_even_light_gives_nothing_and_all_channels_count_alike():
    assert np.abs(odog(np.full((64, 64), 0.5, np.float32), 4, 0.5)).max() == 0
    picture = np.random.default_rng(0).random((64, 64), np.float32)
    channels = oriented(picture, 4, 0.5)
    assert channels.shape == (6, 128, 128)
    scaled = channels * np.array([1, 2, 5, 0.1, 3, 7], np.float32)[:, None, None]
    assert np.allclose(combined(scaled), combined(channels), atol=1e-4)  # each is divided by its own root mean square


def test_contrast_of_the_whole_picture_cancels():
    """R = Σ S / rms(S) does not change when every deviation from the ground is scaled."""
    weak, strong = (draw("white", Shape(2, contrast, 0.5)).picture for contrast in (0.2, 0.8))
    assert np.allclose(odog(weak, PIXELS_PER_DEGREE, GROUND), odog(strong, PIXELS_PER_DEGREE, GROUND), atol=1e-3)


def test_a_grating_is_passed_as_the_filters_transform_says():
    """Upright bars drive the upright channel by Σ σ^−0.1 (exp(−2π²σ²f²) − exp(−8π²σ²f²)), and the level one by nothing."""
    frequency, degrees = 0.5, 1 / 8
    x = (np.arange(256) + 0.5) * degrees
    grating = np.broadcast_to(np.sin(2 * np.pi * frequency * x), (256, 256)).astype(np.float32)
    middle = oriented(grating, 8, 0.0)[:, 100:156, 100:156]
    steep = 2 * (np.pi * centres() * frequency) ** 2
    expected = float((centres() ** -0.1 * (np.exp(-steep) - np.exp(-4 * steep))).sum())
    assert middle[0].max() == pytest.approx(expected, rel=0.02)
    assert np.abs(middle[3]).max() < 0.01 * expected


@pytest.mark.parametrize("size", [1, 1.5, 2, 3])
def test_white_s_effect_is_right_for_odog_and_wrong_for_a_small_round_filter(size):
    """The patch on the dark bar looks lighter (White 1979): +."""
    (dog,), (oriented_one,) = answers("white", size, centre=size / 5)
    assert oriented_one > 5
    assert dog < -5


@pytest.mark.parametrize("size", [0.5, 1, 2, 3, 4])
def test_a_round_filter_gets_white_s_effect_right_once_its_centre_exceeds_two_thirds_of_a_bar(size):
    """What the page says against itself: one size can be chosen for one picture. The turn lies between 0.6 and 0.7 of a bar."""
    made = draw("white", Shape(size, CONTRAST, 0.5))
    wrong, right = (differences(round_filter(made.picture, share * size), made.pairs)[0] for share in (0.6, 0.7))
    assert wrong < -1 < 1 < right


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_simultaneous_contrast_is_right_for_both(size):
    (dog,), (oriented_one,) = answers("simultaneous_contrast", size)
    assert dog > 5 and oriented_one > 5


def test_mach_bands_are_light_above_and_dark_below_the_ramp():
    (light, dark), (odog_light, odog_dark) = answers("mach_bands", 2)
    assert light > 5 and dark < -5
    assert light == pytest.approx(-dark, abs=0.5)  # the picture is its own negative, turned round
    assert odog_light > 1 and odog_dark < -1


def test_the_round_filter_predicts_spots_that_wavy_streets_abolish_for_people():
    """Geier et al. 2008: none are seen. The filter's difference keeps its sign and more than half of its size."""
    straight, wavy = answers("hermann_grid", 1)[0][0], answers("hermann_grid", 1, wavy=True)[0][0]
    assert straight < -10
    assert wavy < 0.5 * straight


@pytest.mark.parametrize("name", ["simultaneous_contrast", "white", "mach_bands", "hermann_grid"])
@pytest.mark.parametrize("size", [0.5, 1.3, 2])
def test_places_that_are_compared_have_the_same_luminance(name, size):
    for wavy in (False, True):
        made = draw(name, Shape(size, 0.9, 0.35, wavy))
        for first, second in made.pairs:
            assert first.mean(made.picture) == pytest.approx(second.mean(made.picture), abs=1e-6)
            values = made.picture[first.top : first.bottom, first.left : first.right]
            assert np.ptp(values) < 0.05
