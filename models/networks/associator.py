"""A small network that answers items, learns one at each instant of a schedule, and loses weight per unit of time.

One hidden layer of tanh units and tanh outputs, no biases: y = tanh(W₂ tanh(W₁ x)). A use or another item's turn is one step of
gradient descent on ½ Σ (t − y)². Between instants every weight decays as exp(−decay · hours), exactly. Compiled, as a schedule of weeks
is thousands of updates of many networks.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]
Schedule = tuple[Floats, NDArray[np.int64]]
INPUTS: Final = 16
HIDDEN: Final = 16
OUTPUTS: Final = 8
REASSOCIATE: Final = {"reassoc", "contract", "nsz"}
"""Fast-math flags that let sums vectorise but keep NaN and infinity."""


@njit(cache=True, fastmath=REASSOCIATE)
def answer(first: Floats, second: Floats, item: Floats, hidden: Floats, output: Floats) -> None:
    """Fills `hidden` (h,) and `output` (o,) with the activations for `item` (i,)."""
    for j in range(hidden.size):
        total = 0.0
        for i in range(item.size):
            total += first[j, i] * item[i]
        hidden[j] = np.tanh(total)
    for k in range(output.size):
        total = 0.0
        for j in range(hidden.size):
            total += second[k, j] * hidden[j]
        output[k] = np.tanh(total)


@njit(cache=True, fastmath=REASSOCIATE)
def descend(first: Floats, second: Floats, item: Floats, target: Floats, rate: float, hidden: Floats, output: Floats) -> None:
    """One step of gradient descent, in place: `first` (h, i), `second` (o, h)."""
    answer(first, second, item, hidden, output)
    for k in range(output.size):
        output[k] = (target[k] - output[k]) * (1.0 - output[k] * output[k])
    for j in range(hidden.size):
        back = 0.0
        for k in range(output.size):
            back += second[k, j] * output[k]
            second[k, j] += rate * output[k] * hidden[j]
        back *= rate * (1.0 - hidden[j] * hidden[j])
        for i in range(item.size):
            first[j, i] += back * item[i]


@njit(cache=True)
def _fade(first: Floats, second: Floats, hours: float, decay: float) -> None:
    if decay > 0.0 and hours > 0.0:
        share = np.exp(-decay * hours)
        first *= share
        second *= share


@njit(cache=True)
def through(weights: Pair, known: Pair, schedule: Schedule, rates: tuple[float, float], begin: float, looks: Floats, seen: Pair) -> None:
    """Goes through a schedule, changing `weights` ((h, i), (o, h)) in place, and looks at item 0's answer on the way.

    `known`: items (k, i) and targets (k, o); `schedule`: instants (n,) in hours, ascending, and whose turn it is (n,); `rates`: of descent
    a step, of decay an hour; `begin`: the hour of these weights; `looks` (q,) in hours, ascending, at which `seen` is filled: answers
    (q, o) and the length of all weights (q,). A look at the instant of a turn comes after it.
    """
    first, second = weights
    items, targets = known
    instants, turns = schedule
    rate, decay = rates
    answers, size = seen
    hidden, output = np.zeros(first.shape[0]), np.zeros(second.shape[0])
    now = begin
    turn = 0
    for look in range(looks.size):
        while turn < instants.size and instants[turn] <= looks[look]:
            _fade(first, second, instants[turn] - now, decay)
            now = instants[turn]
            descend(first, second, items[turns[turn]], targets[turns[turn]], rate, hidden, output)
            turn += 1
        _fade(first, second, looks[look] - now, decay)
        now = looks[look]
        answer(first, second, items[0], hidden, output)
        answers[look] = output
        size[look] = np.sqrt((first * first).sum() + (second * second).sum())
