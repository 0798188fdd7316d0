"""The network that learns to judge reflectance, and the illusion that it is then asked about. Torch-free."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, TypeAdapter

from models.specs.perception import IllusionFields
from models.types import Preset


class ReflectanceSpec(IllusionFields):
    """Two networks that differ in first weights and in the order of the same scenes; then one illusion through both."""

    light: Literal["smooth", "shadows"] = Field(
        "smooth", title="Light in the training scenes", description="Illumination that varies smoothly, or smoothly with one shadow's edge across."
    )
    seed: int = Field(0, ge=0, le=9999, title="Seed", description="Of scenes, first weights and order; the second network has the next one.")
    networks: int = Field(2, ge=1, le=2, title="Networks", description="Whether the first of the two is trained alone, or both: a job for each stays within the time of one.")
    steps: int = Field(320, ge=10, le=600, title="Updates", description="Gradient steps of 16 scenes, for each of the two networks.")


Spec = ReflectanceSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(ReflectanceSpec)
PRESETS: tuple[Preset, ...] = (
    Preset("smooth", "Smooth light", "Trained on flat patches under light that varies smoothly.", {}),
    Preset("shadows", "Light with shadows", "Trained on the same patches, with a shadow's edge across each scene.", {"light": "shadows"}),
)
