"""The dense lab's spec: a union of points in the plane, 8×8 digits, and a table of one's own. Torch-free."""

from __future__ import annotations

import base64
import binascii
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, TypeAdapter, field_validator, model_validator

from models.specs.asks import StdpProtocol
from models.specs.dense import CONTENT_ID, PLANE_FEATURES, DenseSpec, LaneChange, PlaneFeature, shown
from models.specs.gradient_flow_presets import PRESETS
from models.types import AskParameters

__all__ = ["ADAPTER", "ASKS", "PLANE_FEATURES", "PRESETS", "DigitsSpec", "LaneChange", "PlaneSpec", "Spec", "TableSpec", "live_fields"]

_BYTES: Final = 8
DIGITS_PIXELS: Final = 64
DIGITS_CLASSES: Final = 10
VALUES: Final = ("slope", "hills")
"""Datasets whose target is a number."""


def parameter_count(sizes: tuple[int, ...]) -> int:
    """Weights and biases of a dense network with these layer sizes, the inputs first."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def weight_bytes(text: str) -> bytes:
    """What first weights in base64url stand for. Raises ValueError."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise ValueError("weights: these are not weights in base64url") from None


def check_weights(text: str | None, sizes: tuple[int, ...]) -> None:
    """Raises ValueError where the text holds another number of weights than this network has."""
    if text is not None and len(weight_bytes(text)) != _BYTES * parameter_count(sizes):
        raise ValueError(f"weights: a {'-'.join(map(str, sizes))} network has {parameter_count(sizes)} weights and biases, and these are others")


class PlaneSpec(DenseSpec):
    """Points in the plane, x and y within ±6: two to five classes, or a number as target."""

    dataset: Literal["circle", "xor", "gaussians", "spiral", "slope", "hills", "own"] = Field(
        "circle", title="Data", description="Which points to tell apart, or which values to learn.", json_schema_extra=shown("Data")
    )
    classes: int = Field(
        2,
        ge=2,
        le=5,
        title="Classes",
        description="How many kinds of points there are. Two share one output neuron; more have one each, and softmax shares out certainty.",
        json_schema_extra=shown("Data"),
    )
    content: str | None = Field(
        None,
        pattern=CONTENT_ID,
        title="Own points",
        description="Content id of points that were drawn, pasted or uploaded.",
        json_schema_extra=shown("Hidden"),
    )
    samples: int = Field(
        500, ge=20, le=1000, title="Points", description="Train and test points together.", json_schema_extra=shown("More", unit="points")
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Noise",
        description="How far points stray from their place, as a share of the largest stray.",
        json_schema_extra=shown("Data", step=0.05),
    )
    features: tuple[PlaneFeature, ...] = Field(
        ("x", "y"),
        min_length=1,
        max_length=7,
        title="Features",
        description="What the first layer is shown of each point.",
        json_schema_extra=shown("Network"),
    )
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=32)], ...] = Field(
        (4, 2),
        max_length=6,
        title="Hidden layers",
        description="Neurons in each hidden layer: up to 6 layers of 1 to 32.",
        json_schema_extra=shown("Network"),
    )
    loss: Literal["squared_error", "cross_entropy"] = Field(
        "squared_error",
        title="Loss",
        description="For two classes: squared error of a tanh output, or cross-entropy of a logistic output. More classes take cross-entropy of a softmax, values squared error of a linear output.",
        json_schema_extra=shown("More"),
    )

    @field_validator("features")
    @classmethod
    def _features_once(cls, features: tuple[PlaneFeature, ...]) -> tuple[PlaneFeature, ...]:
        if len(set(features)) != len(features):
            raise ValueError("each feature may be chosen once")
        return features

    @model_validator(mode="after")
    def _weights_fit(self) -> Self:
        if self.dataset != "own":  # how many outputs own points need, only they know
            outputs = 1 if self.dataset in VALUES or self.classes == 2 else self.classes
            check_weights(self.weights, (len(self.features), *self.hidden_layers, outputs))
        return self


class DigitsSpec(DenseSpec):
    """1797 handwritten digits of 8×8 pixels (Alpaydin and Kaynak 1998), ten classes."""

    dataset: Literal["digits"] = Field("digits", title="Data", description="Which images to tell apart.", json_schema_extra=shown("Data"))
    train_share: float = Field(
        0.8,
        ge=0.1,
        le=0.9,
        title="Train share",
        description="The part of the data that the network learns from; the rest tests it.",
        json_schema_extra=shown("Data", step=0.1),
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Noise",
        description="Standard deviation of pixel noise; pixels lie in 0…1.",
        json_schema_extra=shown("Data", step=0.05),
    )
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=64)], ...] = Field(
        (16,),
        max_length=6,
        title="Hidden layers",
        description="Neurons in each hidden layer: up to 6 layers of 1 to 64.",
        json_schema_extra=shown("Network"),
    )
    loss: Literal["cross_entropy"] = Field(
        "cross_entropy", title="Loss", description="Cross-entropy of a softmax over ten classes.", json_schema_extra=shown("Hidden")
    )

    @model_validator(mode="after")
    def _weights_fit(self) -> Self:
        check_weights(self.weights, (DIGITS_PIXELS, *self.hidden_layers, DIGITS_CLASSES))
        return self


class TableSpec(DenseSpec):
    """A table of one's own with any number of columns: one row an example, one column the answer."""

    dataset: Literal["table"] = Field("table", title="Data", description="A table of your own.", json_schema_extra=shown("Data"))
    content: str | None = Field(
        None, pattern=CONTENT_ID, title="Table", description="Content id of a table that was pasted or uploaded.", json_schema_extra=shown("Hidden")
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Noise",
        description="Standard deviation of noise on the standardised columns.",
        json_schema_extra=shown("Data", step=0.05),
    )
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=64)], ...] = Field(
        (8,),
        max_length=6,
        title="Hidden layers",
        description="Neurons in each hidden layer: up to 6 layers of 1 to 64.",
        json_schema_extra=shown("Network"),
    )
    loss: Literal["cross_entropy"] = Field(
        "cross_entropy",
        title="Loss",
        description="Cross-entropy for classes, squared error of a linear output for numbers.",
        json_schema_extra=shown("Hidden"),
    )

    @model_validator(mode="after")
    def _has_a_table(self) -> Self:
        if self.content is None:
            raise ValueError("content: a table has to be pasted or uploaded first")
        return self


_TASKS: Final = {"digits": "digits", "table": "table"}


def _task(value: Any) -> str:
    dataset = value.get("dataset", "circle") if isinstance(value, dict) else getattr(value, "dataset", "circle")
    return _TASKS.get(dataset, "plane") if isinstance(dataset, str) else "plane"


GradientFlowSpec = Annotated[
    Annotated[PlaneSpec, Tag("plane")] | Annotated[DigitsSpec, Tag("digits")] | Annotated[TableSpec, Tag("table")], Discriminator(_task)
]
Spec = PlaneSpec | DigitsSpec | TableSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(GradientFlowSpec)


def live_fields() -> tuple[str, ...]:
    """The fields that a running run takes over the socket; the same for every task."""
    return tuple(name for name, field in DenseSpec.model_fields.items() if (field.json_schema_extra or {}).get("live"))  # type: ignore[union-attr]


class SlowMotion(AskParameters):
    """One training example, taken through a whole update on a copy of the network."""

    example: int = Field(0, ge=0, le=10_000, title="Example", description="Number of the training example, from 0.")


class NeuronValues(AskParameters):
    """A point of the plane."""

    x: float = Field(ge=-6, le=6)
    y: float = Field(ge=-6, le=6)


class Nearest(AskParameters):
    """Where to look from: a point of the plane, or one of the training examples."""

    layer: int = Field(ge=0, le=7, title="Layer", description="0 are the inputs.")
    x: float | None = Field(None, ge=-6, le=6)
    y: float | None = Field(None, ge=-6, le=6)
    example: int | None = Field(None, ge=0, le=10_000, title="Example", description="Number of the training example, from 0.")
    count: int = Field(5, ge=1, le=20)
    among: int | None = Field(None, ge=1, le=10_000, title="Among", description="Only of the first so many training examples; else of all.")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.example is None) == (self.x is None or self.y is None):
            raise ValueError("example: give either a training example or a point x, y")
        return self


ASKS: dict[str, tuple[str, type[AskParameters]]] = {
    "slow_motion": ("Every number of one example's forward pass, loss, backward pass and update.", SlowMotion),
    "neuron_values": ("Every neuron's activation at one point of the plane.", NeuronValues),
    "nearest": ("The training examples nearest to a point or an example in a layer's space.", Nearest),
    "stdp_protocol": ("The synapse's relative weight change under a spike-pairing protocol.", StdpProtocol),
}
