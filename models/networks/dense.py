"""A fully connected network whose parameters are one flat torch tensor, seen also as numpy views.

Layer k (1…L) holds its weights (n_k, n_{k−1}) row by row, then its biases (n_k,).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import numpy as np
import torch
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Initialisation = Literal["uniform", "xavier", "he", "zero", "too_large"]

LINEAR: Final = 0
RELU: Final = 1
TANH: Final = 2
SIGMOID: Final = 3
SOFTMAX: Final = 4
ACTIVATION_CODES: Final[dict[str, int]] = {"linear": LINEAR, "relu": RELU, "tanh": TANH, "sigmoid": SIGMOID, "softmax": SOFTMAX}
REASSOCIATE: Final = {"reassoc", "contract", "nsz"}
"""Fast-math flags that let sums vectorise but keep NaN and infinity."""


SQUARED_ERROR: Final = 0
CROSS_ENTROPY: Final = 1
LOSS_CODES: Final[dict[str, int]] = {"squared_error": SQUARED_ERROR, "cross_entropy": CROSS_ENTROPY}
_TINY: Final = 1e-300


@njit(cache=True)
def example_loss(answer: Floats, target: Floats, loss_code: int, output: int) -> float:
    """½ Σ(a−y)², or the cross-entropy of a logistic or softmax output (natural logarithm)."""
    loss = 0.0
    for j in range(answer.size):
        a, y = answer[j], target[j]
        if loss_code == SQUARED_ERROR:
            loss += 0.5 * (a - y) * (a - y)
        elif output == SOFTMAX:
            if y > 0.0:
                loss -= y * np.log(max(a, _TINY) if a == a else a)
        else:
            low = 1.0 - a
            loss -= y * np.log(max(a, _TINY) if a == a else a) + (1.0 - y) * np.log(max(low, _TINY) if a == a else a)
    return loss


@njit(cache=True, fastmath=REASSOCIATE)
def forward_example(parameters: Floats, sizes: NDArray[np.int64], hidden: int, output: int, alive: Floats, units: Floats) -> None:
    """Fills `units` (sum of sizes,) with one example's activations; its first n_0 entries are the input.

    `alive` (sum of sizes,) is 0 for a lesioned neuron and 1 otherwise.
    """
    layers = sizes.size - 1
    offset = 0
    below = 0
    for k in range(layers):
        n_in = sizes[k]
        n_out = sizes[k + 1]
        above = below + n_in
        kind = output if k == layers - 1 else hidden
        bias = offset + n_in * n_out
        for j in range(n_out):
            z = parameters[bias + j]
            row = offset + j * n_in
            for i in range(n_in):
                z += parameters[row + i] * units[below + i]
            if kind == RELU:
                z = z if z > 0.0 or z != z else 0.0
            elif kind == TANH:
                z = np.tanh(z)
            elif kind == SIGMOID:
                z = 1.0 / (1.0 + np.exp(-z))
            units[above + j] = z * alive[above + j] if kind != SOFTMAX else z
        if kind == SOFTMAX:
            largest = units[above]
            for j in range(1, n_out):
                largest = max(largest, units[above + j])
            total = 0.0
            for j in range(n_out):
                units[above + j] = np.exp(units[above + j] - largest)
                total += units[above + j]
            for j in range(n_out):
                units[above + j] /= total
        offset = bias + n_out
        below = above


@njit(cache=True)
def _respond(
    parameters: Floats,
    sizes: NDArray[np.int64],
    hidden: int,
    output: int,
    alive: Floats,
    inputs: Floats,
    rows: NDArray[np.int64],
    units: Floats,
) -> None:
    for e in range(rows.size):
        row = rows[e]
        for i in range(sizes[0]):
            units[e, i] = inputs[row, i] * alive[i]
        forward_example(parameters, sizes, hidden, output, alive, units[e])


@njit(cache=True)
def _evaluate(
    parameters: Floats,
    sizes: NDArray[np.int64],
    hidden: int,
    output: int,
    alive: Floats,
    loss_code: int,
    inputs: Floats,
    targets: Floats,
    labels: NDArray[np.int64],
    confusion: NDArray[np.int64],
    highest: Floats,
) -> tuple[float, float]:
    """Mean loss and share classified right; fills confusion (true, predicted) and each unit's highest |activation|."""
    examples, n_out = targets.shape
    units = np.empty(alive.size)
    start = alive.size - n_out
    confusion[:] = 0
    highest[:] = 0.0
    loss = 0.0
    for e in range(examples):
        for i in range(sizes[0]):
            units[i] = inputs[e, i] * alive[i]
        forward_example(parameters, sizes, hidden, output, alive, units)
        for u in range(alive.size):
            highest[u] = max(highest[u], abs(units[u]))
        loss += example_loss(units[start:], targets[e], loss_code, output)
        if n_out == 1:
            predicted = 1 if units[start] > (0.5 if output == SIGMOID else 0.0) else 0
        else:
            predicted = int(np.argmax(units[start:]))
        confusion[labels[e], predicted] += 1
    right = 0
    for c in range(confusion.shape[0]):
        right += confusion[c, c]
    return loss / examples, right / examples


def _draw(kind: str, n_in: int, n_out: int, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Initial weights (n_out, n_in) and biases (n_out,).

    `xavier`: uniform ±√(6/(n_in+n_out)) (Glorot and Bengio 2010); `he`: normal with sd √(2/n_in) (He et al. 2015);
    `uniform`: ±0.5 with biases 0.1, as TensorFlow Playground starts; `too_large`: ten times Xavier.
    """
    limit = np.sqrt(6.0 / (n_in + n_out))
    unit = generator.uniform(-1.0, 1.0, (n_out, n_in))
    bias = np.zeros(n_out)
    if kind == "uniform":
        return 0.5 * unit, bias + 0.1
    if kind == "he":
        return generator.normal(0.0, np.sqrt(2.0 / n_in), (n_out, n_in)), bias
    return {"xavier": 1.0, "too_large": 10.0, "zero": 0.0}[kind] * limit * unit, bias


def _slices(sizes: tuple[int, ...]) -> tuple[list[slice], list[slice], list[slice]]:
    """Places of each layer's units (from layer 0), weights and biases (from layer 1)."""
    units = [slice(0, sizes[0])]
    weights: list[slice] = []
    biases: list[slice] = []
    for n_in, n_out in pairwise(sizes):
        start = biases[-1].stop if biases else 0
        weights.append(slice(start, start + n_in * n_out))
        biases.append(slice(weights[-1].stop, weights[-1].stop + n_out))
        units.append(slice(units[-1].stop, units[-1].stop + n_out))
    return units, weights, biases


class Evaluation(NamedTuple):
    loss: float
    accuracy: float
    confusion: NDArray[np.int64]
    highest: Floats


class DenseNetwork:
    """Sizes n_0…n_L, one activation for all hidden layers and one for the output."""

    def __init__(self, sizes: tuple[int, ...], hidden: str, output: str, name: str = "network") -> None:
        self.name = name
        self.sizes = np.array(sizes, np.int64)
        self.hidden = hidden
        self.output = output
        self.hidden_code = ACTIVATION_CODES[hidden]
        self.output_code = ACTIVATION_CODES[output]
        self._units, self._weights, self._biases = _slices(sizes)
        count = self._biases[-1].stop
        self.tensor = torch.zeros(count, dtype=torch.float64)
        self.parameters: Floats = self.tensor.numpy()
        self.alive: Floats = np.ones(sum(sizes))
        self.mobile: Floats = np.ones(count)
        self.is_weight: Floats = np.ones(count)
        self.units: Floats = np.zeros((1, sum(sizes)))
        for k in range(1, self.layers + 1):
            self.is_weight[self.bias_slice(k)] = 0.0

    @property
    def layers(self) -> int:
        return len(self._weights)

    def weight_slice(self, layer: int) -> slice:
        """Layer k's weights in the flat array; its biases follow."""
        return self._weights[layer - 1]

    def bias_slice(self, layer: int) -> slice:
        return self._biases[layer - 1]

    def unit_slice(self, layer: int) -> slice:
        """Where layer k's units lie in an array over all units, layer 0 first."""
        return self._units[layer]

    def weights_of(self, flat: Floats, layer: int) -> Floats:
        """The (n_k, n_{k−1}) view of any flat array that is laid out as the parameters are."""
        return flat[self.weight_slice(layer)].reshape(self.sizes[layer], self.sizes[layer - 1])

    def index(self, layer: int, to: int, source: int | None) -> int:
        """The place of one weight, or of a bias where `source` is None, in the flat array."""
        start: int = (self.bias_slice(layer) if source is None else self.weight_slice(layer)).start
        return start + to if source is None else start + to * int(self.sizes[layer - 1]) + source

    def initialise(self, kind: str, seed: int) -> None:
        generator = np.random.default_rng([seed, 1])
        for k in range(1, self.layers + 1):
            weights, biases = _draw(kind, int(self.sizes[k - 1]), int(self.sizes[k]), generator)
            self.parameters[self.weight_slice(k)] = weights.ravel()
            self.parameters[self.bias_slice(k)] = biases

    def state_dict(self) -> dict[str, torch.Tensor]:
        """Copies of the weights and biases under the names that they have in a torch.nn.Sequential of Linear and activation layers."""
        found: dict[str, torch.Tensor] = {}
        for k in range(1, self.layers + 1):
            shape = int(self.sizes[k]), int(self.sizes[k - 1])
            found[f"{2 * (k - 1)}.weight"] = self.tensor[self.weight_slice(k)].reshape(shape).clone()
            found[f"{2 * (k - 1)}.bias"] = self.tensor[self.bias_slice(k)].clone()
        return found

    def apply(self, deltas: Floats) -> None:
        """Adds the deltas in place."""
        np.add(self.parameters, deltas, self.parameters)

    def respond(self, inputs: Floats, rows: NDArray[np.int64]) -> None:
        """Fills `units` (batch, sum of sizes) with the activations for these rows of `inputs` (examples, n_0)."""
        if self.units.shape[0] != rows.size:
            self.units = np.zeros((rows.size, self.units.shape[1]))
        _respond(self.parameters, self.sizes, self.hidden_code, self.output_code, self.alive, inputs, rows, self.units)

    def layer_response(self, inputs: Floats, layer: int) -> Floats:
        """Activations (n, n_layer) of one layer for rows of inputs (n, n_0); the batch's own `units` stay."""
        return self.responses(inputs)[:, self.unit_slice(layer)]

    def responses(self, inputs: Floats) -> Floats:
        """Activations (n, all units) of every layer for rows of inputs (n, n_0), layer k in `unit_slice(k)`."""
        units = np.zeros((len(inputs), self.units.shape[1]))
        rows = np.arange(len(inputs))
        _respond(self.parameters, self.sizes, self.hidden_code, self.output_code, self.alive, np.ascontiguousarray(inputs), rows, units)
        return units

    def as_text(self) -> str:
        """The flat parameters as float64, little-endian, in base64url without padding."""
        return base64.urlsafe_b64encode(self.parameters.astype("<f8").tobytes()).decode().rstrip("=")

    def evaluate(self, loss: str, inputs: Floats, targets: Floats, labels: NDArray[np.int64]) -> Evaluation:
        """Loss, accuracy, confusion and each unit's highest |activation| over these examples."""
        classes = max(2, targets.shape[1])
        confusion = np.zeros((classes, classes), np.int64)
        highest = np.zeros(self.alive.size)
        mean, accuracy = _evaluate(
            self.parameters,
            self.sizes,
            self.hidden_code,
            self.output_code,
            self.alive,
            LOSS_CODES[loss],
            inputs,
            targets,
            labels,
            confusion,
            highest,
        )
        return Evaluation(mean, accuracy, confusion, highest)

    def state(self) -> dict[str, Floats]:
        return {name: getattr(self, name).copy() for name in ("parameters", "alive", "mobile", "units")}

    def restore(self, arrays: Mapping[str, Floats]) -> None:
        for name in ("parameters", "alive", "mobile"):
            getattr(self, name)[:] = arrays[name]
        self.units = arrays["units"].copy()
