"""The feature hierarchy's spec: one photograph, perhaps a second beside it, and how much of each stage to keep. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.types import Preset

MAX_BYTES = 15_000_000
"""Largest photograph that is read, in bytes."""
MAX_PIXELS = 40_000_000
"""Largest photograph that is decoded, in pixels (width × height), checked in the file's header."""
FORMATS = "JPEG, PNG, WebP, GIF, BMP or TIFF"
"""What may be uploaded, as a sentence names it."""


STAGES = ("stem", "stage1", "stage2", "stage3", "stage4", "stage5", "stage6", "stage7", "head")
"""The network's stages from the pixels to the label; an array of maps is named `<stage>/map`."""
NetworkName = Literal["efficientnet_lite0", "alexnet", "vgg16", "resnet50"]
"""Networks that can be opened (specs/seeing_networks.py): the first comes with the lab, the others with a person's weight files."""


@dataclass(frozen=True)
class Sample:
    """A photograph that comes with the installation. `package` and `file` say where the worker finds it."""

    name: str
    title: str
    sentence: str
    credit: str
    package: str
    file: str


SAMPLES: tuple[Sample, ...] = (
    Sample("chelsea", "A cat", "Fur and whiskers fill the early maps. Which late map answers to the face as a whole?", "Chelsea, by Stéfan van der Walt, CC0", "skimage", "data/chelsea.png"),
    Sample("coffee", "An espresso", "A round rim on a saucer: follow it from an edge to a cup.", "Photograph by Rachel Michetti, CC0", "skimage", "data/coffee.png"),
    Sample("camera", "A camera on a tripod", "No colour at all. See which labels survive without it.", "Photograph by Lav Varshney, CC0", "skimage", "data/camera.png"),
    Sample("china", "A temple", "Three roofs, one above the other: find the maps that answer to each of them alike.", "Photograph by danielbuechele, CC BY 2.0, resized", "sklearn", "datasets/images/china.jpg"),
    Sample("flower", "A flower", "Petals that radiate around a centre. Which stage first has one unit for the whole?", "Photograph by vultilion, CC BY 2.0, resized", "sklearn", "datasets/images/flower.jpg"),
    Sample("rocket", "A rocket", "A thin upright shape at dusk: see how long the maps keep its place.", "Launch of DSCOVR, by SpaceX, public domain", "skimage", "data/rocket.jpg"),
    Sample("astronaut", "An astronaut", "None of the thousand labels says “astronaut”: the network can only choose among those it has.", "Eileen Collins, by NASA, public domain", "skimage", "data/astronaut.png"),
    Sample("horse", "A silhouette", "A horse without texture or colour: see what the network makes of the shape alone.", "Drawing by Andreas Preuss, CC0", "skimage", "data/horse.png"),
    Sample("brick", "A brick wall", "Nothing but texture. There is no label for “none of these”, so something is named all the same.", "From CC0Textures, CC0", "skimage", "data/brick.png"),
)
_SAMPLE_NAMES = "|".join(sample.name for sample in SAMPLES)
IMAGE_PATTERN = rf"^(sample:({_SAMPLE_NAMES})|[A-Za-z0-9_-]{{1,128}})$"


class FeatureHierarchySpec(BaseModel):
    """One photograph through EfficientNet-Lite0 and through models of early vision, stage by stage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = Field("sample:chelsea", pattern=IMAGE_PATTERN, title="Photograph", description="A packaged photograph (sample:chelsea, sample:coffee, …) or the content id of an uploaded one.", json_schema_extra={"group": "Photograph"})
    compare: str = Field("", pattern=rf"^$|{IMAGE_PATTERN}", title="Second photograph", description="A further photograph, whose maps of the same units are wanted beside; empty for none.", json_schema_extra={"group": "Photograph"})
    network: NetworkName = Field("efficientnet_lite0", title="Network", description="EfficientNet-Lite0 comes with the lab; AlexNet, VGG-16 and ResNet-50 need torchvision's weight files in the folder that PARALLAX_WEIGHTS names.", json_schema_extra={"group": "More"})
    maps_per_stage: int = Field(12, ge=1, le=32, title="Maps in each stage", description="How many of a stage's feature maps are kept: those with the largest response to this photograph.", json_schema_extra={"group": "More", "unit": "maps"})
    labels: int = Field(5, ge=1, le=20, title="Labels", description="How many of the thousand ImageNet labels are listed, most probable first.", json_schema_extra={"group": "More", "unit": "labels"})


Spec = FeatureHierarchySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(FeatureHierarchySpec)


PRESETS: tuple[Preset, ...] = tuple(
    Preset(sample.name, sample.title, sample.sentence, {"image": f"sample:{sample.name}"}) for sample in SAMPLES
)
