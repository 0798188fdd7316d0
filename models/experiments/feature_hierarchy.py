"""A photograph through EfficientNet-Lite0: labels, and each stage's strongest feature maps with their fields.

Arrays: `photo` u1 (h, w, 3) for display; `input` u1 (224, 224, 3), what the network saw, pixel for pixel;
`<stage>/map` u1 (maps, height, width), where byte b stands for minimum + b/255 · (maximum − minimum) of that map.
Boxes are input pixels: left ≤ x < right. A map's maximum is at [row, column].
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models.networks.efficientnet import SIDE, EfficientNetLite0, Response, Stage, kernels
from models.probes.receptive_field import Convolution, Field
from models.specs.feature_hierarchy import FeatureHierarchySpec
from models.tasks.crops import centre_crop, display_pixels, network_pixels
from models.tasks.photographs import Photograph, decode
from models.tasks.samples import is_sample, sample_bytes
from models.types import Array, Refused

Progress = Callable[[float, str], None]
Arrays = dict[str, Array]
_ABOUT = {
    "stem": "One 3 × 3 convolution: edges, blobs and colours, cut to 0…6.",
    "head": "A 1 × 1 convolution to 1280 channels, cut to 0…6. Their means over space are all that the label is made from.",
}
_ABOUT_BLOCKS = "Inverted bottlenecks end in a linear projection: values carry a sign."


def build(spec: FeatureHierarchySpec) -> FeatureHierarchy:
    """Loads the network too, so that a worker that built once is warm."""
    _network()
    return FeatureHierarchy(spec)


@cache
def _network() -> EfficientNetLite0:
    """Loaded once a worker (0.2 s). One thread: the network takes 40 ms, and other runs share the cores."""
    torch.set_num_threads(1)
    network = EfficientNetLite0()
    deque(network.responses(torch.zeros(1, 3, SIDE, SIDE)), maxlen=0)  # the first pass chooses kernels and is three times slower
    return network


class FeatureHierarchy:
    """One analysis: bytes of a photograph in, labels, stages and arrays out."""

    def __init__(self, spec: FeatureHierarchySpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], Arrays]:
        """`images`: content id → bytes; a packaged photograph needs none. Raises Refused."""
        progress(0.0, "decoding the photograph")
        photograph = decode(self._content(images))
        crop = centre_crop(*photograph.pixels.shape[1::-1])
        seen = network_pixels(photograph.pixels, crop)
        arrays: Arrays = {"photo": display_pixels(photograph.pixels), "input": seen}
        progress(0.3, "preparing the network")
        stages, head = self._stages(_network().prepare(seen), arrays, progress)
        progress(0.95, "naming it")
        result = {
            "labels": self._labels(head),
            "stages": stages,
            "crop": asdict(crop),
            "photograph": {"width": photograph.width, "height": photograph.height, "format": photograph.format},
            "input_side": SIDE,
            "notes": _notes(photograph),
        }
        progress(1.0, "done")
        return result, arrays

    def _content(self, images: dict[str, bytes]) -> bytes:
        if is_sample(self.spec.image):
            return sample_bytes(self.spec.image)
        if self.spec.image in images:
            return images[self.spec.image]
        raise Refused("image", "This photograph is no longer kept. Photographs expire: choose it again.")

    def _stages(self, image: Tensor, arrays: Arrays, progress: Progress) -> tuple[list[dict[str, Any]], Tensor]:
        """Every stage's description, its maps put into `arrays`, and the head's activation."""
        network, described, field = _network(), [], Field()
        for index, response in enumerate(network.responses(image)):
            stage = response.stage
            progress(0.35 + 0.6 * index / len(network.stages), f"network: {stage.title.lower()}")
            field = field.through(Convolution(*kernel) for kernel in kernels(stage))
            described.append(self._stage(response, field, arrays))
        return described, response.activation

    def _stage(self, response: Response, field: Field, arrays: Arrays) -> dict[str, Any]:
        stage, shape = response.stage, tuple(response.activation.shape)
        chosen = strongest(response.drive, self.spec.maps_per_stage)
        maps = response.activation[chosen].numpy()
        arrays[f"{stage.name}/map"] = np.stack([_bytes(values) for values in maps])
        return {
            "name": stage.name,
            "title": stage.title,
            "about": _ABOUT.get(stage.name, _ABOUT_BLOCKS),
            "shape": list(shape),
            "blocks": _blocks(stage),
            "rectified": stage.rectified,
            "receptive_field": _field(field, shape[-1]),
            "maps": [_map(channel, response, field) for channel in chosen],
        }

    def _labels(self, head: Tensor) -> list[dict[str, Any]]:
        network = _network()
        best = network.probabilities(head).topk(self.spec.labels)
        named = [(*network.labels[int(index)], float(value)) for value, index in zip(*best, strict=True)]
        return [{"name": name, "also": also, "probability": probability} for name, also, probability in named]


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


def _bytes(values: Array) -> Array:
    """0 at the map's minimum, 255 at its maximum; a constant map is all 0."""
    low, span = values.min(), values.max() - values.min()
    return np.zeros(values.shape, np.uint8) if span == 0 else ((values - low) * (255 / span)).round().astype(np.uint8)


def _blocks(stage: Stage) -> int:
    return 0 if stage.rectified else len(stage.layers)


def _notes(photograph: Photograph) -> list[str]:
    """What was done to the photograph before the network saw it."""
    shorter = min(photograph.width, photograph.height)
    notes = [*photograph.notes, f"The network sees the central square, seven eighths of the shorter side, as {SIDE} × {SIDE} pixels."]
    if shorter * SIDE / 256 < SIDE:
        notes.append(f"The square was enlarged to {SIDE} × {SIDE} pixels; the finest detail is interpolation.")
    return notes
