"""What the page on light, contrast and illusions asks for: a picture of equal greys, or a sweep of light. Torch-free."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from models.specs.feature_hierarchy import IMAGE_PATTERN
from models.types import Preset

ILLUSIONS = ("simultaneous_contrast", "white", "mach_bands", "hermann_grid")
LIGHTS = ("adaptation", "threshold", "normalisation")
WIDEST = {"simultaneous_contrast": 5.0, "white": 4.0, "mach_bands": 5.0, "hermann_grid": 2.0}
"""The largest size of each illusion in degrees."""
IllusionName = Literal["simultaneous_contrast", "white", "mach_bands", "hermann_grid"]


def _field(default: Any, title: str, unit: str, low: float, high: float, description: str) -> Any:
    return Field(default, ge=low, le=high, allow_inf_nan=False, title=title, description=description, json_schema_extra={"unit": unit})


class IllusionFields(BaseModel):
    """How an illusion is drawn: 16 degrees a side, on a grey ground."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    illusion: IllusionName = Field("white", title="Illusion", description="Which of the four pictures is drawn.")
    size: float = _field(2, "Size", "degrees", 0.5, 5, "Width of the squares, bars, ramp or streets.")
    contrast: float = _field(0.8, "Contrast", "", 0.05, 1, "Of the parts around the targets: (light − dark) / (light + dark).")
    grey: float = _field(0.5, "Grey of the targets", "", 0.1, 0.9, "Luminance of the two equal targets, as a share of the largest.")
    wavy: bool = Field(False, title="Wavy streets", description="Bends the streets of the Hermann grid, which abolishes its spots for people.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        widest = WIDEST[self.illusion]
        if self.size > widest:
            raise ValueError(f"size is at most {widest:g} degrees for this illusion, so that the picture of 16 degrees holds both places that are compared")
        return self


class PerceptionSpec(IllusionFields):
    """One short question: an illusion through two filter models, or one of three experiments with light."""

    part: Literal["illusion", "adaptation", "threshold", "normalisation"] = Field(
        "illusion", title="Part", description="What is asked: an illusion, or an experiment with light."
    )
    dog_centre: float = _field(0.4, "Centre of the DoG", "degrees", 0.1, 3, "Radius of the round filter's centre, where it has fallen to 1/e; its surround is twice as wide.")
    image: str = Field("sample:chelsea", pattern=IMAGE_PATTERN, title="Photograph", description="A packaged photograph or the content id of an uploaded one.")
    fixed_at: float = _field(0, "Fixed curve’s half-saturation", "log units", -2.5, 2.5, "The light, relative to the photograph's own mean, at which the curve that does not adapt is half-way up.")
    exponent: float = _field(2, "Exponent", "", 1, 4, "Steepness n of the contrast response.")
    half: float = _field(0.3, "Half-contrast without mask", "", 0.05, 0.8, "σ: the contrast at which the cell reaches half of its largest response.")
    mask: float = _field(0.4, "Contrast of the mask", "", 0, 1, "Contrast of a grating at right angles, laid over the one that the cell prefers.")
    dark_events: float = _field(1, "Dark light", "events", 0.01, 1000, "Events that come without light, in one integration time and area.")
    response_noise: float = _field(0.001, "Noise of the response", "of its range", 0.0001, 0.05, "Standard deviation of the response as a share of its range.")


Spec = PerceptionSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(PerceptionSpec)

PRESETS: tuple[Preset, ...] = (
    Preset("white", "White’s effect", "Two equal greys: the one on the dark bar touches mostly light, and yet people see it lighter.", {"illusion": "white", "size": 2}),
    Preset("contrast", "Simultaneous contrast", "One grey on a dark and on a light ground: people see the one on the dark ground lighter.", {"illusion": "simultaneous_contrast", "size": 3}),
    Preset("mach", "Mach bands", "Where a ramp meets a plateau, people see a lighter and a darker line that no light meter finds.", {"illusion": "mach_bands", "size": 2}),
    Preset("hermann", "Hermann grid", "Grey smudges at the crossings, except where one looks. A round filter that is small beside the streets answers to them.", {"illusion": "hermann_grid", "size": 1}),
    Preset("hermann-wavy", "Hermann grid, wavy", "With wavy streets people see no smudges, while a small round filter still answers: its account is in dispute.", {"illusion": "hermann_grid", "size": 1, "wavy": True}),
    Preset("dawn-noon", "Dawn to noon", "One photograph in a hundred thousand times more light: a response curve that stays, and one that follows.", {"part": "adaptation"}),
    Preset("weber", "Weber’s law", "How much light must be added to be seen? In the dark always the same, at noon always the same share.", {"part": "threshold"}),
    Preset("mask", "A mask", "A second grating moves the contrast response to the right and leaves its ceiling where it was.", {"part": "normalisation"}),
)
