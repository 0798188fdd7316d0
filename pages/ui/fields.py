"""A spec's fields as a page needs them, read from its JSON schema: labels, units and bounds are written once, there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from models.api import EXPERIMENTS

Kind = Literal["number", "integer", "choice", "choices", "integers", "structure", "text"]
Values = dict[str, Any]

LABELS: dict[str, str] = {
    "circle": "circle", "xor": "exclusive-or", "gaussians": "Gaussian clouds", "spiral": "spiral", "digits": "8×8 digits",
    "slope": "tilted plane, a value", "hills": "hills and hollows, a value", "own": "your own points", "table": "your own table",
    "reach": "first to reach a test loss", "lowest": "lowest test loss", "updates": "updates", "seconds": "compute seconds",
    "relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid", "linear": "linear",
    "uniform": "uniform ±0.5", "xavier": "Xavier", "he": "He", "zero": "all zero", "too_large": "ten times too large",
    "sgd": "plain descent", "momentum": "momentum", "adam": "Adam", "none": "none", "l1": "L1", "l2": "L2",
    "mnist": "MNIST digits, 28×28", "fashion": "Fashion-MNIST", "patches": "patches of photographs", "own_images": "your own images",
    "shift": "shift", "rotate": "turn", "scale": "scale", "light": "light",
    "backpropagation": "backpropagation", "feedback_alignment": "feedback alignment", "sign_symmetric": "sign-symmetric feedback",
    "direct_feedback_alignment": "direct feedback alignment", "output_only": "output layer only", "hebb": "Hebb", "oja": "Oja",
    "bcm": "BCM", "three_factor": "three-factor", "predictive_coding": "predictive coding", "forward_forward": "forward-forward",
    "equilibrium_propagation": "equilibrium propagation", "weight_perturbation": "weight perturbation",
    "squared_error": "squared error", "cross_entropy": "cross-entropy",
}  # fmt: skip
"""A choice as a person reads it, where the spec's own word is shorter than that."""


def label_of(choice: str) -> str:
    return LABELS.get(choice, choice)


def plain(number: float) -> str:
    """A number as a person writes it: 0.00001 and 10, never 1e-05 or 10.0."""
    return f"{number:.10f}".rstrip("0").rstrip(".") if isinstance(number, float) else f"{number:,}"


@dataclass(frozen=True)
class Field:
    """One field of a spec. Bounds are of the number, or of each number in a list."""

    name: str
    label: str
    help: str
    unit: str
    group: str
    live: bool
    kind: Kind
    default: Any
    minimum: float | None
    maximum: float | None
    open_below: bool
    open_above: bool
    step: float | None
    scale: Literal["linear", "log"]
    choices: tuple[str, ...]
    shortest: int
    longest: int
    optional: bool

    @property
    def title(self) -> str:
        """Label with its unit."""
        return f"{self.label}, {self.unit}" if self.unit else self.label

    @property
    def allowed(self) -> str:
        """What may stand here, as the end of a sentence."""
        words = self._allowed_list() if self.kind in ("choices", "integers") else self._allowed_one()
        return f"{words}, or nothing" if self.optional else words

    def _allowed_one(self) -> str:
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.kind == "text":
            return "as this page writes it"
        low = f"more than {plain(self.minimum or 0)}" if self.open_below else f"at least {plain(self.minimum or 0)}"
        if self.maximum is None:
            return low
        high = f"less than {plain(self.maximum)}" if self.open_above else f"at most {plain(self.maximum)}"
        return f"{'a whole number, ' if self.kind == 'integer' else ''}{low} and {high}"

    def _allowed_list(self) -> str:
        how_many = f"{self.shortest} to {self.longest}"
        return f"{how_many} of {', '.join(self.choices)}" if self.choices else f"{how_many} whole numbers, each {self._allowed_one()}"


@dataclass(frozen=True)
class Task:
    """One member of a spec's union: its fields by name, and its default values."""

    name: str
    fields: Mapping[str, Field]

    @property
    def defaults(self) -> Values:
        return {name: field.default for name, field in self.fields.items()}

    @property
    def live(self) -> list[Field]:
        return [field for field in self.fields.values() if field.live]

    def carries_over(self, name: str, other: Task) -> bool:
        """Whether a value means the same in the other task: same words, same bounds, same default."""
        return name != "dataset" and self.fields[name] == other.fields.get(name)


@cache
def tasks(experiment: str) -> tuple[Task, ...]:
    """The members of the experiment's spec; one if the spec is no union."""
    schema = EXPERIMENTS[experiment].json_schema()
    definitions = schema.get("$defs", {})
    members = [definitions[member["$ref"].rsplit("/", 1)[1]] for member in schema.get("oneOf", ())] or [schema]
    return tuple(Task(member["title"], {name: _field(name, shape) for name, shape in member["properties"].items()}) for member in members)


def task_of(experiment: str, values: Mapping[str, Any]) -> Task:
    """The task that the `dataset` in these values belongs to; the first where none is named."""
    members = tasks(experiment)
    dataset = values.get("dataset")
    return next((task for task in members if "dataset" in task.fields and dataset in task.fields["dataset"].choices), members[0])


def every_choice(experiment: str, name: str) -> tuple[str, ...]:
    """The choices of a field in all tasks together: choosing one may change the task."""
    return tuple(choice for task in tasks(experiment) if name in task.fields for choice in task.fields[name].choices)


def _field(name: str, shape: Mapping[str, Any]) -> Field:
    inner = next((part for part in shape.get("anyOf", ()) if part.get("type") != "null"), shape)
    bounds = inner.get("items", inner)
    default = shape.get("default")
    return Field(
        name=name,
        label=shape.get("title", name),
        help=shape.get("description", ""),
        unit=shape.get("unit", ""),
        group=shape.get("group", "More"),
        live=bool(shape.get("live", False)),
        kind=_kind(inner),
        default=tuple(default) if isinstance(default, list) else default,
        minimum=bounds.get("minimum", bounds.get("exclusiveMinimum")),
        maximum=bounds.get("maximum", bounds.get("exclusiveMaximum")),
        open_below="exclusiveMinimum" in bounds,
        open_above="exclusiveMaximum" in bounds,
        step=shape.get("step"),
        scale=shape.get("scale", "linear"),
        choices=tuple(bounds.get("enum", (bounds["const"],) if "const" in bounds else ())),
        shortest=inner.get("minItems", 0),
        longest=inner.get("maxItems", 0),
        optional="anyOf" in shape,
    )


def _kind(shape: Mapping[str, Any]) -> Kind:
    if shape.get("type") != "array":
        if "enum" in shape or "const" in shape:
            return "choice"
        plain_kinds: dict[str, Kind] = {"integer": "integer", "string": "text"}
        return plain_kinds.get(shape.get("type", ""), "number")
    items = shape.get("items", {})
    return "choices" if "enum" in items else "integers" if items.get("type") == "integer" else "structure"
