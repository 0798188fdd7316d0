"""Which input pixels can change a unit of a convolutional network: the theoretical receptive field.

For a chain of convolutions with kernel k, stride s and padding p before the first pixel
(Araujo, Norris and Sim 2019, 10.23915/distill.00021):

    size   ← size + (k − 1)·jump
    start  ← start − p·jump
    jump   ← jump·s

A residual branch that skips convolutions has a smaller field inside the longer branch's, so the longer one counts.
Normalisation, activation and 1 × 1 convolution leave the field as it is. Height and width are treated alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Convolution:
    """Kernel side, stride, and padding before the first row and column ("same" padding may put more after the last)."""

    kernel: int
    stride: int
    padding: int


@dataclass(frozen=True)
class Box:
    """Input pixels left ≤ x < right, top ≤ y < bottom."""

    left: int
    top: int
    right: int
    bottom: int

    def clipped(self, side: int) -> Box:
        """The part that lies on a square input of this side."""
        return Box(max(0, self.left), max(0, self.top), min(side, self.right), min(side, self.bottom))


@dataclass(frozen=True)
class Field:
    """Receptive fields of one layer: the unit in column x sees `size` input columns from `start + jump·x` on."""

    size: int = 1
    jump: int = 1
    start: int = 0

    def through(self, convolutions: Iterable[Convolution]) -> Field:
        """The field of a layer that lies behind further convolutions."""
        size, jump, start = self.size, self.jump, self.start
        for convolution in convolutions:
            size += (convolution.kernel - 1) * jump
            start -= convolution.padding * jump
            jump *= convolution.stride
        return Field(size, jump, start)

    def box(self, row: int, column: int) -> Box:
        """The unclipped field of the unit at (row, column); it may reach beyond the input, into the padding."""
        left, top = self.start + self.jump * column, self.start + self.jump * row
        return Box(left, top, left + self.size, top + self.size)
