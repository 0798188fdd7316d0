"""The brain's side of the page: the ladder of models, climbed by one photograph or by two; built once a worker."""

from __future__ import annotations

from functools import cache
from typing import Any

import torch

from models.experiments.brain_ladder import BrainLadder
from models.experiments.hierarchy_similarity import beside
from models.tasks.crops import Pixels
from models.types import Array


@cache
def ladder() -> BrainLadder:
    torch.set_num_threads(1)
    return BrainLadder()


def climb(pixels: Pixels, second: Pixels | None, maps: int, arrays: dict[str, Array]) -> list[dict[str, Any]]:
    """Every rung's description (as brain_ladder.py has it), its maps put into `arrays`; with a second photograph also the same
    channels' maps of that, as `<rung>/compared`, and how similar the rung's responses to both are."""
    looked = ladder().look(pixels)
    rungs, found = ladder().describe(looked, maps)
    arrays |= found
    if second is None:
        return rungs
    other = ladder().maps(second)
    for rung in rungs:
        name = rung["name"]
        channels = [described["channel"] for described in rung["maps"]]
        before, after = (values if values.ndim > 1 else values[:, None, None] for values in (looked.maps[name], other[name]))
        rung["compared"], arrays[f"{name}/compared"] = beside(before, after, channels)
    return rungs


def quick_responses(pixels: Pixels) -> dict[str, Array]:
    """{rung: float32 (channels, …)}: every unit's response; V1 has a quarter of the places that `climb` has."""
    return ladder().maps(pixels, quick=True)
