"""A physiologist's gratings: drifting, plaid or apertured, rendered from their parameters.

Luminance at (x, y) degrees from the centre of the window, y upwards (0 black, ½ grey, 1 white):

    L = ½ + ½·A(r)·(c·cos(2πf·u + φ) + m·cos(2πf·v + ψ))

with u = x·cos θ + y·sin θ, so that θ is the direction in which the grating varies, counter-clockwise from rightwards (0° has upright
bars), as in models/brain/gabor.py; v is the same for the mask's θ′, and A an aperture of the given diameter with an edge one pixel
wide. A grating drifts by stepping φ through 0…360°.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MAX_PIXELS = 64_000_000
"""Bound on what is rendered at once: stimuli × height × width."""


@dataclass(frozen=True)
class Window:
    """The pixels that are rendered: their number, how many make a degree, and where on them the stimulus has its centre."""

    side: int
    pixels_per_degree: float
    centre: tuple[float, float]
    """(x, y) in pixels from the left and the upper edge."""

    @classmethod
    def centred(cls, side: int, pixels_per_degree: float) -> Window:
        return cls(side, pixels_per_degree, (side / 2, side / 2))

    def described(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Grating:
    """One stimulus: degrees of orientation and phase, cycles per degree, contrasts 0…1 (together ≤ 1), diameter in degrees or None."""

    orientation: float
    frequency: float
    contrast: float = 1.0
    diameter: float | None = None
    mask_orientation: float = 0.0
    mask_contrast: float = 0.0
    phase: float = 0.0
    mask_phase: float = 0.0

    def at(self, phase: float, mask_phase: float = 0.0) -> Grating:
        """The same at another moment of its drift."""
        return replace(self, phase=phase, mask_phase=mask_phase)


def drifting(grating: Grating, phases: NDArray[Any]) -> list[Grating]:
    """One stimulus for each phase (degrees) of the drift."""
    return [grating.at(float(phase)) for phase in phases]


def render(gratings: list[Grating], window: Window) -> Floats:
    """(stimuli, side, side) of 0…1, float32. Raises ValueError for contrasts that add up to more than 1, or too much to render."""
    if len(gratings) * window.side**2 > MAX_PIXELS:
        raise ValueError(f"{len(gratings)} stimuli of {window.side} × {window.side} pixels are more than are rendered at once.")
    if any(grating.contrast + grating.mask_contrast > 1 + 1e-9 for grating in gratings):
        raise ValueError("A stimulus cannot go beyond black and white: its contrasts add up to 1 at most.")
    x, y = _degrees(window)
    waves = _waves(gratings, "orientation", "contrast", "phase", x, y)
    if any(grating.mask_contrast for grating in gratings):
        waves += _waves(gratings, "mask_orientation", "mask_contrast", "mask_phase", x, y)
    if any(grating.diameter is not None for grating in gratings):
        waves *= _apertures(gratings, x, y, window.pixels_per_degree)
    return 0.5 + waves


def _degrees(window: Window) -> tuple[Floats, Floats]:
    """Each column's x and each row's y (upwards), in degrees from the stimulus' centre; pixels are sampled at their middles."""
    places = np.arange(window.side, dtype=np.float32) + 0.5
    x = (places - window.centre[0]) / window.pixels_per_degree
    y = (window.centre[1] - places) / window.pixels_per_degree
    return x.astype(np.float32), y.astype(np.float32)


def _waves(gratings: list[Grating], orientation: str, contrast: str, phase: str, x: Floats, y: Floats) -> Floats:
    """½c·cos(2πf·u + φ). The cosine of a sum is taken apart, so that each row and each column costs one cosine and one sine."""
    column = np.array([[getattr(g, orientation), g.frequency, getattr(g, contrast), getattr(g, phase)] for g in gratings], np.float32)
    theta, turn = np.deg2rad(column[:, 0:1]), np.float32(2 * np.pi) * column[:, 1:2]
    along_x = turn * np.cos(theta) * x + np.deg2rad(column[:, 3:4])
    along_y = turn * np.sin(theta) * y
    half = 0.5 * column[:, 2:3]
    waves: Floats = (half * np.cos(along_y))[:, :, None] * np.cos(along_x)[:, None, :]
    waves -= (half * np.sin(along_y))[:, :, None] * np.sin(along_x)[:, None, :]
    return waves


def _apertures(gratings: list[Grating], x: Floats, y: Floats, pixels_per_degree: float) -> Floats:
    radius = np.hypot(x[None, :], y[:, None])[None]
    diameters = np.array([np.inf if g.diameter is None else g.diameter for g in gratings], np.float32)
    inside: Floats = np.clip((diameters[:, None, None] / 2 - radius) * pixels_per_degree + 0.5, 0, 1)
    return inside
