"""A small convolutional network that says, of each pixel of a picture, how much of the light the surface there gives back.

Hourglass: three halvings and three doublings, with skips; input the logarithm of luminance less its mean, so that more light on all
of the scene changes nothing; output 0…1 by a sigmoid. 168,000 parameters, trained on scenes whose reflectance is known.
Nothing in it is taken from the brain. Networks of this kind were first asked about illusions by Corney and Lotto 2007
(10.1371/journal.pcbi.0030180).
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

Pictures = NDArray[np.float32]
_FLOOR = 0.01
"""Added to luminance before its logarithm is taken: black has one."""
_WIDTHS = (16, 32, 48, 64)
_FINEST = 12


class ReflectanceJudge(nn.Module):
    """(n, 1, 64, 64) of log luminance → (n, 1, 64, 64) of reflectance."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList([_step(ins, outs, 2) for ins, outs in zip((1, *_WIDTHS), _WIDTHS, strict=False)])
        self.deep = nn.Sequential(_step(_WIDTHS[-1], _WIDTHS[-1]), _step(_WIDTHS[-1], _WIDTHS[-1]))
        self.up = nn.ModuleList([_step(ins, outs) for outs, ins in zip(_WIDTHS[-2::-1], _WIDTHS[:0:-1], strict=True)])
        self.out = nn.Sequential(_step(_WIDTHS[0] + 1, _FINEST), nn.Conv2d(_FINEST, 1, 1))
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # half again as fast on a processor

    def forward(self, pictures: Tensor) -> Tensor:
        kept, values = [], pictures
        for layer in self.down:
            values = layer(values)
            kept.append(values)
        values = self.deep(values)
        for layer, skipped in zip(self.up, kept[-2::-1], strict=True):
            values = skipped + nn.functional.interpolate(layer(values), scale_factor=2.0)
        whole = torch.cat((nn.functional.interpolate(values, scale_factor=2.0), pictures), 1)
        judged: Tensor = torch.sigmoid(self.out(whole))
        return judged


def prepared(luminance: Pictures) -> Tensor:
    """(n, h, w) luminances → (n, 1, h, w): natural logarithm less the picture's mean."""
    logarithm = torch.from_numpy(np.log(luminance + _FLOOR)[:, None])
    return logarithm - logarithm.mean(dim=(2, 3), keepdim=True)


def _step(ins: int, outs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(ins, outs, 3, stride, 1), nn.ReLU())
