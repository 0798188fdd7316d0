"""A photograph in less and in more light, before a network that was trained on photographs of one exposure. Torch-free."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.specs.feature_hierarchy import IMAGE_PATTERN
from models.types import Preset


class ExposureSpec(BaseModel):
    """EfficientNet-Lite0 on one photograph at many levels of light."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = Field("sample:chelsea", pattern=IMAGE_PATTERN, title="Photograph", description="A packaged photograph or the content id of an uploaded one.")
    levels: int = Field(11, ge=3, le=26, title="Levels of light", description="How many levels, evenly over five log units.")


Spec = ExposureSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(ExposureSpec)
PRESETS: tuple[Preset, ...] = (Preset("cat", "A cat", "How much more or less light may fall on a photograph before its label is lost?", {}),)
