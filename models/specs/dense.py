"""Fields that every dense network shares, whatever it learns. Torch-free; bounds live here only."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Activation = Literal["relu", "tanh", "sigmoid", "linear"]
Initialisation = Literal["uniform", "xavier", "he", "zero", "too_large"]
Optimiser = Literal["sgd", "momentum", "adam"]
Regularisation = Literal["none", "l1", "l2"]
DenseRuleName = Literal[
    "backpropagation", "feedback_alignment", "direct_feedback_alignment", "sign_symmetric", "output_only", "hebb", "oja", "bcm",
    "three_factor", "predictive_coding", "equilibrium_propagation", "forward_forward", "weight_perturbation",
]  # fmt: skip
"""Rules that need nothing but their name; see models.specs.rules."""
PlaneFeature = Literal["x", "y", "x²", "y²", "xy", "sin x", "sin y"]
PLANE_FEATURES: tuple[PlaneFeature, ...] = ("x", "y", "x²", "y²", "xy", "sin x", "sin y")


def shown(group: str, *, live: bool = False, **extra: Any) -> dict[str, Any]:
    """How a page shows the field: its group, and whether a running run takes the change over the socket."""
    return {"group": group, "live": live, **extra}


class Checked(BaseModel):
    """Unknown fields are refused, and true and false where a number belongs: Python would take them for 1 and 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_flags(cls, value: Any) -> Any:
        items = value if isinstance(value, list | tuple) else (value,)
        if any(isinstance(item, bool) for item in items):
            raise ValueError("true and false are no values of this field")
        return value


CONTENT_ID: Final = r"^[0-9a-f]{64}$"
LONGEST_WEIGHTS: Final = 400_000
"""Characters of first weights in base64: more than the largest network of this page has."""


class LaneChange(Checked):
    """What one further lane does differently from the first; everything else is shared."""

    learning_rate: float | None = Field(None, ge=1e-5, le=10)
    rule: DenseRuleName | None = None
    optimiser: Optimiser | None = None
    momentum: float | None = Field(None, ge=0, lt=1)
    regularisation: Regularisation | None = None
    regularisation_rate: float | None = Field(None, ge=0, le=1)
    activation: Activation | None = None
    initialisation: Initialisation | None = None
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=64)], ...] | None = Field(None, max_length=6)


class DenseSpec(Checked):
    """Fields that both tasks share."""

    train_share: float = Field(
        0.5,
        ge=0.1,
        le=0.9,
        title="Train share",
        description="The part of the data that the network learns from; the rest tests it.",
        json_schema_extra=shown("Data", unit="", step=0.1),
    )
    batch_size: int = Field(
        10,
        ge=1,
        le=100,
        title="Batch size",
        description="Examples whose gradients, or what another rule has in their place, are averaged into one update.",
        json_schema_extra=shown("Data", unit="examples"),
    )
    seed: int = Field(
        1,
        ge=0,
        le=2**31 - 1,
        title="Seed",
        description="Decides the data, the initial weights, the order of examples and the spikes.",
        json_schema_extra=shown("More"),
    )
    activation: Activation = Field(
        "tanh",
        title="Activation",
        description="The function that each hidden neuron applies to its summed input.",
        json_schema_extra=shown("Network"),
    )
    initialisation: Initialisation = Field(
        "xavier",
        title="Initialisation",
        description="How the first weights are drawn: uniform in ±0.5, Xavier (Glorot and Bengio 2010), He (He et al. 2015), all zero, or ten times too large.",
        json_schema_extra=shown("Network"),
    )
    learning_rate: float = Field(
        0.03,
        ge=1e-5,
        le=10,
        title="Learning rate",
        description="How far one update moves a weight along its gradient; under another rule, along that rule’s direction.",
        json_schema_extra=shown("Learning", live=True, scale="log"),
    )
    rule: DenseRuleName = Field(
        "backpropagation",
        title="Learning rule",
        description="What decides each weight's change. Learning rules compares them; here one of them trains the network, or a lane of a race.",
        json_schema_extra=shown("More"),
    )
    optimiser: Optimiser = Field(
        "sgd",
        title="Optimiser",
        description="How a gradient, or another rule’s direction, becomes an update: plain descent, with momentum, or Adam (Kingma and Ba 2015).",
        json_schema_extra=shown("Learning"),
    )
    momentum: float = Field(
        0.9,
        ge=0,
        lt=1,
        title="Momentum",
        description="The share of the last update that is kept (momentum only).",
        json_schema_extra=shown("More", live=True),
    )
    regularisation: Regularisation = Field(
        "none",
        title="Regularisation",
        description="A pull of every weight towards zero: constant (L1) or proportional to it (L2). Biases are left alone.",
        json_schema_extra=shown("Learning"),
    )
    regularisation_rate: float = Field(
        0.001,
        ge=0,
        le=1,
        title="Regularisation rate",
        description="The strength of that pull.",
        json_schema_extra=shown("Learning", live=True, scale="log"),
    )
    stop_loss: float | None = Field(
        None,
        gt=0,
        le=1000,
        title="Stop when test loss is below",
        description="Ends the run once the test loss is below this value. Empty: never.",
        json_schema_extra=shown("More", live=True),
    )
    stop_steps: int | None = Field(
        None,
        ge=1,
        le=1_000_000_000,
        title="Stop after",
        description="Ends the run after this many updates. Empty: never.",
        json_schema_extra=shown("More", live=True, unit="updates"),
    )
    stimulus_ms: float = Field(
        200,
        ge=50,
        le=1000,
        title="Stimulus duration",
        description="Biological time that one update stands for beside the network.",
        json_schema_extra=shown("Brain", live=True, unit="ms"),
    )
    plasticity: float = Field(
        0.02,
        ge=0.001,
        le=1,
        title="Plasticity",
        description="The synapse's rule runs at this share of its published amplitudes. At 1 it reaches its bounds within about a hundred stimuli.",
        json_schema_extra=shown("Brain", live=True, scale="log", unit="of published"),
    )
    weights: str | None = Field(
        None,
        max_length=LONGEST_WEIGHTS,
        pattern=r"^[A-Za-z0-9_-]+$",
        title="First weights",
        description="Weights and biases to begin with, instead of drawn ones: float64, little-endian, base64url.",
        json_schema_extra=shown("Hidden"),
    )
    race_rule: Literal["reach", "lowest"] = Field(
        "reach",
        title="The winner is",
        description="The first lane to reach a test loss, or the lane with the lowest test loss when time is up.",
        json_schema_extra=shown("Race", live=True),
    )
    race_by: Literal["updates", "seconds"] = Field(
        "updates",
        title="Counted in",
        description="Updates, or seconds of compute that the lane itself took.",
        json_schema_extra=shown("Race", live=True),
    )
    race_goal: float = Field(
        0.05,
        gt=0,
        le=100,
        title="Test loss to reach",
        description="The first lane whose test loss is at or below this value has won.",
        json_schema_extra=shown("Race", live=True, scale="log"),
    )
    race_limit: float = Field(
        2000,
        gt=0,
        le=1_000_000_000,
        title="Time is up after",
        description="Updates or compute seconds after which the lowest test loss wins.",
        json_schema_extra=shown("Race", live=True),
    )
    lanes: tuple[LaneChange, ...] = Field(
        (),
        max_length=3,
        title="Further lanes",
        description="Further networks on the same data, initial weights and clock, each with its own settings.",
        json_schema_extra=shown("Hidden"),
    )
