"""What learning costs: how long each part of an update takes, and how many multiplications it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Any, Final

from models.types import LayeredLearner

_OF_OPTIMISER: Final = {"sgd": 1, "momentum": 2, "adam": 6}
"""Multiplications for each parameter: −ηg; μv and −ηv; two for the first moment, three for the second, one by the rate."""
_OF_REGULARISER: Final = {"none": 0, "l1": 2, "l2": 2}


def multiplications(network: LayeredLearner, batch: int, optimiser: str, regularisation: str) -> dict[str, int]:
    """Of one update: weights times activations (forward), δ times activations and weights times δ (backward), parameters (update).

    The few of each neuron alone (slopes, averages) are left out; the first layer passes no δ on.
    """
    sizes = [int(n) for n in network.sizes]
    weights = [n_in * n_out for n_in, n_out in pairwise(sizes)]
    each = _OF_OPTIMISER[optimiser] + _OF_REGULARISER[regularisation]
    return {
        "forward": batch * sum(weights),
        "backward": batch * (sum(weights) + sum(weights[1:])),
        "update": each * len(network.parameters),
    }


def typical_ms(timings: Iterable[float]) -> float | None:
    """The median of timed parts (s), in ms; null before any was timed. A median: now and then the processor is elsewhere."""
    taken = list(timings)
    return 1000 * median(taken) if taken else None


def parts(timings: Iterable[tuple[float, float, float]], applying: Iterable[float]) -> dict[str, Any]:
    """Typical ms of forward, backward and update; applying the deltas belongs to the update."""
    taken = list(timings)
    forward, backward, decided = (typical_ms(part[i] for part in taken) for i in range(3))
    applied = typical_ms(applying)
    update = decided + applied if decided is not None and applied is not None else decided
    return {"forward_ms": forward, "backward_ms": backward, "update_ms": update}
