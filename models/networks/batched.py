"""Dense networks with another forward pass: what they share, a whole batch at a time.

A subclass says in `carry` how activity comes about from the inputs; weights, layers, lesions and what is counted are DenseNetwork's.
"""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit

from models.networks.dense import (
    LINEAR,
    LOSS_CODES,
    RELU,
    SIGMOID,
    SOFTMAX,
    SQUARED_ERROR,
    TANH,
    DenseNetwork,
    Evaluation,
    Floats,
    example_loss,
)

_AT_ONCE = 256
"""Rows that are carried together: their activity stays in the processor's cache."""


def activate(kind: int, drive: Floats) -> None:
    """f in place on (rows, n); a softmax goes along each row. NaN stays NaN."""
    if kind == TANH:
        np.tanh(drive, out=drive)
    elif kind == RELU:
        np.maximum(drive, 0.0, out=drive)
    elif kind == SIGMOID:
        expit(drive, out=drive)
    elif kind == SOFTMAX:
        drive -= drive.max(1, keepdims=True)
        np.exp(drive, out=drive)
        drive /= drive.sum(1, keepdims=True)
    else:
        assert kind == LINEAR


def slopes(kind: int, activity: Floats) -> Floats:
    """f′ in terms of the activity."""
    if kind == TANH:
        return np.asarray(1.0 - activity * activity)
    if kind == RELU:
        return np.asarray(activity > 0.0, float)
    if kind == SIGMOID:
        return np.asarray(activity * (1.0 - activity))
    return np.ones_like(activity)


@njit(cache=True)
def _counted(
    units: Floats, output: int, loss_code: int, targets: Floats, labels: NDArray[np.int64], confusion: NDArray[np.int64]
) -> tuple[float, float]:
    """Mean loss and share classified right of the answers at the end of `units`; fills `confusion` (true, predicted)."""
    examples, n_out = targets.shape
    start = units.shape[1] - n_out
    confusion[:] = 0
    loss, right = 0.0, 0
    for e in range(examples):
        answer = units[e, start:]
        loss += example_loss(answer, targets[e], loss_code, output)
        if n_out == 1:
            predicted = 1 if answer[0] > (0.5 if output == SIGMOID else 0.0) else 0
        else:
            predicted = int(np.argmax(answer))
        confusion[labels[e], predicted] += 1
        right += labels[e] == predicted
    return loss / examples, right / examples


class BatchedNetwork(DenseNetwork):
    """Sizes, parameters and lesions as DenseNetwork has them; `respond`, `responses` and `evaluate` go by `carry`."""

    def __init__(self, sizes: tuple[int, ...], hidden: str, output: str, name: str = "network") -> None:
        super().__init__(sizes, hidden, output, name)
        flat, layers = self.parameters, range(1, self.layers + 1)
        self.layer: list[tuple[Floats, Floats]] = [(self.weights_of(flat, k), flat[self.bias_slice(k)]) for k in layers]
        """Views of each layer's weights (n_k, n_{k−1}) and biases (n_k,), layer 1 first."""

    @abstractmethod
    def carry(self, units: Floats) -> None:
        """Fills `units` (rows, sum of sizes) from its first n_0 columns, which hold the inputs."""

    def read_out(self, units: Floats) -> None:
        """Fills the output's columns of `units` from those of the last hidden layer, as a DenseNetwork would."""
        here = self.unit_slice(self.layers)
        self._answer(units[:, self.unit_slice(self.layers - 1)], units[:, here])

    def _answer(self, below: Floats, answer: Floats) -> None:
        weights, biases = self.layer[-1]
        drive = below @ weights.T
        drive += biases
        activate(self.output_code, drive)
        np.copyto(answer, drive if self.output_code == SOFTMAX else drive * self.alive[self.unit_slice(self.layers)])

    @abstractmethod
    def gradient_of(self, loss: str, units: Floats, targets: Floats) -> Floats:
        """(parameters,): the mean gradient of the loss of this network's own answers in `units` (rows, sum of sizes)."""

    def output_error(self, loss: str, units: Floats, targets: Floats) -> Floats:
        """∂L/∂z_L (rows, n_L)."""
        here = self.unit_slice(self.layers)
        error: Floats = units[:, here] - targets
        if self.output_code == SOFTMAX:
            return error
        if LOSS_CODES[loss] == SQUARED_ERROR:
            error *= slopes(self.output_code, units[:, here])
        error *= self.alive[here]
        return error

    def outer_products(self, errors: Floats, sent: Floats) -> Floats:
        """(parameters,): the mean over rows of error_k sent_{k−1}ᵀ and of error_k; both (rows, sum of sizes)."""
        gradient = np.zeros(self.parameters.size)
        for k in range(1, self.layers + 1):
            error = errors[:, self.unit_slice(k)]
            self.weights_of(gradient, k)[:] = error.T @ sent[:, self.unit_slice(k - 1)] / len(errors)
            gradient[self.bias_slice(k)] = error.mean(0)
        return gradient

    def respond(self, inputs: Floats, rows: NDArray[np.int64]) -> None:
        if self.units.shape[0] != rows.size:
            self.units = np.zeros((rows.size, self.units.shape[1]))
        self._fill(self.units, inputs[rows])

    def responses(self, inputs: Floats) -> Floats:
        units = np.zeros((len(inputs), self.units.shape[1]))
        for start in range(0, len(inputs), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            self._fill(units[part], inputs[part])
        return units

    def _fill(self, units: Floats, inputs: Floats) -> None:
        first = self.unit_slice(0)
        np.multiply(inputs, self.alive[first], out=units[:, first])
        with np.errstate(all="ignore"):  # numbers that leave their range are found by whoever reads them
            self.carry(units)

    def evaluate(self, loss: str, inputs: Floats, targets: Floats, labels: NDArray[np.int64]) -> Evaluation:
        classes = max(2, targets.shape[1])
        confusion = np.zeros((classes, classes), np.int64)
        units = self.responses(inputs)
        mean, accuracy = _counted(units, self.output_code, LOSS_CODES[loss], targets, labels, confusion)
        return Evaluation(mean, accuracy, confusion, np.abs(units).max(0))
