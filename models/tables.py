"""A table of a person's own: columns of numbers, and for each row a class or a number to learn. Torch-free.

Its canonical form is JSON with every number written so that it reads back equal; its content id is that text's SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from models.types import Refused

Problem = Literal["classes", "number"]
MOST_ROWS: Final = 10_000
LEAST_ROWS: Final = 4
MOST_COLUMNS: Final = 20
MOST_CLASSES: Final = 10
MOST_BYTES: Final = 2_000_000
LARGEST: Final = 1e12
LONGEST_COLUMN_NAME: Final = 60
LONGEST_CLASS_NAME: Final = 40
_KEYS: Final = {"columns", "label", "problem", "classes", "rows", "targets"}


@dataclass(frozen=True, eq=False)
class Table:
    """`values` (n, columns); `targets` (n,): numbers of classes from 0, or the values themselves."""

    columns: tuple[str, ...]
    values: NDArray[np.float64]
    label: str
    problem: Problem
    classes: tuple[str, ...]
    targets: NDArray[np.float64]

    @cached_property
    def canonical(self) -> str:
        described: dict[str, Any] = {
            "columns": list(self.columns),
            "label": self.label,
            "problem": self.problem,
            "classes": list(self.classes),
            "rows": self.values.tolist(),
            "targets": self.targets.tolist(),
        }
        return json.dumps(described, separators=(",", ":"), ensure_ascii=True, allow_nan=False)

    @property
    def content_id(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @staticmethod
    def from_canonical(text: str) -> Table:
        """Checks all that a table promises, because a file may hold anything. Raises Refused."""
        try:
            given = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            _refuse("this is not JSON.")
        if not isinstance(given, dict) or given.keys() != _KEYS:
            _refuse(f"it has to have {', '.join(sorted(_KEYS))}, and nothing else.")
        return table(given["columns"], given["rows"], given["label"], given["problem"], given["classes"], given["targets"])


def table(columns: Any, rows: Any, label: Any, problem: Any, classes: Any, targets: Any) -> Table:
    """A table of these parts, whoever gave them. Raises Refused with the first thing that is wrong."""
    names = _names(columns, "columns", 1, MOST_COLUMNS, LONGEST_COLUMN_NAME)
    (label_name,) = _names([label], "label", 1, 1, LONGEST_COLUMN_NAME)
    if problem not in ("classes", "number"):
        _refuse("its problem is “classes” or “number”.")
    values = _numbers(rows, 2)
    answers = _numbers(targets, 1)
    if not LEAST_ROWS <= len(values) <= MOST_ROWS or values.shape[1:] != (len(names),) or len(answers) != len(values):
        _refuse(f"it has {LEAST_ROWS} to {MOST_ROWS:,} rows of as many numbers as there are columns, and an answer to each.")
    kinds = _names(classes, "classes", 2, MOST_CLASSES, LONGEST_CLASS_NAME) if problem == "classes" else ()
    if problem == "classes" and (not np.isin(answers, np.arange(len(kinds))).all() or len(np.unique(answers)) < 2):
        _refuse(f"its answers are numbers of classes, 0 to {len(kinds) - 1}, at least two of them.")
    if problem == "number" and (classes or float(np.ptp(answers)) == 0.0):
        _refuse("its answers are numbers that differ, and there are no classes.")
    return Table(names, values, label_name, problem, kinds, answers)


def clean_name(text: str, longest: int) -> str:
    """A name as it may stand on a page: control characters become spaces, and what is too long is cut."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:longest]


def _names(given: Any, what: str, least: int, most: int, longest: int) -> tuple[str, ...]:
    right = isinstance(given, list | tuple) and least <= len(given) <= most
    if not right or not all(isinstance(name, str) and name and name == clean_name(name, longest) for name in given):
        _refuse(f"{what} are {least} to {most} names of 1 to {longest} characters." if most > 1 else f"its {what} is a name.")
    if len(set(given)) != len(given):
        _refuse(f"{what} are named twice.")
    return tuple(given)


def _numbers(given: Any, dimensions: int) -> NDArray[np.float64]:
    try:
        array = np.array(given, dtype=object)
        if array.ndim != dimensions or not all(type(item) in (int, float) for item in array.ravel()):
            raise ValueError("not numbers")
        numbers = array.astype(np.float64)
    except (ValueError, TypeError, OverflowError):
        _refuse("its rows and targets are lists of numbers.")
    if not (np.abs(numbers) <= LARGEST).all():
        _refuse(f"its numbers lie within ±{LARGEST:g}.")
    return numbers


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _refuse(sentence: str) -> NoReturn:
    raise Refused("table", f"table: {sentence}")


def is_number(value: float) -> bool:
    return math.isfinite(value) and abs(value) <= LARGEST
