"""A rule put together from ingredients, after the form that reviews give of all of them (Frémaux and Gerstner 2016,
doi:10.3389/fncir.2015.00085; Lillicrap and others 2020, doi:10.1038/s41583-020-0277-3): Δw = η · pre · post · third − η · what bounds it.

pre: a_i, or a_i less its mean over the batch. post: f′(z), y, y(y − θ) with BCM's threshold, or the noise that the neuron tried out.
third: nothing; the reward, as better or worse than expected; or minus the error that arrives by Wᵀ, by fixed B layer by layer, by fixed B
straight from the output, or by the signs of W. keep: nothing, Oja's y²w, or w. Where the ingredients are a named rule's, so is the
step, number for number:
- slope × error_transposed, error_fixed, error_direct, error_sign: backpropagation and its three relatives;
- activity alone: Hebb; with Oja's bound: Oja, each neuron by itself; activity_above_threshold alone: BCM;
- noise × reward, the same at the output: three-factor.

With noise, the reward expected is that of the same input without it; otherwise it is the running mean. Without a third factor a step is
as small as the named rule's (`hidden_share`), and biases stay; with a centred sender biases stay too, for a constant has no deviation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, final

import numpy as np

from models.rules.arriving import Arriving
from models.rules.attempt import costs
from models.rules.bcm import HIDDEN_SHARE as BCM_SHARE
from models.rules.bcm import MEMORY
from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.feedback import outer_products, output_error
from models.rules.hebb import HIDDEN_SHARE as HEBB_SHARE
from models.rules.oja import HIDDEN_SHARE as OJA_SHARE
from models.rules.oja import own_decay
from models.rules.optimisers import Optimiser
from models.rules.running import RunningMean, RunningReward
from models.rules.tried import Tried
from models.specs.rules import Recipe
from models.types import Array, Batches, LayeredLearner

KEEP: Final = 0.001
"""Strength of the bound beside a third factor, as a share of the rate. Alone it is 1, beside a product of activities."""
_RELU: Final = 1
_TANH: Final = 2
_SIGMOID: Final = 3
_SOFTMAX: Final = 4


def slopes(kind: int, activity: Floats) -> Floats:
    """f′(z) in terms of a = f(z), for a whole array."""
    if kind == _RELU:
        return np.where(activity > 0.0, 1.0, 0.0 * activity)
    if kind == _TANH:
        return 1.0 - activity * activity
    return activity * (1.0 - activity) if kind == _SIGMOID else np.ones_like(activity)


@final
class Composed(DenseRule):
    """`taught` are the units that follow the recipe: all hidden ones, and the output's if it is to do the same."""

    def __init__(
        self, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int = 0, *, recipe: Recipe
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.recipe = recipe
        n_in, n_out = (int(n) for n in network.sizes[-2:])
        self.first, self.start = int(network.sizes[0]), network.units.shape[1] - n_out
        self.same = recipe.output == "same"
        self.taught = slice(self.first, network.units.shape[1] if self.same else self.start)
        self.layers = network.sizes.size - (1 if self.same else 2)
        self.parameters = slice(0, network.parameters.size - (0 if self.same else (n_in + 1) * n_out))
        """Places of the weights and biases that follow the recipe."""
        self.alone = recipe.third == "none"
        self.shares = self._shares()
        self.tried = Tried(self, self.taught.start, self.taught.stop) if recipe.post == "noise" else None
        self.arriving = Arriving(recipe.third, self) if recipe.third.startswith("error_") else None
        self.third: Floats = np.zeros(network.units.shape)
        """(batch, units): minus what would make each unit's weights grow, before its own factor."""
        self.average = RunningMean(self.taught.stop - self.taught.start, MEMORY)
        self.running = RunningReward()

    def _shares(self) -> Floats:
        """(taught parameters,): how much of η each of them gets."""
        weights: Floats = self.network.is_weight[self.parameters]
        if not self.alone:
            return weights if self.recipe.pre == "centred" else np.ones(weights.size)
        alone = BCM_SHARE if self.recipe.post == "activity_above_threshold" else HEBB_SHARE
        return weights * (OJA_SHARE if self.recipe.keep == "oja" else alone)

    def direction(self, step: int, rows: Rows) -> None:
        network = self.network
        if self.third.shape != network.units.shape:
            self.third = np.zeros(network.units.shape)
        if self.tried is not None:
            self.tried.run(step, rows)
        codes = network.output_code, self.loss_code
        output_error(network.sizes, *codes, network.alive, self.batches.targets, rows, network.units, self.deltas)
        self._fill_third(rows)
        part = self.deltas[:, self.taught]
        np.multiply(self.third[:, self.taught], self._postsynaptic(), part)
        self._silence_lesioned()
        outer_products(network.sizes, self._presynaptic(), self.deltas, rows.size, 1, self.gradient)
        self._bound()
        self.gradient[self.parameters] *= self.shares

    def _fill_third(self, rows: Rows) -> None:
        network = self.network
        if self.arriving is not None:
            error = self.deltas[:, self.start :]
            self.arriving.fill(error, self.third)
            chained = self.recipe.post == "slope"
            self.third[:, self.start :] = error if chained else network.units[:, self.start :] - self.batches.targets[rows]
        elif self.alone:
            self.third[:] = -1.0
        else:
            self.third[:] = -self._better(rows)[:, None]

    def _better(self, rows: Rows) -> Floats:
        """(batch,): how much better than expected each example went; per unit of noise, if there is any."""
        if self.tried is not None:
            return self.tried.better() / self.tried.size
        cost = np.zeros(rows.size)
        costs(self.loss_code, self.network.output_code, self.batches.targets, rows, self.network.units, cost)
        return self.running.better(cost)

    def _postsynaptic(self) -> Floats:
        """(batch, taught units)"""
        network, post = self.network, self.recipe.post
        if self.tried is not None:
            return self.tried.noise[:, self.taught] / self.tried.size
        activity: Floats = network.units[:, self.taught]
        if post == "slope":
            slope = slopes(network.hidden_code, activity)
            if self.same:
                slope[:, self.start - self.first :] = 1.0
            return slope
        if post == "activity":
            return activity
        self.average.follow((activity * activity).mean(0))
        return activity * (activity - self.average.value)

    def _silence_lesioned(self) -> None:
        hidden = slice(self.first, self.start)
        self.deltas[:, hidden] *= self.network.alive[hidden]
        if self.network.output_code != _SOFTMAX:
            self.deltas[:, self.start :] *= self.network.alive[self.start :]

    def _presynaptic(self) -> Floats:
        """(batch, units): what each layer sends up; the last hidden one's is left alone where the output has a rule of its own."""
        units: Floats = self.network.units if self.tried is None else self.tried.units
        if self.tried is None and self.recipe.pre == "activity":
            return units
        last = slice(self.start - int(self.network.sizes[-2]), self.start)
        sent: Floats = units - units.mean(0) if self.recipe.pre == "centred" else units.copy()
        if not self.same:
            sent[:, last] = self.network.units[:, last]
        return sent

    def _bound(self) -> None:
        """Adds what keeps the taught weights in bounds."""
        network, strength = self.network, 1.0 if self.alone else KEEP
        if self.recipe.keep == "oja":
            own_decay(network.sizes, network.parameters, network.units, self.layers, strength, self.gradient)
        elif self.recipe.keep == "decay":
            place = self.parameters
            self.gradient[place] += strength * network.parameters[place] * network.is_weight[place]

    def state(self) -> dict[str, Array]:
        remembered = {"average": self.average, "reward": self.running.mean}
        values = {name: mean.value.copy() for name, mean in remembered.items()}
        return {**super().state(), **values, **{f"{name}_seen": mean.seen.copy() for name, mean in remembered.items()}}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        super().restore(arrays)
        for name, mean in {"average": self.average, "reward": self.running.mean}.items():
            mean.restore(arrays[name], arrays[f"{name}_seen"])
