"""A few patterns on a small population: connections under Hebb's idea on one side, under gradient descent on the other. Torch-free."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationInfo, field_validator, model_validator

from models.specs.assembly_presets import LETTERS
from models.specs.assembly_presets import PRESETS as PRESETS

RULES: Final[dict[str, str]] = {"covariance": "Covariance", "hopfield": "Hopfield"}
"""Name → title of the brain's rule."""
MOST_PATTERNS: Final = 4
SQUARES: Final = (25, 36, 49, 64)
"""Sizes of a population."""


def listed(value: Any) -> Any:
    """A link writes a list as text with commas."""
    return [part for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _number(default: Any, title: str, unit: str, low: float, high: float, description: str, group: str) -> Any:
    extra: dict[str, Any] = {"unit": unit, "group": group}
    return Field(default, ge=low, le=high, allow_inf_nan=False, title=title, description=description, json_schema_extra=extra)


class AssemblySpec(BaseModel):
    """Patterns, the two rules that learn them, and a damaged cue that both complete."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pre: int = _number(0, "Sending unit", "", 0, 63, "Number of the sending unit of the connection that is looked at, row by row from 0.", "chosen")
    post: int = _number(6, "Receiving unit", "", 0, 63, "Number of its receiving unit.", "chosen")
    source: Literal["own", "random"] = Field("own", title="Patterns from", description="Painted patterns, or random ones drawn from the seed.")
    side: int = _number(5, "Units a side", "", 5, 8, "The population is a square of 25 to 64 units; painted patterns bring their own.", "random")
    patterns: Annotated[tuple[str, ...], BeforeValidator(listed)] = Field(
        LETTERS, min_length=2, max_length=MOST_PATTERNS, title="Patterns", description="Painted patterns: 0 and 1, row by row from the top, 25, 36, 49 or 64 units each.",
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
    damage: float = _number(0.4, "Damaged share", "", 0, 1, "Share of the pattern’s active units that are missing, or of all units that are flipped.", "cue")

    @property
    def units(self) -> int:
        """Size n of the population."""
        return len(self.patterns[0]) if self.source == "own" else self.side**2

    @field_validator("patterns")
    @classmethod
    def _square(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        if any(len(pattern) not in SQUARES or len(pattern) != len(patterns[0]) for pattern in patterns):
            raise ValueError("all painted patterns have the same size: 25, 36, 49 or 64 units")
        for number, pattern in enumerate(patterns, 1):
            if set(pattern) != {"0", "1"}:
                raise ValueError(f"pattern {number} needs at least one active and one silent unit, written 1 and 0")
        return patterns

    @field_validator("cue")
    @classmethod
    def _stored(cls, cue: int, before: ValidationInfo) -> int:
        known = before.data
        count = known.get("count", MOST_PATTERNS) if known.get("source") == "random" else len(known.get("patterns", range(MOST_PATTERNS)))
        if cue > count:
            raise ValueError(f"the cue is one of the {count} patterns")
        return cue

    @model_validator(mode="after")
    def _connected(self) -> Self:
        if max(self.pre, self.post) >= self.units:
            raise ValueError(f"the units are numbered from 0 to {self.units - 1}")
        if self.pre == self.post:
            raise ValueError("no unit is connected with itself: sending and receiving unit differ")
        return self


Spec = AssemblySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(AssemblySpec)
