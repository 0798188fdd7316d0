"""The invariance's spec: one photograph, how it is changed, and whose responses are asked for. Torch-free."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.specs.feature_hierarchy import IMAGE_PATTERN, SAMPLES, STAGES
from models.types import Preset

RUNGS = ("retina", "v1_simple", "v1_complex", "c1", "s2", "c2")
"""The brain's models from the retina on; an array of maps is named `<rung>/map`."""


def _slider(default: float, low: float, high: float, step: float, title: str, unit: str, description: str) -> Any:
    extra: dict[str, Any] = {"group": "Changes", "unit": unit, "step": step}
    return Field(default, ge=low, le=high, title=title, description=description, json_schema_extra=extra)


class InvarianceSpec(BaseModel):
    """One changed photograph, and how similar every rung's responses to it are to those to the photograph itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = Field("sample:chelsea", pattern=IMAGE_PATTERN, title="Photograph", description="A packaged photograph or the content id of an uploaded one.", json_schema_extra={"group": "Photograph"})
    shift_x: float = _slider(0, -40, 40, 2, "Shift across", "px", "Pixels to the right. What moves in from beyond the edge is mid-grey.")
    shift_y: float = _slider(0, -40, 40, 2, "Shift down", "px", "Pixels downwards. What moves in from beyond the edge is mid-grey.")
    scale: float = _slider(1, 0.5, 2, 0.05, "Scale", "×", "Size about the centre. A smaller picture is framed in mid-grey.")
    rotate: float = _slider(0, -180, 180, 5, "Turn", "°", "Degrees counter-clockwise about the centre; corners that open are mid-grey.")
    light: float = _slider(1, 0.1, 3, 0.1, "Light", "×", "Factor on the light itself (sRGB decoded first); what exceeds white is cut there.")
    light_side: float = _slider(0, -1, 1, 0.1, "Light from a side", "", "−1: all light from the left, none at the right edge; 1: from the right.")
    contrast: float = _slider(1, 0.05, 2, 0.05, "Contrast", "×", "Factor on every pixel's difference from the picture's mean colour.")
    occlude: float = _slider(0, 0, 0.8, 0.02, "Cover", "of area", "Share of the picture under a mid-grey square.")
    occlude_x: float = _slider(0.5, 0, 1, 0.05, "Cover’s place across", "", "0: at the left edge; 1: at the right edge.")
    occlude_y: float = _slider(0.5, 0, 1, 0.05, "Cover’s place down", "", "0: at the upper edge; 1: at the lower edge.")
    weights: Literal["trained", "random"] = Field("trained", title="Network’s weights", description="Random: the same architecture before any learning, as a control.", json_schema_extra={"group": "Control"})
    rung: Literal["", "retina", "v1_simple", "v1_complex", "c1", "s2", "c2", "stem", "stage1", "stage2", "stage3", "stage4", "stage5", "stage6", "stage7", "head"] = Field("", title="Rung of the chosen unit", description="Whose map is wanted back; empty for none.", json_schema_extra={"group": "Unit"})
    channel: int = Field(0, ge=0, le=9999, title="Channel of the chosen unit", description="Counted from 0.", json_schema_extra={"group": "Unit"})
    unrelated: int = Field(0, ge=0, le=len(SAMPLES) - 1, title="Other photographs", description="With how many of the other packaged photographs the responses are compared too: the floor of the curves.", json_schema_extra={"group": "Control", "unit": "photographs"})


Spec = InvarianceSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(InvarianceSpec)
SLIDERS = ("shift_x", "shift_y", "scale", "rotate", "light", "light_side", "contrast", "occlude", "occlude_x", "occlude_y")
CURVES = SLIDERS[:8]
"""Sliders along which curves are drawn; the other two only place the cover."""
SEED = 0
"""Of the random weights."""

PRESETS: tuple[Preset, ...] = (
    Preset("moved", "Moved 20 pixels", "Which rung keeps most of its responses, place by place, and which once places no longer count?", {"shift_x": 20}),
    Preset("upside-down", "Upside down", "Turn the picture over: does any rung answer as before?", {"rotate": 180}),
    Preset("dim", "A tenth of the contrast", "Which rung’s pattern is left when the picture is nearly flat?", {"contrast": 0.1}),
    Preset("covered", "Half covered", "What is left of each rung’s responses when half of the picture is gone?", {"occlude": 0.5}),
)
assert set(STAGES) < set(InvarianceSpec.model_fields["rung"].annotation.__args__)  # type: ignore[union-attr]


def sliders() -> list[dict[str, Any]]:
    """The sliders as the view takes them: field, label, unit, help, bounds, step and resting value."""
    properties = InvarianceSpec.model_json_schema()["properties"]
    return [
        {
            "field": field,
            "label": properties[field]["title"],
            "unit": properties[field]["unit"],
            "help": properties[field]["description"],
            "minimum": properties[field]["minimum"],
            "maximum": properties[field]["maximum"],
            "step": properties[field]["step"],
            "rest": properties[field]["default"],
            "curve": field in CURVES,
        }
        for field in SLIDERS
    ]
