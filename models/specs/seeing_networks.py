"""Which networks the feature hierarchy can open, their stages, and how to get those that are not packaged. Torch-free."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.specs.feature_hierarchy import STAGES, NetworkName

FOLDER: Final = "PARALLAX_WEIGHTS"
"""Names the folder with torchvision's weight files."""
__all__ = ["BY_NAME", "FOLDER", "NETWORKS", "KnownNetwork", "NetworkName", "available", "how_to_get", "weights_file"]


@dataclass(frozen=True)
class KnownNetwork:
    """`files`: the names under which torchvision publishes the weights; the first that is there is taken."""

    name: NetworkName
    title: str
    stages: tuple[str, ...]
    files: tuple[str, ...] = ()
    source: str = ""


NETWORKS: Final = (
    KnownNetwork("efficientnet_lite0", "EfficientNet-Lite0", STAGES, (), "tan2019"),
    KnownNetwork("alexnet", "AlexNet", tuple(f"conv{k}" for k in range(1, 6)), ("alexnet-owt-7be5be79.pth",), "krizhevsky2014"),
    KnownNetwork("vgg16", "VGG-16", tuple(f"block{k}" for k in range(1, 6)), ("vgg16-397923af.pth",), "simonyan2015"),
    KnownNetwork(
        "resnet50", "ResNet-50", ("stem", *(f"layer{k}" for k in range(1, 5))), ("resnet50-11ad3fa6.pth", "resnet50-0676ba61.pth"), "he2016"
    ),
)
BY_NAME: Final = {network.name: network for network in NETWORKS}


def weights_file(network: KnownNetwork) -> Path | None:
    """Where this network's weights lie, if the folder is named and holds them."""
    folder = os.environ.get(FOLDER, "").strip()
    found = (Path(folder) / file for file in network.files) if folder else iter(())
    return next((path for path in found if path.is_file()), None)


def how_to_get(network: KnownNetwork) -> str:
    """One sentence."""
    return f"{network.title} is not installed: download {network.files[0]} from download.pytorch.org/models, put it into a folder, and start the lab with {FOLDER} set to that folder."


def available() -> list[KnownNetwork]:
    return [network for network in NETWORKS if not network.files or weights_file(network) is not None]
