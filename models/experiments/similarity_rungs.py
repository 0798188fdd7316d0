"""The responses of every rung of both sides to a set of pictures, few enough units of each to keep in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch

from models.experiments.hierarchy_brain import quick_responses
from models.experiments.progress import Progress
from models.networks.opened import Opened, randomise, settle
from models.types import Array

UNITS = 20_000
"""Most units of a rung: a larger one stands in with so many, drawn once by the seed."""


@dataclass(frozen=True)
class Rung:
    """`responses` f4 (pictures, units); `size`: units that the rung has."""

    side: str
    name: str
    size: int
    responses: Array


@dataclass
class Gathering:
    """Collects a rung's responses picture by picture; which units are kept depends on seed, name and size alone."""

    side: str
    seed: int
    rows: dict[str, list[Array]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    kept: dict[str, Array] = field(default_factory=dict)

    def add(self, name: str, responses: Array) -> None:
        flat = np.ravel(responses)
        if name not in self.rows:
            self.rows[name], self.sizes[name] = [], flat.size
            if flat.size > UNITS:
                generator = np.random.default_rng([self.seed, len(name), flat.size])
                self.kept[name] = np.sort(generator.choice(flat.size, UNITS, replace=False))
        self.rows[name].append(np.array(flat[self.kept[name]] if name in self.kept else flat, np.float32))

    def rungs(self) -> list[Rung]:
        return [Rung(self.side, name, self.sizes[name], np.stack(rows)) for name, rows in self.rows.items()]


def pixel_rung(pictures: Array, seed: int) -> list[Rung]:
    """What the pixels themselves group alike: the least that a stage has to differ from."""
    gathered = Gathering("pixels", seed)
    for picture in pictures:
        gathered.add("pixels", picture)
    return gathered.rungs()


def brain_rungs(pictures: Array, seed: int, progress: Progress, start: float, end: float) -> list[Rung]:
    gathered = Gathering("brain", seed)
    for index, picture in enumerate(pictures):
        progress(start + (end - start) * index / len(pictures), f"brain models: picture {index + 1} of {len(pictures)}")
        for name, responses in quick_responses(picture).items():
            gathered.add(name, responses)
    return gathered.rungs()


@torch.inference_mode()
def network_rungs(network: Opened, pictures: Array, side: str, seed: int, progress: Progress, start: float, end: float) -> list[Rung]:
    gathered, doing = Gathering(side, seed), "network" if side == "network" else "the same network with random weights"
    for index, picture in enumerate(pictures):
        progress(start + (end - start) * index / len(pictures), f"{doing}: picture {index + 1} of {len(pictures)}")
        for name, activation, _ in network.climbed(network.prepare(picture)):
            gathered.add(name, activation.numpy())
    return gathered.rungs()


def random_twin(network: Opened, seed: int, pictures: Array) -> Opened:
    """The same architecture with random weights, their scale set by a few of the pictures."""
    twin = network.twin()
    randomise(twin, seed)
    settle(twin, network.prepare(pictures[: min(8, len(pictures))]))
    return twin
