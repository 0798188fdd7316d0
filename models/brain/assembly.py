"""Cell assemblies in a recurrent population: Hebbian connections and recall by one unit at a time.

Connections (no unit is connected with itself), for patterns V ∈ {0, 1} of n units and a threshold θ of firing:
Δw_ij = (V_i − θ)(V_j − θ) / (n θ(1 − θ)).
θ = mean activity p: the covariance rule of Tsodyks and Feigelman (1988, 10.1209/0295-5075/6/2/002).
θ = ½: with S = 2V − 1 this is S_i S_j / n, the outer products of Hopfield (1982, 10.1073/pnas.79.8.2554).

Recall: units are updated one at a time in random order; unit i becomes active where its drive is above its threshold U, silent
where it is below, and stays where both are equal. Drive: Σ_j w_ij S_j and U = 0 (Hopfield, in the ±1 form that Amit, Gutfreund and
Sompolinsky 1985 analysed, 10.1103/PhysRevLett.55.1530); or Σ_j w_ij V_j with U halfway between what an active and a silent unit of
a stored pattern receive, (½ − p) for one presentation each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.splitmix import shuffle

Floats = NDArray[np.float64]
Units = NDArray[np.uint8]
SWEEPS: Final = 20
"""Most passes over all units; connections that are symmetric settle before, others may go on for ever."""
TIE: Final = 1e-12
"""A drive this close to the threshold counts as equal: rounding must not decide."""
_STREAM: Final = 1 << 20
"""Sweeps of draw d are numbered from d · _STREAM, so that no two draws share an order."""


@dataclass(frozen=True)
class Circuit:
    """How units read each other: `signed`: silent units send −1 (Hopfield), else 0; `threshold`: U of every unit."""

    signed: bool
    threshold: float = 0.0


def step(pattern: Units, threshold: float) -> Floats:
    """(n, n) change of the connections by one presentation of `pattern` (n,) of 0 and 1; `threshold` θ in (0, 1)."""
    distance = pattern - threshold
    change = np.outer(distance, distance) / (len(pattern) * threshold * (1 - threshold))
    np.fill_diagonal(change, 0.0)
    return change


def stored(patterns: Units, threshold: float) -> Floats:
    """(n, n) connections after one presentation of each of `patterns` (K, n), in closed form."""
    distance = patterns - threshold
    weights: Floats = distance.T @ distance / (patterns.shape[1] * threshold * (1 - threshold))
    np.fill_diagonal(weights, 0.0)
    return weights


def circuit(rule: str, mean_activity: float, strength: float = 1.0) -> Circuit:
    """How units read each other under `rule`; `strength`: how often each pattern has been learned, by which U grows as well."""
    return Circuit(True) if rule == "hopfield" else Circuit(False, (0.5 - mean_activity) * strength)


def energy(weights: Floats, state: Units, reads: Circuit) -> float:
    """Hopfield's energy, which no update raises where `weights` are symmetric: −½ xᵀwx + U Σ V, x = 2V − 1 or V."""
    sent = 2.0 * state - 1 if reads.signed else state.astype(np.float64)
    return float(-0.5 * sent @ weights @ sent + (2 if reads.signed else 1) * reads.threshold * state.sum())


@njit(cache=True)
def _settle(
    weights: Floats, state: Units, signed: bool, threshold: float, seed: int, stream: int, flips: NDArray[np.int64]
) -> tuple[int, int]:
    n = state.size
    order = np.empty(n, np.int64)
    kept, update = 0, 0
    for sweep in range(SWEEPS):
        shuffle(order, seed, stream + sweep)
        changed = False
        for k in range(n):
            i = order[k]
            drive = -threshold
            for j in range(n):
                if state[j]:
                    drive += weights[i, j]
                elif signed:
                    drive -= weights[i, j]
            if (drive > TIE and not state[i]) or (drive < -TIE and state[i]):
                state[i] = 1 - state[i]
                changed = True
                if kept < flips.shape[0]:
                    flips[kept, 0], flips[kept, 1] = update, i
                kept += 1
            update += 1
        if not changed:
            return kept, sweep + 1
    return kept, SWEEPS + 1


@njit(cache=True)
def _settle_all(weights: Floats, states: Units, signed: bool, threshold: float, seed: int) -> None:
    nowhere = np.empty((0, 2), np.int64)
    for draw in range(states.shape[0]):
        _settle(weights, states[draw], signed, threshold, seed, draw * _STREAM, nowhere)


@dataclass(frozen=True)
class Recall:
    """`flips` (m, 2): number of the update (from 0) and the unit that it changed; `final` (n,); `sweeps`: passes over all units."""

    flips: NDArray[np.int64]
    final: Units
    sweeps: int
    settled: bool


def recall(weights: Floats, cue: Units, reads: Circuit, seed: int) -> Recall:
    """One recall from `cue` (n,) of 0 and 1, with every change of a unit."""
    state = cue.astype(np.uint8).copy()
    flips = np.zeros((SWEEPS * len(cue), 2), np.int64)
    count, sweeps = _settle(np.ascontiguousarray(weights), state, reads.signed, reads.threshold, seed, 0, flips)
    return Recall(flips[:count], state, min(sweeps, SWEEPS), sweeps <= SWEEPS)


def recalled(weights: Floats, cues: Units, reads: Circuit, seed: int) -> Units:
    """(d, n) where `cues` (d, n) end; each has an order of updates of its own."""
    states = np.ascontiguousarray(cues, np.uint8).copy()
    _settle_all(np.ascontiguousarray(weights), states, reads.signed, reads.threshold, seed)
    return states


def overlap(states: Units, patterns: Units) -> Floats:
    """Pearson's correlation along the last axis, 1 where state and pattern are equal; 0 where one of them is all active or all silent."""
    a = states - states.mean(-1, keepdims=True)
    b = patterns - patterns.mean(-1, keepdims=True)
    size = np.sqrt((a * a).sum(-1) * (b * b).sum(-1))
    found: Floats = np.where(size > 0, (a * b).sum(-1) / np.where(size > 0, size, 1.0), 0.0)
    return found
