"""Flat parameters and units seen layer by layer, and f and f′ a whole batch at a time: for rules that go by matrix products."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from scipy.special import expit

from models.rules.backpropagation import SQUARED_ERROR
from models.rules.dense_rule import Floats
from models.types import Array

RELU: Final = 1
TANH: Final = 2
SIGMOID: Final = 3
SOFTMAX: Final = 4
_TINY: Final = 1e-300


def layers_of(flat: Floats, sizes: Array) -> list[tuple[Floats, Floats]]:
    """Views of each layer's weights (n_k, n_{k−1}) and biases (n_k,), layer 1 first, in any array laid out as the parameters are."""
    found, start = [], 0
    for n_in, n_out in pairwise(int(n) for n in sizes):
        middle = start + n_in * n_out
        found.append((flat[start:middle].reshape(n_out, n_in), flat[middle : middle + n_out]))
        start = middle + n_out
    return found


def units_of(sizes: Array) -> list[slice]:
    """Where each layer's units lie, layer 0 first."""
    ends = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    return [slice(a, b) for a, b in pairwise(ends)]


def activate(kind: int, drive: Floats, out: Floats) -> Floats:
    """f(drive) into `out`; a softmax goes along each row. NaN stays NaN."""
    if kind == TANH:
        return np.tanh(drive, out=out)
    if kind == RELU:
        return np.maximum(drive, 0.0, out=out)
    if kind == SIGMOID:
        return np.asarray(expit(drive, out=out))
    if kind == SOFTMAX:
        np.subtract(drive, drive.max(1, keepdims=True), out=out)
        np.exp(out, out=out)
        out /= out.sum(1, keepdims=True)
        return out
    np.copyto(out, drive)
    return out


def slopes(kind: int, activity: Floats, out: Floats) -> Floats:
    """f′ in terms of the activity, into `out`."""
    if kind == TANH:
        np.multiply(activity, activity, out=out)
        return np.subtract(1.0, out, out=out)
    if kind == RELU:
        np.copyto(out, activity > 0.0)
        return out
    if kind == SIGMOID:
        np.subtract(1.0, activity, out=out)
        out *= activity
        return out
    out.fill(1.0)
    return out


def output_error(kind: int, loss_code: int, answer: Floats, targets: Floats, alive: Floats) -> Floats:
    """∂L/∂z_L (rows, n_L) of each example, as backpropagation has it: a − y, times f′ under squared error."""
    error: Floats = answer - targets
    if kind == SOFTMAX:
        return error
    if loss_code == SQUARED_ERROR:
        error *= slopes(kind, answer, np.empty_like(answer))
    error *= alive
    return error


def output_loss(kind: int, loss_code: int, answer: Floats, targets: Floats) -> Floats:
    """L (rows,) of each example, as the networks count it: ½ Σ(a−y)², or the cross-entropy of a logistic or softmax output."""
    if loss_code == SQUARED_ERROR:
        away: Floats = answer - targets
        return 0.5 * np.einsum("ij,ij->i", away, away)
    likely = targets * np.log(np.maximum(answer, _TINY))
    if kind != SOFTMAX:
        likely += (1.0 - targets) * np.log(np.maximum(1.0 - answer, _TINY))
    return np.asarray(-likely.sum(1))
