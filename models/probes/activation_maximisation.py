"""The image that drives a unit most, found by climbing the slope of its response on the input (Erhan, Bengio, Courville and
Vincent 2009, "Visualizing higher-layer features of a deep network").

The image is sigmoid(F⁻¹(s/f)), with a seeded random spectrum s as what is learned (Olah, Mordvintsev and Schubert 2017,
10.23915/distill.00007): dividing by the spatial frequency f makes fine detail as costly as in photographs, and the sigmoid keeps
pixels within 0…1. Without it (`smooth` false) the pixels themselves are learned. Each step moves the image by up to `jitter`
pixels across and down before the unit answers. Steps are Adam's (Kingma and Ba 2015).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_START = 0.1
"""Standard deviation of the starting noise, before the sigmoid."""


@dataclass(frozen=True)
class Climb:
    """`side` pixels of a square image; `rate` of Adam; `jitter` in pixels."""

    side: int
    seed: int = 0
    smooth: bool = True
    jitter: int = 8
    rate: float = 0.05


class ActivationMaximisation:
    """`drive`: (1, 3, side, side) of 0…1 → the unit's response, one number with a slope."""

    def __init__(self, drive: Callable[[Tensor], Tensor], climb: Climb) -> None:
        self.climb, self._drive = climb, drive
        self._generator = torch.Generator().manual_seed(climb.seed)
        self._scale = _detail(climb.side) if climb.smooth else None
        self._learned = self._noise().requires_grad_(True)
        self._adam = torch.optim.Adam([self._learned], lr=climb.rate)
        self.noise_drive = self.measure()
        """The response to the seeded noise that the climb starts from."""

    def _noise(self) -> Tensor:
        """Parameters of the start. The noise has the same contrast with and without the spectrum."""
        side = self.climb.side
        if self._scale is None:
            return _START * torch.randn(1, 3, side, side, generator=self._generator)
        spectrum = torch.randn(1, 3, *self._scale.shape, 2, generator=self._generator)
        return spectrum * (_START / self._image(spectrum).std().clamp_min(1e-6))

    def _image(self, learned: Tensor) -> Tensor:
        """Before the sigmoid."""
        if self._scale is None:
            return learned
        side = self.climb.side
        return torch.fft.irfft2(torch.view_as_complex(learned.contiguous()) * self._scale, s=(side, side), norm="ortho")

    def image(self) -> Tensor:
        """(1, 3, side, side) of 0…1."""
        return self._image(self._learned).sigmoid()

    @torch.no_grad()
    def measure(self) -> float:
        """The response to the image as it stands, unmoved."""
        return float(self._drive(self.image()))

    def step(self) -> None:
        """One step up the slope."""
        moved = self.image()
        if self.climb.jitter:
            by = torch.randint(-self.climb.jitter, self.climb.jitter + 1, (2,), generator=self._generator).tolist()
            moved = moved.roll(by, (2, 3))
        self._adam.zero_grad()
        (-self._drive(moved)).backward()
        self._adam.step()

    @torch.no_grad()
    def pixels(self) -> NDArray[np.uint8]:
        """(side, side, 3) of 0…255."""
        drawn: NDArray[np.uint8] = (self.image()[0].permute(1, 2, 0) * 255).round().to(torch.uint8).numpy()
        return drawn


def _detail(side: int) -> Tensor:
    """(side, side // 2 + 1): 1/f of each frequency of a real image's spectrum, the mean counted as one cycle; root mean square 1."""
    down, across = torch.fft.fftfreq(side, 1 / side)[:, None], torch.fft.rfftfreq(side, 1 / side)[None]
    detail = 1 / (down**2 + across**2).sqrt().clamp_min(1)
    return detail / (detail**2).mean().sqrt()
