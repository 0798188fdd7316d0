"""The dense lab's spec: a union of points in the plane and 8×8 digits. Torch-free; bounds live here only."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter, field_validator

from models.specs.asks import StdpProtocol
from models.types import AskParameters, Preset

Activation = Literal["relu", "tanh", "sigmoid", "linear"]
Initialisation = Literal["uniform", "xavier", "he", "zero", "too_large"]
Optimiser = Literal["sgd", "momentum", "adam"]
Regularisation = Literal["none", "l1", "l2"]
PlaneFeature = Literal["x", "y", "x²", "y²", "xy", "sin x", "sin y"]
PLANE_FEATURES: tuple[PlaneFeature, ...] = ("x", "y", "x²", "y²", "xy", "sin x", "sin y")


def _shown(group: str, *, live: bool = False, **extra: Any) -> dict[str, Any]:
    """How a page shows the field: its group, and whether a running run takes the change over the socket."""
    return {"group": group, "live": live, **extra}


class _Checked(BaseModel):
    """Unknown fields are refused, and true and false where a number belongs: Python would take them for 1 and 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_flags(cls, value: Any) -> Any:
        items = value if isinstance(value, list | tuple) else (value,)
        if any(isinstance(item, bool) for item in items):
            raise ValueError("true and false are no values of this field")
        return value


class LaneChange(_Checked):
    """What one further lane does differently from the first; everything else is shared."""

    learning_rate: float | None = Field(None, ge=1e-5, le=10)
    optimiser: Optimiser | None = None
    momentum: float | None = Field(None, ge=0, lt=1)
    regularisation: Regularisation | None = None
    regularisation_rate: float | None = Field(None, ge=0, le=1)
    activation: Activation | None = None


class _Dense(_Checked):
    """Fields that both tasks share."""

    train_share: float = Field(
        0.5,
        ge=0.1,
        le=0.9,
        title="Train share",
        description="The part of the data that the network learns from; the rest tests it.",
        json_schema_extra=_shown("Data", unit="", step=0.1),
    )
    batch_size: int = Field(
        10,
        ge=1,
        le=100,
        title="Batch size",
        description="Examples whose gradients are averaged into one update.",
        json_schema_extra=_shown("Data", unit="examples"),
    )
    seed: int = Field(
        1,
        ge=0,
        le=2**31 - 1,
        title="Seed",
        description="Decides the data, the initial weights, the order of examples and the spikes.",
        json_schema_extra=_shown("More"),
    )
    activation: Activation = Field(
        "tanh",
        title="Activation",
        description="The function that each hidden neuron applies to its summed input.",
        json_schema_extra=_shown("Network"),
    )
    initialisation: Initialisation = Field(
        "xavier",
        title="Initialisation",
        description="How the first weights are drawn: uniform in ±0.5, Xavier (Glorot and Bengio 2010), He (He et al. 2015), all zero, or ten times too large.",
        json_schema_extra=_shown("Network"),
    )
    learning_rate: float = Field(
        0.03,
        ge=1e-5,
        le=10,
        title="Learning rate",
        description="How far one update moves a weight along its gradient.",
        json_schema_extra=_shown("Learning", live=True, scale="log"),
    )
    optimiser: Optimiser = Field(
        "sgd",
        title="Optimiser",
        description="How a gradient becomes an update: plain descent, with momentum, or Adam (Kingma and Ba 2015).",
        json_schema_extra=_shown("Learning"),
    )
    momentum: float = Field(
        0.9,
        ge=0,
        lt=1,
        title="Momentum",
        description="The share of the last update that is kept (momentum only).",
        json_schema_extra=_shown("More", live=True),
    )
    regularisation: Regularisation = Field(
        "none",
        title="Regularisation",
        description="A pull of every weight towards zero: constant (L1) or proportional to it (L2). Biases are left alone.",
        json_schema_extra=_shown("Learning"),
    )
    regularisation_rate: float = Field(
        0.001,
        ge=0,
        le=1,
        title="Regularisation rate",
        description="The strength of that pull.",
        json_schema_extra=_shown("Learning", live=True, scale="log"),
    )
    stop_loss: float | None = Field(
        None,
        gt=0,
        le=1000,
        title="Stop when test loss is below",
        description="Ends the run once the test loss is below this value. Empty: never.",
        json_schema_extra=_shown("More", live=True),
    )
    stop_steps: int | None = Field(
        None,
        ge=1,
        le=1_000_000_000,
        title="Stop after",
        description="Ends the run after this many updates. Empty: never.",
        json_schema_extra=_shown("More", live=True, unit="updates"),
    )
    stimulus_ms: float = Field(
        200,
        ge=50,
        le=1000,
        title="Stimulus duration",
        description="Biological time that one update stands for beside the network.",
        json_schema_extra=_shown("Brain", live=True, unit="ms"),
    )
    plasticity: float = Field(
        0.02,
        ge=0.001,
        le=1,
        title="Plasticity",
        description="The synapse's rule runs at this share of its published amplitudes. At 1 it reaches its bounds within about a hundred stimuli.",
        json_schema_extra=_shown("Brain", live=True, scale="log", unit="of published"),
    )
    lanes: tuple[LaneChange, ...] = Field(
        (),
        max_length=6,
        title="Further lanes",
        description="Further networks on the same data, initial weights and clock, each with its own settings.",
        json_schema_extra=_shown("Hidden"),
    )


class PlaneSpec(_Dense):
    """Two classes of points in the plane, x and y within ±6."""

    dataset: Literal["circle", "xor", "gaussians", "spiral"] = Field(
        "circle", title="Data", description="Which points to tell apart.", json_schema_extra=_shown("Data")
    )
    samples: int = Field(
        500, ge=20, le=1000, title="Points", description="Train and test points together.", json_schema_extra=_shown("More", unit="points")
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Noise",
        description="How far points stray from their place, as a share of the largest stray.",
        json_schema_extra=_shown("Data", step=0.05),
    )
    features: tuple[PlaneFeature, ...] = Field(
        ("x", "y"),
        min_length=1,
        max_length=7,
        title="Features",
        description="What the first layer is shown of each point.",
        json_schema_extra=_shown("Network"),
    )
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=8)], ...] = Field(
        (4, 2),
        max_length=6,
        title="Hidden layers",
        description="Neurons in each hidden layer: up to 6 layers of 1 to 8.",
        json_schema_extra=_shown("Network"),
    )
    loss: Literal["squared_error", "cross_entropy"] = Field(
        "squared_error",
        title="Loss",
        description="Squared error of a tanh output, or cross-entropy of a logistic output.",
        json_schema_extra=_shown("More"),
    )

    @field_validator("features")
    @classmethod
    def _features_once(cls, features: tuple[PlaneFeature, ...]) -> tuple[PlaneFeature, ...]:
        if len(set(features)) != len(features):
            raise ValueError("each feature may be chosen once")
        return features


class DigitsSpec(_Dense):
    """1797 handwritten digits of 8×8 pixels (Alpaydin and Kaynak 1998), ten classes."""

    dataset: Literal["digits"] = Field("digits", title="Data", description="Which images to tell apart.", json_schema_extra=_shown("Data"))
    train_share: float = Field(
        0.8,
        ge=0.1,
        le=0.9,
        title="Train share",
        description="The part of the data that the network learns from; the rest tests it.",
        json_schema_extra=_shown("Data", step=0.1),
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Noise",
        description="Standard deviation of pixel noise; pixels lie in 0…1.",
        json_schema_extra=_shown("Data", step=0.05),
    )
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=64)], ...] = Field(
        (16,),
        max_length=6,
        title="Hidden layers",
        description="Neurons in each hidden layer: up to 6 layers of 1 to 64.",
        json_schema_extra=_shown("Network"),
    )
    loss: Literal["cross_entropy"] = Field(
        "cross_entropy", title="Loss", description="Cross-entropy of a softmax over ten classes.", json_schema_extra=_shown("Hidden")
    )


def _task(value: Any) -> str:
    dataset = value.get("dataset", "circle") if isinstance(value, dict) else getattr(value, "dataset", "circle")
    return "digits" if dataset == "digits" else "plane"


GradientFlowSpec = Annotated[Annotated[PlaneSpec, Tag("plane")] | Annotated[DigitsSpec, Tag("digits")], Discriminator(_task)]
Spec = PlaneSpec | DigitsSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(GradientFlowSpec)


def live_fields() -> tuple[str, ...]:
    """The fields that a running run takes over the socket; the same for both tasks."""
    return tuple(name for name, field in _Dense.model_fields.items() if (field.json_schema_extra or {}).get("live"))  # type: ignore[union-attr]


class SlowMotion(AskParameters):
    """One training example, taken through a whole update on a copy of the network."""

    example: int = Field(0, ge=0, le=2000, title="Example", description="Number of the training example, from 0.")


class NeuronValues(AskParameters):
    """A point of the plane."""

    x: float = Field(ge=-6, le=6)
    y: float = Field(ge=-6, le=6)


ASKS: dict[str, tuple[str, type[AskParameters]]] = {
    "slow_motion": ("Every number of one example's forward pass, loss, backward pass and update.", SlowMotion),
    "neuron_values": ("Every neuron's activation at one point of the plane.", NeuronValues),
    "stdp_protocol": ("The synapse's relative weight change under a spike-pairing protocol.", StdpProtocol),
}

PRESETS: tuple[Preset, ...] = (
    Preset("first-look", "A first look", "Six neurons learn to fence in the blue points. Watch the output field close around them.", {}),
    Preset(
        "xor-without-hidden",
        "XOR without a hidden layer",
        "A single straight line cannot separate exclusive-or, however long it trains.",
        {"dataset": "xor", "hidden_layers": []},
    ),
    Preset(
        "xor-with-product",
        "XOR with one product",
        "The feature xy does in one weight what no line could: the right input is half the learning.",
        {"dataset": "xor", "hidden_layers": [], "features": ["x", "y", "xy"]},
    ),
    Preset(
        "vanishing-sigmoid",
        "Vanishing sigmoid",
        "Six sigmoid layers: the error shrinks at every layer on its way back, and the first layers hardly move.",
        {"activation": "sigmoid", "hidden_layers": [8, 8, 8, 8, 8, 8], "initialisation": "uniform"},
    ),
    Preset(
        "exploding-start",
        "Exploding start",
        "Linear layers that start ten times too large: the error grows at every layer on its way back, and within ten updates the weights overflow. Press Step.",
        {
            "activation": "linear",
            "hidden_layers": [8, 8, 8, 8],
            "initialisation": "too_large",
            "learning_rate": 0.001,
            "loss": "cross_entropy",
        },
    ),
    Preset(
        "large-start",
        "A start that is too large",
        "The same start with a tenth of the rate survives, but its first hundreds of updates only undo the start.",
        {
            "activation": "linear",
            "hidden_layers": [8, 8, 8, 8],
            "initialisation": "too_large",
            "learning_rate": 0.0001,
            "loss": "cross_entropy",
        },
    ),
    Preset(
        "dead-relus",
        "Dead ReLUs",
        "A few large steps push ReLU units below zero for every point; no gradient ever brings them back.",
        {"activation": "relu", "hidden_layers": [8, 8], "initialisation": "he", "learning_rate": 3.0, "loss": "cross_entropy"},
    ),
    Preset(
        "overfitting-noise",
        "Overfitting noise",
        "Few noisy points and a large network: the train loss falls while the test loss rises.",
        {
            "dataset": "gaussians",
            "noise": 0.5,
            "samples": 60,
            "train_share": 0.3,
            "hidden_layers": [8, 8, 8],
            "learning_rate": 0.1,
            "batch_size": 5,
        },
    ),
    Preset(
        "too-high-a-rate",
        "Too high a rate",
        "Each step overshoots the valley and lands on the other side; the loss jumps instead of falling.",
        {"learning_rate": 3.0, "hidden_layers": [8, 8], "loss": "cross_entropy"},
    ),
    Preset(
        "zero-start",
        "Zero initialisation",
        "With all weights zero the hidden neurons all do the same, and no gradient tells them apart.",
        {"initialisation": "zero"},
    ),
    Preset(
        "spiral",
        "The spiral",
        "Two arms wound around each other: all seven features and two layers of eight untangle them.",
        {"dataset": "spiral", "hidden_layers": [8, 8], "features": list(PLANE_FEATURES), "optimiser": "adam", "learning_rate": 0.02},
    ),
    Preset(
        "momentum",
        "Momentum on the spiral's slope",
        "The same network with a memory of its last step: it runs through flat stretches where plain descent crawls.",
        {"dataset": "spiral", "hidden_layers": [8, 8], "features": list(PLANE_FEATURES), "optimiser": "momentum", "learning_rate": 0.01},
    ),
    Preset(
        "l1-prunes",
        "L1 lets weights go",
        "A constant pull towards zero removes what the task does not need; L2 would only shrink it.",
        {"features": list(PLANE_FEATURES), "regularisation": "l1", "regularisation_rate": 0.01, "hidden_layers": [4]},
    ),
    Preset(
        "deep-relu",
        "Deep, and it still learns",
        "Six ReLU layers with He's initialisation: the error reaches the first layer almost undiminished.",
        {"activation": "relu", "initialisation": "he", "hidden_layers": [8, 8, 8, 8, 8, 8], "learning_rate": 0.01},
    ),
    Preset(
        "digits",
        "Handwritten digits",
        "Sixteen neurons read 8×8 digits. Their weights, drawn as images, show what each one looks for.",
        {"dataset": "digits", "activation": "relu", "initialisation": "he", "learning_rate": 0.1},
    ),
)
