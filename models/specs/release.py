"""What the second part of Synapse asks for: a train of spikes through one releasing synapse, and as gradients on one weight. Torch-free."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from models.types import Preset

MOST_EVENTS: Final = 60
LONGEST_MS: Final = 20_000
CLOSEST_MS: Final = 1
Train = Literal["regular", "step", "poisson", "recovery", "own"]
Gradients = Literal["constant", "surge", "alternating", "noisy", "released"]

TRAINS: Final[dict[str, str]] = {
    "regular": "One rate",
    "step": "Two rates",
    "poisson": "Random (Poisson)",
    "recovery": "Burst, pause, test",
    "own": "Your own spikes",
}
GRADIENTS: Final[dict[str, str]] = {
    "constant": "Always 1",
    "surge": "Large in the middle",
    "alternating": "1 and −1 in turn",
    "noisy": "1 with noise",
    "released": "As much as was released",
}


def _number(default: float, title: str, unit: str, low: float, high: float, description: str, log: bool = False) -> Any:
    extra: dict[str, Any] = {"unit": unit, "log": log}
    return Field(default, ge=low, le=high, allow_inf_nan=False, title=title, description=description, json_schema_extra=extra)


class ReleaseSpec(BaseModel):
    """One sequence of events: spikes at a synapse that releases (Tsodyks, Pawelzik and Markram 1998), gradients at a weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    train: Train = Field("regular", title="Events", description="How the events follow each other; both sides have the same.")
    rate_hz: float = _number(20, "Rate", "Hz", 0.5, 100, "Spikes a second; of two rates the first, of random spikes the mean.", True)
    second_rate_hz: float = _number(40, "Second rate", "Hz", 0.5, 100, "Spikes a second in the second half of the events.", True)
    events: int = Field(
        15, ge=2, le=MOST_EVENTS, title="Events", description="How many spikes and gradients.", json_schema_extra={"unit": ""}
    )
    pause_ms: float = _number(1000, "Pause", "ms", 10, 10_000, "Between the burst and the single test pulse.", True)
    spikes: tuple[float, ...] = Field(
        (0, 50, 100, 150, 500, 1000),
        min_length=2,
        max_length=MOST_EVENTS,
        title="Times of your spikes",
        description=f"In ms, rising: 2 to {MOST_EVENTS} of them, from 0 to {LONGEST_MS}, at least {CLOSEST_MS} ms apart.",
        json_schema_extra={"unit": "ms"},
    )
    use: float = _number(
        0.5, "Use U", "", 0.01, 1, "The share of the pool that a rested synapse releases at a spike: its release probability."
    )
    recovery_ms: float = _number(800, "Recovery τrec", "ms", 10, 3000, "Time constant with which the pool fills again.", True)
    facilitation_ms: float = _number(
        0,
        "Facilitation τfacil",
        "ms",
        0,
        2000,
        "Time constant with which a raised release probability falls back; 0: it is U at every spike.",
    )
    sites: int = Field(
        10, ge=1, le=24, title="Release sites", description="Each holds one vesicle at most.", json_schema_extra={"unit": ""}
    )
    quantal_mv: float = _number(0.1, "Quantal size", "mV", 0.01, 2, "The response to one vesicle. Set on this page.", True)
    response_ms: float = _number(
        20, "Decay of the response", "ms", 2, 100, "Time constant with which the postsynaptic response falls. Set on this page.", True
    )
    gradients: Gradients = Field("constant", title="Gradients", description="What gradient each event brings to the weight.")
    surge: float = _number(5, "Large gradient", "", 1, 20, "The gradient in the middle third of the events; it is 1 before and after.")
    spread: float = _number(
        0.5, "Noise", "", 0, 2, "Standard deviation of the gradients around 1; the first has none, as the others are compared with it."
    )
    learning_rate: float = _number(0.1, "Learning rate η", "", 0.001, 1, "Length of a step for a gradient of 1.", True)
    momentum: float = _number(0.9, "Momentum μ", "", 0, 0.99, "The share of the last velocity that is kept.")
    beta_1: float = _number(0.9, "Adam’s β₁", "", 0, 0.99, "The share of the mean gradient that is kept at each step.")
    beta_2: float = _number(0.999, "Adam’s β₂", "", 0, 0.999, "The share of the mean squared gradient that is kept at each step.")
    seed: int = Field(
        0,
        ge=0,
        le=2**31 - 1,
        title="Seed",
        description="Draws of random spikes, of vesicles, and of noise.",
        json_schema_extra={"unit": ""},
    )

    @field_validator("spikes")
    @classmethod
    def _rising(cls, times: tuple[float, ...]) -> tuple[float, ...]:
        # Not `>=` alone: a comparison with NaN is False.
        if not all(0 <= time <= LONGEST_MS for time in times):
            raise ValueError(f"spikes lie between 0 and {LONGEST_MS} ms")
        if not all(late - early >= CLOSEST_MS for early, late in pairwise(times)):
            raise ValueError(f"spikes rise, and stand at least {CLOSEST_MS} ms apart")
        return times


Spec = ReleaseSpec
ADAPTER: Final[TypeAdapter[ReleaseSpec]] = TypeAdapter(ReleaseSpec)

_FACILITATING: Final[dict[str, Any]] = {"use": 0.03, "recovery_ms": 130, "facilitation_ms": 530}
PRESETS: tuple[Preset, ...] = (
    Preset("depressing", "Depression", "Half of the pool goes with the first spike: each spike sends less than the one before, until recovery keeps up.", {}),
    Preset("facilitating", "Facilitation", "Few vesicles go at first, and each spike raises the next one’s chance: a burst counts more as it goes on.", _FACILITATING),
    Preset("recovery", "A pause", "A burst, a pause and a test pulse: does the test count as much as the first? Then the same pause before a weight.", {"train": "recovery", "events": 9}),
    Preset("two-rates", "Twice the rate", "The rate doubles half-way. A depressing synapse marks the change, and soon sends as much a second as before.", {"train": "step", "events": 30}),
    Preset("large", "After large gradients", "Ten gradients of 1, ten of 10, ten of 1. Adam’s step grows less than the gradient; after the large ones it stays long for some events, while m̂ holds them, and only then is it shorter than at first.", {"events": 30, "gradients": "surge", "surge": 10}),
    Preset("alternating", "Pull and push", "Gradients of alternating sign cancel in momentum and in Adam’s mean; spikes have no sign and cancel nothing.", {"gradients": "alternating"}),
    Preset("random", "Random spikes", "Spikes at random moments: what a spike counts depends on how long ago the last ones came.", {"train": "poisson", "events": 30, "gradients": "noisy"}),
)  # fmt: skip
