"""Units of EfficientNet-Lite0 under a physiologist's stimuli: the unit at the centre of a stage's map, all channels at once.

Only the unit's receptive field is computed, cut out of the input at a multiple of the stage's stride, which changes no digit of the
answer: what a unit reads lies inside its field. A network unit's value carries a sign or an offset; its *rate* here is what lies above
its answer to a grey field, as a recording knows no negative rates. The control has the same weights, shuffled within each layer.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.experiments.physiology_units import Described
from models.networks.efficientnet import SIDE, EfficientNetLite0, Stage, kernels
from models.probes.receptive_field import Convolution, Field
from models.specs.feature_hierarchy import STAGES
from models.specs.unit_physiology import CHANNELS, PIXELS_PER_DEGREE
from models.tasks.stimuli import Floats, Grating, Window, render
from models.types import Refused

_PIXELS_AT_ONCE = 60_000
"""Small batches stay in the cache: four whole pictures at once take half the time a picture that sixteen do."""
_SEED = 7


class StageUnits:
    """All channels of one stage, at the centre of the map."""

    def __init__(self, stage: str, shuffled: bool = False) -> None:
        self.name, self.shuffled = stage, shuffled
        network = _network(shuffled)
        self.stages = network.stages[: STAGES.index(stage) + 1]
        self.activation = network.network._swish
        self.field = _field(self.stages)
        self.unit = _central(self.field)
        self.origin, side = _crop(self.field, self.unit)
        self.box = self.field.box(self.unit, self.unit)
        middle = (self.box.left + self.box.right) / 2 - self.origin
        self.window = Window(side, PIXELS_PER_DEGREE, (middle, middle))
        self.at = self.unit - self.origin // self.field.jump
        self.batch = min(256, max(4, _PIXELS_AT_ONCE // side**2))
        self.grey = self._values(np.full((1, side, side), 0.5, np.float32))

    def rates(self, stimuli: NDArray[Any], advance: Callable[[float], None] | None = None) -> Floats:
        """(n, side, side) or (n, side, side, 3) of 0…1 → (n, channels), ≥ 0."""
        return self._through([stimuli[first : first + self.batch] for first in range(0, len(stimuli), self.batch)], advance)

    def rates_to(self, gratings: tuple[Grating, ...], advance: Callable[[float], None] | None = None) -> Floats:
        """The same for gratings, rendered a batch at a time."""
        batches = [list(gratings[first : first + self.batch]) for first in range(0, len(gratings), self.batch)]
        return self._through((render(batch, self.window) for batch in batches), advance, len(batches))

    def _through(self, batches: Iterable[NDArray[Any]], advance: Callable[[float], None] | None, count: int = 0) -> Floats:
        parts, total = [], count or len(list(batches))
        for batch in batches:
            parts.append(self._values(batch))
            if advance is not None:
                advance(len(parts) / total)
        return np.maximum(np.concatenate(parts) - self.grey, 0)

    @torch.inference_mode()
    def _values(self, stimuli: NDArray[Any]) -> Floats:
        frames = torch.from_numpy(np.ascontiguousarray(stimuli, np.float32))
        frames = frames.permute(0, 3, 1, 2) if frames.ndim == 4 else frames[:, None].expand(-1, 3, -1, -1)
        drive: Tensor = (255 * frames.contiguous(memory_format=torch.channels_last) - 127) / 128
        for stage in self.stages:
            for layer in stage.layers:
                drive = layer(drive)
            drive = self.activation(drive) if stage.rectified else drive
        return np.asarray(drive[:, :, self.at, self.at].numpy(), np.float32)


class Channel:
    """One channel of a stage as a subject, beside the same channel of the shuffled network. `advance(share)` hears of the work."""

    variants: tuple[tuple[str, str], ...] = (("trained", "trained weights"), ("shuffled", "shuffled weights"))

    def __init__(self, stage: str, channel: int, advance: Callable[[float], None] | None = None) -> None:
        if channel >= CHANNELS[stage]:
            raise Refused("channel", f"channel: {stage} has {CHANNELS[stage]} channels; choose one from 0 to {CHANNELS[stage] - 1}.")
        self.channel = channel
        self.trained, self.shuffled = units(stage), units(stage, shuffled=True)
        self.advance = advance

    def described(self) -> Described:
        stage, size = self.trained.stages[-1], self.trained.field.size
        seen = f"sees {size} × {size} pixels" if size <= SIDE else "can see the whole input"
        sign = "Its value is cut to 0…6." if stage.rectified else "Its value carries a sign."
        return Described(
            title=f"EfficientNet-Lite0, {stage.title.lower()}, channel {self.channel}",
            about=f"The unit at the centre of the map {seen}. {sign}",
            field_degrees=min(size, SIDE) / PIXELS_PER_DEGREE,
            rate="activation above grey",
            facts={"stage": stage.name, "channel": self.channel, "pixels": size, "larger_than_input": size > SIDE},
        )

    def window(self, protocol: str) -> Window:
        return self.trained.window

    def box(self, window: Window) -> tuple[float, float, float, float]:
        seen, origin = self.trained.box.clipped(SIDE), self.trained.origin
        return (seen.left - origin, seen.top - origin, seen.right - origin, seen.bottom - origin)

    def answer(self, gratings: list[Grating], window: Window) -> Floats:
        key = tuple(gratings)
        share = (lambda part: self.advance(part / 2), lambda part: self.advance(0.5 + part / 2)) if self.advance else (None, None)
        return np.stack([table(part, key, told)[:, self.channel] for part, told in zip((self.trained, self.shuffled), share, strict=True)])

    def see(self, frames: NDArray[Any], window: Window) -> Floats:
        return self.trained.rates(frames, self.advance)[:, self.channel]


@cache
def units(stage: str, shuffled: bool = False) -> StageUnits:
    return StageUnits(stage, shuffled)


_TABLES: OrderedDict[tuple[str, bool, tuple[Grating, ...]], Floats] = OrderedDict()
_KEPT_TABLES = 40


def table(stage: StageUnits, gratings: tuple[Grating, ...], advance: Callable[[float], None] | None = None) -> Floats:
    """(gratings, channels). Kept, so that another channel of the stage under the same gratings costs nothing."""
    key = (stage.name, stage.shuffled, gratings)
    if key not in _TABLES:
        _TABLES[key] = stage.rates_to(gratings, advance)
        while len(_TABLES) > _KEPT_TABLES:
            _TABLES.popitem(last=False)
    _TABLES.move_to_end(key)
    return _TABLES[key]


@cache
def _network(shuffled: bool) -> EfficientNetLite0:
    torch.set_num_threads(1)
    network = EfficientNetLite0()
    if shuffled:
        chance = torch.Generator().manual_seed(_SEED)
        for module in network.network.modules():
            if isinstance(module, nn.Conv2d):
                order = torch.randperm(module.weight.numel(), generator=chance)
                module.weight.data = module.weight.data.flatten()[order].view_as(module.weight)
    return network


def _field(stages: tuple[Stage, ...]) -> Field:
    field = Field()
    for stage in stages:
        field = field.through(Convolution(*kernel) for kernel in kernels(stage))
    return field


def _central(field: Field) -> int:
    """The unit whose field lies nearest to the middle of the input."""
    return round((SIDE / 2 - field.start - field.size / 2) / field.jump)


def _crop(field: Field, unit: int) -> tuple[int, int]:
    """First pixel and side of the cut that holds the field; it keeps the stride's grid, so that every layer stays in step."""
    box = field.box(unit, unit)
    first = max(0, box.left // field.jump * field.jump)
    last = min(SIDE, math.ceil(box.right / field.jump) * field.jump)
    return first, last - first
