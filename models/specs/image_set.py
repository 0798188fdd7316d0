"""The spec of reading a set of images: a zip with a folder for each class, or files with the class of each. Torch-free."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from models.image_sets import MOST_IMAGES
from models.types import Preset

_CONTENT = r"^[0-9a-f]{64}$"
MOST_FILES = 2 * MOST_IMAGES
"""Files of an upload, those that turn out to be no pictures included."""


class NamedFile(BaseModel):
    """One file: its content id, its name as a person knows it, and the name of its class. Names are only ever read as text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str = Field(pattern=_CONTENT)
    name: str = Field("", max_length=300)
    kind: str = Field("", max_length=300)


class ImageSetSpec(BaseModel):
    """Either a zip or files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    archive: str | None = Field(None, pattern=_CONTENT, title="Zip", description="Content id of a zip with a folder for each class.")
    files: tuple[NamedFile, ...] = Field((), max_length=MOST_FILES, title="Files", description="Pictures with the class of each.")

    @model_validator(mode="after")
    def _one_of_both(self) -> ImageSetSpec:
        if self.archive is not None and self.files:
            raise ValueError("send a zip or files, not both")
        return self


Spec = ImageSetSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(ImageSetSpec)
PRESETS: tuple[Preset, ...] = ()
