"""Active circuits: a population under a Hebbian rule and a network under gradient descent learn the same few patterns.

Arrays (T presentations, K patterns of n units, first axis of 2: circuit, network): `patterns` u1 (K, n), `cue` u1 (n,), `order` i4 (T,),
`weights` u1 (2, T + 1, n, n) bytes 0…255 for −1…+1 times the side's `largest`, `means` f4 (2, T + 1, 4) within one assembly, between
assemblies, of an active and a silent unit, of two silent ones (NaN: no such pair), `change` f4 (2, T) mean |Δw|, `error` f4 (T,),
`gate` f4 (2, T, 8), `after` f4 (2, T + 1) overlap that the cue is completed to after each presentation, `levels` f4 (11,), `curve` f4
(2, 11, 3) overlap, low, high, `slope` f4 (2, 61) drives and f′ at them; and those of recall (see `assembly_recall.moments`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np

from models.experiments import assembly_descent as descent
from models.experiments import assembly_recall
from models.experiments.assembly_learning import Learned, as_bytes, class_means, learned
from models.experiments.assembly_patterns import KINDS, Units, correlations, cue, pair_classes, patterns
from models.experiments.progress import Progress
from models.specs.assembly import AssemblySpec
from models.types import Array


def build(spec: AssemblySpec) -> Assembly:
    return Assembly(spec)


class Assembly:
    """One analysis of a short kind."""

    def __init__(self, spec: AssemblySpec) -> None:
        self.spec = spec

    def analyse(self, _images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """Learning, recall of the cue and the curve over damage; nothing is uploaded."""
        progress(0.0, "learning")
        spec = self.spec
        stored, learning, numbers, before = _learning(spec.model_copy(update=_OF_THE_CUE))
        progress(0.4, "recalling")
        shown = cue(stored, spec)
        told, arrays = assembly_recall.moments(learning, stored, shown, spec)
        after = assembly_recall.after_each(learning, stored, shown, spec).astype(np.float32)
        return told | numbers, {**before, **arrays, "cue": shown, "after": after}


_OF_THE_CUE: Final = {"cue": 1, "damage": 0.0}
"""Fields that change only which cue is completed: all else is kept while a hand is on their sliders."""


@lru_cache(maxsize=4)
def _learning(spec: AssemblySpec) -> tuple[Units, Learned, dict[str, Any], dict[str, Array]]:
    """Patterns, what both sides learn of them, numbers, and the arrays that do not depend on the cue."""
    stored = patterns(spec)
    learning = learned(stored, spec)
    drawn, largest = zip(*(as_bytes(side) for side in learning.weights), strict=True)
    arrays: dict[str, Array] = {
        "patterns": stored,
        "order": learning.order.astype(np.int32),
        "weights": np.stack(drawn),
        "means": class_means(learning.weights, stored).astype(np.float32),
        "change": learning.change.astype(np.float32),
        "error": learning.error.astype(np.float32),
        "gate": learning.gate.astype(np.float32),
        "levels": assembly_recall.LEVELS[spec.damage_kind].astype(np.float32),
        "slope": _slopes(descent.Activation(spec.activation)).astype(np.float32),
        "curve": assembly_recall.curve(learning, stored, spec).astype(np.float32),
    }
    return stored, learning, _numbers(learning, stored, spec) | {"largest": list(largest)}, arrays


def _numbers(learning: Learned, stored: Units, spec: AssemblySpec) -> dict[str, Any]:
    """What sentences need: thresholds, correlation of the patterns, when all counts as right, how near descent is to the least norm."""
    shortest = descent.least_norm(stored, descent.Activation(spec.activation).wanted_drive())
    final = learning.weights[1, -1]
    kinds = pair_classes(stored)
    return {
        "threshold": learning.threshold,
        "mean_activity": learning.mean_activity,
        "correlation": correlations(stored),
        "solved": learning.solved,
        "tolerance": descent.SOLVED,
        "least_norm_angle": _angle(final, shortest),
        "asymmetry": float(np.abs(final - final.T).max()),
        "pairs": [int((kinds == kind).sum()) for kind in range(KINDS)],
        "draws": assembly_recall.DRAWS,
    }


def _slopes(activation: descent.Activation) -> Array:
    """(2, 61) drives from −3 to 3, and the activation's slope at each."""
    drives = np.linspace(-3, 3, 61)
    return np.stack([drives, activation.slope(activation.output(drives))])


def _angle(a: Array, b: Array) -> float:
    """Degrees between two matrices taken as vectors; 90 where one is zero."""
    sizes = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.degrees(np.arccos(np.clip((a * b).sum() / sizes, -1, 1)))) if sizes > 0 else 90.0
