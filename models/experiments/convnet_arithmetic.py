"""Every number that one activation is made of, worked out here from weights and inputs, with PyTorch's own value beside it (`torch`)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from models.networks.convolutional import ConvolutionalNetwork, activate
from models.specs.convolutional_shapes import LayerShape
from models.specs.live_convnet_asks import Arithmetic
from models.types import Array, Refused


def arithmetic(network: ConvolutionalNetwork, image: Array, asked: Arithmetic) -> dict[str, Any]:
    """`image` (1, height, width, channels), 0…1. Raises Refused where the network has no such unit."""
    shape = _layer(network, asked)
    passed = network.forward(network.tensor_of(image), asked.layer)
    below = (passed.images if asked.layer == 1 else passed.outputs[asked.layer - 2])[0].numpy().astype(np.float64)
    drives = passed.drives[-1][0].numpy()
    found = {"part": asked.part, "layer": asked.layer, "channel": asked.channel, "title": shape.title, "activation_name": shape.activation}
    if asked.part == "softmax":
        return {**found, **_softmax(drives.astype(np.float64), asked.channel), "torch": float(passed.outputs[-1][0, asked.channel])}
    if asked.part == "dense":
        answer = _dense(network, shape, below.ravel(), asked.channel)
        own = drives if shape.activation == "softmax" else passed.outputs[-1][0].numpy()
        return {**found, **answer, "torch": float(own[asked.channel])}
    if asked.part == "pooling":
        maps = activate(shape.activation, passed.drives[-1])
        pooled = torch.max_pool2d(maps, shape.pool)[0, asked.channel, asked.row, asked.column]
        return {**found, **_pooling(maps[0, asked.channel].numpy(), shape.pool, asked.row, asked.column), "torch": float(pooled)}
    own = activate(shape.activation, passed.drives[-1])[0, asked.channel, asked.row, asked.column].numpy()
    return {**found, **_convolution(network, shape, below, asked), "torch": float(own)}


def _layer(network: ConvolutionalNetwork, asked: Arithmetic) -> LayerShape:
    """The layer that is asked about. Raises Refused with the bound."""
    if asked.layer > network.layers:
        raise Refused("layer", f"layer: this network has layers 1 to {network.layers}.")
    shape = network.shapes[asked.layer - 1]
    if asked.part in ("convolution", "pooling") and shape.kind != "convolution":
        raise Refused("layer", f"layer: {shape.title} has no {asked.part}; convolutions are layers 1 to {network.convolutions}.")
    if asked.part == "pooling" and shape.pool == 1:
        raise Refused("layer", f"layer: {shape.title} does not pool.")
    if asked.part in ("dense", "softmax") and shape.kind != "dense":
        raise Refused("layer", f"layer: {shape.title} is no dense layer; those begin at layer {network.convolutions + 1}.")
    if asked.part == "softmax" and asked.layer != network.layers:
        raise Refused("layer", f"layer: the softmax is layer {network.layers}.")
    if asked.channel >= shape.outputs:
        raise Refused("channel", f"channel: {shape.title} has {shape.outputs}, numbered from 0.")
    height, width = (shape.pooled_height, shape.pooled_width) if asked.part == "pooling" else (shape.height, shape.width)
    if shape.kind == "convolution" and (asked.row >= height or asked.column >= width):
        name, size = ("row", height) if asked.row >= height else ("column", width)
        raise Refused(name, f"{name}: this map of {shape.title} has {size}, numbered from 0.")
    return shape


def _activated(kind: str, drive: float) -> float:
    if kind == "relu":
        return max(0.0, drive) if drive == drive else drive
    if kind == "tanh":
        return math.tanh(drive)
    if kind == "softmax":  # the drive goes to the softmax with those of the other classes
        return drive
    return 1 / (1 + math.exp(-drive)) if drive > -700 else 0.0


def _convolution(network: ConvolutionalNetwork, shape: LayerShape, below: Array, asked: Arithmetic) -> dict[str, Any]:
    """`patch`, `kernel`, `products` (in, size, size); `padded` (size, size): which pixels of the patch are zeros around the input."""
    top, left = asked.row * shape.stride - shape.padding, asked.column * shape.stride - shape.padding
    rows, columns = np.arange(top, top + shape.size), np.arange(left, left + shape.size)
    inside = ((rows >= 0) & (rows < below.shape[1]))[:, None] & ((columns >= 0) & (columns < below.shape[2]))
    near = below[:, rows.clip(0, below.shape[1] - 1)][:, :, columns.clip(0, below.shape[2] - 1)]
    patch = np.where(inside, near, 0.0)
    kernel = network.weights_of(network.parameters, asked.layer)[asked.channel].astype(np.float64)
    return {
        **_summed(patch, kernel, network, shape, asked.channel),
        "patch": patch.tolist(),
        "kernel": kernel.tolist(),
        "padded": (~inside).tolist(),
        "top": top,
        "left": left,
        "row": asked.row,
        "column": asked.column,
    }


def _dense(network: ConvolutionalNetwork, shape: LayerShape, below: Array, unit: int) -> dict[str, Any]:
    """`inputs`, `weights`, `products` (from,): maps one after another, each row by row."""
    weights = network.weights_of(network.parameters, shape.layer)[unit].astype(np.float64)
    return {**_summed(below, weights, network, shape, unit), "inputs": below.tolist(), "weights": weights.tolist()}


def _summed(inputs: Array, weights: Array, network: ConvolutionalNetwork, shape: LayerShape, channel: int) -> dict[str, Any]:
    products = inputs * weights
    total, bias = float(products.sum()), float(network.parameters[network.bias_slice(shape.layer)][channel])
    drive = total + bias
    return {"products": products.tolist(), "sum": total, "bias": bias, "drive": drive, "activation": _activated(shape.activation, drive)}


def _pooling(maps: Array, side: int, row: int, column: int) -> dict[str, Any]:
    """`window` (side, side) of activations; `winner` [row, column] within it: of equals the first."""
    top, left = row * side, column * side
    window = maps[top : top + side, left : left + side].astype(np.float64)
    winner = np.unravel_index(int(window.argmax()), window.shape)
    return {
        "window": window.tolist(),
        "winner": [int(at) for at in winner],
        "value": float(window[winner]),
        "top": top,
        "left": left,
        "row": row,
        "column": column,
    }


def _softmax(logits: Array, label: int) -> dict[str, Any]:
    """The largest drive is taken from all before the exponential: the shares stay as they are, and nothing overflows."""
    largest = float(logits.max())
    with np.errstate(all="ignore"):
        exponentials = np.exp(logits - largest)
        total = float(exponentials.sum())
        probabilities = exponentials / total
    return {
        "logits": logits.tolist(),
        "largest": largest,
        "exponentials": exponentials.tolist(),
        "sum": total,
        "probabilities": probabilities.tolist(),
        "value": float(probabilities[label]),
    }
