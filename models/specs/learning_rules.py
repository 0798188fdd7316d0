"""The page on learning rules: one network, one set of data, one clock, and up to seven rules beside a control. Torch-free."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, TypeAdapter, field_validator

from models.specs.dense import Checked, shown
from models.specs.learning_rules_presets import PRESETS
from models.specs.rules import CONTROL, RULES, Recipe, RuleLane
from models.types import AskParameters

__all__ = ["ADAPTER", "ASKS", "PRESETS", "DigitsRules", "MnistRules", "PlaneRules", "Recipe", "RuleLane", "Spec", "live_fields", "rate_of"]

DEFAULT_RULES: Final = tuple(
    RuleLane(rule=rule) for rule in ("backpropagation", "feedback_alignment", "predictive_coding", "three_factor", "oja")
)
MOST_RULES: Final = 7
WIDEST: Final = 128


class RulesSpec(Checked):
    """Fields that the three kinds of data share."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    rules: tuple[RuleLane, ...] = Field(
        DEFAULT_RULES, min_length=1, max_length=MOST_RULES, title="Rules", description="One to seven rules, a lane each. The control, which trains its output layer only, is always there.", json_schema_extra=shown("Hidden"),
    )
    rate_factor: float = Field(1.0, ge=0.001, le=1000, title="All rates times", description="Multiplies the rate of every lane: see how a rule fares when it is hurried.", json_schema_extra=shown("Learning", live=True, scale="log", unit="×"))
    optimiser: Literal["sgd", "momentum", "adam"] = Field("sgd", title="Optimiser", description="What makes an update of each rule's direction: a plain step, momentum, or Adam (Kingma and Ba 2015). The same for all.", json_schema_extra=shown("Learning"))
    momentum: float = Field(0.9, ge=0, lt=1, title="Momentum", description="The share of the last update that is kept (momentum only).", json_schema_extra=shown("More", live=True))
    batch_size: int = Field(10, ge=1, le=100, title="Batch size", description="Examples whose changes are averaged into one update.", json_schema_extra=shown("Data", unit="examples"))
    activation: Literal["tanh", "relu", "sigmoid"] = Field("tanh", title="Activation", description="The function that each hidden neuron applies to its summed input. Random sigmoid layers answer nearly alike to everything: the control and the local rules hardly learn on them.", json_schema_extra=shown("Network"))
    initialisation: Literal["xavier", "he", "uniform"] = Field("xavier", title="Initialisation", description="How the first weights are drawn: Xavier (Glorot and Bengio 2010), He (He et al. 2015), or uniform in ±0.5. Hidden biases are drawn within ±1/√n, n being the inputs of the layer.", json_schema_extra=shown("Network"))
    seed: int = Field(1, ge=0, le=2**31 - 1, title="Seed", description="Decides the data, the first weights, the order of examples, fixed feedback and noise.", json_schema_extra=shown("More"))
    stop_steps: int | None = Field(None, ge=1, le=1_000_000_000, title="Stop after", description="Ends the run after this many updates. Empty: never.", json_schema_extra=shown("More", live=True, unit="updates"))
    stimulus_ms: float = Field(200, ge=50, le=1000, title="Stimulus duration", description="Biological time that one update stands for, beside the network.", json_schema_extra=shown("Brain", live=True, unit="ms"))
    reward: Literal["given", "withheld"] = Field("given", title="Reward", description="Whether the reward signal M reaches the brain's synapse. Withheld, M is 0 and its weight does not move.", json_schema_extra=shown("Brain", live=True))

    @field_validator("rules")
    @classmethod
    def _control_is_there_anyway(cls, rules: tuple[RuleLane, ...]) -> tuple[RuleLane, ...]:
        if any(lane.rule == CONTROL for lane in rules):
            raise ValueError("output layer only is the control, which is always there; leave it out of the list")
        return rules


class DigitsRules(RulesSpec):
    """1797 handwritten digits of 8×8 pixels (Alpaydin and Kaynak 1998), ten classes."""

    dataset: Literal["digits"] = Field("digits", title="Data", description="Which examples to tell apart.", json_schema_extra=shown("Data"))
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=WIDEST)], ...] = Field((100, 100), min_length=1, max_length=3, title="Hidden layers", description=f"Neurons in each hidden layer: 1 to 3 layers of 1 to {WIDEST}.", json_schema_extra=shown("Network"))
    train_share: float = Field(0.8, ge=0.1, le=0.9, title="Train share", description="The part of the data that the network learns from; the rest tests it.", json_schema_extra=shown("Data", step=0.1))
    noise: float = Field(0.0, ge=0, le=0.5, title="Noise", description="Standard deviation of pixel noise; pixels lie in 0…1.", json_schema_extra=shown("Data", step=0.05))


class PlaneRules(RulesSpec):
    """Points in the plane, x and y within ±6, two classes."""

    dataset: Literal["circle", "xor", "gaussians", "spiral"] = Field("circle", title="Data", description="Which examples to tell apart.", json_schema_extra=shown("Data"))
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=WIDEST)], ...] = Field((8, 8), min_length=1, max_length=3, title="Hidden layers", description=f"Neurons in each hidden layer: 1 to 3 layers of 1 to {WIDEST}.", json_schema_extra=shown("Network"))
    train_share: float = Field(0.5, ge=0.1, le=0.9, title="Train share", description="The part of the data that the network learns from; the rest tests it.", json_schema_extra=shown("Data", step=0.1))
    noise: float = Field(0.0, ge=0, le=0.5, title="Noise", description="How far points stray from their place, as a share of the largest stray.", json_schema_extra=shown("Data", step=0.05))
    samples: int = Field(500, ge=20, le=1000, title="Points", description="Train and test points together.", json_schema_extra=shown("More", unit="points"))


class MnistRules(RulesSpec):
    """5,000 handwritten digits of 28×28 pixels (LeCun and others 1998), 4,000 to learn from, ten classes."""

    dataset: Literal["mnist"] = Field("mnist", title="Data", description="Which examples to tell apart.", json_schema_extra=shown("Data"))
    hidden_layers: tuple[Annotated[int, Field(ge=1, le=64)], ...] = Field((64,), min_length=1, max_length=2, title="Hidden layers", description="Neurons in each hidden layer: 1 or 2 layers of 1 to 64.", json_schema_extra=shown("Network"))


def _task(value: Any) -> str:
    dataset = value.get("dataset", "digits") if isinstance(value, dict) else getattr(value, "dataset", "digits")
    return dataset if dataset in ("digits", "mnist") else "plane"


LearningRulesSpec = Annotated[
    Annotated[DigitsRules, Tag("digits")] | Annotated[PlaneRules, Tag("plane")] | Annotated[MnistRules, Tag("mnist")], Discriminator(_task)
]
Spec = DigitsRules | PlaneRules | MnistRules
ADAPTER: TypeAdapter[Spec] = TypeAdapter(LearningRulesSpec)


def live_fields() -> tuple[str, ...]:
    """The fields that a running run takes over the socket; the same for every kind of data."""
    return tuple(name for name, field in RulesSpec.model_fields.items() if (field.json_schema_extra or {}).get("live"))  # type: ignore[union-attr]


_BY_ACTIVATION: Final[dict[str, dict[str, float]]] = {
    "relu": {"feedback_alignment": 1 / 3, "direct_feedback_alignment": 1 / 3},
    "sigmoid": {
        "backpropagation": 3, "direct_feedback_alignment": 3, "sign_symmetric": 10, "predictive_coding": 10, "equilibrium_propagation": 10,
        "weight_perturbation": 10, "hebb": 0.3, "bcm": 0.3, "output_only": 0.3,
    },
}  # fmt: skip
"""What the rates that were found with tanh are multiplied by: the same coarse search on digits, 1,200 updates, ours."""


def rate_of(lane: RuleLane, spec: Spec) -> float:
    """The lane's learning rate before the common factor: its own, or the one that suits its rule on these data and this optimiser.

    Momentum of 0.9 makes steps ten times longer; a momentum changed later leaves the rate alone.
    """
    if lane.rate is not None:
        return lane.rate
    by_reward = lane.recipe is not None and lane.recipe.third == "reward"
    rates = RULES["three_factor" if by_reward else lane.rule].rates
    found = {"digits": rates.digits, "mnist": rates.mnist}.get(spec.dataset, rates.plane)
    plain = found * _BY_ACTIVATION.get(spec.activation, {}).get(lane.rule, 1.0)
    return {"sgd": plain, "momentum": plain / 10, "adam": min(plain, 0.003)}[spec.optimiser]


ASKS: dict[str, tuple[str, type[AskParameters]]] = {}
