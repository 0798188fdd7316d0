"""What each neuron answers to every point of the plane, or what its weights look for in an image."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.types import Array, LayeredLearner

Floats32 = NDArray[np.float32]
SIDE: Final = 64
"""Side of the output's field; hidden fields show every second point."""
_RELU, _TANH, _SIGMOID, _SOFTMAX = 1, 2, 3, 4


def _activate(kind: int, z: Floats32) -> None:
    """In place; single precision, since the field is drawn in 256 colours."""
    if kind == _RELU:
        np.maximum(z, 0.0, out=z)
    elif kind == _TANH:
        np.tanh(z, out=z)
    elif kind == _SIGMOID:
        np.negative(z, out=z)
        np.exp(z, out=z)
        z += 1.0
        np.reciprocal(z, out=z)
    elif kind == _SOFTMAX:
        z -= z.max(axis=0)
        np.exp(z, out=z)
        z /= z.sum(axis=0)


def as_bytes(values: Array) -> NDArray[np.uint8]:
    """−1…1 → 0…255, clipped; NaN counts as −1."""
    scaled = np.fmax(values, -1.0)
    np.fmin(scaled, 1.0, out=scaled)
    scaled += 1.0
    scaled *= 127.5
    return scaled.astype(np.uint8)


class PlaneFields:
    """Response fields over a square grid. `inputs` (SIDE², features) are the grid's features."""

    def __init__(self, network: LayeredLearner, inputs: Array) -> None:
        self.network = network
        self._inputs = np.ascontiguousarray(inputs.T, dtype=np.float32)

    def readings(self, wanted: frozenset[int]) -> dict[str, NDArray[np.uint8]]:
        """`k/field` (n_k, 32, 32) of the wanted hidden layers and (n_L, 64, 64) of the output."""
        network, sizes = self.network, self.network.sizes
        last = len(sizes) - 1
        response, offset, unit, fields = self._inputs, 0, int(sizes[0]), {}
        with np.errstate(all="ignore"):
            response = response * network.alive[:unit, None].astype(np.float32)
            for k in range(1, last + 1):
                n_in, n_out = int(sizes[k - 1]), int(sizes[k])
                flat = network.parameters[offset : offset + (n_in + 1) * n_out].astype(np.float32)
                kind = network.output_code if k == last else network.hidden_code
                response = flat[: n_in * n_out].reshape(n_out, n_in) @ response
                response += flat[n_in * n_out :, None]
                _activate(kind, response)
                response *= network.alive[unit : unit + n_out, None].astype(np.float32)
                if k in wanted:
                    fields[f"{k}/field"] = self.image(response, k == last, kind)
                offset, unit = offset + (n_in + 1) * n_out, unit + n_out
        return fields

    @staticmethod
    def image(response: Floats32, is_output: bool, kind: int) -> NDArray[np.uint8]:
        square = response.reshape(-1, SIDE, SIDE)
        if not is_output:
            square = square[:, ::2, ::2]
        return as_bytes(2.0 * square - 1.0 if is_output and kind in (_SIGMOID, _SOFTMAX) else square)


def plane_fields(network: LayeredLearner, inputs: Array, wanted: frozenset[int]) -> dict[str, Array]:
    """The same fields of a network with a forward pass of its own. `inputs` (SIDE², features)."""
    last, fields, start = len(network.sizes) - 1, dict[str, Array](), int(network.sizes[0])
    units = network.responses(inputs)
    for k in range(1, last + 1):
        stop = start + int(network.sizes[k])
        if k in wanted:
            response = np.ascontiguousarray(units[:, start:stop].T, dtype=np.float32)
            kind = network.output_code if k == last else network.hidden_code
            fields[f"{k}/field"] = PlaneFields.image(response, k == last, kind)
        start = stop
    return fields


def weight_images(network: LayeredLearner, wanted: frozenset[int], side: int) -> dict[str, NDArray[np.uint8]]:
    """`k/field` (n_k, side, side): each neuron's weights carried back to the pixels, W_k…W_1, scaled to its own ±max.

    For layer 1 these are the weights themselves; deeper, the neuron's path with every slope taken as 1.
    """
    path: Array | None = None
    offset, images = 0, {}
    for k in range(1, max(wanted, default=0) + 1):
        n_in, n_out = int(network.sizes[k - 1]), int(network.sizes[k])
        weights = network.parameters[offset : offset + n_in * n_out].reshape(n_out, n_in)
        with np.errstate(all="ignore"):
            path = weights if path is None else weights @ path
            if k in wanted:
                largest = np.abs(path).max(axis=1, keepdims=True)
                images[f"{k}/field"] = as_bytes(path / np.where(largest > 0, largest, 1.0)).reshape(n_out, side, side)
        offset += (n_in + 1) * n_out
    return images
