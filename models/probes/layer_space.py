"""Where a layer puts each example: its activations seen on the plane of their two largest principal components.

The components of n examples' activations A (n, units) are the eigenvectors of their covariance (Pearson 1901, Hotelling 1933). They are
fixed up to a turn and a mirror image within the plane, and where two are nearly equal they may change places from one update to the next.
So the picture is turned within its plane to lie as nearly as it can like the examples themselves (orthogonal Procrustes, Schönemann 1966):
it moves as smoothly as the activations do. Distances within the plane are the activations' own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GRID: Final = 21
MOST: Final = 300
_LEAST: Final = 1e-12


def principal_plane(activations: Floats, anchors: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Mean (units,), axes (units, 2) and the share of the variance on each of the two components (2,).

    `anchors` (n, 2) are places that the examples should lie like; without them each axis points to where its largest part is positive.
    """
    mean = activations.mean(axis=0)
    centred = activations - mean
    variances, vectors = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(variances)[::-1][:2]
    axes, total = vectors[:, order], float(variances.sum())
    share = np.zeros(2)
    share[: len(order)] = np.maximum(variances[order], 0) / total if total > _LEAST else 0
    if axes.shape[1] == 1:
        axes = np.concatenate([axes, np.zeros_like(axes)], axis=1)
    if anchors is None:
        signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(2)])
        return mean, axes * np.where(signs == 0, 1, signs), share
    left, _, right = np.linalg.svd((centred @ axes).T @ (anchors - anchors.mean(axis=0)))
    return mean, axes @ (left @ right), share


def space(activations: Floats, also: Floats | None, anchors: Floats | None) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Places (n + m, 2) of the examples, then of `also` (m, units), scaled so that the examples' root mean square distance from their
    middle is 1; and the shares of variance (2,). None where an activation is no number."""
    if not np.isfinite(activations).all() or (also is not None and not np.isfinite(also).all()):
        return None
    mean, axes, share = principal_plane(activations, anchors)
    everything = activations if also is None else np.concatenate([activations, also])
    places = (everything - mean) @ axes
    size = float(np.sqrt((places[: len(activations)] ** 2).sum(axis=1).mean()))
    return (places / size if size > _LEAST else places).astype(np.float32), share.astype(np.float32)


def nearest(places: Floats, here: Floats, count: int) -> tuple[NDArray[np.int64], Floats]:
    """The `count` rows of `places` (n, units) nearest to `here` (units,), and their Euclidean distances, nearest first."""
    distances = np.sqrt(((places - here) ** 2).sum(axis=1))
    order = np.argsort(distances, kind="stable")[:count]
    return order, distances[order]
