"""Equilibrium propagation (Scellier and Bengio 2017, doi:10.3389/fncom.2017.00024).

The hidden layers have settled (models/networks/relaxing.py). Then the loss nudges them, with strength +β and −β: the last hidden
layer's drive has −β W_Lᵀ ∂L/∂z_L added while all settle again, each time from the free state. With Φ = Σ_k γ^{k−H} s_k·(W_k s_{k−1} + b_k),
ΔW_k = (η/2β) (∂Φ/∂W_k|₊β − ∂Φ/∂W_k|₋β), where ∂Φ/∂W_k = γ^{k−H} s_k s_{k−1}ᵀ: each synapse needs what its own two neurons did in two
phases. As β → 0 this is the gradient of the loss of the settled answer. Nudging both ways takes away the estimate's bias of first
order, and the read-out W_L learns by the delta rule (Laborieux and others 2021, doi:10.3389/fnins.2021.633674). γ < 1 makes up for
feedback that is weaker than what goes up by faster learning below (Xie and Seung 2003, doi:10.1162/089976603762552988).

β and the number of turns are ours: the nudge starts from a settled state and has a short way to go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, final

import numpy as np

from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.layer_views import SOFTMAX, activate, layers_of, output_error, units_of
from models.rules.optimisers import Optimiser
from models.types import Array, Batches, LayeredLearner

BETA: Final = 0.1
NUDGED_SWEEPS: Final = 8


class RelaxingLearner(LayeredLearner, Protocol):
    """What the rule needs of a network: `units` is settled after `respond`, and settles again under a push."""

    feedback: float
    """γ"""

    def settle(self, units: Array, sweeps: int, push: Callable[[Floats], Floats] | None = None) -> None: ...

    """Moves the hidden layers of `units` (rows, sum of sizes); `push` tells what is added to the last one's drive from its activity."""


@final
class EquilibriumPropagation(DenseRule):
    """`deltas` holds −γ^{k−H} (s₊ − s₋)/2β in hidden layers, which goes to ∂L/∂(drive) as β → 0, and ∂L/∂z_L at the output."""

    def __init__(
        self,
        network: RelaxingLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        beta: float = BETA,
        nudged_sweeps: int = NUDGED_SWEEPS,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.settling, self.beta, self.nudged_sweeps = network, beta, nudged_sweeps
        self.places = units_of(network.sizes)
        self._layers = layers_of(network.parameters, network.sizes)
        self._gradients = layers_of(self.gradient, network.sizes)
        self._last = self.places[-2]

    def direction(self, step: int, rows: Rows) -> None:
        with np.errstate(all="ignore"):  # numbers that leave their range stop the lane elsewhere
            targets = self.batches.targets[rows]
            self._learn_read_out(targets)
            if len(self._layers) > 1:
                self._learn_hidden(self.nudged(targets), rows.size)

    def nudged(self, targets: Floats) -> Floats:
        """(2·rows, sum of sizes): the batch as it settles under +β, then as it settles under −β."""
        both = np.concatenate([self.network.units, self.network.units])
        answers = np.concatenate([targets, targets])
        strength = np.repeat([-self.beta, self.beta], len(targets))[:, None]
        weights, _ = self._layers[-1]

        def push(activity: Floats) -> Floats:
            error = self._error(activity, answers)
            error *= strength
            return np.asarray(error @ weights)

        self.settling.settle(both, self.nudged_sweeps, push)
        return both

    def _error(self, activity: Floats, targets: Floats) -> Floats:
        """∂L/∂z_L where the last hidden layer has this activity (rows, n_H)."""
        weights, biases = self._layers[-1]
        drive = activity @ weights.T
        drive += biases
        network = self.network
        alive = network.alive[self.places[-1]]
        answer = activate(network.output_code, drive, drive)
        if network.output_code != SOFTMAX:
            answer *= alive
        return output_error(network.output_code, self.loss_code, answer, targets, alive)

    def _learn_read_out(self, targets: Floats) -> None:
        """The delta rule at the free state."""
        units, here = self.network.units, self.places[-1]
        alive = self.network.alive[here]
        error = self.deltas[:, here] = output_error(self.network.output_code, self.loss_code, units[:, here], targets, alive)
        weights, biases = self._gradients[-1]
        np.matmul(error.T, units[:, self._last], out=weights)
        weights /= len(targets)
        np.mean(error, 0, out=biases)

    def _learn_hidden(self, both: Floats, rows: int) -> None:
        up, down, last = both[:rows], both[rows:], len(self._layers) - 1
        for k, (weights, biases) in enumerate(self._gradients[:-1], start=1):
            scale = -0.5 / self.beta / self.settling.feedback ** (last - k)
            below, here = self.places[k - 1], self.places[k]
            moved = np.subtract(up[:, here], down[:, here], out=self.deltas[:, here])
            moved *= scale
            np.matmul(up[:, here].T, up[:, below], out=weights)
            weights -= down[:, here].T @ down[:, below]
            weights *= scale / rows
            np.mean(moved, 0, out=biases)
