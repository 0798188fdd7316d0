"""The brain's side of the live convolutional network: a sparse code that learns beside it, and both sides' filters fitted with Gabors."""

from __future__ import annotations

import sys
import time
from fnmatch import fnmatchcase
from typing import Any, Final

import numpy as np

from models.brain import sparse_coding
from models.brain.sparse_coding import Dictionary, SparseCoding
from models.probes.gabor_fit import COLUMNS, NX, NY, R2, gabor_fits, without_colour
from models.specs import ringach
from models.tasks.natural_patches import PHOTOGRAPHS, SIDE, NaturalPatches
from models.types import Array, Lane, Settings, Subscription

WELL_FITTED: Final = 0.5
"""R² from which a fit counts in a median and a share of blobs."""
SHARE_OF_TIME: Final = 0.02
"""Of the time in which a run plays, what fits may take."""
_MOST_SECONDS: Final = 0.006
"""Of one frame."""
# What this thread computed itself, as the trainer counts it; Windows tells that in steps of 16 ms only.
_spent: Final = time.perf_counter if sys.platform == "win32" else time.thread_time
_PAUSE: Final = 0.5
"""s from one fit of a filter to the next while a run plays."""
_NOISE: Final = 48
"""Random filters whose fits say what R² is worth at a size."""


class FitsInTurn:
    """Gabor fits of filters that change. While a run plays some are renewed in each frame, in turn; else all that changed."""

    def __init__(self) -> None:
        self.fits: Array = np.empty((0, len(COLUMNS)), np.float32)
        self.fitted: Array = np.empty((0, 1, 1))
        """The filters (n, side, side) that the fits are of, each as it was then."""
        self._next = 0
        self._moments: Array = np.empty(0)
        self._asked = time.perf_counter()
        self._saved = 0.0
        """Seconds that fits may still take."""
        self._cost = 0.0005
        """Seconds of one fit, as measured."""

    def of(self, filters: Array, passing: bool) -> Array:
        """(n, 8) fits of filters (n, side, side)."""
        now = time.perf_counter()
        begins = filters.shape != self.fitted.shape
        if begins:
            self.fitted, self.fits = np.full(filters.shape, np.nan), np.zeros((len(filters), len(COLUMNS)), np.float32)
            self._moments = np.full(len(filters), -np.inf)
        changed = (filters != self.fitted).any(axis=(1, 2))
        if begins or not passing:
            chosen = np.flatnonzero(changed)
        else:
            # What one frame leaves is saved for the next, or a slow machine would never come to a fit.
            self._saved = min(self._saved + SHARE_OF_TIME * (now - self._asked), max(_MOST_SECONDS, self._cost))
            turns = (self._next + np.arange(len(filters))) % len(filters)
            chosen = turns[changed[turns] & (now - self._moments[turns] >= _PAUSE)][: int(self._saved / self._cost)]
            self._saved -= len(chosen) * self._cost
        self._asked = now
        self._fit(filters, chosen, now)
        return self.fits.copy()

    def _fit(self, filters: Array, chosen: Array, now: float) -> None:
        if not chosen.size:
            return
        begun = _spent()
        self.fits[chosen] = gabor_fits(filters[chosen])
        self.fitted[chosen], self._moments[chosen] = filters[chosen], now
        self._next = int(chosen[-1]) + 1
        self._cost = max((_spent() - begun) / chosen.size, 1e-5)


class BrainSide:
    """`lane` learns; `readings` are `sparse/…` and `gabor/…`. `settings` are the run's live ones: `sparse_every` is read at each step."""

    def __init__(self, seed: int, settings: Settings) -> None:
        self.seed = seed
        self.dictionary = Dictionary(seed)
        self.rule = SparseCoding(self.dictionary, NaturalPatches(seed, sparse_coding.PATCHES), settings)
        self.lane = Lane(self.dictionary.name, "brain", self.dictionary, self.rule)
        self._network, self._atoms, self._first = FitsInTurn(), FitsInTurn(), FitsInTurn()
        self._noise: dict[int, dict[str, Any]] = {}
        self._side = 0

    def readings(self, subscription: Subscription, filters: Array | None, first_filters: Array | None, step: int) -> dict[str, Array]:
        """What is subscribed of the sparse code and of the fits. `filters` and `first_filters` (out, in, side, side) are the first
        layer's kernels now and before any update; None where it has none."""
        found = self._sparse(subscription)
        if filters is not None and _watched(subscription, "gabor/fit", "gabor/filter"):
            fits = self._network.of(_patterns(filters), subscription.passing)
            found |= _chosen(subscription, {"gabor/fit": fits, "gabor/filter": self._network.fitted.astype(np.float32)})
        if first_filters is not None and _watched(subscription, "gabor/control", "gabor/control_filter"):
            self._side = first_filters.shape[-1]
            fits = self._first.of(_patterns(first_filters), False)
            found |= _chosen(subscription, {"gabor/control": fits, "gabor/control_filter": self._first.fitted.astype(np.float32)})
        return found

    def _sparse(self, subscription: Subscription) -> dict[str, Array]:
        found = dict[str, Array]()
        atoms = self.dictionary.atoms.reshape(-1, SIDE, SIDE)
        if _watched(subscription, "sparse/atoms"):
            found["sparse/atoms"] = _bytes(atoms)
        if _watched(subscription, "sparse/fit"):
            found["sparse/fit"] = self._atoms.of(atoms, subscription.passing)
        if _watched(subscription, "sparse/curve"):
            found["sparse/curve"] = self.rule.curve()
        return found

    def metadata(self) -> dict[str, Any]:
        """Scalars of a frame: `sparse` {updates made, loss of a patch and active share (smoothed), every: network updates from one to the
        next}, and once the control was read `gabor` {noise: what R² is worth at this size}."""
        rule = self.rule
        learning = {
            "updates": rule.made, "every": rule.every, "loss": rule.loss if rule.made else None,
            "active": rule.active if rule.made else None,
        }  # fmt: skip
        return {"sparse": learning, **({"gabor": {"noise": self.noise(self._side)}} if self._side else {})}

    def static(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Published counts, and what is ours of the sparse code."""
        described = {
            "atoms": sparse_coding.ATOMS, "side": SIDE, "patches": sparse_coding.PATCHES, "sparseness": sparse_coding.SPARSENESS,
            "photographs": [name.removeprefix("sample:") for name in PHOTOGRAPHS], "well_fitted": WELL_FITTED,
        }  # fmt: skip
        return {}, {"ringach": ringach.plane(), "sparse": described}

    def noise(self, side: int) -> dict[str, Any]:
        """What R² fits reach on filters of normally distributed noise of this size: {side, filters, median_r2, high_r2}, the latter the
        90th percentile."""
        if side not in self._noise:
            filters = np.random.default_rng(side).standard_normal((_NOISE, side, side))
            reached = gabor_fits(filters)[:, R2]
            self._noise[side] = {
                "side": side, "filters": _NOISE, "median_r2": float(np.median(reached)), "high_r2": float(np.quantile(reached, 0.9)),
            }  # fmt: skip
        return self._noise[side]


def summary(fits: Array) -> dict[str, float | int | None]:
    """Of the fits with R² of at least WELL_FITTED: how many, median nx and ny, share of blobs; None where there are none."""
    good = fits[fits[:, R2] >= WELL_FITTED]
    if not len(good):
        return {"fitted": 0, "nx": None, "ny": None, "blobs": None}
    blobs = (good[:, NX] < ringach.BLOB) & (good[:, NY] < ringach.BLOB)
    return {"fitted": len(good), "nx": float(np.median(good[:, NX])), "ny": float(np.median(good[:, NY])), "blobs": float(blobs.mean())}


def _watched(subscription: Subscription, *names: str) -> bool:
    return any(pattern == "all" or fnmatchcase(name, pattern) for name in names for pattern in subscription.readings)


def _chosen(subscription: Subscription, found: dict[str, Array]) -> dict[str, Array]:
    return {name: array for name, array in found.items() if _watched(subscription, name)}


def _patterns(filters: Array) -> Array:
    return np.asarray(without_colour(np.asarray(filters)))


def _bytes(atoms: Array) -> Array:
    """u1: byte/127.5 − 1, in units of each atom's own largest weight."""
    largest = np.abs(atoms).max(axis=(1, 2), keepdims=True)
    return np.asarray(np.round(127.5 + 127.5 * atoms / largest), np.uint8)
