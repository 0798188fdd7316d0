"""The network's side of a spike protocol: one weight of a linear unit that learns to tell the postsynaptic count from the presynaptic one.

Spikes are counted in bins; x and y are the two counts of a bin, ŷ = w x, and gradient descent on ½(ŷ − y)² gives Δw = η (y − w x) x after
each bin (the delta rule of Widrow and Hoff 1960). A bin without a presynaptic spike changes nothing. Bin, rate and the start w = ½ are
this page's choice.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
START: Final = 0.5
BEYOND: Final = 1e3
"""A weight larger than this has diverged: the rate is too high for such counts."""


class Learned(NamedTuple):
    """Of the bins that hold a spike (n,): the bin's end in ms, x, y, error y − w x before the step, the step, and w after it."""

    ends: Floats
    x: Floats
    y: Floats
    error: Floats
    step: Floats
    weight: Floats
    diverged: bool


def learned(pre: Floats, post: Floats, bin_ms: float, rate: float) -> Learned:
    """Bins begin at time 0; those without any spike leave the weight alone and are not listed."""
    bins, x, y = counted(pre, post, bin_ms)
    error, step, after = np.zeros(bins.size), np.zeros(bins.size), np.zeros(bins.size)
    weight, diverged = START, False
    for k in range(bins.size):
        if not diverged:
            error[k] = y[k] - weight * x[k]
            step[k] = rate * error[k] * x[k]
            weight += step[k]
            diverged = bool(abs(weight) > BEYOND)
        after[k] = weight
    return Learned((bins + 1) * bin_ms, x, y, error, step, after, diverged)


def counted(pre: Floats, post: Floats, bin_ms: float) -> tuple[Floats, Floats, Floats]:
    """Numbers of the bins that hold a spike, and their presynaptic and postsynaptic counts; rounding moves no spike across an edge."""
    numbers = [np.floor(times / bin_ms + 1e-9) for times in (pre, post)]
    bins = np.union1d(*numbers)
    x, y = (np.bincount(np.searchsorted(bins, n), minlength=bins.size).astype(np.float64) for n in numbers)
    return bins, x, y


def held(times: Floats, found: Learned, values: Floats, before: float) -> Floats:
    """(m,) the value of the last bin that has ended by each of `times`; `before` the first."""
    values = np.concatenate((np.array([before]), values))
    return np.asarray(values[np.searchsorted(found.ends, times, side="right")])
