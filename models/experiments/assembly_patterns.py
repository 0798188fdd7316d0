"""Patterns of active units: painted or random, damaged cues, and which pairs of units belong to one assembly."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.specs.assembly import AssemblySpec

Units = NDArray[np.uint8]
KINDS: Final = 4
"""Of pairs of units, see `pair_classes`."""
_PATTERNS, _CUE, _DRAWS = 101, 102, 103


def patterns(spec: AssemblySpec) -> Units:
    """(K, n) of 0 and 1: those that were painted, or random ones of which each shares a core of active units with all others."""
    if spec.source == "own":
        return np.array([[int(unit) for unit in pattern] for pattern in spec.patterns], np.uint8)
    n = spec.units
    active = max(2, round(spec.active * n))
    core = min(active - 1, round(spec.shared * active))
    draws = np.random.default_rng((spec.seed, _PATTERNS))
    order = draws.permutation(n)
    found = np.zeros((spec.count, n), np.uint8)
    for pattern in found:
        pattern[order[:core]] = 1
        pattern[draws.permutation(order[core:])[: active - core]] = 1
    return found


def damaged(pattern: Units, kind: str, share: float, draws: np.random.Generator) -> Units:
    """`pattern` (n,) with that share of its active units silent (`missing`), or of all units in the other state (`flipped`)."""
    eligible = np.flatnonzero(pattern) if kind == "missing" else np.arange(len(pattern))
    struck = draws.permutation(eligible)[: round(share * len(eligible))]
    cue = pattern.copy()
    cue[struck] = 1 - cue[struck]
    return cue


def cue(stored: Units, spec: AssemblySpec) -> Units:
    """(n,) the damaged pattern that is shown; a larger share damages the same units and further ones."""
    return damaged(stored[spec.cue - 1], spec.damage_kind, spec.damage, np.random.default_rng((spec.seed, _CUE)))


def cues(stored: Units, kind: str, share: float, draws: int, seed: int) -> Units:
    """(draws, K, n) damaged copies of every pattern."""
    chance = np.random.default_rng((seed, _DRAWS))
    return np.stack([[damaged(pattern, kind, share, chance) for pattern in stored] for _ in range(draws)])


def pair_classes(stored: Units) -> NDArray[np.int8]:
    """(n, n) kind of the connection to i from j: 0 both active in one pattern; 1 each active in some, never together;
    2 one active in some pattern, the other silent in all; 3 both silent in all; −1 self-connections."""
    together = (stored.T @ stored.astype(np.int64)) > 0
    used = stored.any(0)
    kinds = np.full(together.shape, 2, np.int8)
    kinds[np.outer(used, used)] = 1
    kinds[together] = 0
    kinds[np.outer(~used, ~used)] = 3
    np.fill_diagonal(kinds, -1)
    return kinds


def correlations(stored: Units) -> float:
    """Mean correlation between two different patterns; 0 where one of them is all active or all silent."""
    rows = stored - stored.mean(1, keepdims=True)
    sizes = np.sqrt((rows**2).sum(1))
    found = (rows @ rows.T) / np.outer(sizes, sizes)
    return float(found[np.triu_indices(len(stored), 1)].mean())
