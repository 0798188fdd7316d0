"""V1 cells: maps are the filters' sums, simple and complex cells answer as published, white noise finds the simple ones only."""

from __future__ import annotations

import numpy as np
import pytest

from models.brain.gabor import grating, quadrature_pair
from models.brain.v1 import V1, noisy
from models.brain.v1_population import sample
from models.types import Refused

CELLS = sample(256)
CORTEX = V1(CELLS, side=112, degrees=4.0)
DENSITY = 28.0


def gratings(cell: int, phases: np.ndarray, turn: float = 0.0, side: int = 96) -> np.ndarray:
    """Of the cell's own frequency; scaled so that the field always fits."""
    return np.stack(
        [grating((side, side), density(cell, side), CELLS.frequency[cell], CELLS.orientation[cell] + turn, phase) for phase in phases]
    )


def density(cell: int, side: int) -> float:
    return side * CELLS.frequency[cell] / (8 * max(CELLS.nx[cell], CELLS.ny[cell]))


@pytest.mark.parametrize("cell", [0, 57, 130, 255])
def test_maps_are_sums_under_the_filter(cell: int) -> None:
    image = np.random.default_rng(1).uniform(size=(3, 112, 112)).astype(np.float32)
    maps = CORTEX.maps(image)
    assert maps.shape == (256, 28, 28) and maps.dtype == np.float32
    mirrored = np.pad(2 * image[CELLS.channel[cell]] - 1, 40, mode="symmetric")
    pair = quadrature_pair((81, 81), DENSITY, CELLS.frequency[cell], CELLS.orientation[cell], CELLS.nx[cell], CELLS.ny[cell])
    for row, column in ((9, 20), (14, 3)):
        under = mirrored[4 * row + 2 : 4 * row + 83, 4 * column + 2 : 4 * column + 83]
        sums = (pair * under).sum() * np.exp(1j * np.radians(CELLS.phase[cell]))
        expected = 25 * (np.abs(sums) / np.sqrt(2) if CELLS.complex[cell] else max(0.0, sums.real))
        assert maps[cell, row, column] == pytest.approx(expected, abs=0.01)


def test_centred_cells_answer_as_the_map_does() -> None:
    image = np.random.default_rng(2).uniform(size=(3, 113, 113)).astype(np.float32)
    cells = [int(cell) for cell in np.flatnonzero(CELLS.frequency > 3)[::12]]
    odd = V1(CELLS, side=112, degrees=4.0, stride=4).maps(image[:, :112, :112])[cells, 13, 13]  # looks at pixel 54
    assert CORTEX.centre(image[None, :, :109, :109], DENSITY, cells)[0] == pytest.approx(odd, abs=0.02)


def test_grey_and_mid_grey() -> None:
    grey = np.full((2, 40, 40), 0.5, np.float32)
    assert CORTEX.centre(grey, DENSITY, [0, 200]) == pytest.approx(np.zeros((2, 2)), abs=1e-5)
    frames = np.random.default_rng(0).uniform(size=(3, 40, 40)).astype(np.float32)
    assert CORTEX.centre(np.repeat(frames[:, None], 3, axis=1), DENSITY, [5, 250]) == pytest.approx(
        CORTEX.centre(frames, DENSITY, [5, 250])
    )


def test_drifting_gratings_tell_simple_from_complex_cells() -> None:
    phases = np.arange(32) * 360 / 32
    modulation = {True: [], False: []}
    for cell in range(3, 256, 21):
        rates = CORTEX.centre(gratings(cell, phases, side=48), density(cell, 48), [cell])[:, 0]
        first = 2 * np.abs(np.mean(rates * np.exp(1j * np.radians(phases))))
        modulation[bool(CELLS.complex[cell])].append(first / rates.mean())
    assert modulation[False] == pytest.approx([np.pi / 2] * len(modulation[False]), abs=0.02)  # a half-wave: π/2
    assert max(modulation[True]) < 0.02


def test_white_noise_recovers_simple_cells_and_not_complex_ones() -> None:
    frames = np.random.default_rng(0).integers(0, 2, (20_000, 24, 24)).astype(np.float32)
    simple, complex_cells = [4, 40, 77, 110], [140, 190, 230]
    for kind, cells in (("simple", simple), ("complex", complex_cells)):
        for cell in cells:
            fits = density(cell, 24)
            rates = CORTEX.centre(frames, fits, [cell])[:, 0]
            average = (rates - rates.mean()) @ frames.reshape(len(frames), -1)
            found = np.corrcoef(average, CORTEX.field(cell, (24, 24), fits).ravel())[0, 1]
            if kind == "simple":
                assert found > 0.9
            else:
                assert abs(found) < 0.2


def test_orientation_tuning_is_as_narrow_as_pure_gabors_are() -> None:
    turns = np.arange(18) * 10.0
    variances = []
    for cell in range(0, 256, 4):
        pair = CORTEX.quadrature(np.concatenate([gratings(cell, np.zeros(1), turn, 48) for turn in turns]), density(cell, 48), [cell])
        amplitude = np.hypot(*pair[:, 0].T)  # the mean rate over a drift is proportional to it
        variances.append(1 - np.abs((amplitude * np.exp(2j * np.radians(turns))).sum()) / amplitude.sum())
    assert np.median(variances) == pytest.approx(0.24, abs=0.05)  # macaque V1 is broader


def test_noise_has_the_published_mean_and_spread() -> None:
    rates = np.repeat(np.array([[0.0], [2.0], [10.0]], np.float32), 40_000, axis=1)
    drawn = noisy(rates, seed=5)
    assert drawn.mean(axis=1) == pytest.approx(rates[:, 0], abs=0.06)
    assert (0.35 * drawn).var(axis=1) == pytest.approx(0.35 * rates[:, 0] + 0.07, rel=0.03)
    assert np.array_equal(drawn, noisy(rates, seed=5)) and not np.array_equal(drawn, noisy(rates, seed=6))


@pytest.mark.parametrize("shape", [(4,), (2, 4, 8, 8), (1, 4, 513)])
def test_stimuli_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match=r"at most 512|array of grey frames"):
        CORTEX.centre(np.zeros(shape, np.float32), DENSITY, [0])


def test_sizes_are_checked() -> None:
    with pytest.raises(ValueError, match="multiple of the stride"):
        V1(CELLS, side=114)
    with pytest.raises(ValueError, match="needed"):
        CORTEX.maps(np.zeros((3, 100, 100), np.float32))
