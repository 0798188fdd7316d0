"""The three networks that every speed figure speaks of: circle, 250 training points, batches of 10, tanh."""

from __future__ import annotations

from typing import Any, Final

HIDDEN: Final[dict[str, tuple[int, ...]]] = {"2-4-2-1": (4, 2), "2-8-8-1": (8, 8), "2-8-8-8-8-8-8-1": (8, 8, 8, 8, 8, 8)}
TRAIN_POINTS: Final = 250


def values(name: str) -> dict[str, Any]:
    """The spec's fields, every one that matters to speed written out."""
    return {
        "dataset": "circle",
        "samples": 2 * TRAIN_POINTS,
        "train_share": 0.5,
        "batch_size": 10,
        "features": ["x", "y"],
        "hidden_layers": list(HIDDEN[name]),
        "activation": "tanh",
        "seed": 1,
    }


def fields(name: str) -> dict[str, str]:
    """The same as the address bar holds it."""
    return {key: ",".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in values(name).items()}
