"""Dissimilarity matrices, their comparison, CKA and the noise ceiling, against closed forms and scipy."""

import numpy as np
import pytest
from scipy.spatial.distance import pdist
from scipy.stats import spearmanr

from models.probes.similarity_matrices import (
    alignments,
    bootstrap,
    dissimilarities,
    kernel,
    noise_ceiling,
    pairs,
    rank_correlations,
)


def drawn(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape)


def test_dissimilarity_is_one_minus_pearsons_r():
    responses = drawn(9, 40)
    assert pairs(dissimilarities(responses)) == pytest.approx(pdist(responses, "correlation"))


def test_a_picture_without_any_variance_is_told_apart_from_all_others():
    responses = drawn(5, 8)
    responses[2] = 1
    matrix = dissimilarities(responses)
    assert np.isnan(matrix[2, 0])
    assert matrix[2, 2] == 0
    assert np.isfinite(matrix[0, 1])


def test_rank_correlations_are_spearmans_with_ties():
    vectors = np.round(drawn(3, 60), 1)
    expected = spearmanr(vectors, axis=1).statistic
    assert rank_correlations(vectors) == pytest.approx(expected)


def test_a_constant_matrix_correlates_with_nothing():
    assert np.isnan(rank_correlations(np.stack([np.ones(10), np.arange(10.0)]))[0, 1])


def test_cka_of_a_turned_and_scaled_copy_is_one():
    """Kornblith et al. 2019: unchanged by orthogonal maps and by one factor."""
    responses = drawn(20, 6)
    turned = 3 * responses @ np.linalg.qr(drawn(6, 6, seed=1))[0]
    for debiased in (True, False):
        assert alignments(np.stack([kernel(responses), kernel(turned)]), debiased)[0, 1] == pytest.approx(1)


def test_plain_cka_equals_its_definition():
    """‖YᵀX‖² / (‖XᵀX‖‖YᵀY‖) of centred responses."""
    x, y = drawn(12, 5), drawn(12, 7, seed=1)
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    expected = np.linalg.norm(y.T @ x) ** 2 / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y))
    assert alignments(np.stack([kernel(x), kernel(y)]), False)[0, 1] == pytest.approx(expected)


def test_unrelated_responses_of_many_units_fool_the_plain_estimate_and_not_the_debiased_one():
    """24 pictures, 5,000 units: both kernels are close to the identity, so plain CKA is close to 1; the truth is 0."""
    kernels = [np.stack([kernel(drawn(24, 5000, seed=2 * k)), kernel(drawn(24, 5000, seed=2 * k + 1))]) for k in range(6)]
    assert min(alignments(both, False)[0, 1] for both in kernels) > 0.95
    assert abs(np.mean([alignments(both, True)[0, 1] for both in kernels])) < 0.1


def test_the_interval_holds_the_estimate_and_narrows_with_more_pictures():
    def width(count: int) -> float:
        common = drawn(count, 30)
        matrices = np.stack([dissimilarities(common + 0.8 * drawn(count, 30, seed=seed)) for seed in (1, 2)])
        low, high = bootstrap(matrices, 60, 0)
        found = rank_correlations(np.stack([pairs(matrix) for matrix in matrices]))[0, 1]
        assert low[0, 1] < found < high[0, 1]
        return float(high[0, 1] - low[0, 1])

    assert width(60) < width(12)


def test_the_ceiling_of_people_who_agree_is_one_and_of_noise_begins_at_nought():
    same = np.tile(drawn(1, 500), (4, 1))
    assert noise_ceiling(same) == pytest.approx((1, 1))
    lower, upper = noise_ceiling(drawn(4, 4000))
    assert lower == pytest.approx(0, abs=0.05)
    assert upper == pytest.approx(0.5, abs=0.05)  # r of one with the mean of four alike, 1/√4


def test_the_ceiling_lies_about_what_a_perfect_model_reaches():
    """Four noisy views of one truth: the truth's own mean correlation with them lies between both ends."""
    truth = drawn(1, 4000)
    people = truth + 1.2 * drawn(4, 4000, seed=5)
    lower, upper = noise_ceiling(people)
    reached = rank_correlations(np.concatenate([truth, people]))[0, 1:].mean()
    assert lower < reached < upper
