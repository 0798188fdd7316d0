"""Reward-modulated plasticity: ė = −e/τₑ + pre × fluctuation,  Δw = η M e.

Each neuron's drive fluctuates by noise ξ of its own. The synapse keeps the coincidence of what it received and what its neuron tried
out, e = a_pre ξ/σ², and one scalar M for the whole network, better or worse than expected, turns it into a change. On average that is
the gradient of the expected reward (Williams 1992, doi:10.1007/BF00992696; three-factor form: Izhikevich 2007,
doi:10.1093/cercor/bhl152, and Frémaux and Gerstner 2016, doi:10.3389/fncir.2015.00085). No layer, the output's neither, hears an error.

Reward R = −loss of each example, from its answer with the noise. What is expected is
- `same_input`: R of the same example without noise (node perturbation, as in Werfel, Xie and Seung 2003, NIPS 16), or
- `running`: the running mean of R over all examples (Williams' reinforcement baseline).
Reward comes with the update here, so by default the trace ends with it (`trace` = 0); otherwise that share of the batch's mean trace
is left at the next update, 1 − 1/τₑ with τₑ in updates, and M acts on it as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, final

import numpy as np

from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.feedback import outer_products
from models.rules.optimisers import Optimiser
from models.rules.running import RunningReward
from models.rules.tried import NOISE, Tried
from models.types import Array, Batches, LayeredLearner

Expected = Literal["same_input", "running"]


@final
class ThreeFactor(DenseRule):
    """`reward_scale` multiplies M; at 0 no reward reaches any synapse, and the weights keep their bits."""

    def __init__(
        self,
        network: LayeredLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        noise: float = NOISE,
        expected: Expected = "same_input",
        trace: float = 0.0,
        reward_scale: float = 1.0,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.tried = Tried(self, int(network.sizes[0]), network.units.shape[1], noise)
        self.expected = expected
        self.running = RunningReward()
        self.trace = trace
        self.reward_scale = reward_scale
        self.eligibility: Floats = np.zeros(network.parameters.size if trace else 0)
        """Mean trace (parameters,) that earlier updates left."""

    def direction(self, step: int, rows: Rows) -> None:
        tried, network = self.tried, self.network
        tried.run(step, rows)
        better = self.running.better(tried.cost) if self.expected == "running" else tried.better()
        reward = self.reward_scale * better
        fluctuation = tried.noise / tried.size**2
        np.multiply(fluctuation, -reward[:, None], self.deltas)
        outer_products(network.sizes, tried.units, self.deltas, rows.size, 1, self.gradient)
        if self.trace:
            self._remember(fluctuation, reward.mean())

    def _remember(self, fluctuation: Floats, reward: float) -> None:
        """Lets the mean reward act on what is left of earlier traces, and adds this update's."""
        self.eligibility *= self.trace
        self.gradient -= reward * self.eligibility
        fresh = np.empty_like(self.gradient)
        outer_products(self.network.sizes, self.tried.units, fluctuation, len(fluctuation), 1, fresh)
        self.eligibility += fresh

    def state(self) -> dict[str, Array]:
        return {
            **super().state(),
            "reward": self.running.mean.value.copy(),
            "rewards": self.running.mean.seen.copy(),
            "eligibility": self.eligibility.copy(),
        }

    def restore(self, arrays: Mapping[str, Array]) -> None:
        super().restore(arrays)
        self.running.mean.restore(arrays["reward"], arrays["rewards"])
        self.eligibility[:] = arrays["eligibility"]
