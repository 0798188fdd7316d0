"""Each layer's space of a lane, `k/space` and `k/space_share`, no oftener than a person can follow."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.experiments.dense_lane import DenseLane, wants
from models.experiments.dense_task import DenseTask
from models.networks.dense import DenseNetwork
from models.probes import layer_space
from models.tasks import plane
from models.types import Array, Subscription

LEAST_GAP: Final = 0.1
"""Seconds between two eigendecompositions of a layer while frames pass."""


@dataclass(frozen=True)
class _Kept:
    """What was last worked out of a lane: for which network, for which layers, and when."""

    network: DenseNetwork
    layers: tuple[int, ...]
    at: float
    arrays: dict[str, Array]


class Spaces:
    """Row 0…n−1 of each space is a training example (n ≤ 300); on the plane a grid of places follows."""

    def __init__(self, task: DenseTask) -> None:
        self.count = min(task.train, layer_space.MOST)
        examples = task.inputs[: self.count]
        on_plane = task.kind == "plane"
        self._anchors = task.points[: self.count] if on_plane else None
        self._inputs = (
            np.concatenate([examples, plane.featured(plane.grid(layer_space.GRID), task.features)]) if on_plane else np.asarray(examples)
        )
        self._kept: dict[int, _Kept] = {}

    def readings(self, lane: DenseLane, subscription: Subscription) -> dict[str, Array]:
        """Of the watched layers, 0 being the inputs. While frames pass, those of at most LEAST_GAP ago; else of now."""
        layers = tuple(
            k for k in range(lane.network.layers + 1) if wants(subscription, f"{k}/space") or wants(subscription, f"{k}/space_share")
        )
        if not layers:
            return {}
        now, kept = time.perf_counter(), self._kept.get(lane.number)
        if subscription.passing and kept and kept.network is lane.network and kept.layers == layers and now - kept.at < LEAST_GAP:
            return kept.arrays
        made = self._worked_out(lane.network, layers)
        self._kept[lane.number] = _Kept(lane.network, layers, now, made)
        return made

    def _worked_out(self, network: DenseNetwork, layers: tuple[int, ...]) -> dict[str, Array]:
        found = dict[str, Array]()
        with np.errstate(all="ignore"):
            units = network.responses(self._inputs)
            for k in layers:
                here = units[:, network.unit_slice(k)]
                grid = here[self.count :] if len(here) > self.count else None
                made = layer_space.space(here[: self.count], grid, self._anchors)
                if made is not None:
                    found[f"{k}/space"], found[f"{k}/space_share"] = made
        return found
