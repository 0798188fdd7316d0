"""A neurophysiologist's protocols on one unit, or on a whole layer: a V1 model cell or a unit of EfficientNet-Lite0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.experiments.physiology_network import Channel
from models.experiments.physiology_pictures import natural, noise
from models.experiments.physiology_population import of_layer
from models.experiments.physiology_protocols import Record, contrast, gratings, masks, size
from models.experiments.physiology_units import Cell, Subject, cortex
from models.specs.unit_physiology import Parameters, UnitPhysiologySpec
from models.types import Array

GRATING_PROTOCOLS = {"gratings": gratings, "contrast": contrast, "size": size, "masks": masks}
Progress = Callable[..., None]
_FRAMES = {"stem": 20_000, "stage1": 20_000, "stage2": 10_000, "stage3": 3_000}
_DEEP_FRAMES = 800
"""What a unit of a deep stage is given: each frame costs it a pass through the whole network."""


def build(spec: UnitPhysiologySpec) -> UnitPhysiology:
    cortex()
    return UnitPhysiology(spec)


class UnitPhysiology:
    """One analysis: no picture in, a record out."""

    def __init__(self, spec: UnitPhysiologySpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """Raises Refused for a channel that the stage has not got."""
        spec = self.spec
        if spec.population:
            record = of_layer(spec, progress)
        else:
            record = recorded(self._subject(progress), spec, progress, self._most())
        progress(1.0, "done")
        return {"protocol": spec.protocol, **record.result}, record.arrays

    def _subject(self, progress: Progress) -> Subject:
        spec = self.spec
        if spec.unit == "v1":
            return Cell(spec.cell, spec.normalised)
        return Channel(spec.stage, spec.channel, lambda share: progress(0.05 + 0.9 * share, "passing stimuli through the network"))

    def _most(self) -> int:
        return 20_000 if self.spec.unit == "v1" else _FRAMES.get(self.spec.stage, _DEEP_FRAMES)


def recorded(subject: Subject, parameters: Parameters, progress: Progress, most: int) -> Record:
    """The protocol of these parameters on any subject."""
    if parameters.protocol == "noise":
        return noise(subject, parameters, progress, most)
    if parameters.protocol == "natural":
        return natural(subject, parameters, progress)
    return GRATING_PROTOCOLS[parameters.protocol](subject, parameters, progress)
