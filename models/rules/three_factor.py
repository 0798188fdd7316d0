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
from typing import Final, Literal, final

import numpy as np

from models.rules.attempt import attempts, costs, draw
from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.feedback import outer_products
from models.rules.optimisers import Optimiser
from models.types import Array, Batches, LayeredLearner

Expected = Literal["same_input", "running"]
NOISE: Final = 0.1
"""Standard deviation of ξ, in units of a neuron's drive z."""
MEMORY: Final = 100.0
"""Updates over which the running mean of reward remembers."""


class Tried:
    """One noisy pass of a batch: the noise (batch, units) from unit `first` to `last`, the activations, and what each answer cost."""

    def __init__(self, rule: DenseRule, first: int, last: int, size: float) -> None:
        self.rule, self.first, self.last, self.size = rule, first, last, size
        self.noise: Floats = np.zeros((0, 0))
        self.units: Floats = np.zeros((0, 0))
        self.tried_cost: Floats = np.zeros(0)
        self.plain_cost: Floats = np.zeros(0)

    def run(self, step: int, rows: Rows) -> None:
        rule, network, batches = self.rule, self.rule.network, self.rule.batches
        if self.noise.shape != network.units.shape:
            self.noise, self.units = np.zeros(network.units.shape), np.zeros(network.units.shape)
            self.tried_cost, self.plain_cost = np.zeros(rows.size), np.zeros(rows.size)
        draw(rule.seed, step, self.first, self.last, self.size, network.alive, self.noise)
        codes = network.hidden_code, network.output_code
        attempts(network.parameters, network.sizes, *codes, network.alive, batches.inputs, rows, self.noise, self.units)
        costs(rule.loss_code, network.output_code, batches.targets, rows, self.units, self.tried_cost)
        costs(rule.loss_code, network.output_code, batches.targets, rows, network.units, self.plain_cost)


class RunningReward:
    """The running mean of what an answer cost, which is minus the reward: the plain mean at first."""

    def __init__(self, memory: float = MEMORY) -> None:
        self.memory = memory
        self.mean = np.zeros(2)
        """The mean, and how many updates it has seen."""

    def better(self, cost: Floats) -> Floats:
        """(batch,) by how much each example did better than usual; the mean moves on afterwards."""
        if self.mean[1] == 0.0:
            self.mean[0] = cost.mean()
        better: Floats = self.mean[0] - cost
        self.mean[1] += 1.0
        self.mean[0] += (cost.mean() - self.mean[0]) / min(self.mean[1], self.memory)
        return better


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
        better = self.running.better(tried.tried_cost) if self.expected == "running" else tried.plain_cost - tried.tried_cost
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
        return {**super().state(), "reward": self.running.mean.copy(), "eligibility": self.eligibility.copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        super().restore(arrays)
        self.running.mean[:] = arrays["reward"]
        self.eligibility[:] = arrays["eligibility"]
