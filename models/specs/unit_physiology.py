"""Unit physiology's spec: one unit (or a whole layer), one protocol, and its few parameters. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from models.specs.feature_hierarchy import STAGES
from models.types import AskParameters, Preset

CELLS: Final = 256
"""Cells of the model population; the first half is simple, the second complex."""
CHANNELS: Final = {"stem": 32, "stage1": 16, "stage2": 24, "stage3": 40, "stage4": 80, "stage5": 112, "stage6": 192, "stage7": 320, "head": 1280}
"""EfficientNet-Lite0's channels by stage."""
QUICK_STAGES: Final = ("stem", "stage1", "stage2")
"""Stages whose units answer a protocol at once; the others are jobs with progress."""
PIXELS_PER_DEGREE: Final = 28.0
"""224 pixels are 8 degrees, on both sides."""

ORIENTATIONS: Final = tuple(180 * k / 16 for k in range(16))
FREQUENCIES: Final = tuple(0.5 * 2 ** (4.5 * k / 7) for k in range(8))
"""Half a cycle to 11.3 cycles per degree, even in the logarithm."""

ProtocolName = Literal["gratings", "contrast", "size", "masks", "noise", "natural"]
StageName = Literal["stem", "stage1", "stage2", "stage3", "stage4", "stage5", "stage6", "stage7", "head"]


@dataclass(frozen=True)
class Protocol:
    """A protocol as its button and its first sentence name it."""

    name: ProtocolName
    title: str
    sentence: str
    of_layer: bool = False
    """Whether a whole layer can be put through it."""


PROTOCOLS: Final = (
    Protocol("gratings", "Gratings", "Drifting gratings of 16 orientations and 8 spatial frequencies: what does the unit prefer, and how sharply?", True),
    Protocol("contrast", "Contrast", "The preferred grating from faint to full contrast: where does the response begin, and does it saturate?"),
    Protocol("size", "Size", "The preferred grating in a growing aperture: does more stimulus ever mean less response?", True),
    Protocol("masks", "Masks", "The preferred grating under a second one at right angles: does a mask that drives nothing shift the curve?"),
    Protocol("noise", "White noise", "Thousands of random frames, each weighted by the response to it: which pattern is left?"),
    Protocol("natural", "Natural patches", "Patches of photographs: which drive the unit most, and which least?"),
)


class Parameters(AskParameters):
    """What a protocol leaves open; the same on both sides, and of a run's ask."""

    protocol: ProtocolName = Field("gratings", title="Protocol", description="What is shown to the unit.")
    contrast: float = Field(
        1.0, ge=0.05, le=1, allow_inf_nan=False, title="Contrast", json_schema_extra={"unit": "0 to 1"},
        description="Michelson contrast of the gratings in “gratings” and “size”.",
    )  # fmt: skip
    frames: int = Field(
        20_000, ge=500, le=20_000, title="Noise frames", json_schema_extra={"unit": "frames"},
        description="Frames of white noise. Units deep in a network are given fewer; the page says how many.",
    )  # fmt: skip
    seed: int = Field(0, ge=0, le=999, title="Seed", description="Decides the noise and where the natural patches are cut.")


class UnitPhysiologySpec(Parameters):
    """One unit under one protocol, or with `population` a whole layer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Literal["v1", "efficientnet"] = Field("v1", title="Unit", description="A cell of the V1 model, or a unit of EfficientNet-Lite0.")
    cell: int = Field(0, ge=0, lt=CELLS, title="Cell", description="Of the V1 model: 0 to 127 are simple cells, 128 to 255 complex cells.")
    normalised: bool = Field(True, title="Divisive normalisation", description="Whether the V1 cell's response is divided by what its neighbourhood does.")
    stage: StageName = Field("stem", title="Stage", description="Of EfficientNet-Lite0, from the pixels to the label.")
    channel: int = Field(0, ge=0, le=1279, title="Channel", description="Of that stage; the unit at the centre of the channel's map is measured.")
    population: bool = Field(False, title="Whole layer", description="Every cell of the V1 model, or every channel of the stage (gratings and size only).")


class PhysiologyQuestion(Parameters):
    """Parameters of the ask `physiology`: a filter of the network that is learning now."""

    layer: int = Field(1, ge=1, le=3, title="Layer", description="Convolution, counted from 1.")
    channel: int = Field(0, ge=0, le=31, title="Channel", description="Filter of that layer, counted from 0.")
    population: bool = Field(False, title="Whole layer", description="Every filter of the layer (gratings and size only).")


Spec = UnitPhysiologySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(UnitPhysiologySpec)

# A start is a pair of units and a protocol: the network's unit stands in `changes`, the page adds the rest (see STARTS).
PRESETS: Final[tuple[Preset, ...]] = (
    Preset("simple_cell", "A simple cell", "Its response follows the bars of a drifting grating: F1/F0 lies above 1.", {"unit": "v1", "cell": 8}),
    Preset("complex_cell", "A complex cell", "It answers wherever the bars are: F1/F0 lies near 0.", {"unit": "v1", "cell": 140}),
    Preset("stem_filter", "A filter of the stem", "Three pixels across: how sharply can so small a field be tuned?", {"unit": "efficientnet", "stage": "stem", "channel": 0}),
    Preset("deep_unit", "A deep unit", "Its field covers the picture: do gratings still tell what it looks for?", {"unit": "efficientnet", "stage": "stage5", "channel": 0}),
)


@dataclass(frozen=True)
class Start:
    """A named start: what differs from the page's default address, and what to watch for."""

    name: str
    title: str
    sentence: str
    choices: dict[str, str]


STARTS: Final = (
    Start("simple", "A simple cell", "Watch the cycle at the end: the cell fires for half of it, and F1/F0 lies above 1.", {}),
    Start("complex", "A complex cell", "The same gratings, and a response that does not follow the bars.", {"cell": "140"}),
    Start("size", "A surround", "A grating that grows beyond the field: compare the curve with and without normalisation.", {"protocol": "size"}),
    Start("mask", "A silent mask", "The mask alone leaves the cell silent, and yet shifts its contrast curve.", {"protocol": "masks", "cell": "140"}),
    Start("sta", "A field from noise", "Twenty thousand random frames, and the planted field appears.", {"protocol": "noise"}),
    Start("no_sta", "Where averaging fails", "A complex cell’s average stays noise; the covariance finds its pattern.", {"protocol": "noise", "cell": "140"}),
    Start("deep", "A deep unit", "Beside a V1 cell, a unit whose field covers the whole picture.", {"stage": "stage4", "channel": "3"}),
    Start("live", "The network in training", "The first filter of the network that learns on the live page, as it is now.", {"network": "live"}),
    Start("layer", "A whole layer", "Every cell and every filter, over what was counted in macaques.", {"scope": "layer"}),
)  # fmt: skip

assert tuple(CHANNELS) == STAGES
