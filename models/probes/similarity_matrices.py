"""How alike two stages group the same pictures: dissimilarity matrices, their rank correlation, and centred kernel alignment.

A dissimilarity matrix holds 1 − Pearson's r of the responses to each two of n pictures (Kriegeskorte et al. 2008,
10.1016/j.neuron.2008.10.043). Two matrices are compared by Spearman's rank correlation over their n(n − 1)/2 pairs.

CKA = HSIC(K, L) / √(HSIC(K, K) HSIC(L, L)) with linear kernels K = XXᵀ (Kornblith et al. 2019, arXiv:1905.00414). With more
features than pictures the plain estimate is far above 0 even for unrelated responses. The debiased one puts the unbiased
estimate of HSIC in its place (Song et al. 2012, JMLR 13, equation 5), which is 0 on average for them and may be negative.

The noise ceiling of a group of people (Nili et al. 2014, 10.1371/journal.pcbi.1003553): how well the best possible model can
correlate with each, between the mean with everybody's matrix against the mean of the others, and that against the mean of all.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from models.types import Array


def dissimilarities(responses: Array) -> Array:
    """(pictures, units) → f8 (pictures, pictures) of 1 − r, 0…2, 0 on the diagonal. A picture without any variance is NaN to others."""
    centred = responses - responses.mean(axis=1, keepdims=True, dtype=np.float64)
    length = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    with np.errstate(invalid="ignore", divide="ignore"):
        centred /= length[:, None]
    matrix: Array = 1 - np.clip(centred @ centred.T, -1, 1)
    np.fill_diagonal(matrix, 0)
    return matrix


def pairs(matrix: Array) -> Array:
    """The n(n − 1)/2 values above the diagonal of (n, n), row by row."""
    return np.asarray(matrix[np.triu_indices(len(matrix), 1)])


def rank_correlations(vectors: Array) -> Array:
    """(matrices, pairs) → (matrices, matrices): Spearman's, ties sharing their mean rank. NaN where a vector is constant or has gaps."""
    whole = np.isfinite(vectors).all(axis=1, keepdims=True)
    ranks: Array = rankdata(np.where(whole, vectors, 0.0), axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        ranks /= np.sqrt((ranks**2).sum(axis=1, keepdims=True))
    return np.asarray(ranks @ ranks.T)


def bootstrap(matrices: Array, draws: int, seed: int) -> tuple[Array, Array]:
    """(matrices, n, n) → the ends (2.5%, 97.5%) of the rank correlations over redrawn pictures, each (matrices, matrices).

    Pictures are drawn with replacement; pairs of a picture with itself are left out (Nili et al. 2014).
    """
    generator = np.random.default_rng(seed)
    count = matrices.shape[1]
    first, second = np.triu_indices(count, 1)
    found = []
    for _ in range(draws):
        drawn = np.asarray(generator.integers(count, size=count))
        apart = drawn[first] != drawn[second]
        found.append(rank_correlations(matrices[:, drawn[first[apart]], drawn[second[apart]]]))
    low, high = np.nanquantile(np.stack(found), (0.025, 0.975), axis=0)
    return low, high


def kernel(responses: Array) -> Array:
    """(pictures, units) → f8 (pictures, pictures): inner products of the centred responses."""
    centred = responses.astype(np.float64) - responses.mean(axis=0, dtype=np.float64)
    return np.asarray(centred @ centred.T)


def debiased_hsic(first: Array, second: Array) -> float:
    """The unbiased estimate for two kernels (n, n), n ≥ 4."""
    n = len(first)
    k, m = first.copy(), second.copy()
    np.fill_diagonal(k, 0)
    np.fill_diagonal(m, 0)
    crossed = float(k.sum(axis=0) @ m.sum(axis=0))
    return float(((k * m).sum() + k.sum() * m.sum() / ((n - 1) * (n - 2)) - 2 * crossed / (n - 2)) / (n * (n - 3)))


def plain_hsic(first: Array, second: Array) -> float:
    """The usual estimate, up to a factor that CKA cancels, for kernels of centred responses."""
    return float((first * second).sum())


def alignments(kernels: Array, debiased: bool) -> Array:
    """(stages, n, n) → CKA of each two stages. NaN where a stage answers to all pictures alike."""
    estimate = debiased_hsic if debiased else plain_hsic
    count = len(kernels)
    found = np.full((count, count), np.nan)
    for i in range(count):
        for j in range(i, count):
            found[i, j] = found[j, i] = estimate(kernels[i], kernels[j])
    own = np.diag(found).copy()
    own[own <= 0] = np.nan
    return np.asarray(found / np.sqrt(own[:, None] * own[None, :]))


def noise_ceiling(people: Array) -> tuple[float, float]:
    """(people, pairs) → lower and upper end of the rank correlation that a perfect model could reach. Needs two people or more."""
    ranks: Array = rankdata(people, axis=1)
    lower = [_correlation(ranks[i], np.delete(ranks, i, axis=0).mean(axis=0)) for i in range(len(ranks))]
    upper = [_correlation(own, ranks.mean(axis=0)) for own in ranks]
    return float(np.mean(lower)), float(np.mean(upper))


def _correlation(first: Array, second: Array) -> float:
    return float(np.corrcoef(rankdata(first), rankdata(second))[0, 1])
