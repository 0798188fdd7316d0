"""What a plasticity protocol and the models under it are made of, shared by the analyses `synapse` and `stdp-curve`. Torch-free."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ModelName = Literal["pair", "triplet", "triplet_nearest", "calcium", "bcm"]
CalciumSet = Literal["DP", "DPD", "P", "D", "DPD′", "D′", "cortical"]
MODELS: Final[dict[str, str]] = {
    "pair": "Pair rule",
    "triplet": "Triplet rule, all-to-all",
    "triplet_nearest": "Triplet rule, nearest neighbour",
    "calcium": "Calcium model",
    "bcm": "BCM",
}
"""Name → title, in the order in which they are drawn."""
CALCIUM_SETS: Final[dict[str, str]] = {
    "DP": "DP: depression, then potentiation",
    "DPD": "DPD: depression, potentiation, depression",
    "P": "P: potentiation only",
    "D": "D: depression only",
    "DPD′": "DPD′: as DPD, with a postsynaptic spike that crosses a threshold alone",
    "D′": "D′: depression only, over a wide range",
    "cortical": "Cortical slices: fitted to the recordings of Sjöström and others",
}
"""Name → title. Of the six named by letters, the name says what the curve does as Δt goes from −100 to 100 ms at 1 Hz."""
MOST_PAIRS: Final = 3000
"""Repetitions in all bursts together."""


def number(default: Any, title: str, unit: str, low: float, high: float, description: str, group: str = "protocol") -> Any:
    """A bounded number; `group` says for which part of the page it is."""
    extra: dict[str, Any] = {"unit": unit, "group": group}
    return Field(default, ge=low, le=high, allow_inf_nan=False, title=title, description=description, json_schema_extra=extra)


def listed(value: Any) -> Any:
    """A link writes a list as text with commas."""
    return [part for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in MODELS if name in names)


ModelNames = Annotated[tuple[ModelName, ...], BeforeValidator(listed)]


class PairingFields(BaseModel):
    """How often a group of spikes is repeated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rate_hz: float = number(1, "Pairing frequency", "Hz", 0.05, 100, "Pairs, triplets or quadruplets a second, within a burst.")
    pairs: int = number(60, "Pairs in a burst", "", 1, 1000, "How often the pair, triplet or quadruplet is repeated in each burst.")
    bursts: int = number(1, "Bursts", "", 1, 60, "1: one continuous train. Sjöström and others (2001) recorded 15 bursts of 5 pairs.")
    pause_s: float = number(10, "Pause between bursts", "s", 0.5, 60, "From the last pair of a burst to the first of the next.")

    @model_validator(mode="after")
    def _not_too_many(self) -> PairingFields:
        if self.pairs * self.bursts > MOST_PAIRS:
            raise ValueError(f"pairs times bursts is at most {MOST_PAIRS}; {self.pairs} × {self.bursts} is {self.pairs * self.bursts}")
        return self


class ModelFields(BaseModel):
    """Which models are asked, and what may be set in them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: ModelNames = Field(("pair", "triplet", "calcium"), min_length=1, max_length=5, title="Models", description="The models of plasticity that are laid over each other.", json_schema_extra={"group": "models"})
    calcium_set: CalciumSet = Field("DP", title="Calcium set", description="A published parameter set of the calcium model: one of six that are named by the curve that they give, or the one that was fitted to recordings in cortical slices.", json_schema_extra={"group": "calcium"})
    pair_potentiation: float = number(4.6e-3, "Amplitude A₂⁺", "of the weight", 0, 0.05, "Pair rule: potentiation by one pair at Δt → 0⁺.", "pair")
    pair_depression: float = number(7.1e-3, "Amplitude A₂⁻", "of the weight", 0, 0.05, "Pair rule: depression by one pair at Δt → 0⁻.", "pair")
    bcm_threshold: Literal["power", "mean_square"] = Field("power", title="BCM threshold", description="How θ follows the postsynaptic rate c: (c̄/c₀)ᵖ c̄ of Bienenstock, Cooper and Munro (1982), or the mean of c² over c₀, after Intrator and Cooper (1992).", json_schema_extra={"group": "bcm"})
    bcm_exponent: float = number(2, "Exponent p", "", 0.5, 4, "Of the threshold (c̄/c₀)ᵖ c̄. Its value is this page’s choice; above 0 the threshold outruns the rate.", "bcm")
    bcm_target_hz: float = number(10, "Rate c₀", "Hz", 1, 40, "The rate at which threshold and rate are equal. This page’s choice.", "bcm")
    bcm_average_s: float = number(30, "Time constant of the threshold", "s", 1, 600, "Over which the postsynaptic rate is averaged for θ. This page’s choice; it has to be shorter than that of the weight, or the threshold comes too late.", "bcm")
    bcm_window_s: float = number(0.5, "Time constant of the rates", "s", 0.05, 5, "Over which spikes are smoothed into rates. This page’s choice: BCM knows rates, not spikes.", "bcm")
    bcm_time_s: float = number(200, "Time constant of the weight", "s", 1, 1000, "Pre and post at c₀ and θ far below: seconds in which the weight doubles. This page’s choice.", "bcm")

    @model_validator(mode="after")
    def _each_once(self) -> ModelFields:
        if len(set(self.models)) < len(self.models):
            raise ValueError("models names each model once")
        object.__setattr__(self, "models", _in_order(self.models))
        return self
