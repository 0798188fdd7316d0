"""Both sides learn the same patterns in the same order: connections, their changes, and the two ends of one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.brain import assembly as brain
from models.experiments import assembly_descent as descent
from models.experiments.assembly_patterns import KINDS, Units, pair_classes
from models.specs.assembly import AssemblySpec

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Learned:
    """T presentations of K patterns; first axis of size 2: circuit, network.

    `weights` (2, T + 1, n, n); `change` (2, T) mean |Δw|; `error` (T,) mean |target − output| of the pattern that is shown, before its
    step; `gate` (2, T, 8), `order` (T,); `solved` the presentation (from 1) from which on each pattern counts
    as right when it is shown, or None.
    Gate of the circuit: pre, post, threshold, change, connection after it, 0, 0, 0; of the network: input, target, output, error, drive,
    slope, change, weight after it.
    """

    order: NDArray[np.int64]
    weights: Floats
    change: Floats
    error: Floats
    gate: Floats
    threshold: float
    mean_activity: float
    solved: int | None


def learned(stored: Units, spec: AssemblySpec) -> Learned:
    """Everything that `spec.rounds` rounds of `stored` (K, n) do to both."""
    mean = float(stored.mean())
    threshold = 0.5 if spec.rule == "hopfield" else mean
    order = np.tile(np.arange(len(stored)), spec.rounds)
    n = stored.shape[1]
    weights = np.zeros((2, len(order) + 1, n, n))
    gate = np.zeros((2, len(order), 8))
    change, error = np.zeros((2, len(order))), np.zeros(len(order))
    pairs = n * (n - 1)
    last_wrong = 0
    i, j = spec.post, spec.pre
    activation = descent.Activation(spec.activation)
    for t, shown in enumerate(order):
        pattern = stored[shown]
        grown = brain.step(pattern, threshold)
        made = descent.step(weights[1, t], pattern, activation, spec.rate)
        weights[:, t + 1] = weights[:, t] + (grown, made.change)
        change[:, t] = np.abs(grown).sum() / pairs, np.abs(made.change).sum() / pairs
        error[t] = np.abs(made.error).mean()
        if not made.solved:
            last_wrong = t + 1
        gate[0, t, :5] = pattern[j], pattern[i], threshold, grown[i, j], weights[0, t + 1, i, j]
        unit = (made.target[i], made.output[i], made.error[i], made.drive[i], made.slope[i])
        gate[1, t] = made.inputs[j], *unit, made.change[i, j], weights[1, t + 1, i, j]
    solved = last_wrong + 1 if last_wrong + len(stored) <= len(order) else None
    return Learned(order, weights, change, error, gate, threshold, mean, solved)


def class_means(weights: Floats, stored: Units) -> Floats:
    """(2, T + 1, 4) mean connection of each kind of pair; NaN where there is no such pair."""
    kinds = pair_classes(stored)
    means = np.full((*weights.shape[:2], KINDS), np.nan)
    for kind in range(KINDS):
        chosen = kinds == kind
        if chosen.any():
            means[..., kind] = weights[..., chosen].mean(-1)
    return means


def as_bytes(weights: Floats) -> tuple[NDArray[np.uint8], float]:
    """Weights of one side as bytes, 0…255 for −largest…+largest, and the largest."""
    largest = float(np.abs(weights).max()) or 1.0
    return np.round((weights / largest + 1) * 127.5).astype(np.uint8), largest
