"""Which network a rule needs: the plain one, one whose hidden layers settle, or one that normalises between layers."""

from __future__ import annotations

import importlib
from typing import Final

from models.networks.dense import DenseNetwork

_KINDS: Final = {"forward": "ForwardNetwork", "relaxing": "RelaxingNetwork", "normalised": "NormalisedNetwork"}
WIDE: Final = 24
"""From so many units in a layer on, whole batches are faster than compiled loops."""


def network_of(kind: str, sizes: tuple[int, ...], hidden: str, output: str, name: str, by_batch: bool = False) -> DenseNetwork:
    """`kind`: dense, forward, relaxing or normalised. `by_batch`: a plain network with a wide layer by whole batches."""
    if kind == "dense" and (not by_batch or max(sizes) < WIDE):
        return DenseNetwork(sizes, hidden, output, name)
    module = "forward" if kind == "dense" else kind
    made = getattr(importlib.import_module(f"models.networks.{module}"), _KINDS[module])
    network: DenseNetwork = made(sizes, hidden, output, name)
    return network
