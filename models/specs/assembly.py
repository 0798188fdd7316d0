"""A few patterns on a small population: connections under Hebb's idea on one side, under gradient descent on the other. Torch-free."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, field_validator, model_validator

from models.specs.assembly_presets import LETTERS
from models.specs.assembly_presets import PRESETS as PRESETS

RULES: Final[dict[str, str]] = {"covariance": "Covariance", "hopfield": "Hopfield"}
"""Name → title of the brain's rule."""
MOST_PATTERNS: Final = 4


def listed(value: Any) -> Any:
    """A link writes a list as text with commas."""
    return [part for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _number(default: Any, title: str, unit: str, low: float, high: float, description: str, group: str) -> Any:
    extra: dict[str, Any] = {"unit": unit, "group": group}
    return Field(default, ge=low, le=high, allow_inf_nan=False, title=title, description=description, json_schema_extra=extra)


class AssemblySpec(BaseModel):
    """Patterns, the two rules that learn them, and a damaged cue that both complete."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Literal["own", "random"] = Field("own", title="Patterns from", description="Painted patterns, or random ones drawn from the seed.")
    side: int = _number(5, "Units a side", "", 5, 8, "The population is a square of 25 to 64 units.", "patterns")
    patterns: Annotated[tuple[str, ...], BeforeValidator(listed)] = Field(
        LETTERS, min_length=2, max_length=MOST_PATTERNS, title="Patterns", description="Painted patterns: 0 and 1, row by row from the top; read where patterns are painted.",
    )
    count: int = _number(3, "Random patterns", "", 2, MOST_PATTERNS, "How many random patterns are drawn.", "random")
    active: float = _number(0.3, "Active units", "of all", 0.05, 0.5, "Share of units that are active in each random pattern.", "random")
    shared: float = _number(0, "Shared units", "of the active", 0, 0.9, "Share of each random pattern’s active units that all of them have in common.", "random")
    seed: int = _number(1, "Seed", "", 0, 2**31 - 1, "Of random patterns, of what is damaged in the cue, and of the order in which units are updated.", "random")
    rounds: int = _number(16, "Rounds", "", 1, 30, "How often every pattern is shown, one after the other.", "learning")
    rule: Literal["covariance", "hopfield"] = Field("covariance", title="Rule of the circuit", description="Covariance rule with threshold at the mean activity (Tsodyks and Feigelman 1988), or the outer products of Hopfield (1982).")
    activation: Literal["tanh", "sigmoid", "linear"] = Field("tanh", title="Activation", description="Of the network’s units; its slope multiplies every step of descent.")
    rate: float = _number(1, "Learning rate", "", 0.05, 1.9, "Of gradient descent; an input of n units divides it by n.", "learning")
    cue: int = _number(1, "Cue", "", 1, MOST_PATTERNS, "Number of the pattern that is shown damaged.", "cue")
    damage_kind: Literal["missing", "flipped"] = Field("missing", title="Damage", description="Missing: active units fall silent. Flipped: any units change to the other state.")
    damage: float = _number(0.4, "Damaged", "of them", 0, 1, "Share of the pattern’s active units that are missing, or of all units that are flipped.", "cue")
    pre: int = _number(0, "Sending unit", "", 0, 63, "Number of the sending unit of the connection that is looked at, row by row from 0.", "chosen")
    post: int = _number(6, "Receiving unit", "", 0, 63, "Number of its receiving unit.", "chosen")

    @field_validator("patterns")
    @classmethod
    def _plain(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for number, pattern in enumerate(patterns, 1):
            if len(pattern) > 64 or set(pattern) != {"0", "1"}:
                raise ValueError(f"pattern {number} needs at least one active and one silent unit, written with 1 and 0, and at most 64 units")
        return patterns

    @model_validator(mode="after")
    def _fits(self) -> Self:
        units = self.side**2
        if self.source == "own" and any(len(pattern) != units for pattern in self.patterns):
            raise ValueError(f"every painted pattern has {units} units, as the population is {self.side} by {self.side}")
        stored = len(self.patterns) if self.source == "own" else self.count
        if self.cue > stored:
            raise ValueError(f"the cue is one of the {stored} patterns")
        if max(self.pre, self.post) >= units:
            raise ValueError(f"the units are numbered from 0 to {units - 1}")
        if self.pre == self.post:
            raise ValueError("no unit is connected with itself: sending and receiving unit differ")
        return self


Spec = AssemblySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(AssemblySpec)
