"""One photograph at one level of a distortion, named by EfficientNet-Lite0: what a slider asks.

Array: `image` u1 (224, 224, 3), what the network saw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from models.experiments.hierarchy_images import seen
from models.experiments.hierarchy_networks import trained_network
from models.networks.efficientnet import EfficientNetLite0
from models.specs.robustness import RobustnessSpec
from models.tasks.distortions import distorted
from models.types import Array

Progress = Callable[[float, str], None]


def build(spec: RobustnessSpec) -> Robustness:
    trained_network()
    return Robustness(spec)


class Robustness:
    def __init__(self, spec: RobustnessSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """Raises Refused where the photograph is no longer kept."""
        spec, network = self.spec, trained_network()
        original = seen(spec.image, images)
        pixels = distorted(original, spec.distortion, spec.level, spec.seed)
        first, now = probabilities(network, original), probabilities(network, pixels)
        before = int(first.argmax())
        order = [int(index) for index in now.topk(spec.labels).indices]
        result = {
            "labels": [
                {"name": network.labels[index][0], "probability": float(now[index]), "before": float(first[index])} for index in order
            ],
            "undistorted": {"name": network.labels[before][0], "probability": float(first[before]), "now": float(now[before])},
            "rank": int((now > now[before]).sum()) + 1,
            "kept": order[0] == before,
        }
        return result, {"image": pixels}


def probabilities(network: EfficientNetLite0, pixels: Array) -> torch.Tensor:
    """(1000,) for (224, 224, 3) of 0…255."""
    *_, last = network.responses(network.prepare(pixels))
    return network.probabilities(last.activation)
