"""What a running convolutional network can be asked. Torch-free."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from models.types import AskParameters

MOST_VALUES: Final = 128 * 128 * 3
Byte = Annotated[int, Field(ge=0, le=255)]


class Recognise(AskParameters):
    """An image of one's own, as large as the network's: height·width·channels bytes, row by row, channels last."""

    pixels: tuple[Byte, ...] = Field(min_length=1, max_length=MOST_VALUES, title="Pixels", description="Brightness from 0 to 255, row by row from the top.")


class Arithmetic(AskParameters):
    """One number of the network, and everything that it was made of."""

    part: Literal["convolution", "pooling", "dense", "softmax"] = Field("convolution", title="Part")
    layer: int = Field(1, ge=1, le=6, title="Layer", description="Counted from 1; the softmax is the last.")
    channel: int = Field(0, ge=0, le=127, title="Channel", description="The map, the unit, or the class.")
    row: int = Field(0, ge=0, le=255, title="Row", description="Of the map, or of the pooled map.")
    column: int = Field(0, ge=0, le=255, title="Column", description="Of the map, or of the pooled map.")
    shown: int | None = Field(None, ge=0, le=39, title="Shown image", description="Number of a sample image; else the one that is shown now.")
    pixels: tuple[Byte, ...] | None = Field(None, min_length=1, max_length=MOST_VALUES, title="Pixels", description="An image of one's own instead.")

    @model_validator(mode="after")
    def _one_image(self) -> Self:
        if self.shown is not None and self.pixels is not None:
            raise ValueError("shown: give either the number of a sample image or pixels")
        return self


class Response(AskParameters):
    """One channel's unit nearest the middle of its map, for images that are sent along."""

    layer: int = Field(1, ge=1, le=6)
    channel: int = Field(0, ge=0, le=127)
    stimuli: tuple[tuple[Byte, ...], ...] = Field(min_length=1, max_length=64, title="Stimuli", description="Images as `recognise` takes them.")


ASKS: dict[str, tuple[str, type[AskParameters]]] = {
    "recognise": ("The probability of each class for an image of one's own.", Recognise),
    "arithmetic": ("Every number that one unit's activation is made of, with PyTorch's own value beside it.", Arithmetic),
    "response": ("The drive and activation of a channel's middle unit for images of one's own.", Response),
}
