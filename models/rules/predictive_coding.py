"""Predictive coding (Whittington and Bogacz 2017, doi:10.1162/NECO_a_00949).

Every hidden neuron holds a value x_k, and every layer is predicted by the one below: ε_k = x_k − (W_k f(x_{k−1}) + b_k), where the
inputs stand for f(x_0). The energy is F = ½ Σ_{k<L} ‖ε_k‖² + κ L(y, z_L) with z_L = W_L f(x_{L−1}) + b_L: the loss of the answer takes
the place of the output's squared error, and is just that where the output is linear (energies other than squares: Pinchetti and
others 2022, arXiv:2211.03481). κ = 1/Σ_L is how much the answer counts beside the neurons below. So ε_L = −κ ∂L/∂z_L. With the answer
y clamped, values go down the energy, x_k ← x_k + γ (−ε_k + f′(x_k) ∘ W_{k+1}ᵀ ε_{k+1}), and then each synapse takes
ΔW_k = (η/κ) ε_k f(x_{k−1})ᵀ = −(η/κ) ∂F/∂W_k. Where no answer is clamped, F is zero at the feed-forward activity: the same network
answers, and relaxation begins there.

As κ times the output's error goes to zero, values stay where they were and the step goes to backpropagation's. A smaller error alone
does not do it: at any κ the values below take up a share of the error that depends on the weights.

γ, κ and the division by it are those of the authors' program (ModelDB 218084), which takes 100 steps; that there are 20 is ours.
"""

from __future__ import annotations

from typing import Final, final

import numpy as np

from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.layer_views import activate, layers_of, output_error, output_loss, slopes, units_of
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner

STEP: Final = 0.2
PRECISION: Final = 0.1
ITERATIONS: Final = 20


class Relaxation:
    """Values and errors of one batch with its answers clamped; layer k's at [k − 1], (rows, n_k) each."""

    def __init__(self, rule: PredictiveCoding, inputs: Floats, targets: Floats) -> None:
        network = rule.network
        self.hidden, self.output, self.loss_code = network.hidden_code, network.output_code, rule.loss_code
        self.layers, self.targets, self.precision = rule.layers, targets, rule.precision
        self.alive = [network.alive[here] for here in rule.places]
        weights, biases = self.layers[0]
        self.first: Floats = inputs @ weights.T + biases
        """What the inputs predict, which does not move."""
        self.activity: list[Floats] = [inputs]
        self.values: list[Floats] = []
        for k in range(1, len(self.layers)):
            self.values.append(self.first.copy() if k == 1 else self._predicted(k))
            self.activity.append(self._active(k, self.values[-1]))
        self.errors: list[Floats] = [np.zeros_like(values) for values in self.values]
        self.errors.append(np.zeros_like(targets))
        self.energy: Floats = np.zeros(len(inputs))
        """F of each example."""
        self.look()

    def _active(self, k: int, values: Floats) -> Floats:
        return activate(self.hidden, values, np.empty_like(values)) * self.alive[k]

    def _predicted(self, k: int) -> Floats:
        weights, biases = self.layers[k - 1]
        drive: Floats = self.activity[k - 1] @ weights.T
        drive += biases
        return drive

    def look(self) -> None:
        """Brings errors and energy up to date with the values' activity."""
        top = len(self.layers)
        energy = np.zeros_like(self.energy)
        for k in range(1, top):
            error = np.subtract(self.values[k - 1], self.first if k == 1 else self._predicted(k), out=self.errors[k - 1])
            energy += np.einsum("ij,ij->i", error, error)
        drive = self._predicted(top)
        answer = activate(self.output, drive, np.empty_like(drive))
        error = output_error(self.output, self.loss_code, answer, self.targets, self.alive[top])
        np.multiply(error, -self.precision, out=self.errors[-1])
        self.energy = 0.5 * energy + self.precision * output_loss(self.output, self.loss_code, answer, self.targets)

    def descent(self, k: int) -> Floats:
        """−∂F/∂x_k."""
        pull = self.errors[k] @ self.layers[k][0]
        pull *= slopes(self.hidden, self.activity[k], np.empty_like(pull))
        pull *= self.alive[k]
        pull -= self.errors[k - 1]
        return pull

    def relax(self, step: float, iterations: int) -> None:
        hidden = range(1, len(self.layers))
        for _ in range(iterations):
            ways = [self.descent(k) for k in hidden]
            for k, way in zip(hidden, ways, strict=True):
                way *= step
                self.values[k - 1] += way
                self.activity[k] = self._active(k, self.values[k - 1])
            self.look()


@final
class PredictiveCoding(DenseRule):
    """`deltas` holds −ε/κ, so that it has the sign and the size of backpropagation's δ."""

    def __init__(
        self,
        network: LayeredLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        step: float = STEP,
        precision: float = PRECISION,
        iterations: int = ITERATIONS,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        self.step, self.precision, self.iterations = step, precision, iterations
        self.layers = layers_of(network.parameters, network.sizes)
        self.places = units_of(network.sizes)
        self._gradients = layers_of(self.gradient, network.sizes)

    def clamped(self, rows: Rows) -> Relaxation:
        """These rows of the data, at the feed-forward activity, with their answers clamped."""
        return Relaxation(self, self.network.units[:, self.places[0]], self.batches.targets[rows])

    def direction(self, step: int, rows: Rows) -> None:
        with np.errstate(all="ignore"):  # numbers that leave their range stop the lane elsewhere
            found = self.clamped(rows)
            found.relax(self.step, self.iterations)
            for k, (weights, biases) in enumerate(self._gradients):
                error = np.divide(found.errors[k], -self.precision, out=self.deltas[:, self.places[k + 1]])
                np.matmul(error.T, found.activity[k], out=weights)
                weights /= rows.size
                np.mean(error, 0, out=biases)
