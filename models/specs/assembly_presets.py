"""Starts of the tab on active circuits: letters that differ, letters that overlap, and random patterns. Torch-free."""

from __future__ import annotations

from typing import Final

from models.types import Preset

_GLYPHS: Final = {
    "X": ("#...#", ".#.#.", "..#..", ".#.#.", "#...#"),
    "L": ("#....", "#....", "#....", "#....", "#####"),
    "J": ("..###", "...#.", "...#.", "#..#.", ".##.."),
    "O": (".###.", "#...#", "#...#", "#...#", ".###."),
    "C": ("#####", "#....", "#....", "#....", "#####"),
    "U": ("#...#", "#...#", "#...#", "#...#", ".###."),
}


def letters(names: str) -> tuple[str, ...]:
    """Patterns of 25 units, 0 and 1 row by row, for some of the letters X, L, J, O, C, U."""
    return tuple("".join(_GLYPHS[name]).replace("#", "1").replace(".", "0") for name in names)


LETTERS: Final = letters("XLJ")

PRESETS: Final[tuple[Preset, ...]] = (
    Preset("letters", "Three letters", "X, L and J share few units. Which connections grow in the circuit, and which in the network?", {}),
    Preset(
        "overlapping", "Overlapping letters", "O, C and U share most of their units. Whose recall suffers?",
        {"patterns": letters("OCU"), "damage_kind": "flipped", "damage": 0.16, "pre": 5, "post": 10, "cue": 3},
    ),
    Preset(
        "hopfield", "Hopfield’s rule", "The same letters, with a threshold at one half: two silent units are then joined as strongly as two active ones.",
        {"rule": "hopfield"},
    ),
    Preset(
        "sparse", "Sparse and random", "One unit in five is active, of 64. The threshold at the mean activity lies low, and both sides complete from half.",
        {"source": "random", "side": 8, "active": 0.2, "damage": 0.5, "pre": 10, "post": 37},
    ),
    Preset(
        "core", "A common core", "Random patterns that share seven in ten of their active units: descent learns what tells them apart.",
        {"source": "random", "side": 8, "active": 0.3, "shared": 0.7, "damage": 0.5, "pre": 4, "post": 33},
    ),
)
