"""Which instants of a protocol are drawn: dense where something happens, sparse in between, few enough to send."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.brain.spike_protocols import Spikes

Floats = NDArray[np.float64]
_AFTER_MS: Final = (-0.01, 0.0, 1.0, 2.5, 5.0, 8.0, 12.0, 18.0, 26.0, 36.0, 50.0, 70.0, 100.0, 150.0)
"""Around each spike: a transient of 20 ms, and traces of 17 to 114 ms, look smooth through these."""
TAIL_MS: Final = 300.0
CLOSE_UP_MS: Final = 0.2
_BEFORE_CLOSE_UP: Final = 20.0
_AFTER_CLOSE_UP: Final = 130.0


def candidates(spikes: Spikes, delay_ms: float, end: float) -> Floats:
    """Instants worth drawing, ascending, from 0 to `end` (ms): around each spike, around the calcium that follows it, and evenly."""
    events = np.concatenate((spikes.pre, spikes.post, spikes.pre + delay_ms))
    around = (events[:, None] + np.array(_AFTER_MS)).ravel()
    every = np.unique(np.concatenate((np.linspace(0.0, end, 60), around)))
    kept: Floats = every[(every >= 0.0) & (every <= end)]
    return kept


def thinned(times: Floats, height: Floats, most: int) -> Floats:
    """At most `most` of `times` (n,): of each of equal groups the instants of largest and of smallest `height`; first and last always."""
    if times.size <= most:
        return times
    groups = (most - 2) // 2
    edges = np.linspace(0, times.size, groups + 1).astype(int)
    chosen = {0, times.size - 1}
    for begin, end in pairwise(edges):
        chosen.add(begin + int(height[begin:end].argmax()))
        chosen.add(begin + int(height[begin:end].argmin()))
    return times[np.array(sorted(chosen))]


def close_up(spikes: Spikes, look_at: int) -> tuple[Floats, int]:
    """(n,) ms, 0.2 ms apart, around one pairing, and the number of the spike that it is about (from 1; 0: there is none).

    `look_at` counts presynaptic spikes (postsynaptic ones where there are no others); 0 or more than there are: the last.
    """
    marks, others = (spikes.pre, spikes.post) if spikes.pre.size else (spikes.post, spikes.pre)
    if not marks.size:
        return np.zeros(0), 0
    number = look_at if 1 <= look_at <= marks.size else marks.size
    centre = marks[number - 1]
    nearest = others[np.abs(others - centre).argmin()] if others.size else centre
    partner = nearest if abs(nearest - centre) <= 100.0 else centre
    begin, end = min(centre, partner) - _BEFORE_CLOSE_UP, max(centre, partner) + _AFTER_CLOSE_UP
    return np.arange(max(begin, 0.0), end, CLOSE_UP_MS), int(number)
