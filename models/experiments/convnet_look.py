"""One image through the network, layer by layer: maps, what pooling keeps of them, and how the loss would change with each activation."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from models.networks.convolutional import ConvolutionalNetwork, activate
from models.types import Array


@dataclass
class Look:
    """By layer; arrays as `(channels, height, width)` or `(units,)`. `gradients` are ∂loss/∂activation of the convolutions' maps."""

    maps: list[Array] = field(default_factory=list)
    pooled: list[Array] = field(default_factory=list)
    gradients: list[Array] = field(default_factory=list)
    units: list[Array] = field(default_factory=list)
    probabilities: Array = field(default_factory=lambda: np.zeros(0))


def look(network: ConvolutionalNetwork, image: Array, label: int) -> Look:
    """`image` (1, height, width, channels), 0…1. By PyTorch's own layers and autograd, which cost little for one image."""
    seen, found = [], Look()
    below = network.tensor_of(image)
    with torch.enable_grad():
        for k, shape in enumerate(network.shapes):
            if shape.kind == "dense":
                drive = torch.addmm(network.biases[k], below.reshape(1, -1), network.weights[k].T)
                below = drive if shape.activation == "softmax" else activate(shape.activation, drive)
                found.units.append(below.detach()[0].numpy())
                continue
            maps = activate(shape.activation, torch.conv2d(below, network.weights[k], network.biases[k], shape.stride, shape.padding))
            seen.append(maps if maps.requires_grad else maps.requires_grad_())
            below = torch.max_pool2d(maps, shape.pool) if shape.pool > 1 else maps
            found.maps.append(_bare(maps))
            found.pooled.append(_bare(below))
        loss = torch.nn.functional.cross_entropy(below, torch.tensor([label]))
        found.gradients = [_bare(gradient) for gradient in torch.autograd.grad(loss, seen)]
    found.probabilities = torch.softmax(below.detach(), 1)[0].numpy()
    found.units[-1] = found.probabilities
    return found


def _bare(maps: Tensor) -> Array:
    array: Array = np.ascontiguousarray(maps.detach()[0].numpy())
    return array


def as_bytes(maps: Array, within: Array | None = None) -> tuple[Array, Array]:
    """u1 maps and f4 (2,): their smallest and largest value, zero included, unless `within` says; byte 0 is the one, 255 the other."""
    low, high = (min(0.0, float(maps.min())), max(0.0, float(maps.max()))) if within is None else (float(within[0]), float(within[1]))
    if not np.isfinite(low + high) or high <= low:
        return np.zeros(maps.shape, np.uint8), np.zeros(2, np.float32)
    scaled = (maps - np.float32(low)) * np.float32(255 / (high - low))
    return np.rint(np.clip(scaled, 0, 255)).astype(np.uint8), np.array([low, high], np.float32)


def signed_bytes(maps: Array) -> tuple[Array, Array]:
    """u1 maps and f4 (1,): the largest |value|; value = (byte/127.5 − 1) times it."""
    reach = float(np.abs(maps).max())
    if not np.isfinite(reach) or reach <= 0.0:
        return np.full(maps.shape, 128, np.uint8), np.zeros(1, np.float32)
    return np.rint((maps / np.float32(reach) + 1) * np.float32(127.5)).astype(np.uint8), np.array([reach], np.float32)
