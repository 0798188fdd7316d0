"""The population: its marginals are the published counts, for any seed, and its preferences are tied as published."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chisquare, spearmanr

from models.brain.v1_population import Population, sample
from models.specs import v1_published
from models.specs.v1_published import ORIENTATION, SHAPE_COUNTS, SHAPE_EDGES, SPATIAL_FREQUENCY, SUPPRESSION

SEEDS = range(8)
CELLS = 256
CITED = {ORIENTATION.citation, SPATIAL_FREQUENCY.citation, SUPPRESSION.citation, v1_published.SHAPE_CITATION}


def p_value(values: np.ndarray, edges: tuple[float, ...], counts: tuple[int, ...]) -> float:
    observed = np.histogram(values, edges)[0]
    assert observed.sum() == len(values)  # nobody lies outside of the published range
    return float(chisquare(observed, np.asarray(counts) / sum(counts) * len(values)).pvalue)


def test_the_published_tables_are_complete() -> None:
    assert ORIENTATION.counts == (66, 49, 77, 54)
    assert SPATIAL_FREQUENCY.counts == (4, 4, 8, 25, 32, 26, 28, 12)
    assert sum(map(sum, SHAPE_COUNTS)) == 79  # Ringach 2002, as VOneBlock bins it
    assert pytest.approx(np.logspace(-1, 0.2, 6)) == SHAPE_EDGES
    assert SUPPRESSION.cells == 190 and sum(SUPPRESSION.counts[1:]) == 124  # Cavanaugh 2002: at an index of 0.2 or more
    for table in (ORIENTATION, SPATIAL_FREQUENCY, SUPPRESSION):
        assert len(table.edges) == len(table.counts) + 1


def test_their_sources_are_in_the_bibliography() -> None:
    text = (Path(__file__).parents[2] / "assets" / "references.bib").read_text("utf-8")
    entries = dict(re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL))
    assert entries.keys() >= CITED
    for table in (ORIENTATION, SPATIAL_FREQUENCY, SUPPRESSION):
        assert table.doi in entries[table.citation]


@pytest.mark.parametrize("seed", SEEDS)
def test_marginals_pass_chi_square_against_the_published_counts(seed: int) -> None:
    cells = sample(CELLS, seed)
    assert len(cells) >= 200
    unfolded = np.where(cells.orientation >= 157.5, cells.orientation - 180, cells.orientation)
    assert p_value(unfolded, ORIENTATION.edges, ORIENTATION.counts) > 0.05
    assert p_value(cells.frequency, SPATIAL_FREQUENCY.edges, SPATIAL_FREQUENCY.counts) > 0.05
    expected = np.asarray(SHAPE_COUNTS) / 79 * CELLS
    observed = np.histogram2d(cells.nx, cells.ny, (SHAPE_EDGES, SHAPE_EDGES))[0]
    assert observed.sum() == CELLS and not observed[expected == 0].any()
    assert chisquare(observed[expected > 0], expected[expected > 0]).pvalue > 0.05


def test_another_population_fails_the_same_test() -> None:
    even = np.random.default_rng(0).uniform(-22.5, 157.5, 2000)
    assert p_value(even, ORIENTATION.edges, ORIENTATION.counts) < 0.01


def test_nx_and_frequency_are_tied_by_the_published_copula() -> None:
    ranks = [spearmanr(cells.nx, cells.frequency).statistic for cells in (sample(CELLS, seed) for seed in SEEDS)]
    expected = 6 / math.pi * math.asin(0.75 / 2)  # rank correlation of a Gaussian copula of 0.75
    assert np.mean(ranks) == pytest.approx(expected, abs=0.04)
    assert np.ptp(ranks) < 0.25


def test_half_are_complex_and_channels_and_phases_are_even() -> None:
    cells = sample(CELLS)
    assert cells.complex.sum() == 128 and not cells.complex[:128].any()
    assert set(np.bincount(cells.channel)) == {85, 86}
    assert np.histogram(cells.phase, 8, (0, 360))[0].tolist() == [32] * 8


def test_a_seed_gives_one_population() -> None:
    def flat(cells: Population) -> np.ndarray:
        return np.concatenate([cells.orientation, cells.frequency, cells.phase, cells.nx, cells.ny, cells.channel])

    assert np.array_equal(flat(sample(64, 3)), flat(sample(64, 3)))
    assert not np.array_equal(flat(sample(64, 3)), flat(sample(64, 4)))


@pytest.mark.parametrize("cells", [1, 1025])
def test_other_sizes_are_refused(cells: int) -> None:
    with pytest.raises(ValueError, match="2 to 1024"):
        sample(cells)
