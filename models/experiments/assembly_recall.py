"""Completion from a damaged cue, in both: step by step for one cue, and over many seeded draws for a curve."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.brain.assembly import Circuit, Recall, circuit, energy, overlap, recall, recalled
from models.experiments.assembly_learning import Learned
from models.experiments.assembly_patterns import Units, cues
from models.specs.assembly import AssemblySpec
from models.types import Array

Floats = NDArray[np.float64]
LEVELS: Final = {"missing": np.linspace(0, 1, 11), "flipped": np.linspace(0, 0.5, 11)}
"""Shares of damage; with more than half of the units flipped a cue is nearer to the pattern's inverse."""
DRAWS: Final = 24
NETWORK: Final = Circuit(True)
"""The network is read as the circuit is: a unit's new state is the sign of its drive, which is that of tanh and of sigmoid − ½."""


def reads(spec: AssemblySpec, learning: Learned, presented: int, count: int) -> tuple[Circuit, Circuit]:
    """How both sides' units read each other after `presented` presentations of `count` patterns."""
    return circuit(spec.rule, learning.mean_activity, -(-presented // count)), NETWORK


def moments(learning: Learned, stored: Units, cue: Units, spec: AssemblySpec) -> tuple[dict[str, Any], dict[str, Array]]:
    """One recall in both after all presentations: a moment for the cue, and for every update that changes a unit on either side.

    Arrays: `recall_states` u1 (R, 2, n), `recall_units` i4 (R, 2) the unit that changed, or −1, `recall_updates` i4 (R,) updates so far,
    `recall_energy` f4 (R,) of the circuit, per unit and presentation of each pattern, `recall_overlap` f4 (R, 2).
    """
    sides = reads(spec, learning, len(learning.order), len(stored))
    weights = learning.weights[:, -1]
    runs = [recall(weights[side], cue, sides[side], spec.seed) for side in range(2)]
    states, units, updates = _merged(cue, runs)
    scale = len(cue) * spec.rounds
    energies = [energy(weights[0], state[0], sides[0]) / scale for state in states]
    arrays: dict[str, Array] = {
        "recall_states": states,
        "recall_units": units,
        "recall_updates": updates,
        "recall_energy": np.array(energies, np.float32),
        "recall_overlap": overlap(states, stored[spec.cue - 1]).astype(np.float32),
    }
    return {"settled": [run.settled for run in runs], "updates": [int(run.sweeps * len(cue)) for run in runs]}, arrays


def _merged(cue: Units, runs: list[Recall]) -> tuple[Units, NDArray[np.int32], NDArray[np.int32]]:
    """Both recalls on one clock of updates: states, units changed, updates made."""
    when = sorted({int(update) for run in runs for update in run.flips[:, 0]})
    changes: list[dict[int, int]] = [dict(run.flips.tolist()) for run in runs]
    states = np.empty((len(when) + 1, 2, len(cue)), np.uint8)
    states[0] = cue
    units = np.full((len(when) + 1, 2), -1, np.int32)
    for moment, update in enumerate(when, 1):
        states[moment] = states[moment - 1]
        for side in range(2):
            unit = changes[side].get(update, -1)
            units[moment, side] = unit
            if unit >= 0:
                states[moment, side, unit] ^= 1
    return states, units, np.array([0, *(update + 1 for update in when)], np.int32)


def after_each(learning: Learned, stored: Units, cue: Units, spec: AssemblySpec) -> Floats:
    """(2, T + 1) overlap with its pattern in which `cue` ends, with the connections after each presentation."""
    moments = len(learning.order) + 1
    found = np.zeros((2, moments))
    for t in range(moments):
        for side, read in enumerate(reads(spec, learning, t, len(stored))):
            found[side, t] = overlap(recall(learning.weights[side, t], cue, read, spec.seed).final, stored[spec.cue - 1])
    return found


@lru_cache(maxsize=64)
def _cues(stored: bytes, count: int, kind: str, level: float, seed: int) -> Units:
    """(DRAWS, K, n): they do not depend on what was learned, and a hand on the learning rate asks for the same ones again."""
    return cues(np.frombuffer(stored, np.uint8).reshape(count, -1), kind, level, DRAWS, seed)


def curve(learning: Learned, stored: Units, spec: AssemblySpec) -> Floats:
    """(2, levels, 3): mean overlap of recall with the pattern over seeded draws and all patterns, and its 95% interval over draws."""
    sides = reads(spec, learning, len(learning.order), len(stored))
    levels = LEVELS[spec.damage_kind]
    found = np.zeros((2, len(levels), 3))
    for number, level in enumerate(levels):
        shown = _cues(stored.tobytes(), len(stored), spec.damage_kind, float(level), spec.seed)
        for side, read in enumerate(sides):
            ends = recalled(learning.weights[side, -1], shown.reshape(-1, stored.shape[1]), read, spec.seed)
            each = overlap(ends.reshape(shown.shape), stored).mean(1)
            half = 1.96 * each.std(ddof=1) / np.sqrt(DRAWS)
            found[side, number] = each.mean(), each.mean() - half, each.mean() + half
    return found
