"""Ganglion cells: the difference of Gaussians' closed form for gratings and even light, published sizes, ON against OFF."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.retina import MAGNOCELLULAR, PARVOCELLULAR, difference_of_gaussians, luminance, on_and_off


@pytest.mark.parametrize("frequency", [0.5, 1.5, 4.0])
def test_a_grating_comes_through_as_the_two_gaussians_spectra_say(frequency: float) -> None:
    density, centre, surround, weight = 28.0, 0.10, 0.48, 0.55
    x = np.arange(448) / density
    light = np.tile(np.cos(2 * math.pi * frequency * x), (8, 1)).astype(np.float32)
    found = difference_of_gaussians(light, density, centre, surround, weight)[4, 168:280]
    expected = math.exp(-((math.pi * frequency * centre) ** 2)) - weight * math.exp(-((math.pi * frequency * surround) ** 2))
    assert found == pytest.approx(expected * light[4, 168:280], abs=0.01)


def test_even_light_leaves_what_the_surround_does_not_cancel_and_adapted_cells_silent() -> None:
    even = np.full((60, 60), 0.4, np.float32)
    assert difference_of_gaussians(even, 28, 0.1, 0.48, 0.55) == pytest.approx(0.4 * 0.45, abs=1e-5)
    assert on_and_off(even, 28) == pytest.approx(np.zeros((2, 60, 60)), abs=1e-5)
    assert not on_and_off(np.zeros((60, 60), np.float32), 28).any()


def test_a_light_spot_drives_on_cells_and_its_dark_twin_off_cells() -> None:
    picture = np.full((61, 61), 0.5, np.float32)
    picture[29:32, 29:32] = 0.9
    light, dark = on_and_off(picture, 28), on_and_off(1 - picture, 28)
    assert light[0, 30, 30] > 0.2 and light[1, 30, 30] == 0
    assert dark[1, 30, 30] > 0.2 and dark[0, 30, 30] == 0
    assert light[1, 30, 40] > 0  # in the surround the sign turns round


def test_ten_times_the_light_changes_no_response() -> None:
    picture = np.random.default_rng(0).uniform(0.01, 0.1, (40, 40)).astype(np.float32)
    assert on_and_off(10 * picture, 28) == pytest.approx(on_and_off(picture, 28), abs=1e-4)


def test_sizes_are_those_of_croner_and_kaplan_1995() -> None:
    assert (MAGNOCELLULAR.centre, PARVOCELLULAR.centre) == (0.10, 0.03)  # median radii in degrees near the fovea
    assert pytest.approx(4.8) == MAGNOCELLULAR.surround / MAGNOCELLULAR.centre
    assert pytest.approx(6.7) == PARVOCELLULAR.surround / PARVOCELLULAR.centre
    assert MAGNOCELLULAR.surround_weight == PARVOCELLULAR.surround_weight == 0.55


def test_luminance_decodes_srgb() -> None:
    image = np.array([[[0.5, 1.0]], [[0.5, 0.0]], [[0.5, 0.0]]], np.float32)
    assert luminance(image)[0] == pytest.approx([0.2140, 0.2126], abs=1e-4)  # IEC 61966-2-1; BT.709's share of red


def test_impossible_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        difference_of_gaussians(np.zeros((4, 4), np.float32), 28, 0.5, 0.5, 0.55)
    with pytest.raises(ValueError, match="at most 2048"):
        difference_of_gaussians(np.zeros((4, 2049), np.float32), 28, 0.1, 0.5, 0.55)
