"""AlexNet, VGG-16 and ResNet-50 as torchvision names them, for weight files that a person has.

Layers, names and shapes follow the published architectures (Krizhevsky 2014, arXiv:1404.5997; Simonyan and Zisserman 2015,
arXiv:1409.1556, configuration D; He et al. 2016, 10.1109/CVPR.2016.90, with the stride in the 3 × 3 convolution), so that a
`state_dict` of torchvision's fits without renaming. Files are read with `weights_only=True`: data, never code.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from models.specs.seeing_networks import KnownNetwork, how_to_get, weights_file
from models.types import Refused

_MEAN = (0.485, 0.456, 0.406)
_SPREAD = (0.229, 0.224, 0.225)
_VGG16 = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))
_RESNET50 = ((64, 3), (128, 4), (256, 6), (512, 3))
"""Width and number of the bottlenecks of each layer."""


class Classic(nn.Module):
    """AlexNet or VGG-16: `features`, `avgpool`, `classifier`. `stages`: the children of `features` that make up each stage."""

    def __init__(self, features: nn.Sequential, pooled: int, hidden: nn.Sequential, bounds: tuple[int, ...]) -> None:
        super().__init__()
        self.features, self.avgpool, self.classifier, self.bounds = features, nn.AdaptiveAvgPool2d(pooled), hidden, bounds

    def forward(self, image: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.avgpool(self.features(image)).flatten(1))
        return logits

    def parts(self) -> list[tuple[nn.Module, ...]]:
        """Each stage ends with a ReLU; the pooling behind it belongs to the next stage."""
        layers = list(self.features)
        return [tuple(layers[first:last]) for first, last in zip((0, *self.bounds), self.bounds, strict=False)]

    def readout(self) -> nn.Sequential:
        return nn.Sequential(*list(self.features)[self.bounds[-1] :], self.avgpool, nn.Flatten(), self.classifier)


def alexnet() -> Classic:
    convolutions = ((3, 64, 11, 4, 2), (64, 192, 5, 1, 2), (192, 384, 3, 1, 1), (384, 256, 3, 1, 1), (256, 256, 3, 1, 1))
    layers: list[nn.Module] = []
    for index, shape in enumerate(convolutions):
        layers += [nn.Conv2d(*shape), nn.ReLU()]
        if index in (0, 1, 4):
            layers.append(nn.MaxPool2d(3, 2))
    dense = nn.Sequential(
        nn.Dropout(), nn.Linear(256 * 36, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)
    )
    return Classic(nn.Sequential(*layers), 6, dense, (2, 5, 8, 10, 12))


def vgg16() -> Classic:
    layers: list[nn.Module] = []
    bounds, before = [], 3
    for block in _VGG16:
        for width in block:
            layers += [nn.Conv2d(before, width, 3, padding=1), nn.ReLU()]
            before = width
        bounds.append(len(layers))
        layers.append(nn.MaxPool2d(2, 2))
    dense = nn.Sequential(
        nn.Linear(512 * 49, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 1000)
    )
    return Classic(nn.Sequential(*layers), 7, dense, tuple(bounds))


class Bottleneck(nn.Module):
    """1 × 1, 3 × 3, 1 × 1 convolutions beside a branch that skips them."""

    def __init__(self, before: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(before, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
        self.relu = nn.ReLU()
        skips = before == 4 * width and stride == 1
        self.downsample = None if skips else nn.Sequential(nn.Conv2d(before, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width))

    def forward(self, image: Tensor) -> Tensor:
        passed = self.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(image))))))
        beside = image if self.downsample is None else self.downsample(image)
        answer: Tensor = self.relu(self.bn3(self.conv3(passed)) + beside)
        return answer


class ResNet50(nn.Module):
    """Stem, four layers of bottlenecks, mean over space, one linear layer."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.bn1, self.relu = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        before = 64
        for number, (width, count) in enumerate(_RESNET50, start=1):
            blocks = [Bottleneck(before if k == 0 else 4 * width, width, 2 if k == 0 and number > 1 else 1) for k in range(count)]
            setattr(self, f"layer{number}", nn.Sequential(*blocks))
            before = 4 * width
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(before, 1000)

    def forward(self, image: Tensor) -> Tensor:
        for part in self.parts():
            for layer in part:
                image = layer(image)
        logits: Tensor = self.readout()(image)
        return logits

    def parts(self) -> list[tuple[nn.Module, ...]]:
        layers = [tuple(getattr(self, f"layer{k}")) for k in range(1, 5)]
        return [(self.conv1, self.bn1, self.relu), (self.maxpool, *layers[0]), *layers[1:]]

    def readout(self) -> nn.Sequential:
        return nn.Sequential(self.avgpool, nn.Flatten(), self.fc)


ARCHITECTURES: dict[str, Callable[[], Classic | ResNet50]] = {"alexnet": alexnet, "vgg16": vgg16, "resnet50": ResNet50}


def load(known: KnownNetwork) -> Classic | ResNet50:
    """The network with the weights of the person's file, ready to answer. Raises Refused."""
    path = weights_file(known)
    if path is None:
        raise Refused("network", how_to_get(known))
    network = ARCHITECTURES[known.name]()
    try:
        network.load_state_dict(_weights(path))
    except (RuntimeError, ValueError, KeyError, TypeError, EOFError, OSError) as error:
        raise Refused(
            "network", f"The file {path.name} does not hold torchvision's weights of {known.title}: download it again."
        ) from error
    return network.eval().requires_grad_(False)


def _weights(path: Path) -> dict[str, Tensor]:
    from pickle import UnpicklingError

    try:
        weights: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except UnpicklingError as error:
        raise ValueError("no plain weights") from error
    return weights


def normalised(pixels: Tensor) -> Tensor:
    """(…, 3, height, width) of 0…255 → as torchvision's networks were trained: (p/255 − mean) / standard deviation of ImageNet."""
    mean, spread = (torch.tensor(values).reshape(3, 1, 1) for values in (_MEAN, _SPREAD))
    return (pixels / 255 - mean) / spread
