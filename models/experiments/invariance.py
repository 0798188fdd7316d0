"""How much of each rung's pattern of responses is left when the photograph is changed: the network's nine stages and the brain's models.

Similarity is Pearson's correlation r between a rung's responses to the changed photograph and to the photograph itself,

    `units`     over all units, each at its place: a map that moves along with the picture counts as changed
    `channels`  over channels, each as its mean over all places: where something is no longer counts

null where responses do not vary. r says nothing about size: a response that is halved everywhere keeps r = 1. So each rung has a
`size` too: the root mean square of its responses, as a share of that to the photograph itself.
Arrays: `image` u1 (224, 224, 3), the changed photograph; for a chosen unit `unit/map` and `unit/before` u1 (h, w), its maps of both
photographs on one scale, byte 0 = `unit.minimum`, 255 = `unit.maximum`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.experiments.hierarchy_brain import ladder, quick_responses
from models.experiments.hierarchy_images import Kept, is_even, seen
from models.experiments.hierarchy_networks import network
from models.experiments.hierarchy_similarity import Reference, map_bytes
from models.specs.feature_hierarchy import SAMPLES, STAGES
from models.specs.invariance import RUNGS, InvarianceSpec
from models.tasks.crops import Pixels
from models.tasks.transformations import Transformation, transformed
from models.types import Array

Progress = Callable[..., None]
Rungs = Mapping[str, Array]
"""By rung: float32 (channels, …), every unit's response."""
SIDES = {"brain": RUNGS, "network": STAGES}
Similarities = dict[str, dict[str, dict[str, float | None]]]
"""{side: {rung: {units, channels, size}}}"""
_UNIT_MAPS = 2
"""Dimensions of a map: rungs whose channels have one value each have no maps."""


def build(spec: InvarianceSpec) -> Invariance:
    """Loads both sides, so that a worker that built once is warm."""
    network("trained")
    ladder()
    return Invariance(spec)


@dataclass(frozen=True)
class Looked:
    """What is kept of the photograph itself: every rung's reference, its responses, and its best label's index."""

    references: dict[str, Reference]
    responses: dict[str, Array]
    label: int


_LOOKED: Kept[Looked] = Kept(3)
_FLOORS: Kept[Similarities] = Kept(64)


class Invariance:
    """One analysis: a change of the photograph in, similarities and the changed photograph out."""

    def __init__(self, spec: InvarianceSpec) -> None:
        self.spec = spec

    def analyse(self, images: Mapping[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """`images`: content id → bytes; a packaged photograph needs none. Raises Refused."""
        spec = self.spec
        progress(0.0, "looking at the photograph")
        pixels = seen(spec.image, images)
        before = _LOOKED.of((spec.image, spec.weights), lambda: _looked(pixels, spec.weights))
        changed = transformed(pixels, _change(spec))
        progress(0.2, "looking at the changed photograph")
        found, head = _both(changed, spec.weights)
        result: dict[str, Any] = {
            "similarity": _similarities(before.references, found),
            "label": self._label(before, head),
            "even": is_even(pixels),
        }
        arrays: dict[str, Array] = {"image": changed}
        if spec.rung:
            result["unit"] = _unit(before.responses[spec.rung], found[spec.rung], spec.channel, arrays)
        if spec.unrelated:
            progress(0.5, "looking at the other photographs")
            result["unrelated"] = _unrelated(before.references, spec)
        return result, arrays

    def _label(self, before: Looked, head: Array) -> dict[str, Any] | None:
        """What the network calls it now, and the share that its first name has kept; None for random weights."""
        if self.spec.weights == "random":
            return None
        names = network("trained").labels
        probabilities = _probabilities(head)
        best = int(probabilities.argmax())
        return {
            "name": names[best][0],
            "probability": float(probabilities[best]),
            "before": names[before.label][0],
            "kept": float(probabilities[before.label]),
        }


def _change(spec: InvarianceSpec) -> Transformation:
    return Transformation(**{field: getattr(spec, field) for field in Transformation.__dataclass_fields__})


def _looked(pixels: Pixels, weights: str) -> Looked:
    responses, head = _both(pixels, weights)
    return Looked({name: Reference.of(values) for name, values in responses.items()}, responses, int(_probabilities(head).argmax()))


def _both(pixels: Pixels, weights: str) -> tuple[dict[str, Array], Array]:
    """Every rung's responses on both sides, and the head's activation."""
    stages = dict(_network_responses(pixels, weights))
    return {**quick_responses(pixels), **stages}, stages["head"]


def _network_responses(pixels: Pixels, weights: str) -> Iterator[tuple[str, Array]]:
    looking = network(weights)
    for response in looking.responses(looking.prepare(pixels)):
        yield response.stage.name, response.activation.numpy()


def _probabilities(head: Array) -> Array:
    import torch

    return network("trained").probabilities(torch.from_numpy(head)).numpy()


def _similarities(references: Mapping[str, Reference], found: Rungs) -> Similarities:
    told = {}
    for name, values in found.items():
        units, channels = references[name].similarity(values)
        told[name] = {"units": units, "channels": channels, "size": references[name].size(values)}
    return {side: {name: told[name] for name in rungs} for side, rungs in SIDES.items()}


def _unrelated(references: Mapping[str, Reference], spec: InvarianceSpec) -> Similarities:
    """Mean similarity to the first few of the other packaged photographs. Each costs what a changed one does, so a page asks for one
    more at a time."""
    others = [f"sample:{sample.name}" for sample in SAMPLES if f"sample:{sample.name}" != spec.image][: spec.unrelated]
    found = [_floor(references, spec, other) for other in others]
    return {
        side: {name: {kind: _mean([one[side][name][kind] for one in found]) for kind in ("units", "channels")} for name in rungs}
        for side, rungs in SIDES.items()
    }


def _floor(references: Mapping[str, Reference], spec: InvarianceSpec, other: str) -> Similarities:
    return _FLOORS.of((spec.image, spec.weights, other), lambda: _similarities(references, _packaged(other, spec.weights)))


def _packaged(image: str, weights: str) -> dict[str, Array]:
    return _OTHERS.of((image, weights), lambda: _both(seen(image, {}), weights)[0])


_OTHERS: Kept[dict[str, Array]] = Kept(len(SAMPLES))
"""Responses to packaged photographs, some 6 MB each."""


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _unit(before: Array, after: Array, channel: int, arrays: dict[str, Array]) -> dict[str, Any]:
    """The chosen channel's largest and mean response before and after; its maps go into `arrays` where it has maps."""
    index = min(channel, len(before) - 1)
    maps = [values[index] for values in (before, after)]
    low, high = min(float(values.min()) for values in maps), max(float(values.max()) for values in maps)
    if maps[0].ndim == _UNIT_MAPS:
        for name, values in zip(("unit/before", "unit/map"), maps, strict=True):
            arrays[name] = map_bytes(values, low, high)
    return {
        "channel": index,
        "minimum": low,
        "maximum": high,
        "largest": [float(values.max()) for values in maps],
        "mean": [float(values.mean()) for values in maps],
    }
