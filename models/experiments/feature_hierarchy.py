"""A photograph up both ladders: labels, and the strongest maps of each stage of EfficientNet-Lite0 and of each model of early vision.

Arrays: `photo` u1 (h, w, 3) for display; `input` u1 (224, 224, 3), what both sides saw, pixel for pixel;
`<stage>/map` u1 (maps, height, width), where byte b stands for minimum + b/255 · (maximum − minimum) of that map.
Boxes are input pixels: left ≤ x < right. A map's maximum is at [row, column].
With a second photograph: `compared/photo`, `compared/input`, and `<stage>/compared`, the same channels' maps of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from torch import Tensor

from models.experiments.hierarchy_brain import climb, ladder
from models.experiments.hierarchy_images import cut, is_even
from models.experiments.hierarchy_networks import chosen_kernels, chosen_network, trained_network
from models.experiments.hierarchy_similarity import beside, map_bytes
from models.networks.efficientnet import SIDE, Response, Stage
from models.probes.receptive_field import Convolution, Field
from models.specs.feature_hierarchy import FeatureHierarchySpec, NetworkName
from models.tasks.crops import Crop, Pixels, display_pixels
from models.tasks.photographs import Photograph
from models.types import Array

Progress = Callable[..., None]
Arrays = dict[str, Array]
_ABOUT = {
    "stem": "One 3 × 3 convolution: edges, blobs and colours, cut to 0…6.",
    "head": "A 1 × 1 convolution to 1280 channels, cut to 0…6. Their means over space are all that the label is made from.",
}
_ABOUT_CLASSIC = "Convolutions, cut at 0: nothing is negative, and there is no upper bound."
_ABOUT_BLOCKS = "Inverted bottlenecks end in a linear projection: values carry a sign."

_EVEN = "This picture has no structure, one colour throughout: what still varies in a map comes from the picture's edge."


def build(spec: FeatureHierarchySpec) -> FeatureHierarchy:
    """Loads both sides too, so that a worker that built once is warm."""
    trained_network()
    ladder()
    return FeatureHierarchy(spec)


class FeatureHierarchy:
    """One analysis: bytes of one photograph or two in, labels, stages and arrays out."""

    def __init__(self, spec: FeatureHierarchySpec) -> None:
        self.spec = spec

    def analyse(self, images: Mapping[str, bytes], progress: Progress) -> tuple[dict[str, Any], Arrays]:
        """`images`: content id → bytes; a packaged photograph needs none. Raises Refused."""
        progress(0.0, "decoding the photograph")
        photograph, crop, pixels = cut(self.spec.image, images)
        arrays: Arrays = {"photo": display_pixels(photograph.pixels), "input": pixels}
        second, compared = self._second(images, arrays, progress)
        progress(0.25, "preparing the network")
        stages, heads = self._stages(pixels, second, arrays, progress)
        progress(0.6, "climbing the models of early vision")
        result = {
            "labels": self._labels(heads[0]),
            "stages": stages,
            "brain": climb(pixels, second, self.spec.maps_per_stage, arrays),
            **_described(photograph, crop, pixels),
            "input_side": SIDE,
        }
        if second is not None:
            result["compared"] = {**compared, "labels": self._labels(heads[1])}
        progress(1.0, "done")
        return result, arrays

    def network_side(self, pixels: Pixels) -> list[dict[str, Any]]:
        """All that the network's ladder shows of (224, 224, 3), without the brain's side: what its cost is measured by."""
        stages, heads = self._stages(pixels, None, {}, lambda share, doing: None)
        self._labels(heads[0])
        return stages

    def _second(self, images: Mapping[str, bytes], arrays: Arrays, progress: Progress) -> tuple[Pixels | None, dict[str, Any]]:
        """What is seen of the second photograph, and its description; None without one."""
        if not self.spec.compare:
            return None, {}
        progress(0.1, "decoding the second photograph")
        photograph, crop, pixels = cut(self.spec.compare, images, "compare")
        arrays |= {"compared/photo": display_pixels(photograph.pixels), "compared/input": pixels}
        return pixels, _described(photograph, crop, pixels)

    def _stages(
        self, pixels: Pixels, second: Pixels | None, arrays: Arrays, progress: Progress
    ) -> tuple[list[dict[str, Any]], tuple[Tensor, ...]]:
        """Every stage's description, its maps put into `arrays`, and the head's activation for each photograph."""
        network, described, field = chosen_network(self.spec.network), [], Field()
        passes = [network.responses(network.prepare(seen)) for seen in (pixels, second) if seen is not None]
        for index, responses in enumerate(zip(*passes, strict=True)):
            stage = responses[0].stage
            progress(0.3 + 0.3 * index / len(network.stages), f"network: {stage.title.lower()}")
            field = field.through(Convolution(*kernel) for kernel in chosen_kernels(network, stage))
            described.append(self._stage(responses, field, arrays))
        return described, tuple(response.activation for response in responses)

    def _stage(self, responses: tuple[Response, ...], field: Field, arrays: Arrays) -> dict[str, Any]:
        response = responses[0]
        stage, shape = response.stage, tuple(response.activation.shape)
        chosen = strongest(response.drive, self.spec.maps_per_stage)
        maps = response.activation[chosen].numpy()
        arrays[f"{stage.name}/map"] = np.stack([map_bytes(values, float(values.min()), float(values.max())) for values in maps])
        described = {
            "name": stage.name,
            "title": stage.title,
            "about": _about(stage, self.spec.network),
            "shape": list(shape),
            "blocks": _blocks(stage),
            "rectified": stage.rectified,
            "receptive_field": _field(field, shape[-1]),
            "maps": [_map(channel, response, field) for channel in chosen],
        }
        for other in responses[1:]:
            described["compared"], arrays[f"{stage.name}/compared"] = beside(response.activation.numpy(), other.activation.numpy(), chosen)
        return described

    def _labels(self, head: Tensor) -> list[dict[str, Any]]:
        network = chosen_network(self.spec.network)
        best = network.probabilities(head).topk(self.spec.labels)
        named = [(*network.labels[int(index)], float(value)) for value, index in zip(*best, strict=True)]
        return [{"name": name, "also": also, "probability": probability} for name, also, probability in named]


def _about(stage: Stage, network: NetworkName) -> str:
    return _ABOUT.get(stage.name, _ABOUT_BLOCKS) if network == "efficientnet_lite0" else _ABOUT_CLASSIC


def _described(photograph: Photograph, crop: Crop, pixels: Pixels) -> dict[str, Any]:
    return {
        "crop": asdict(crop),
        "photograph": {"width": photograph.width, "height": photograph.height, "format": photograph.format},
        "notes": _notes(photograph) + ([_EVEN] if is_even(pixels) else []),
    }


def strongest(drive: Tensor, count: int) -> list[int]:
    """Channels of (channels, height, width) with the largest value, best first; read before the cut at 6, so without ties."""
    return [int(channel) for channel in drive.amax(dim=(1, 2)).topk(min(count, len(drive))).indices]


def _map(channel: int, response: Response, field: Field) -> dict[str, Any]:
    """One channel: the range of its map, where it is largest, and which input pixels that unit can see."""
    values, width = response.activation[channel], response.activation.shape[-1]
    row, column = divmod(int(response.drive[channel].argmax()), width)
    whole = field.box(row, column)
    box = whole.clipped(SIDE)
    return {
        "channel": channel,
        "maximum": float(values.max()),
        "minimum": float(values.min()),
        "mean": float(values.mean()),
        "at_ceiling": int((values >= 6).sum()) if response.stage.rectified else 0,
        "position": [row, column],
        "field": asdict(box),
        "clipped": box != whole,
    }


def _field(field: Field, width: int) -> dict[str, Any]:
    """Unit x sees columns start + stride·x to start + stride·x + size. `covers`: units that can see the whole input."""
    covering = sum(field.box(0, x).left <= 0 and field.box(0, x).right >= SIDE for x in range(width))
    return {"size": field.size, "stride": field.jump, "start": field.start, "larger_than_input": field.size > SIDE, "covers": covering**2}


def _blocks(stage: Stage) -> int:
    return 0 if stage.rectified else len(stage.layers)


def _notes(photograph: Photograph) -> list[str]:
    """What was done to the photograph before the network saw it."""
    shorter = min(photograph.width, photograph.height)
    notes = [*photograph.notes, f"The network sees the central square, seven eighths of the shorter side, as {SIDE} × {SIDE} pixels."]
    if shorter * SIDE / 256 < SIDE:
        notes.append(f"The square was enlarged to {SIDE} × {SIDE} pixels; the finest detail is interpolation.")
    return notes
