"""What a dense network learns: inputs and targets from a spec, and what a page has to know to show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np

from models.specs.gradient_flow import VALUES, DigitsSpec, PlaneSpec, Spec, TableSpec
from models.tables import Table
from models.tasks import digits, plane
from models.types import Array, Refused

MOST_OWN_CLASSES: Final = 5
_REACH: Final = 5.0
"""Own points that lie further out than the plane's ±6 are fitted into ±5."""
_LEAST: Final = 1e-12


@dataclass(frozen=True)
class DenseTask:
    """Rows that train come first. `points` are the examples as a person gave them: places, pixels or columns."""

    kind: Literal["plane", "digits", "table"]
    problem: Literal["classes", "number"]
    points: Array
    inputs: Array
    """(n, n_0)"""
    targets: Array
    """(n, n_L)"""
    labels: Array
    """(n,) class numbers; zero where the target is a number."""
    train: int
    output: str
    loss: str
    classes: tuple[str, ...]
    features: tuple[str, ...]
    scaling: dict[str, Any] = field(default_factory=dict)
    """How own data were mapped: per column `middle` and `scale`, so that shown = (given − middle) / scale; the same for the target."""

    @property
    def chance_loss(self) -> float:
        """The loss of a network of one output that always answers the middle: 0 as a class, the mean as a number."""
        if self.problem == "number":
            return max(float(self.targets[: self.train].var()) / 2, _LEAST)
        return 0.5 if self.loss == "squared_error" else float(np.log(2))

    def inputs_of(self, given: Array) -> Array:
        """What the network is shown (n, n_0) of examples as they are in `points`."""
        if self.kind == "plane":
            return plane.featured(given, self.features)
        if self.kind == "table":
            return np.asarray((given - np.array(self.scaling["middle"])) / np.array(self.scaling["scale"]))
        return given


def load(spec: Spec, materials: Mapping[str, str]) -> DenseTask:
    """Raises Refused where the spec names data that are not there or do not suit it."""
    if isinstance(spec, DigitsSpec):
        return _digits(spec)
    table = _table_of(spec, materials)
    if isinstance(spec, TableSpec):
        assert table is not None
        return _columns(spec, table)
    if table is not None:
        return _own_points(spec, table)
    if spec.dataset in VALUES:
        points, values, train = plane.draw_values(spec.dataset, spec.samples, spec.noise, spec.train_share, spec.seed)
        return _plane(spec, points, train, values=values)
    if spec.dataset == "own":
        points, labels = plane.starter()
        return _plane(spec, *_shuffled(points, labels, spec), classes=("1", "2"))
    points, labels, train = plane.draw(spec.dataset, spec.samples, spec.noise, spec.train_share, spec.seed, spec.classes)
    names = ("orange", "blue") if spec.classes == 2 else tuple(str(i + 1) for i in range(spec.classes))
    return _plane(spec, points, train, labels, classes=names)


def _table_of(spec: Spec, materials: Mapping[str, str]) -> Table | None:
    content = getattr(spec, "content", None)
    if content is None or spec.dataset not in ("own", "table"):
        return None
    if content not in materials:
        raise Refused("content", "content: these data are no longer kept here; draw, paste or upload them again, or open the saved file.")
    return Table.from_canonical(materials[content])


def _answers(problem: str, loss: str, labels: Array, count: int, values: Array | None) -> tuple[Array, str, str]:
    """Targets (n, n_L), the output's activation and the loss."""
    if problem == "number":
        assert values is not None
        return values[:, None], "linear", "squared_error"
    if count > 2:
        return np.eye(count)[labels], "softmax", "cross_entropy"
    if loss == "squared_error":
        return (2.0 * labels - 1.0)[:, None], "tanh", loss
    return labels.astype(float)[:, None], "sigmoid", loss


def _plane(
    spec: PlaneSpec,
    points: Array,
    train: int,
    labels: Array | None = None,
    values: Array | None = None,
    classes: tuple[str, ...] = (),
    scaling: dict[str, Any] | None = None,
) -> DenseTask:
    problem: Literal["classes", "number"] = "number" if values is not None else "classes"
    known = np.zeros(len(points), np.int64) if labels is None else labels
    targets, output, loss = _answers(problem, spec.loss, known, len(classes), values)
    inputs = plane.featured(points, spec.features)
    return DenseTask("plane", problem, points, inputs, targets, known, train, output, loss, classes, spec.features, scaling or {})


def _shuffled(points: Array, labels: Array, spec: Spec) -> tuple[Array, int, Array]:
    order = np.random.default_rng([spec.seed, 0]).permutation(len(points))
    return points[order], _train_count(len(points), spec.train_share), labels[order]


def _train_count(rows: int, share: float) -> int:
    return min(max(round(rows * share), 1), rows - 1)


def _strayed(points: Array, spec: Spec, reach: float) -> Array:
    return points + np.random.default_rng([spec.seed, 3]).normal(0.0, 1.0, points.shape) * spec.noise * reach


def _own_points(spec: PlaneSpec, table: Table) -> DenseTask:
    if len(table.columns) != 2:
        raise Refused(
            "content", f"content: points of the plane have two columns, and this table has {len(table.columns)}; choose it as a table."
        )
    if table.problem == "classes" and not 2 <= len(table.classes) <= MOST_OWN_CLASSES:
        raise Refused("content", f"content: points of the plane have 2 to {MOST_OWN_CLASSES} classes, and these have {len(table.classes)}.")
    middle, scale = _fitted(table.values)
    given = _strayed((table.values - middle) / scale, spec, 1.0)
    points, train, targets = _shuffled(given, table.targets, spec)
    scaling: dict[str, Any] = {"columns": list(table.columns), "label": table.label, "middle": middle.tolist(), "scale": [scale, scale]}
    if table.problem == "number":
        values, target = _scaled_target(targets, train)
        return _plane(spec, points, train, values=values, scaling={**scaling, **target})
    return _plane(spec, points, train, targets.astype(np.int64), classes=table.classes, scaling=scaling)


def _fitted(values: Array) -> tuple[Array, float]:
    """Middle (2,) and one scale for both columns, which leave alone what lies within the plane already."""
    if np.abs(values).max() <= plane.EXTENT:
        return np.zeros(2), 1.0
    low, high = values.min(axis=0), values.max(axis=0)
    return (low + high) / 2, max(float((high - low).max()) / 2 / _REACH, _LEAST)


def _scaled_target(targets: Array, train: int) -> tuple[Array, dict[str, float]]:
    """Numbers mapped so that the training rows span −1…+1."""
    low, high = float(targets[:train].min()), float(targets[:train].max())
    middle, scale = (low + high) / 2, (high - low) / 2 if high - low > _LEAST else 1.0
    return (targets - middle) / scale, {"target_middle": middle, "target_scale": scale}


def _columns(spec: TableSpec, table: Table) -> DenseTask:
    values, train, targets = _shuffled(table.values, table.targets, spec)
    middle = values[:train].mean(axis=0)
    scale = np.maximum(values[:train].std(axis=0), _LEAST)
    scale[values[:train].std(axis=0) < _LEAST] = 1.0
    inputs = _strayed((values - middle) / scale, spec, 1.0)
    scaling: dict[str, Any] = {"columns": list(table.columns), "label": table.label, "middle": middle.tolist(), "scale": scale.tolist()}
    labels, numbers = targets.astype(np.int64), None
    if table.problem == "number":
        numbers, target = _scaled_target(targets, train)
        labels, scaling = np.zeros(len(targets), np.int64), {**scaling, **target}
    answers, output, loss = _answers(table.problem, "cross_entropy", labels, len(table.classes), numbers)
    return DenseTask("table", table.problem, values, inputs, answers, labels, train, output, loss, table.classes, table.columns, scaling)


def _digits(spec: DigitsSpec) -> DenseTask:
    inputs, labels, train = digits.draw(spec.noise, spec.train_share, spec.seed)
    names = tuple("0123456789")
    return DenseTask(
        "digits", "classes", inputs, inputs, np.eye(digits.CLASSES)[labels], labels, train, "softmax", "cross_entropy", names, ()
    )
