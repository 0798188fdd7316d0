"""Short questions of the page on perception: an illusion through two filter models, or an experiment with light."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.experiments.perception_contrast import contrast_response
from models.experiments.perception_illusions import illusion
from models.experiments.perception_light import adaptation, thresholds
from models.specs.perception import PerceptionSpec
from models.types import Array

Progress = Callable[[float, str], None]
Answer = tuple[dict[str, Any], dict[str, Array]]


def build(spec: PerceptionSpec) -> Perception:
    return Perception(spec)


class Perception:
    """One analysis; `analyse` returns (JSON result, arrays), as the part that is asked for describes them."""

    def __init__(self, spec: PerceptionSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> Answer:
        """`images`: content id → bytes; only the sweep of light needs any. Raises Refused."""
        progress(0.0, "computing")
        if self.spec.part == "illusion":
            return illusion(self.spec)
        if self.spec.part == "adaptation":
            return adaptation(self.spec, images)
        return thresholds(self.spec) if self.spec.part == "threshold" else contrast_response(self.spec)
