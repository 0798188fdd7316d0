"""The specs of the robustness analyses: one distorted photograph, and curves over a distortion's levels. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from models.specs.feature_hierarchy import IMAGE_PATTERN
from models.types import Preset

Distortion = Literal["noise", "salt_and_pepper", "contrast", "low_pass", "rotation", "occlusion", "light"]


@dataclass(frozen=True)
class Scale:
    """A distortion's name and unit on the page, and its levels from none to the strongest. `none` is the level that adds nothing."""

    name: Distortion
    title: str
    unit: str
    levels: tuple[float, ...]
    none: float
    about: str
    prepared: str = ""
    """What is done to every picture first, also at `none`; empty where that is nothing that costs a label."""


SCALES: Final = {
    scale.name: scale
    for scale in (
        Scale("noise", "Uniform noise", "half width, share of the range", (0.0, 0.03, 0.05, 0.1, 0.2, 0.35, 0.6, 0.9), 0.0,
              "Grey, contrast 30%, then noise of even density added to every pixel; what leaves the range is cut.",
              "grey with 30% of its contrast"),
        Scale("salt_and_pepper", "Salt and pepper", "share of pixels", (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8), 0.0,
              "Grey, contrast 30%; so many pixels are made black or white.",
              "grey with 30% of its contrast"),
        Scale("contrast", "Contrast", "share of the original", (1.0, 0.5, 0.3, 0.15, 0.1, 0.05, 0.03, 0.01), 1.0,
              "Grey; every pixel moves towards mid-grey."),
        Scale("low_pass", "Low-pass", "standard deviation, pixels", (0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 15.0, 40.0), 0.0,
              "Grey, then blurred by a Gaussian; beyond the edge lies mid-grey."),
        Scale("rotation", "Rotation", "degrees", (0.0, 15.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0, 270.0), 0.0,
              "Turned counter-clockwise; corners that nobody photographed are grey."),
        Scale("occlusion", "Occlusion", "share of the area", (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8), 0.0,
              "A grey square at a place that the seed draws."),
        Scale("light", "Lighting", "share of the light", (1.0, 0.5, 0.25, 0.12, 0.06, 0.03, 0.015), 1.0,
              "Linear light is scaled; the picture is then encoded as a camera would."),
    )
}  # fmt: skip
"""By name. Noise, contrast, low-pass and rotation at the published levels of Geirhos et al. 2018; rotation has further ones between."""


class RobustnessSpec(BaseModel):
    """One photograph at one level, named by EfficientNet-Lite0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = Field("sample:chelsea", pattern=IMAGE_PATTERN)
    distortion: Distortion = "noise"
    level: float = Field(0.0, ge=0, le=360, allow_inf_nan=False)
    seed: int = Field(0, ge=0, le=2**31 - 1)
    labels: int = Field(5, ge=1, le=10)

    @model_validator(mode="after")
    def _within(self) -> RobustnessSpec:
        levels = SCALES[self.distortion].levels
        if not min(levels) <= self.level <= max(levels):
            raise ValueError(f"level: {SCALES[self.distortion].title.lower()} goes from {min(levels):g} to {max(levels):g}")
        return self


class RobustnessCurveSpec(BaseModel):
    """Accuracy over a distortion's levels, measured here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    distortion: Distortion = "noise"
    network: Literal["imagenet", "digits"] = "imagenet"
    """`imagenet`: EfficientNet-Lite0 on packaged photographs; `digits`: two networks trained here on MNIST, with and without variety."""
    seed: int = Field(0, ge=0, le=2**31 - 1)


ADAPTER: TypeAdapter[RobustnessSpec] = TypeAdapter(RobustnessSpec)
PRESETS: tuple[Preset, ...] = tuple(
    Preset(scale.name, scale.title, scale.about, {"distortion": scale.name, "level": scale.levels[len(scale.levels) // 2]}) for scale in SCALES.values()
)
