"""Error backpropagation (Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0) through convolutions, pooling and a softmax.

With δ = ∂L/∂(drive): at the softmax under mean cross-entropy δ = (p − y)/n; a dense layer passes Wᵀδ down; pooling passes an error to
the place that won; a convolution passes it to every place that its kernel covered (PyTorch's own kernels for this; autograd is the
oracle in the tests). No error is computed for the image.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from time import perf_counter
from typing import Final, Protocol

import numpy as np
import torch
from numba import njit
from numpy.typing import NDArray
from torch import Tensor

from models.rules.optimisers import Optimiser
from models.rules.unpooling import unpool
from models.specs.convolutional_shapes import LayerShape
from models.types import TIMINGS, Array

RECENT: Final = 20
"""Batches that the training loss is the mean of."""
_TIMED_EVERY: Final = 64
_TINY: Final = 1e-30


class Forward(Protocol):
    """What a forward pass leaves, by layer."""

    images: Tensor
    drives: list[Tensor]
    winners: list[NDArray[np.uint8] | None]
    outputs: list[Tensor]


class ConvolutionalLearner(Protocol):
    """What the rule needs of a network."""

    shapes: tuple[LayerShape, ...]
    parameters: Array
    is_weight: Array
    mobile: Array
    weights: list[Tensor]

    def forward(self, images: Tensor) -> Forward: ...
    def tensor_of(self, images: Array) -> Tensor: ...
    def weight_slice(self, layer: int) -> slice: ...
    def bias_slice(self, layer: int) -> slice: ...


class ImageBatches(Protocol):
    """A task as the rule sees it."""

    def batch(self, step: int) -> tuple[Array, NDArray[np.int64]]: ...

    """Images (n, height, width, channels) of update `step`, and their classes (n,)."""


@njit(cache=True)
def softmax_error(probabilities: Array, labels: NDArray[np.int64], errors: Array) -> tuple[float, float]:
    """Fills `errors` (n, classes) with (p − y)/n; returns the mean cross-entropy and the share that is right."""
    n, classes = probabilities.shape
    loss, right = 0.0, 0
    for e in range(n):
        best = 0
        for c in range(classes):
            errors[e, c] = probabilities[e, c] / n
            if probabilities[e, c] > probabilities[e, best]:
                best = c
        truth = labels[e]
        errors[e, truth] -= 1.0 / n
        p = probabilities[e, truth]
        loss -= np.log(max(p, _TINY) if p == p else p)
        right += best == truth
    return loss / n, right / n


def slope(kind: str, error: Tensor, activation: Tensor) -> Tensor:
    """The error times the activation's slope, told from the activation itself."""
    if kind == "relu":
        return torch.ops.aten.threshold_backward(error, activation, 0)
    if kind == "tanh":
        return torch.ops.aten.tanh_backward(error, activation)
    return torch.ops.aten.sigmoid_backward(error, activation)


class ConvolutionalBackpropagation:
    """The gradient of the mean cross-entropy on each step's batch, turned into deltas by an optimiser."""

    def __init__(self, network: ConvolutionalLearner, batches: ImageBatches, optimiser: Optimiser) -> None:
        self.network, self.batches, self.optimiser = network, batches, optimiser
        size = network.parameters.size
        self.before: Array = network.parameters.copy()
        """Parameters before the last update: with the batch, which the step decides, they make its gradient again."""
        self.gradient: Array = np.zeros(size, network.parameters.dtype)
        self.recent: Array = np.zeros((2, RECENT))
        """Loss and share right of the last batches, each before its update, in turn."""
        self.passed: Forward | None = None
        self.errors: list[Tensor] = []
        """∂loss/∂(drive) of the last batch, by layer; None is in `passed` where it has to be made again."""
        self.timings: deque[tuple[float, float, float]] = deque(maxlen=TIMINGS)
        self._views = [self._view(k) for k in range(1, len(network.shapes) + 1)]
        self._unpooled: dict[int, Array] = {}

    def _view(self, layer: int) -> tuple[Tensor, Tensor]:
        flat = torch.from_numpy(self.gradient)
        weights = flat[self.network.weight_slice(layer)].view(self.network.weights[layer - 1].shape)
        return weights, flat[self.network.bias_slice(layer)]

    def updates(self, step: int) -> Array:
        """Deltas (parameters,) of update `step`."""
        begun = perf_counter()
        images, labels = self.batches.batch(step)
        self.passed = None
        self.passed = passed = self.network.forward(self.network.tensor_of(images))
        forward = perf_counter()
        self.recent[:, step % RECENT] = self._backward(passed, labels)
        back = perf_counter()
        self.before[:] = self.network.parameters
        deltas = self.optimiser.deltas(self.network, self.gradient)
        if step % _TIMED_EVERY == 0:
            self.timings.append((forward - begun, back - forward, perf_counter() - back))
        return deltas

    def recall(self, step: int) -> None:
        """Has the last batch again after a restore: its activations, errors and gradient, with the parameters that it met."""
        if self.passed is not None or step < 1:
            return
        now = self.network.parameters.copy()
        self.network.parameters[:] = self.before
        images, labels = self.batches.batch(step - 1)
        self.passed = self.network.forward(self.network.tensor_of(images))
        self._backward(self.passed, labels)
        self.network.parameters[:] = now

    def _backward(self, passed: Forward, labels: NDArray[np.int64]) -> tuple[float, float]:
        with torch.inference_mode():
            probabilities = passed.outputs[-1]
            error = torch.empty_like(probabilities)
            found: tuple[float, float] = softmax_error(probabilities.numpy(), labels, error.numpy())
            self.errors = [error]
            for k in range(len(self.network.shapes) - 1, -1, -1):
                shape, below = self.network.shapes[k], passed.images if k == 0 else passed.outputs[k - 1]
                down = self._dense(k, error, below) if shape.kind == "dense" else self._convolution(k, error, below)
                if down is not None:
                    under = self.network.shapes[k - 1]
                    error = self._through(k - 1, slope(under.activation, down, below), passed.winners[k - 1], passed.drives[k - 1])
                    self.errors.insert(0, error)
        return found

    def _dense(self, k: int, error: Tensor, below: Tensor) -> Tensor | None:
        """Fills the layer's gradient; returns the error that it passes down, shaped as the layer below."""
        weights, biases = self._views[k]
        torch.mm(error.T, below.reshape(len(below), -1), out=weights)
        torch.sum(error, 0, out=biases)
        return (error @ self.network.weights[k]).view(below.shape) if k else None

    def _convolution(self, k: int, error: Tensor, below: Tensor) -> Tensor | None:
        shape = self.network.shapes[k]
        step, pad = [shape.stride] * 2, [shape.padding] * 2
        down, weights, biases = torch.ops.aten.convolution_backward(
            error, below, self.network.weights[k], [shape.outputs], step, pad, [1, 1], False, [0, 0], 1, [k > 0, True, True]
        )
        self._views[k][0].copy_(weights)
        self._views[k][1].copy_(biases)
        return down if k else None

    def _through(self, k: int, error: Tensor, winners: NDArray[np.uint8] | None, drive: Tensor) -> Tensor:
        """The error at a layer's drives from that at its output."""
        if winners is None:
            return error
        n, channels, height, width = drive.shape
        maps = self._unpooled.get(k)
        if maps is None or len(maps) != n:  # what no square covers is zero and stays so
            maps = self._unpooled[k] = np.zeros((n, height, width, channels), self.gradient.dtype)
        unpool(np.ascontiguousarray(error.permute(0, 2, 3, 1).numpy()), self.network.shapes[k].pool, winners, maps)
        return torch.from_numpy(maps).permute(0, 3, 1, 2)

    def state(self) -> dict[str, Array]:
        kept = {name: array for name, array in self.optimiser.state().items() if name in ("updates", "first", "second")}
        return {"before": self.before.copy(), "recent": self.recent.copy(), **kept}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        self.before[:] = arrays["before"]
        self.recent[:] = arrays["recent"]
        last = self.network.parameters - self.before
        moments = {name: arrays[name] for name in ("updates", "first", "second")}
        self.optimiser.restore({**moments, "last": last, "pull": np.zeros_like(last)})
        self.gradient[:] = 0.0
        self.passed, self.errors = None, []
