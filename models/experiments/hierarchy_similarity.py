"""How similar two photographs' responses on one rung are, and their maps as bytes.

Pearson's correlation r says how alike two patterns are, not how large: a response that is halved everywhere keeps r = 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from models.types import Array


@dataclass(frozen=True)
class Reference:
    """One rung's responses to the photograph itself, centred and of length one, so that r is one product."""

    units: Array
    channels: Array
    strength: float
    """Root mean square of all responses"""

    @classmethod
    def of(cls, responses: Array) -> Reference:
        return cls(standardised(responses.ravel()), standardised(pooled(responses)), root_mean_square(responses))

    def size(self, responses: Array) -> float | None:
        """How large responses are beside the photograph's own: a ratio of root mean squares. None where those are silent."""
        return root_mean_square(responses) / self.strength if self.strength > 0 else None

    def similarity(self, responses: Array) -> tuple[float | None, float | None]:
        """(by unit, by channel)"""
        return correlation(self.units, responses.ravel()), correlation(self.channels, pooled(responses))


def root_mean_square(responses: Array) -> float:
    flat = responses.ravel()
    return float(np.sqrt(np.dot(flat, flat) / flat.size))


def pooled(responses: Array) -> Array:
    """(channels,): each channel's mean over its places."""
    return responses.reshape(len(responses), -1).mean(axis=1, dtype=np.float32)


def standardised(values: Array) -> Array:
    """Centred, of length one; all zero where nothing varies (beyond the rounding of float32)."""
    centred = (values - values.mean(dtype=np.float64)).astype(np.float32)
    length = float(np.sqrt(np.dot(centred, centred)))
    largest = float(np.abs(values).max(initial=0.0))
    return np.zeros_like(centred) if length <= 1e-5 * largest * len(values) ** 0.5 else centred / length


def correlation(standard: Array, values: Array) -> float | None:
    """Pearson's r of `values` with what `standard` was made from; None where either does not vary."""
    other = standardised(values)
    if not standard.any() or not other.any():
        return None
    return float(np.clip(np.dot(standard, other), -1, 1))


def beside(before: Array, after: Array, channels: list[int]) -> tuple[dict[str, Any], Array]:
    """Of two photographs' responses (channels, height, width) on one rung: how similar they are, and the second's maps of `channels`."""
    units, by_channel = Reference.of(before).similarity(after)
    maps = after[channels]
    ranges = [{"minimum": float(values.min()), "maximum": float(values.max())} for values in maps]
    shown = np.stack([map_bytes(values, **bounds) for values, bounds in zip(maps, ranges, strict=True)])
    return {"units": units, "channels": by_channel, "maps": ranges}, shown


def map_bytes(values: Array, minimum: float, maximum: float) -> Array:
    """0 at `minimum`, 255 at `maximum`; all 0 where they are equal."""
    span = maximum - minimum
    return np.zeros(values.shape, np.uint8) if span <= 0 else ((values - minimum) * (255 / span)).round().astype(np.uint8)
