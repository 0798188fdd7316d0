"""Readings of a 2-4-2-1 network that are smooth functions of the step, so that what the view draws is known."""

from __future__ import annotations

import itertools
import json
from typing import Final

import numpy as np
from safetensors.numpy import save

SIZES: Final = (2, 4, 2, 1)
CURVES: Final = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")


def arrays(step: int) -> dict[str, np.ndarray]:
    """Every reading that the panels ask for."""
    found = _layers(step) | _curves(step) | _synapse(step)
    for k, (before, n) in enumerate(itertools.pairwise(SIZES), 1):
        found |= {f"{k}/{name}": _wave(step + 7 * k, (n, before)) for name in ("weight", "weight_gradient", "weight_update")}
        found |= {f"{k}/{name}": _wave(step + 3 * k, (n,)) for name in ("bias", "bias_gradient", "bias_update", "activation", "delta")}
        bars = np.stack([np.linspace(-1, 1, 24), np.arange(24)]).astype(np.float32)
        found |= {f"{k}/{name}_histogram": bars for name in ("weight", "gradient")}
        found[f"{k}/field"] = _fields(step, n, 64 if k == len(SIZES) - 1 else 32)
    return found


def _layers(step: int) -> dict[str, np.ndarray]:
    return {
        "layers/activation_magnitude": np.abs(_wave(step, (4,))),
        "layers/delta_magnitude": np.array([1e-3, 2e-2, 0.3], np.float32),
        "layers/update_ratio": np.array([1e-3, 1e-3, 2e-3], np.float32),
        "layers/saturation": np.zeros(3, np.float32),
    }


def _wave(step: int, shape: tuple[int, ...]) -> np.ndarray:
    count = int(np.prod(shape))
    return np.sin(step / 400 + np.arange(count) * 1.7).reshape(shape).astype(np.float32)


def _fields(step: int, n: int, side: int) -> np.ndarray:
    y, x = np.meshgrid(np.linspace(1, -1, side), np.linspace(-1, 1, side), indexing="ij")
    turned = [np.tanh(3 * (x * np.cos(step / 900 + i) + y * np.sin(step / 900 + i))) for i in range(n)]
    return ((np.stack(turned) + 1) * 127.5).astype(np.uint8)


def _curves(step: int) -> dict[str, np.ndarray]:
    steps = np.unique(np.geomspace(1, step + 1, 60).astype(np.int64)) - 1
    loss = (1 / (1 + steps / 100)).astype(np.float32)
    values = dict(zip(CURVES, (loss, loss * 1.1, 1 - loss / 2, 1 - loss / 1.8), strict=True))
    confusion = np.array([[60, 5], [8, 52]], np.int32)
    found = {"curves/step": steps.astype(np.float32), "output/confusion": confusion}
    return found | {f"curves/{name}": curve for name, curve in values.items()}


def _synapse(step: int) -> dict[str, np.ndarray]:
    recent = np.arange(max(0, step - 240), step, dtype=np.float32)
    columns = [recent, *(np.sin(recent / 40 + i) for i in range(9))]
    times = np.linspace(0, 200, 50, dtype=np.float32)
    return {
        "synapse/window": np.stack(columns, axis=1).astype(np.float32),
        "synapse/pre_spikes": np.array([10, 80, 150], np.float32),
        "synapse/post_spikes": np.array([20, 90], np.float32),
        "synapse/trace_time": times,
        "synapse/traces": np.exp(-np.stack([times % 70, times % 80, times % 90]) / 20).astype(np.float32),
        "synapse/weight": np.array([1.1, 1.2], np.float32),
    }


def statics() -> bytes:
    """What never changes during a run, as one blob."""
    points = np.random.default_rng(1).uniform(-5, 5, (60, 2)).astype(np.float32)
    labels = (np.hypot(points[:, 0], points[:, 1]) < 2.5).astype(np.int32)
    network = {"sizes": SIZES, "activation": "tanh", "output": "tanh", "loss": "squared_error"}
    task = {"feature_names": ["x", "y"], "extent": 6, "task": "plane", "classes": 2, "chosen": {"layer": 1, "to": 0, "from": 0}}
    found = {
        "data/train_points": points,
        "data/train_labels": labels,
        "data/test_points": points[::-1].copy(),
        "data/test_labels": labels[::-1].copy(),
        "0/field": _fields(0, 2, 32),
    }
    return save(found, {"meta": json.dumps(network | task)})
