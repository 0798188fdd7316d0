"""The spec of "which pixels speak for the label": Grad-CAM, an occlusion map, and the check with random weights. Torch-free."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from models.specs.feature_hierarchy import IMAGE_PATTERN
from models.specs.seeing_networks import BY_NAME, NetworkName
from models.types import Preset

LABELS: Final = 5
"""Any of so many labels, most probable first, may be asked about."""


class AttributionSpec(BaseModel):
    """One photograph, one of its labels, one stage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = Field(
        "sample:chelsea",
        pattern=IMAGE_PATTERN,
        title="Photograph",
        description="A packaged photograph or the content id of an uploaded one.",
        json_schema_extra={"group": "Photograph"},
    )
    network: NetworkName = Field(
        "efficientnet_lite0",
        title="Network",
        description="EfficientNet-Lite0 comes with the lab; the others need weight files.",
        json_schema_extra={"group": "Photograph"},
    )
    label: int = Field(
        1, ge=1, le=LABELS, title="Label", description="Which of the answers, 1 for the most probable.", json_schema_extra={"group": "Map"}
    )
    stage: str = Field(
        "",
        max_length=20,
        title="Stage",
        description="The stage whose channels Grad-CAM weighs; the last where it is left out.",
        json_schema_extra={"group": "Map"},
    )
    window: int = Field(
        48,
        ge=16,
        le=96,
        title="Window",
        description="Side of the grey square that hides a part of the photograph.",
        json_schema_extra={"group": "Occlusion", "unit": "px"},
    )
    stride: int = Field(
        16,
        ge=8,
        le=48,
        title="Stride",
        description="How far the square moves from one look to the next.",
        json_schema_extra={"group": "Occlusion", "unit": "px"},
    )
    seed: int = Field(
        0, ge=0, le=2**31 - 1, title="Seed", description="Draws the random weights of the check.", json_schema_extra={"group": "Check"}
    )

    @model_validator(mode="after")
    def _holds(self) -> AttributionSpec:
        stages = BY_NAME[self.network].stages
        if self.stage and self.stage not in stages:
            raise ValueError(f"There is no stage {self.stage} in this network; there are {', '.join(stages)}.")
        if self.stride > self.window:
            raise ValueError(
                f"The stride of {self.stride} px is larger than the window of {self.window} px, which would leave gaps; at most the window is allowed."
            )
        return self


Spec = AttributionSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(AttributionSpec)
PRESETS: tuple[Preset, ...] = ()
