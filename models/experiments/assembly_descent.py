"""One layer of n → n weights, no unit connected with itself, that gradient descent teaches to give back each pattern.

y = f(z), z_i = Σ_{j≠i} W_ij x_j, x = ±1; loss L = Σ_i (t_i − y_i)² / (2n); one step per presentation:
ΔW_ij = −η ∂L/∂W_ij = (η / n) (t_i − y_i) f′(z_i) x_j (Widrow and Hoff 1960 for f linear; Rumelhart, Hinton and Williams 1986).
Targets lie where f reaches them with finite weights. From W = 0 every row stays among the patterns, so that what it comes to is the
row of least norm that gives every z its value: the pseudo-inverse without self-connections (Diederich and Opper 1987,
10.1103/PhysRevLett.58.949).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Units = NDArray[np.uint8]
SOLVED: Final = 0.05
"""A pattern counts as right where every output lies this close to its target. Only a word: descent goes on."""
REACHED: Final = 0.8
"""How far from the middle targets lie, as a share of the activation's range."""


@dataclass(frozen=True)
class Activation:
    """`name`: tanh and linear from −1 to 1, sigmoid from 0 to 1."""

    name: str

    def output(self, drive: Floats) -> Floats:
        if self.name == "linear":
            return drive
        return np.tanh(drive) if self.name == "tanh" else 1 / (1 + np.exp(-drive))

    def slope(self, output: Floats) -> Floats:
        """f′ at the drive that gave `output`."""
        if self.name == "linear":
            return np.ones_like(output)
        return 1 - output**2 if self.name == "tanh" else output * (1 - output)

    def target(self, signs: Floats) -> Floats:
        """What the outputs should be for units of `signs` ±1."""
        return 0.5 + 0.5 * REACHED * signs if self.name == "sigmoid" else REACHED * signs

    def wanted_drive(self) -> float:
        """z at which an active unit's target is reached."""
        if self.name == "linear":
            return REACHED
        return float(np.arctanh(REACHED)) * (1 if self.name == "tanh" else 2)


@dataclass(frozen=True)
class Step:
    """One presentation: inputs, targets, drives, outputs and slopes (n,) before it, and the change (n, n) that it makes."""

    inputs: Floats
    target: Floats
    drive: Floats
    output: Floats
    slope: Floats
    change: Floats

    @property
    def error(self) -> Floats:
        return self.target - self.output

    @property
    def solved(self) -> bool:
        return bool(np.abs(self.error).max() <= SOLVED)


def step(weights: Floats, pattern: Units, activation: Activation, rate: float) -> Step:
    """The descent step that `pattern` (n,) of 0 and 1 calls for at `weights` (n, n)."""
    inputs: Floats = 2.0 * pattern.astype(np.float64) - 1
    drive = weights @ inputs
    output = activation.output(drive)
    slope = activation.slope(output)
    target = activation.target(inputs)
    change = (rate / len(pattern)) * np.outer((target - output) * slope, inputs)
    np.fill_diagonal(change, 0.0)
    return Step(inputs, target, drive, output, slope, change)


def trained(patterns: Units, rounds: int, activation: Activation, rate: float) -> Floats:
    """(n, n) weights after `patterns` (K, n) were shown in turn, `rounds` times."""
    weights = np.zeros((patterns.shape[1],) * 2)
    for _ in range(rounds):
        for pattern in patterns:
            weights += step(weights, pattern, activation, rate).change
    return weights


def least_norm(patterns: Units, wanted: float) -> Floats:
    """(n, n): row i is the shortest with Σ_{j≠i} W_ij x_j = `wanted` · x_i for every pattern, where there is such a row."""
    signs = 2.0 * patterns - 1
    n = patterns.shape[1]
    weights = np.zeros((n, n))
    for i in range(n):
        others = np.arange(n) != i
        weights[i, others] = np.linalg.pinv(signs[:, others]) @ (wanted * signs[:, i])
    return weights
