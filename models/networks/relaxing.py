"""Hidden layers that settle with each other.

After Scellier and Bengio (2017, doi:10.3389/fncom.2017.00024) and Ernoult and others (2019, arXiv:1905.13633):
s_k = f(W_k s_{k−1} + γ W_{k+1}ᵀ s_{k+1} + b_k) for the hidden layers k = 1…H, s_0 the inputs: the same weights carry activity up and,
transposed, down. These are the places where the energy E = Σ_k γ^{k−H} [Σ_i G(s_ki) − s_k·(W_k s_{k−1} + b_k)], with G′ = f⁻¹, is at
rest. The output is a read-out of s_H (Laborieux and others 2021, doi:10.3389/fnins.2021.633674): no feedback comes from it while the
network answers, so with one hidden layer this is the feed-forward network.

γ, the strength of feedback, is Xie and Seung's (2003, doi:10.1162/089976603762552988); the models above have 1. With 1, two layers of
a hundred tanh units with Xavier's weights hold each other in states that hardly depend on the input; with 0.1, which is ours, the
input decides. Ours too: the layers take turns, odd ones and then even ones, each going straight to where the energy is lowest given
its neighbours. So the energy never rises, whatever the weights, and no damping is needed. They begin at the feed-forward activity.
Where layers settle together, rectified units are bounded at 1 (Scellier and Bengio's hard sigmoid): without a bound two layers can
raise each other for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

import numpy as np

from models.networks.batched import BatchedNetwork, activate, slopes
from models.networks.dense import RELU, Floats

SWEEPS: Final = 12
"""Turns of every hidden layer before the network answers: a fixed number, so that an answer does not depend on its company."""
FEEDBACK: Final = 0.1
ADJOINT_SWEEPS: Final = 20
Push = Callable[[Floats], Floats]


@final
class RelaxingNetwork(BatchedNetwork):
    """`units` holds the settled activity."""

    def __init__(self, sizes: tuple[int, ...], hidden: str, output: str, name: str = "network", *, feedback: float = FEEDBACK) -> None:
        super().__init__(sizes, hidden, output, name)
        self.feedback = feedback
        self._bounded = self.hidden_code == RELU and self.layers > 2

    def carry(self, units: Floats) -> None:
        self.begin(units)
        self.settle(units, SWEEPS)
        self.read_out(units)

    def begin(self, units: Floats) -> None:
        """Fills the hidden layers with their feed-forward activity."""
        for k in range(1, self.layers):
            weights, biases = self.layer[k - 1]
            self._become(units, k, units[:, self.unit_slice(k - 1)] @ weights.T + biases)

    def settle(self, units: Floats, sweeps: int, push: Push | None = None) -> None:
        """Every hidden layer of `units` (rows, sum of sizes) takes `sweeps` turns; layers below and above act as they stand.

        `push` gives what is added to the drive (rows, n_H) of the last hidden layer, from its activity.
        """
        last = self.layers - 1
        if last < 1 or (last == 1 and push is None):
            return
        weights, biases = self.layer[0]
        first = units[:, self.unit_slice(0)] @ weights.T + biases  # inputs do not move, so neither does this
        for _ in range(sweeps):
            for k in self._turns():
                drive = first.copy() if k == 1 else self._from_below(units, k)
                if k < last:
                    drive += self._from_above(units, k)
                elif push is not None:
                    drive += push(units[:, self.unit_slice(last)])
                self._become(units, k, drive)

    def _turns(self) -> tuple[int, ...]:
        return (*range(1, self.layers, 2), *range(2, self.layers, 2))

    def _from_below(self, units: Floats, k: int) -> Floats:
        weights, biases = self.layer[k - 1]
        drive: Floats = units[:, self.unit_slice(k - 1)] @ weights.T
        drive += biases
        return drive

    def _from_above(self, units: Floats, k: int) -> Floats:
        drive: Floats = units[:, self.unit_slice(k + 1)] @ self.layer[k][0]
        drive *= self.feedback
        return drive

    def _become(self, units: Floats, k: int, drive: Floats) -> None:
        activate(self.hidden_code, drive)
        if self._bounded:
            np.minimum(drive, 1.0, out=drive)
        here = self.unit_slice(k)
        np.multiply(drive, self.alive[here], out=units[:, here])

    def gradient_of(self, loss: str, units: Floats, targets: Floats) -> Floats:
        """(parameters,): the mean gradient of the loss of the settled answers in `units` (rows, sum of sizes).

        λ_k = f′_k ∘ (W_{k+1}ᵀ λ_{k+1} + γ W_k λ_{k−1}), by turns as activity settles, with the output's error above the last:
        recurrent backpropagation (Pineda 1987, doi:10.1103/PhysRevLett.59.2229).
        """
        errors = np.zeros_like(units)
        last = self.layers - 1
        errors[:, self.unit_slice(self.layers)] = self.output_error(loss, units, targets)
        slope = [self._slope(units, k) for k in range(1, self.layers)]
        for _ in range(ADJOINT_SWEEPS if last > 1 else 1):
            for k in reversed(self._turns()):
                arriving = errors[:, self.unit_slice(k + 1)] @ self.layer[k][0]
                if k > 1:
                    arriving += self.feedback * (errors[:, self.unit_slice(k - 1)] @ self.layer[k - 1][0].T)
                errors[:, self.unit_slice(k)] = arriving * slope[k - 1]
        gradient = self.outer_products(errors, units)
        for k in range(2, self.layers):
            below, here = self.unit_slice(k - 1), self.unit_slice(k)
            self.weights_of(gradient, k)[:] += self.feedback * (units[:, here].T @ errors[:, below]) / len(units)
        return gradient

    def _slope(self, units: Floats, k: int) -> Floats:
        activity = units[:, self.unit_slice(k)]
        slope = slopes(self.hidden_code, activity) * self.alive[self.unit_slice(k)]
        return slope * (activity < 1.0) if self._bounded else slope
