"""Per-layer magnitudes, ratios and histograms of the last update: where signal and error grow, shrink or stop."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.types import Array, LayeredLearner

Floats = NDArray[np.float64]
BINS: Final = 24
_RELU, _TANH, _SIGMOID = 1, 2, 3
_SATURATED: Final = 0.99


@njit(cache=True)
def histogram(values: Floats) -> NDArray[np.float32]:
    """(2, 24): bin centres and counts over ± the next power of two above max |value|, so that the axis grows in steps."""
    largest = 0.0
    for value in values:
        if np.isfinite(value):
            largest = max(largest, abs(value))
    reach = 2.0 ** np.ceil(np.log2(largest)) if largest > 1e-300 else 1.0
    table = np.zeros((2, BINS), np.float32)
    for i in range(BINS):
        table[0, i] = (i + 0.5) / BINS * 2 * reach - reach
    for value in values:
        if np.isfinite(value):
            table[1, min(int((value / reach + 1.0) * 0.5 * BINS), BINS - 1)] += 1.0
    return table


@njit(cache=True)
def _magnitudes(
    sizes: NDArray[np.int64],
    units: Floats,
    deltas: Floats,
    parameters: Floats,
    updates: Floats,
    activation: Floats,
    delta: Floats,
    ratio: Floats,
    stride: Floats,
) -> None:
    layers = sizes.size - 1
    batch = units.shape[0]
    start = 0
    offset = 0
    for k in range(layers + 1):
        n = sizes[k]
        total_a = 0.0
        total_d = 0.0
        for e in range(batch):
            for u in range(start, start + n):
                total_a += abs(units[e, u])
                total_d += abs(deltas[e, u])
        activation[k] = total_a / (batch * n)
        if k > 0:
            delta[k - 1] = total_d / (batch * n)
            weights = sizes[k - 1] * n
            norm = 0.0
            moved = 0.0
            for p in range(offset, offset + weights):
                norm += (parameters[p] - updates[p]) ** 2
                moved += updates[p] ** 2
            ratio[k - 1] = np.sqrt(moved / norm) if norm > 0.0 else (0.0 if moved == 0.0 else np.inf)
            stride[k - 1] = np.sqrt(moved * (sizes[k - 1] + n) / (2.0 * weights))
            offset += weights + n
        start += n


class Magnitudes:
    """Mean |a| (L+1,), mean |δ| (L,), ‖Δw‖/‖w‖ (L,) of the last update, and its `stride` (L,):
    the root mean square of Δw over that of Xavier's initial weights, √(2/(n_in+n_out)).
    """

    def __init__(self, network: LayeredLearner, deltas: Floats, updates: Floats) -> None:
        layers = len(network.sizes) - 1
        self.activation, self.delta = np.zeros(layers + 1), np.zeros(layers)
        self.ratio, self.stride = np.zeros(layers), np.zeros(layers)
        _magnitudes(
            network.sizes,
            network.units,
            deltas,
            network.parameters,
            updates,
            self.activation,
            self.delta,
            self.ratio,
            self.stride,
        )


def silent_share(network: LayeredLearner, highest: Array) -> Floats:
    """(L,) share of each layer's units that are dead (ReLU: zero for every example) or driven into saturation
    (tanh, sigmoid: |a| above 0.99 at some example). `highest` (units,) is each unit's largest |a| over the training set.
    """
    shares, start = [], int(network.sizes[0])
    for k, n in enumerate(network.sizes[1:], start=1):
        top = highest[start : start + n]
        living = network.alive[start : start + n] > 0
        kind = network.output_code if k == len(network.sizes) - 1 else network.hidden_code
        marked = (top == 0.0) & living if kind == _RELU else (top > _SATURATED) if kind in (_TANH, _SIGMOID) else np.zeros(n, bool)
        shares.append(float(marked.mean()))
        start += n
    return np.array(shares)
