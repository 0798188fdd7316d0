"""The spec of comparing how stages group pictures: which pictures, and how the uncertainty is drawn. Torch-free."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from models.specs.pictures import FEWEST, MOST
from models.specs.seeing_networks import NetworkName
from models.types import Preset

IT_FILE: Final = "PARALLAX_IT_RDM"
"""Names the file with people's dissimilarity matrices of inferior temporal cortex."""
IT_CEILING: Final = (0.37, 0.67)
"""The noise ceiling of the published matrices: Kriegeskorte et al. 2008, four people, computed as Nili et al. 2014 do."""
HOW_TO_GET_IT: Final = (
    "Get the folder demos/92imageData of rsatoolbox (github.com/rsagroup/rsatoolbox, MIT; the data are those of Kriegeskorte et al. 2008), "
    f"and start the lab with {IT_FILE} set to its file 92_brainRDMs.mat."
)
ContentId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]


class SimilaritySpec(BaseModel):
    """Twelve to 92 pictures: packaged ones, own ones, or the published 92 where they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    packaged: int = Field(
        36,
        ge=0,
        le=MOST,
        title="Packaged pictures",
        description="The first so many of the packaged pictures.",
        json_schema_extra={"group": "Pictures", "unit": "pictures"},
    )
    own: tuple[ContentId, ...] = Field(
        (), max_length=MOST, title="Own pictures", description="Content ids of uploaded pictures.", json_schema_extra={"group": "Pictures"}
    )
    published: bool = Field(
        False,
        title="The published 92 pictures",
        description=f"The 92 pictures of Kriegeskorte et al. (2008) with people's IT, where {IT_FILE} names them.",
        json_schema_extra={"group": "Pictures"},
    )
    network: NetworkName = Field(
        "efficientnet_lite0",
        title="Network",
        description="EfficientNet-Lite0 comes with the lab; the others need weight files.",
        json_schema_extra={"group": "Network"},
    )
    draws: int = Field(
        100,
        ge=20,
        le=500,
        title="Bootstrap draws",
        description="How often the pictures are redrawn for the intervals.",
        json_schema_extra={"group": "More", "unit": "draws"},
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**31 - 1,
        title="Seed",
        description="Draws the random weights, the units that stand for a large stage, and the bootstrap.",
        json_schema_extra={"group": "More"},
    )

    @model_validator(mode="after")
    def _enough(self) -> SimilaritySpec:
        count = self.packaged + len(self.own)
        if self.published:
            return self
        if not FEWEST <= count <= MOST:
            raise ValueError(
                f"{FEWEST} to {MOST} pictures can be compared, not {count}: change the number of packaged ones, or add or leave out own ones."
            )
        if len(set(self.own)) < len(self.own):
            raise ValueError("The same picture was given twice; its dissimilarity to itself would be 0.")
        return self


Spec = SimilaritySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(SimilaritySpec)
PRESETS: tuple[Preset, ...] = ()
