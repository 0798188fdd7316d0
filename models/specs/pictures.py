"""Up to 92 packaged pictures: squares cut from photographs that come with the installation. Torch-free.

Sixteen photographs, each whole and as five windows of half its shorter side. The order goes through all photographs
before it comes to the first window, so that the first twelve or more are twelve or more different photographs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.specs.feature_hierarchy import SAMPLES, Sample

MOST: Final = 92
"""As many as Kriegeskorte et al. (2008, 10.1016/j.neuron.2008.10.043) showed."""
FEWEST: Final = 12

_FURTHER: Final = (
    Sample("coins", "Coins", "", "Greek coins from Pompeii, Brooklyn Museum, no known copyright restrictions", "skimage", "data/coins.png"),
    Sample("hubble", "A sky of galaxies", "", "Hubble extreme deep field, by NASA, public domain", "skimage", "data/hubble_deep_field.jpg"),
    Sample("grass", "Grass", "", "Photograph by linolafett, CC0", "skimage", "data/grass.png"),
    Sample("gravel", "Gravel", "", "From CC0Textures, CC0", "skimage", "data/gravel.png"),
    Sample("retina", "The back of an eye", "", "Fundus photograph, by Mikael Häggström, CC0", "skimage", "data/retina.jpg"),
    Sample("clock", "A clock", "", "Photograph by Stéfan van der Walt, public domain", "skimage", "data/clock_motion.png"),
    Sample(
        "stain",
        "Stained tissue",
        "",
        "Colonic glands, by the Center for Microscopy and Molecular Imaging, no known copyright restrictions",
        "skimage",
        "data/ihc.png",
    ),
)
PHOTOGRAPHS: Final = (*SAMPLES, *_FURTHER)
_WINDOWS: Final = (
    ("whole", None),
    ("centre", (0.5, 0.5)),
    ("upper left", (0.0, 0.0)),
    ("lower right", (1.0, 1.0)),
    ("upper right", (1.0, 0.0)),
    ("lower left", (0.0, 1.0)),
)


@dataclass(frozen=True)
class Picture:
    """A square of a photograph. `at`: where a window of half the shorter side lies, as shares of the room it has (across, down);
    None is the central square that networks are tested on."""

    photograph: Sample
    window: str
    at: tuple[float, float] | None

    @property
    def name(self) -> str:
        return f"{self.photograph.name}:{self.window.replace(' ', '-')}"

    @property
    def title(self) -> str:
        return f"{self.photograph.title}, {self.window}"


PICTURES: Final = tuple(Picture(photograph, window, at) for window, at in _WINDOWS for photograph in PHOTOGRAPHS)[:MOST]
