"""How many random patterns a population holds, under the outer-product rule and under descent. Torch-free."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.types import Preset

THEORY: Final = 0.138
"""Patterns per unit beyond which recall breaks down in a large population (Amit, Gutfreund and Sompolinsky 1985, 10.1103/PhysRevLett.55.1530)."""


class CapacitySpec(BaseModel):
    """Random ±1 patterns; each is shown as it was stored, and what becomes of it is measured."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    draws: int = Field(4, ge=2, le=8, title="Draws", description="Independent sets of patterns for each load.")
    flipped: float = Field(0, ge=0, le=0.2, allow_inf_nan=False, title="Flipped units", description="Share of the units that differ between stored pattern and cue.", json_schema_extra={"unit": "of all"})
    seed: int = Field(1, ge=0, le=2**31 - 1, title="Seed", description="Of patterns, cues and order of updates.")


Spec = CapacitySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(CapacitySpec)
PRESETS: Final[tuple[Preset, ...]] = (Preset("capacity", "Capacity", "How many patterns can one population hold?", {}),)
