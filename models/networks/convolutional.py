"""A small convolutional network: convolutions, each with its activation and max pooling, then dense layers and a softmax.

All parameters are one flat array; layer k holds its weights (out, in, size, size) or (to, from), then its biases. An activation never
falls as its drive rises, so the largest drive of a square is the largest activation: drives are pooled first, and only what is left is
passed through the activation. Feature maps lie in memory as (n, height, width, channels), which these small convolutions are quickest with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.networks.pooling import pool
from models.specs.convolutional_shapes import LayerShape, parameter_count
from models.types import Array

SOFTMAX: Final = "softmax"
_EVALUATED: Final = 100
"""Images carried through the network at once where many are: their maps stay in the processor's cache."""


@dataclass
class Passed:
    """What a forward pass leaves, by layer: `drives` before pooling and activation, `outputs` after both (the last are probabilities)."""

    images: Tensor
    drives: list[Tensor]
    winners: list[NDArray[np.uint8] | None]
    outputs: list[Tensor]


def activate(kind: str, drive: Tensor) -> Tensor:
    if kind == "relu":
        return torch.relu(drive)
    if kind == "tanh":
        return torch.tanh(drive)
    return torch.softmax(drive, 1) if kind == SOFTMAX else torch.sigmoid(drive)


def channels_last(maps: Tensor) -> Array:
    """(n, channels, height, width) as a numpy array (n, height, width, channels), which it is in memory."""
    array: Array = maps.permute(0, 2, 3, 1).numpy()
    return array if array.flags.c_contiguous else np.ascontiguousarray(array)


class ConvolutionalNetwork:
    """`image` is (height, width, channels); `dtype` float32, or float64 for comparisons."""

    name = "network"

    def __init__(self, shapes: Sequence[LayerShape], dtype: type[np.floating] = np.float32) -> None:
        self.shapes = tuple(shapes)
        self.parameters: Array = np.zeros(parameter_count(shapes), dtype)
        self.is_weight: Array = np.zeros_like(self.parameters)
        self.mobile: Array = np.ones_like(self.parameters)
        tensor = torch.from_numpy(self.parameters)
        self.weights: list[Tensor] = []
        self.biases: list[Tensor] = []
        for k in range(1, len(self.shapes) + 1):
            self.weights.append(tensor[self.weight_slice(k)].view(self.weight_shape(k)))
            self.biases.append(tensor[self.bias_slice(k)])
            self.is_weight[self.weight_slice(k)] = 1.0

    # Where things are

    @property
    def layers_described(self) -> list[dict[str, Any]]:
        return [shape.described() for shape in self.shapes]

    @property
    def layers(self) -> int:
        return len(self.shapes)

    @property
    def convolutions(self) -> int:
        return sum(shape.kind == "convolution" for shape in self.shapes)

    def _start(self, layer: int) -> int:
        return parameter_count(self.shapes[: layer - 1])

    def weight_slice(self, layer: int) -> slice:
        start = self._start(layer)
        return slice(start, start + self.shapes[layer - 1].weights)

    def bias_slice(self, layer: int) -> slice:
        start = self.weight_slice(layer).stop
        return slice(start, start + self.shapes[layer - 1].outputs)

    def weight_shape(self, layer: int) -> tuple[int, ...]:
        shape = self.shapes[layer - 1]
        square = (shape.size, shape.size) if shape.kind == "convolution" else ()
        return (shape.outputs, shape.inputs, *square)

    def weights_of(self, flat: Array, layer: int) -> Array:
        """The layer's weights in a flat array like `parameters`."""
        return flat[self.weight_slice(layer)].reshape(self.weight_shape(layer))

    # Learning

    def initialise(self, kind: str, seed: int) -> None:
        """He: N(0, 2/fan_in); Xavier: uniform in ±√(6/(fan_in + fan_out)); biases 0, or uniform in ±0.5 as the weights."""
        generator = np.random.default_rng([seed, 1])
        for k, shape in enumerate(self.shapes, start=1):
            weights, biases = self.parameters[self.weight_slice(k)], self.parameters[self.bias_slice(k)]
            biases[:] = generator.uniform(-0.5, 0.5, biases.size) if kind == "uniform" else 0.0
            if kind == "he":
                weights[:] = generator.normal(0.0, np.sqrt(2 / shape.fan_in), weights.size)
            elif kind == "zero":
                weights[:] = 0.0
            else:
                reach = 0.5 if kind == "uniform" else np.sqrt(6 / (shape.fan_in + shape.fan_out))
                weights[:] = generator.uniform(-reach, reach, weights.size)

    def apply(self, deltas: Array) -> None:
        """Adds the deltas in place."""
        np.add(self.parameters, deltas, self.parameters)

    def state(self) -> dict[str, Array]:
        return {"parameters": self.parameters.copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        self.parameters[:] = arrays["parameters"]

    # Seeing

    def tensor_of(self, images: Array) -> Tensor:
        """Images (n, height, width, channels) as the network takes them: (n, channels, height, width), unchanged in memory."""
        return torch.from_numpy(np.ascontiguousarray(images, self.parameters.dtype)).permute(0, 3, 1, 2)

    def forward(self, images: Tensor, layers: int | None = None) -> Passed:
        """`images` (n, channels, height, width); `layers`: only the first so many."""
        passed = Passed(images, [], [], [])
        below = images
        with torch.inference_mode():
            for k, shape in enumerate(self.shapes[:layers]):
                drive, winners, kept = self._dense(k, below) if shape.kind == "dense" else self._convolved(k, shape, below)
                below = activate(shape.activation, kept)
                passed.drives.append(drive)
                passed.winners.append(winners)
                passed.outputs.append(below)
        return passed

    def _dense(self, k: int, below: Tensor) -> tuple[Tensor, None, Tensor]:
        drive = torch.addmm(self.biases[k], below.reshape(len(below), -1), self.weights[k].T)
        return drive, None, drive

    def _convolved(self, k: int, shape: LayerShape, below: Tensor) -> tuple[Tensor, NDArray[np.uint8] | None, Tensor]:
        drive = torch.conv2d(below, self.weights[k], self.biases[k], shape.stride, shape.padding)
        if shape.pool == 1:
            return drive, None, drive
        size = len(below), shape.pooled_height, shape.pooled_width, shape.outputs
        largest, winners = np.empty(size, self.parameters.dtype), np.empty(size, np.uint8)
        pool(channels_last(drive), shape.pool, largest, winners)
        return drive, winners, torch.from_numpy(largest).permute(0, 3, 1, 2)

    def probabilities(self, images: Array) -> Array:
        """(n, classes) for images (n, channels, height, width) of 0…1."""
        return self.answers(np.moveaxis(np.asarray(images), 1, 3))

    def answers(self, images: Array) -> Array:
        """(n, classes) for images (n, height, width, channels) of 0…1, a part at a time."""
        parts = [
            self.forward(self.tensor_of(images[start : start + _EVALUATED])).outputs[-1].numpy()
            for start in range(0, len(images), _EVALUATED)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, self.shapes[-1].outputs), self.parameters.dtype)

    def unit_responses(self, layer: int, channel: int, stimuli: Array, drive: bool = False) -> Array:
        """(n,) activation, or drive before the activation, of a channel's unit nearest the middle of its map; of a dense layer, of a unit.

        `stimuli` (n, channels, height, width), 0…1.
        """
        shape = self.shapes[layer - 1]
        found = self.forward(self.tensor_of(np.moveaxis(np.asarray(stimuli), 1, 3)), layer).drives[-1]
        kept = found if drive else activate(shape.activation, found)
        return (kept[:, channel] if shape.kind == "dense" else kept[:, channel, shape.height // 2, shape.width // 2]).numpy().copy()

    def state_dict(self) -> dict[str, Tensor]:
        """Copies under the names that they have in the torch.nn.Sequential of `module_names`."""
        found = {}
        for k, name in enumerate(self.module_names()):
            found[f"{name}.weight"] = self.weights[k].clone()
            found[f"{name}.bias"] = self.biases[k].clone()
        return found

    def module_names(self) -> list[int]:
        """Places of the layers in a Sequential of Conv2d, activation, MaxPool2d where there is pooling, Flatten, Linear, activation …"""
        names, at = [], 0
        for shape in self.shapes:
            if shape.kind == "dense" and self.shapes[shape.layer - 2].kind == "convolution":
                at += 1  # Flatten
            names.append(at)
            at += 3 if shape.pool > 1 else 2
        return names
