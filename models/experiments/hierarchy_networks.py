"""EfficientNet-Lite0 for the analyses of one page: with its trained weights, or with random ones as a control; loaded once a worker."""

from __future__ import annotations

from collections import deque
from functools import cache

import torch

from models.experiments.hierarchy_images import seen
from models.networks.efficientnet import SIDE, EfficientNetLite0, Stage, kernels, settle
from models.networks.opened import Opened, opened
from models.specs.feature_hierarchy import SAMPLES, NetworkName
from models.specs.invariance import SEED


@cache
def trained_network() -> EfficientNetLite0:
    """0.2 s. One thread: the network takes 40 ms, and other runs share the cores."""
    torch.set_num_threads(1)
    network = EfficientNetLite0()
    deque(network.responses(torch.zeros(1, 3, SIDE, SIDE)), maxlen=0)  # the first pass chooses kernels and is three times slower
    return network


@cache
def random_network() -> EfficientNetLite0:
    """Random weights, their scale set by the packaged photographs (0.7 s): what the architecture does without any learning."""
    network = EfficientNetLite0(SEED)
    settle(network.network, torch.cat([network.prepare(seen(f"sample:{sample.name}", {})) for sample in SAMPLES]))
    return network


def network(weights: str) -> EfficientNetLite0:
    """`trained` or `random`."""
    return random_network() if weights == "random" else trained_network()


def chosen_network(name: NetworkName) -> EfficientNetLite0 | Opened:
    """The network of a photograph's climb. Raises Refused where its weights are not installed, with the way to get them."""
    return trained_network() if name == "efficientnet_lite0" else opened(name)


def chosen_kernels(network: EfficientNetLite0 | Opened, stage: Stage) -> list[tuple[int, int, int]]:
    """(kernel, stride, padding) of a stage's convolutions and poolings, in order."""
    return network.kernels[stage.name] if isinstance(network, Opened) else kernels(stage)
