"""The ask `physiology` of a run: the same protocols on a filter of the network that is learning now, with its present weights.

Such a network reads pictures of a few tens of pixels; one of its pixels is one of the page's, so 28 pixels are 1 degree. Arrays go
as text: {name: {"shape", "type": "f4" | "u1", "base64"}}.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.experiments.physiology_population import shown, summarised
from models.experiments.physiology_protocols import Record, grid, preferred, tuned
from models.experiments.physiology_units import Described
from models.experiments.unit_physiology import recorded
from models.networks.convolutional import activate
from models.probes.receptive_field import Convolution, Field
from models.specs.unit_physiology import PIXELS_PER_DEGREE, PhysiologyQuestion
from models.tasks.stimuli import Floats, Grating, Window, render
from models.types import Array, Ask, Refused

MOST_FRAMES = 4_000
"""An ask holds up the learning: four thousand frames take a fraction of a second."""
_BATCH = 256


def physiology_ask(lab: Any) -> Ask:
    """The ask of a trial with `lab.network`, a ConvolutionalNetwork as it is now."""

    def answer(question: PhysiologyQuestion) -> dict[str, Any]:
        _check(lab, question)
        if question.population:
            record = _layer(lab, question)
        else:
            record = recorded(LiveFilter(lab, question.layer, question.channel), question, _silent, MOST_FRAMES)
        arrays = {name: _as_text(array) for name, array in record.arrays.items()}
        return {"protocol": question.protocol, **record.result, "arrays": arrays}

    return Ask("A neurophysiologist's protocol on one filter of the network.", PhysiologyQuestion, answer)


class LiveFilter:
    """One channel of a convolution, at the centre of its map. It has no control: its first weights are gone."""

    variants: tuple[tuple[str, str], ...] = (("now", "weights now"),)

    def __init__(self, lab: Any, layer: int, channel: int) -> None:
        self.network, self.layer, self.channel = lab.network, layer, channel
        shapes = lab.network.layers_described
        first, shape = shapes[0], shapes[layer - 1]
        self.height, self.width, self.colours = first["below_height"], first["below_width"], first["in"]
        self.side = max(self.height, self.width)
        self.field = _field(shapes[:layer])
        self.seen = self.field.box(shape["height"] // 2, shape["width"] // 2)
        self.grey = float(self._values(np.full((1, self.side, self.side), 0.5, np.float32))[0])

    def described(self) -> Described:
        size = self.field.size
        seen = f"Its unit at the centre of the map sees {size} × {size} pixels of {self.width} × {self.height}."
        facts = {"layer": self.layer, "channel": self.channel, "pixels": size}
        field = min(size, self.side) / PIXELS_PER_DEGREE
        return Described(f"Network now training, layer {self.layer}, filter {self.channel}", seen, field, "activation above grey", facts)

    def window(self, protocol: str) -> Window:
        """The whole picture, padded to a square; the stimulus has its centre where the field has."""
        left, top = self._margins()
        centre = ((self.seen.left + self.seen.right) / 2 + left, (self.seen.top + self.seen.bottom) / 2 + top)
        return Window(self.side, PIXELS_PER_DEGREE, centre)

    def box(self, window: Window) -> tuple[float, float, float, float]:
        """The field within the picture: beyond it lies padding."""
        left, top = self._margins()
        edges = (self.seen.left + left, self.seen.top + top, self.seen.right + left, self.seen.bottom + top)
        return (max(0, edges[0]), max(0, edges[1]), min(self.side, edges[2]), min(self.side, edges[3]))

    def answer(self, gratings: list[Grating], window: Window) -> Floats:
        parts = [self.see(render(gratings[first : first + _BATCH], window), window) for first in range(0, len(gratings), _BATCH)]
        return np.concatenate(parts)[None]

    def see(self, frames: NDArray[Any], window: Window) -> Floats:
        return np.maximum(self._values(frames) - self.grey, 0)

    def planes(self, frames: NDArray[Any]) -> NDArray[np.float32]:
        """(n, channels, height, width): grey frames in every colour that is read, coloured ones in their mean where only one is."""
        left, top = self._margins()
        cut = np.asarray(frames, np.float32)[:, top : top + self.height, left : left + self.width]
        if cut.ndim == 3:
            return np.repeat(cut[:, None], self.colours, axis=1)
        return np.ascontiguousarray(np.moveaxis(cut, -1, 1) if self.colours == 3 else cut.mean(axis=-1)[:, None])

    def _values(self, frames: NDArray[Any]) -> Floats:
        return np.asarray(self.network.unit_responses(self.layer, self.channel, self.planes(frames)), np.float32)

    def _margins(self) -> tuple[int, int]:
        return (self.side - self.width) // 2, (self.side - self.height) // 2


def _layer(lab: Any, question: PhysiologyQuestion) -> Record:
    if question.protocol != "gratings":
        raise Refused("protocol", "protocol: every filter of a network that is learning can be put through “gratings”.")
    stimuli, shape = grid(question.contrast), lab.network.layers_described[question.layer - 1]
    subject = LiveFilter(lab, question.layer, 0)
    window = subject.window("gratings")
    parts = [render(stimuli[first : first + _BATCH], window) for first in range(0, len(stimuli), _BATCH)]
    values = np.concatenate([_every_channel(lab.network, question.layer, shape, subject.planes(part)) for part in parts])
    grey = _every_channel(lab.network, question.layer, shape, subject.planes(np.full((1, window.side, window.side), 0.5, np.float32)))
    tunings = [tuned(column) for column in np.maximum(values - grey, 0).T]
    result = {
        "layer": f"Network now training, layer {question.layer}",
        "moments": shown([preferred(one) for one in tunings]),
        "numbers": list(range(shape["out"])),
        "pixels_per_degree": PIXELS_PER_DEGREE,
    }
    return Record(result, summarised(tunings))


def _every_channel(network: Any, layer: int, shape: dict[str, Any], planes: NDArray[Any]) -> Floats:
    """(n, channels) of the units at the centre: one pass for all of them, where `unit_responses` would take one for each."""
    drives = network.forward(network.tensor_of(np.moveaxis(planes, 1, 3)), layer).drives[-1]
    return np.asarray(activate(shape["activation"], drives[:, :, shape["height"] // 2, shape["width"] // 2]).numpy(), np.float32)


def _field(shapes: list[dict[str, Any]]) -> Field:
    """The field of a convolution's units: the last one's own pooling comes after them."""
    steps: list[Convolution] = []
    for shape in shapes:
        steps += [Convolution(shape["size"], shape["stride"], shape["padding"]), Convolution(shape["pool"], shape["pool"], 0)]
    return Field().through(steps[:-1])


def _check(lab: Any, question: PhysiologyQuestion) -> None:
    """Raises Refused where the network has no such layer or filter."""
    convolutions = [shape for shape in lab.network.layers_described if shape["kind"] == "convolution"]
    if question.layer > len(convolutions):
        raise Refused("layer", f"layer: the network has {len(convolutions)} convolutions; choose one from 1 to {len(convolutions)}.")
    count = convolutions[question.layer - 1]["out"]
    if question.channel >= count:
        raise Refused("channel", f"channel: layer {question.layer} has {count} filters; choose one from 0 to {count - 1}.")


def _silent(share: float, doing: str) -> None:
    """An ask has no progress."""


def _as_text(array: Array) -> dict[str, Any]:
    kind = "u1" if array.dtype == np.uint8 else "f4"
    content = np.ascontiguousarray(array, "<u1" if kind == "u1" else "<f4")
    return {"shape": list(content.shape), "type": kind, "base64": base64.b64encode(content.tobytes()).decode("ascii")}
