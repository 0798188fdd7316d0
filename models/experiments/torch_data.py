"""The part of the exported script that is about data: what the network sees of an example, and what it learns to answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from models.experiments.dense_task import DenseTask
from models.tasks.digits import SIDE
from models.types import Array

CHECKED: Final = 3
"""Inputs whose answers the script compares."""
_DIGITS_OF_INPUTS: Final = 4
_DIGITS_OF_OWN: Final = 12
_FEATURES: Final = {
    "x": "x",
    "y": "y",
    "x²": "x * x",
    "y²": "y * y",
    "xy": "x * y",
    "sin x": "torch.sin(x)",
    "sin y": "torch.sin(y)",
}
_TARGETS: Final = {
    "tanh": ("−1 for the first and +1 for the second", "2.0 * classes[:, None] - 1.0"),
    "sigmoid": ("0 for the first and 1 for the second", "1.0 * classes[:, None]"),
    "softmax": ("1 at the class and 0 elsewhere", "torch.eye(len(CLASSES))[classes]"),
}


def checked_inputs(points: Array) -> Array:
    """The first few test inputs as the script writes them: rounded, so that they can be read."""
    return np.round(np.asarray(points[:CHECKED], float), _DIGITS_OF_INPUTS)


def as_given(task: DenseTask, points: Array) -> Array:
    """Examples as `features` of the script takes them: own points that were fitted into the plane in their own units."""
    if not _is_fitted(task):
        return points
    given = points * np.array(task.scaling["scale"]) + np.array(task.scaling["middle"])
    return np.array([[float(f"{value:.{_DIGITS_OF_OWN}g}") for value in row] for row in given])


def data_part(task: DenseTask) -> str:
    """Python source of `features` and `targets_of`."""
    features = {"digits": _pixels, "plane": _points, "table": _rows}[task.kind](task)
    return f"{features}\n\n{_numbers(task) if task.problem == 'number' else _classes(task)}"


def _pixels(task: DenseTask) -> str:
    return f'''def features(pixels):
    """Images (n, {SIDE * SIDE}), row by row, 0 is paper and 1 is ink: the network sees the pixels as they are."""
    return pixels
'''


def _is_fitted(task: DenseTask) -> bool:
    """Own points that reach beyond the plane were moved and scaled."""
    scaling = task.scaling
    return task.kind == "plane" and bool(scaling) and (scaling["middle"], scaling["scale"]) != ([0.0, 0.0], [1.0, 1.0])


def _points(task: DenseTask) -> str:
    fitted = _is_fitted(task)
    points = "(points - MIDDLE) / SCALE" if fitted else "points"
    lines = [
        *(_scale(task, "its number less MIDDLE, over SCALE, which fits it into the lab's plane") if fitted else _names(task)),
        "def features(points):",
        f'    """What the network sees of points (n, 2){", in their own units" if fitted else ""}: {", ".join(task.features)}."""',
        f"    x, y = {f'({points})' if fitted else points}.unbind(dim=1)",
        f"    return torch.stack([{', '.join(_FEATURES[name] for name in task.features)}], dim=1)",
    ]
    return "\n".join(lines) + "\n"


def _rows(task: DenseTask) -> str:
    lines = [
        *_scale(task, "its number less the mean, over the standard deviation, both of the lab's training rows"),
        "def features(rows):",
        f'    """What the network sees of a table\'s rows (n, {len(task.scaling["columns"])}), in the table\'s own units."""',
        "    return (rows - MIDDLE) / SCALE",
    ]
    return "\n".join(lines) + "\n"


def _names(task: DenseTask) -> Iterator[str]:
    if task.scaling:
        yield f"# The columns: {_listed(task.scaling['columns'])}."


def _scale(task: DenseTask, how: str) -> Iterator[str]:
    yield from _names(task)
    yield f"# What the network sees of each: {how}."
    yield f"MIDDLE = torch.tensor({task.scaling['middle']!r})"
    yield f"SCALE = torch.tensor({task.scaling['scale']!r})\n\n"


def _classes(task: DenseTask) -> str:
    said, expression = _TARGETS[task.output]
    return f'''CLASSES = [{_listed(task.classes)}]


def targets_of(classes):
    """What the loss wants for classes (n,), counted from 0: {said}."""
    return {expression}
'''


def _numbers(task: DenseTask) -> str:
    scaling = task.scaling
    if "target_scale" not in scaling:
        return '''def targets_of(values):
    """What the loss wants for values (n,): the values themselves, one to a row."""
    return values[:, None]
'''
    middle, scale = scaling["target_middle"], scaling["target_scale"]
    return f'''# The number to learn: {scaling["label"]!r}, mapped so that the lab's training rows span -1 to +1.


def targets_of(values):
    """What the loss wants for values (n,) in their own units."""
    return ((values - {middle!r}) / {scale!r})[:, None]


def values_of(answer):
    """The way back: what the network answers (n, 1), in the numbers' own units (n,)."""
    return answer[:, 0] * {scale!r} + {middle!r}
'''


def _listed(names: tuple[str, ...] | list[str]) -> str:
    """Names from a table, which hold nothing unprintable, as text that ends neither a comment nor a string."""
    return ", ".join(repr(name) for name in names)
