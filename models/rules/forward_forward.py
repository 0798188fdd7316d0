"""Forward-forward (Hinton 2022, arXiv:2212.13345).

Two passes forward and none back: one with the right label, one with a wrong label. In each layer the goodness G = Σ g² of its
activity is to lie above a threshold with the right label and below it with the wrong one: with p = σ(s (G − θ n)) the layer goes down
−log p, or −log(1 − p), by its own weights alone, Δw = η (1 − p) s 2 g f′ â_below, and the opposite, with p, for the wrong label.
Length is taken away between layers (models/networks/normalised.py), so that a layer cannot read the goodness of the one below.

Hinton's: goodness, threshold, normalisation, wrong labels drawn in proportion to what the network answers under a neutral label,
and a softmax that reads hidden layers under a neutral label: his all but the first one, here the last, by the delta rule, softmax or not.

Ours: how a label enters. Hinton writes it into the image's border, and these inputs have no room; so it adds a fixed random drive to
the first hidden layer, u = U y. U's columns sum to zero over the classes: the neutral label adds nothing, and is how the network
answers. A single output has the labels +1 and −1. θ, s and the size of U are ours too, found on the 8×8 digits.
"""

from __future__ import annotations

from typing import Final, Protocol, final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.dense_rule import DenseRule, Floats, Rows
from models.rules.layer_views import SIGMOID, TANH, layers_of, output_error, slopes, units_of
from models.rules.optimisers import Optimiser
from models.splitmix import uniform
from models.types import Array, Batches, LayeredLearner

_BOUNDED: Final = {TANH: (0.5, 2.0), SIGMOID: (0.3, 4.0)}
_UNBOUNDED: Final = 0.5, 1.0
"""θ, goodness for each neuron, and s·√n, how steeply a layer of n neurons tells right from wrong: the goodness of n neurons varies by
about √n. Smaller where activity has no bound and steps grow with it, larger where activity, as σ's from its rest, rises half as steeply."""
LABEL: Final = 1.0
"""Standard deviation of the drive that a label adds to a neuron."""
_STREAM: Final = 31
_DRAWN: Final = _STREAM << 40
_LEAST: Final = 1e-12


class NormalisedLearner(LayeredLearner, Protocol):
    """What the rule needs of a network whose layers hand on their activity without its length."""

    def hidden_layers(self, units: Array, label: Array | None = None) -> Array: ...

    """Fills the hidden layers of `units` (rows, sum of sizes), with `label` (rows, n_1) added to the first one's drive."""

    def sent(self, units: Array) -> Array: ...

    """What each layer of `units` hands on."""


@njit(cache=True)
def wrong_labels(answers: Floats, targets: Floats, seed: int, step: int) -> Floats:
    """(rows, classes), one-hot: a class that is not the target's, drawn in proportion to the answer."""
    rows, classes = targets.shape
    wrong = np.zeros((rows, classes))
    for e in range(rows):
        total = 0.0
        for c in range(classes):
            total += (answers[e, c] + _LEAST) * (1.0 - targets[e, c])
        left = uniform(seed, _DRAWN + step, e) * total
        chosen = -1
        for c in range(classes):
            if targets[e, c] < 1.0 and not (chosen >= 0 and left <= 0.0):
                chosen = c
                left -= (answers[e, c] + _LEAST) * (1.0 - targets[e, c])
        wrong[e, chosen] = 1.0
    return wrong


def label_drive(classes: int, n: int, seed: int) -> Floats:
    """U (classes, n): what each label adds to each neuron; (1, n) for a single output."""
    drawn: NDArray[np.float64] = np.random.default_rng([seed, _STREAM]).normal(0.0, LABEL, (classes, n))
    return drawn - drawn.mean(0) if classes > 1 else drawn


@final
class ForwardForward(DenseRule):
    """`deltas` holds, in hidden layers, the objective's derivative by the drive, right and wrong label together; at the output ∂L/∂z_L."""

    def __init__(
        self,
        network: NormalisedLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        threshold: float | None = None,
        sharpness: float | None = None,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed)
        usual = _BOUNDED.get(network.hidden_code, _UNBOUNDED)
        self.labelled = network
        self.threshold = usual[0] if threshold is None else threshold
        self.sharpness = usual[1] if sharpness is None else sharpness
        self.places = units_of(network.sizes)
        self.classes = int(network.sizes[-1])
        self.label_drive: Floats = label_drive(self.classes, int(network.sizes[1]), seed)
        """U: drawn once from `seed` and no part of the state."""
        self._gradients = layers_of(self.gradient, network.sizes)

    def direction(self, step: int, rows: Rows) -> None:
        with np.errstate(all="ignore"):  # numbers that leave their range stop the lane elsewhere
            targets = self.batches.targets[rows]
            self._learn_read_out(targets)
            if len(self._gradients) > 1:
                self._learn_hidden(self.both(targets, step))

    def both(self, targets: Floats, step: int) -> Floats:
        """(2·rows, sum of sizes): the batch with its right labels, then with wrong ones."""
        right, wrong = targets, -targets
        if self.classes > 1:
            wrong = wrong_labels(self.network.units[:, self.places[-1]], targets, self.seed, step)
        elif self.network.output_code == SIGMOID:
            right, wrong = 2.0 * targets - 1.0, 1.0 - 2.0 * targets
        units = np.concatenate([self.network.units, self.network.units])
        self.labelled.hidden_layers(units, np.concatenate([right, wrong]) @ self.label_drive)
        return units

    def goodness(self, units: Floats, k: int) -> Floats:
        """G − θn (rows,) of hidden layer k."""
        signal = self._signal(units, k)
        return np.asarray(np.einsum("ij,ij->i", signal, signal) - self.threshold * signal.shape[1])

    def _signal(self, units: Floats, k: int) -> Floats:
        """Activity from its rest."""
        here = self.places[k]
        if self.network.hidden_code != SIGMOID:
            return units[:, here]
        return np.asarray((2.0 * units[:, here] - 1.0) * self.network.alive[here])

    def _learn_hidden(self, units: Floats) -> None:
        sent = self.labelled.sent(units)
        rows = len(units) // 2
        side = np.repeat([1.0, -1.0], rows)
        for k, (weights, biases) in enumerate(self._gradients[:-1], start=1):
            below, here = self.places[k - 1], self.places[k]
            steepness = self.sharpness / np.sqrt(here.stop - here.start)
            doubt = side / (1.0 + np.exp(side * steepness * self.goodness(units, k)))
            error = self._signal(units, k) * slopes(self.network.hidden_code, units[:, here], np.empty((2 * rows, here.stop - here.start)))
            error *= self.network.alive[here]
            error *= doubt[:, None] * (-2.0 * steepness * (2.0 if self.network.hidden_code == SIGMOID else 1.0))
            np.matmul(error.T, sent[:, below], out=weights)
            weights /= rows
            np.add(error[:rows], error[rows:], out=self.deltas[:, here])
            np.mean(self.deltas[:, here], 0, out=biases)

    def _learn_read_out(self, targets: Floats) -> None:
        """The delta rule, under the neutral label."""
        network, here = self.network, self.places[-1]
        error = output_error(network.output_code, self.loss_code, network.units[:, here], targets, network.alive[here])
        self.deltas[:, here] = error
        weights, biases = self._gradients[-1]
        np.matmul(error.T, self.labelled.sent(network.units)[:, self.places[-2]], out=weights)
        weights /= len(targets)
        np.mean(error, 0, out=biases)
