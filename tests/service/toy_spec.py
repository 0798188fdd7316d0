"""The toy's spec."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.types import AskParameters, Preset


class ToySpec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(1, ge=0, le=1000)
    size: int = Field(4, ge=1, le=64)
    learning_rate: float = Field(0.1, gt=0, le=10)
    step_ms: float = Field(0, ge=0, le=1000)
    break_at: int | None = None
    stop_steps: int | None = None


class Scale(AskParameters):
    factor: float = Field(1.0, ge=0, le=100)


ADAPTER: TypeAdapter[ToySpec] = TypeAdapter(ToySpec)
PRESETS = (Preset("quick", "Quick", "It learns at once.", {"learning_rate": 1.0}),)
ASKS = {"scaled": ("The parameters times a factor.", Scale)}
