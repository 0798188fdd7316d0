"""A network opened stage by stage as one torch module: for gradients, for Grad-CAM's hooks, and for its twin with random weights."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.networks.efficientnet import EfficientNetLite0, Response, Stage, _labels, randomise, settle
from models.networks.efficientnet import kernels as efficientnet_kernels
from models.networks.torchvision_networks import Bottleneck, load, normalised
from models.specs.seeing_networks import BY_NAME, KnownNetwork

SIDE = 224
__all__ = ["SIDE", "Opened", "label_names", "opened", "randomise", "settle"]
Kernel = tuple[int, int, int]
"""Kernel side, stride, padding before the first pixel."""


class Opened(nn.Module):
    """(n, 3, height, width) → (n, 1000) logits. `rungs[stage]` are the stages in order, `readout` what follows the last."""

    def __init__(
        self, known: KnownNetwork, rungs: dict[str, nn.Sequential], readout: nn.Sequential, kernels: dict[str, list[Kernel]]
    ) -> None:
        super().__init__()
        self.known, self.kernels = known, kernels
        self.rungs, self.readout = nn.ModuleDict(rungs), readout
        self.eval().requires_grad_(False)

    def forward(self, image: Tensor) -> Tensor:
        for rung in self.rungs.values():
            image = rung(image)
        logits: Tensor = self.readout(image)
        return logits

    def prepare(self, pixels: NDArray[np.uint8] | Tensor) -> Tensor:
        """(224, 224, 3) or (n, 224, 224, 3) of 0…255 → (n, 3, 224, 224) as the network was trained."""
        given = torch.tensor(np.asarray(pixels), dtype=torch.float32)
        return self.scale((given if given.ndim == 4 else given[None]).permute(0, 3, 1, 2))

    def scale(self, pixels: Tensor) -> Tensor:
        """(n, 3, height, width) of 0…255 → the network's own units."""
        return (pixels - 127) / 128 if self.known.name == "efficientnet_lite0" else normalised(pixels)

    def climbed(self, image: Tensor) -> Iterator[tuple[str, Tensor, Tensor]]:
        """Each stage's name, its activation (n, channels, height, width), and its drive: the activation before a cut at the end
        (at 0, or at 0 and 6), so that a silent or saturated unit can still be told from others. One stage after the other."""
        for name, rung in self.rungs.items():
            drive = image
            layers = list(rung.children())
            cut = isinstance(layers[-1], (nn.ReLU, nn.ReLU6))
            for layer in layers[:-1] if cut else layers:
                drive = layer(drive)
            image = layers[-1](drive) if cut else drive
            yield name, image, drive

    @torch.inference_mode()
    def responses(self, image: Tensor) -> Iterator[Response]:
        """Each stage's response to one image, as EfficientNetLite0 gives them."""
        for name, activation, drive in self.climbed(image):
            layers = tuple(self.rungs[name].children())
            yield Response(Stage(name, name.capitalize(), layers, False), activation[0], drive[0])

    @torch.inference_mode()
    def probabilities(self, last: Tensor) -> Tensor:
        """(1000,) from the last stage's activation (channels, height, width)."""
        logits: Tensor = self.readout(last[None])[0]
        return logits.softmax(dim=0)

    @property
    def stages(self) -> tuple[str, ...]:
        return self.known.stages

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        return label_names()

    def drive(self, image: Tensor, stage: str) -> Tensor:
        """The drive of one stage: no later stage is computed."""
        return next(drive for name, _, drive in self.climbed(image) if name == stage)

    def twin(self) -> Opened:
        """A copy with weights of its own."""
        return copy.deepcopy(self)


@cache
def opened(name: Literal["efficientnet_lite0", "alexnet", "vgg16", "resnet50"] = "efficientnet_lite0") -> Opened:
    """Loaded once a worker. Raises Refused where a network's weights are not there, with the sentence how to get them."""
    known = BY_NAME[name]
    if not known.files:
        return _lite(known)
    network = load(known)
    parts = dict(zip(known.stages, network.parts(), strict=True))
    kernels = {stage: [kernel for layer in part for kernel in _kernels(layer)] for stage, part in parts.items()}
    return Opened(known, {stage: nn.Sequential(*part) for stage, part in parts.items()}, network.readout(), kernels)


def _lite(known: KnownNetwork) -> Opened:
    whole = EfficientNetLite0()
    rungs = {stage.name: nn.Sequential(*stage.layers, *([whole.network._swish] if stage.rectified else [])) for stage in whole.stages}
    readout = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), whole.network._fc)
    return Opened(known, rungs, readout, {stage.name: efficientnet_kernels(stage) for stage in whole.stages})


def _kernels(layer: nn.Module) -> list[Kernel]:
    """Convolutions and poolings of the longest path; a branch that skips them sees no more."""
    if isinstance(layer, Bottleneck):
        return [kernel for part in (layer.conv1, layer.conv2, layer.conv3) for kernel in _kernels(part)]
    if isinstance(layer, nn.Conv2d):
        return [(int(layer.kernel_size[0]), int(layer.stride[0]), int(layer.padding[0]))]
    if isinstance(layer, nn.MaxPool2d):
        return [(int(layer.kernel_size), int(layer.stride), int(layer.padding))]  # type: ignore[arg-type]
    return []


def label_names() -> tuple[tuple[str, str], ...]:
    """(name, other names) of the thousand ImageNet labels, in the order of every network's outputs here."""
    return _labels()
