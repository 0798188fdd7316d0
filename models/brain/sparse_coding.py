"""Sparse coding (Olshausen and Field 1996, doi:10.1038/381607a0): a patch x as a sum of few atoms, x ≈ Σ a_k d_k.

Minimised are ½‖x − aD‖² + λΣ|a_k|, first over the coefficients a of each patch, then a step down over the atoms, whose length stays 1.
Published: this cost, whitened photographs, 12 × 12 pixels, learning from random atoms without any label. Our choices: the absolute value
as the sparse cost (theirs has several), λ = 1 for whitened pixels of unit variance, 144 atoms, two photographs, 32 patches an update;
coordinate descent for the coefficients, always the one that moves furthest, which ends at the minimum that ISTA ends at; and a step of
each atom divided by the running sum of its squared coefficients (the diagonal of what Mairal, Bach, Ponce and Sapiro 2009 keep,
doi:10.1145/1553374.1553463). The clock is a bookkeeping: one update of the dictionary every few updates of the network beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Protocol

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.splitmix import uniform
from models.types import Array, Refused, Settings

Singles = NDArray[np.float32]
ATOMS: Final = 144
PIXELS: Final = 144
"""Of a patch, 12 × 12."""
PATCHES: Final = 32
"""Of one update."""
SPARSENESS: Final = 1.0
"""λ."""
EVERY: Final = 8
"""Updates of the network from one of the dictionary to the next, where the settings name no number: under 3% of the time."""
_FORGETTING: Final = 0.98
_MOST_MOVES: Final = 100
"""Coordinate moves of one patch's code; about 40 are needed once atoms have formed."""
_SMALLEST_MOVE: Final = 0.01
_STREAM: Final = 20_381_607
_MEMORY: Final = 0.05
"""Share of the newest update in the shown loss: one update's 32 patches differ widely."""
_SPREAD: Final = 1.04
_NOTHING: Final[Singles] = np.empty(0, np.float32)


class Patches(Protocol):
    """Where patches come from: those of an update, (n, PIXELS), as a function of its number."""

    def batch(self, update: int) -> Singles: ...


@njit(cache=True, fastmath={"reassoc", "contract", "nsz"})
def _dot(a: Singles, b: Singles) -> np.float32:
    total = np.float32(0.0)
    for i in range(a.size):
        total += a[i] * b[i]
    return total


@njit(cache=True)
def encode(atoms: Singles, patches: Singles, sparseness: np.float32, codes: Singles) -> None:
    """Fills `codes` (n, atoms) with the coefficients that minimise ½‖x − aD‖² + λΣ|a| for each patch."""
    count = atoms.shape[0]
    # Products of two atoms, a row of them made when its atom first moves.
    overlaps, known = np.empty((count, count), np.float32), np.zeros(count, np.bool_)
    pull = np.empty(count, np.float32)
    for n in range(patches.shape[0]):
        a = codes[n]
        a[:] = np.float32(0.0)
        for k in range(count):
            pull[k] = _dot(atoms[k], patches[n])
        for _ in range(_MOST_MOVES):
            furthest, chosen, target = -1.0, 0, np.float32(0.0)
            for k in range(count):
                alone = a[k] + pull[k]
                wanted = np.float32(0.0)
                if abs(alone) > sparseness:
                    wanted = np.float32(alone - sparseness if alone > 0.0 else alone + sparseness)
                way = float(abs(wanted - a[k]))
                if way > furthest:
                    furthest, chosen, target = way, k, wanted
            if furthest < _SMALLEST_MOVE:
                break
            if not known[chosen]:
                for k in range(count):
                    overlaps[chosen, k] = _dot(atoms[chosen], atoms[k])
                known[chosen] = True
            move = target - a[chosen]
            a[chosen] = target
            for k in range(count):
                pull[k] -= move * overlaps[chosen, k]


@njit(cache=True)
def _step(atoms: Singles, patches: Singles, codes: Singles, sparseness: float, usage: Singles, deltas: Singles) -> tuple[float, float]:
    """Fills `deltas` (atoms, pixels) for these codes, and moves `usage` on; returns the mean cost and the share of atoms at work."""
    deltas[:] = np.float32(0.0)
    usage *= np.float32(_FORGETTING)
    rest = np.empty(patches.shape[1], np.float32)
    cost, active = 0.0, 0
    for n in range(patches.shape[0]):
        rest[:] = patches[n]
        for k in range(atoms.shape[0]):
            if codes[n, k] != 0.0:
                rest -= codes[n, k] * atoms[k]
                active += 1
                cost += sparseness * abs(codes[n, k])
                usage[k] += codes[n, k] * codes[n, k]
        cost += 0.5 * float(_dot(rest, rest))
        for k in range(atoms.shape[0]):
            if codes[n, k] != 0.0:
                deltas[k] += codes[n, k] * rest
    for k in range(atoms.shape[0]):
        deltas[k] /= usage[k] + np.float32(0.1)
    return cost / patches.shape[0], active / codes.size


@njit(cache=True)
def _move(atoms: Singles, deltas: Singles) -> None:
    """Adds the deltas and brings each atom back to length 1."""
    for k in range(atoms.shape[0]):
        atoms[k] += deltas[k]
        length = math.sqrt(_dot(atoms[k], atoms[k]))
        if length > 0.0:
            atoms[k] /= np.float32(length)


@njit(cache=True)
def _begin(seed: int, atoms: Singles) -> None:
    """Random atoms of length 1 (Box and Muller 1958 turns uniform numbers into normal ones)."""
    flat = atoms.reshape(-1)
    for i in range(flat.size):
        radius = math.sqrt(-2.0 * math.log(1.0 - uniform(seed, _STREAM, 2 * i)))
        flat[i] = radius * math.cos(2.0 * math.pi * uniform(seed, _STREAM, 2 * i + 1))
    _move(atoms, np.zeros_like(atoms))


class Dictionary:
    """The learner: `parameters` are ATOMS atoms of PIXELS pixels, one after the other, each of length 1."""

    name = "sparse"

    def __init__(self, seed: int) -> None:
        self.parameters: Singles = np.empty(ATOMS * PIXELS, np.float32)
        _begin(seed, self.atoms)

    @property
    def atoms(self) -> Singles:
        """(ATOMS, PIXELS), the parameters themselves."""
        return self.parameters.reshape(ATOMS, PIXELS)

    def apply(self, deltas: Array) -> None:
        """No deltas, an empty array: an update of the network that the dictionary sits out."""
        if deltas.size:
            _move(self.atoms, deltas.reshape(ATOMS, PIXELS))

    def state(self) -> dict[str, Array]:
        return {"parameters": self.parameters.copy()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused for atoms that no run had: a saved file may come from anywhere."""
        atoms = np.asarray(arrays["parameters"], np.float32)
        if atoms.shape != self.parameters.shape or not np.allclose(np.square(atoms.reshape(ATOMS, PIXELS)).sum(axis=1), 1.0, atol=1e-3):
            raise Refused("sparse", f"sparse: a saved state holds {ATOMS} atoms of {PIXELS} pixels, each of length 1.")
        self.parameters[:] = atoms


class SparseCoding:
    """The rule: codes an update's patches and says how the atoms should move. `settings` may change `sparse_every` at any time."""

    def __init__(self, dictionary: Dictionary, patches: Patches, settings: Settings) -> None:
        self.dictionary, self.patches, self.settings = dictionary, patches, settings
        self.codes: Singles = np.zeros((PATCHES, ATOMS), np.float32)
        self.usage: Singles = np.zeros(ATOMS, np.float32)
        """Running sum of each atom's squared coefficients."""
        self._deltas: Singles = np.empty((ATOMS, PIXELS), np.float32)
        self._meter = np.zeros(3)
        self._curve: list[tuple[float, float, float]] = []

    @property
    def every(self) -> int:
        return max(1, int(self.settings.get("sparse_every") or EVERY))

    @property
    def made(self) -> int:
        """Updates of the dictionary so far."""
        return int(self._meter[0])

    @property
    def loss(self) -> float:
        """Mean cost of a patch, smoothed over about twenty updates."""
        return float(self._meter[1])

    @property
    def active(self) -> float:
        """Mean share of atoms that a patch uses, smoothed alike."""
        return float(self._meter[2])

    def updates(self, step: int) -> Array:
        """Deltas (ATOMS·PIXELS,) on the network updates that are the dictionary's too, else an empty array."""
        return self.learn(step) if step % self.every == 0 else _NOTHING

    def learn(self, update: int) -> Array:
        """Deltas from the patches that belong to this number."""
        atoms, patches = self.dictionary.atoms, self.patches.batch(update)
        encode(atoms, patches, np.float32(SPARSENESS), self.codes)
        cost, active = _step(atoms, patches, self.codes, SPARSENESS, self.usage, self._deltas)
        self._follow(cost, active)
        return self._deltas.reshape(-1)

    def _follow(self, cost: float, active: float) -> None:
        meter = self._meter
        meter[0] += 1.0
        share = max(_MEMORY, 1.0 / meter[0])
        meter[1] += share * (cost - meter[1])
        meter[2] += share * (active - meter[2])
        if not self._curve or meter[0] >= max(self._curve[-1][0] + 1.0, self._curve[-1][0] * _SPREAD):
            self._curve.append((float(meter[0]), float(meter[1]), float(meter[2])))

    def curve(self) -> Array:
        """(n, 3): update, loss, active share, at updates that spread out by 4%, and now."""
        now = [tuple(self._meter)] if self._curve and self._curve[-1][0] < self._meter[0] else []
        return np.array(self._curve + now, np.float32).reshape(-1, 3)

    def state(self) -> dict[str, Array]:
        return {"usage": self.usage.copy(), "meter": self._meter.copy(), "curve": np.array(self._curve, np.float64).reshape(-1, 3)}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Raises Refused for what no run remembers."""
        usage, meter, curve = (np.asarray(arrays[name]) for name in ("usage", "meter", "curve"))
        shapes = usage.shape == (ATOMS,) and meter.shape == (3,) and curve.ndim == 2 and curve.shape[1] == 3 and len(curve) < 2000
        if not shapes or not all(np.isfinite(part).all() for part in (usage, meter, curve)) or (usage < 0).any():
            raise Refused("sparse", "sparse: what a saved state remembers of the sparse code cannot be read.")
        self.usage[:], self._meter[:] = usage, meter
        self._curve = [(float(row[0]), float(row[1]), float(row[2])) for row in curve]
