"""The spec of "what does this unit prefer": a unit of either side, and how the image that drives it most is sought. Torch-free."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from models.specs.seeing_networks import BY_NAME, NetworkName
from models.types import Preset

BRAIN_RUNGS: Final = ("retina", "v1_simple", "v1_complex", "c1", "s2", "c2")
PATCHES: Final = 9
"""How many of the patches that drive a unit most are shown."""


class UnitPreferenceSpec(BaseModel):
    """One unit: the channel's unit at the centre of its map."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Literal["network", "brain"] = Field(
        "network", title="Side", description="The network's stages or the brain models' rungs.", json_schema_extra={"group": "Unit"}
    )
    network: NetworkName = Field(
        "efficientnet_lite0",
        title="Network",
        description="EfficientNet-Lite0 comes with the lab; the others need weight files.",
        json_schema_extra={"group": "Unit"},
    )
    rung: str = Field(
        "stage3",
        min_length=1,
        max_length=20,
        title="Stage",
        description="A stage of the network, or a rung of the brain's side.",
        json_schema_extra={"group": "Unit"},
    )
    channel: int = Field(
        0, ge=0, le=4095, title="Channel", description="Number of the channel or cell, from 0.", json_schema_extra={"group": "Unit"}
    )
    steps: int = Field(
        96,
        ge=8,
        le=256,
        title="Steps",
        description="Steps of gradient ascent on the image.",
        json_schema_extra={"group": "Search", "unit": "steps"},
    )
    smooth: bool = Field(
        True,
        title="Photograph-like detail",
        description="Fine detail is as costly as in photographs (a 1/f spectrum). Without it every pixel is free.",
        json_schema_extra={"group": "Search"},
    )
    jitter: int = Field(
        8,
        ge=0,
        le=16,
        title="Jitter",
        description="The image moves by up to so many pixels before each step. Fields under 32 pixels are not moved.",
        json_schema_extra={"group": "Search", "unit": "px"},
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**31 - 1,
        title="Seed",
        description="Draws the noise that the search begins with.",
        json_schema_extra={"group": "Search"},
    )

    @model_validator(mode="after")
    def _known(self) -> UnitPreferenceSpec:
        rungs = BRAIN_RUNGS if self.side == "brain" else BY_NAME[self.network].stages
        if self.rung not in rungs:
            raise ValueError(f"There is no stage {self.rung} on this side; there are {', '.join(rungs)}.")
        return self


Spec = UnitPreferenceSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(UnitPreferenceSpec)
PRESETS: tuple[Preset, ...] = ()
