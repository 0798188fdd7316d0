"""The shapes of a small convolutional network's layers, from the image to the softmax; what cannot be is said in a sentence. Torch-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, Protocol

MOST_PARAMETERS: Final = 60_000
"""Weights and biases: a run keeps many of its states, and one of this size takes a megabyte."""


class Convolution(Protocol):
    """A convolution as the spec describes it; `pool` 1 is none."""

    @property
    def channels(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def padding(self) -> int: ...
    @property
    def pool(self) -> int: ...


@dataclass(frozen=True)
class LayerShape:
    """One layer. `inputs` and `outputs` are channels of a convolution, units of a dense layer (whose other sizes are 1)."""

    layer: int
    kind: Literal["convolution", "dense"]
    title: str
    inputs: int
    outputs: int
    size: int
    stride: int
    padding: int
    pool: int
    below_height: int
    below_width: int
    height: int
    width: int
    pooled_height: int
    pooled_width: int
    activation: str

    @property
    def weights(self) -> int:
        return self.outputs * self.inputs * self.size**2

    @property
    def fan_in(self) -> int:
        return self.inputs * self.size**2

    @property
    def fan_out(self) -> int:
        return self.outputs * self.size**2

    @property
    def multiplications(self) -> int:
        """For one example, forward."""
        return self.weights * self.height * self.width

    def described(self) -> dict[str, Any]:
        """As a viewer takes it."""
        values = asdict(self)
        return {"in": values.pop("inputs"), "out": values.pop("outputs"), **values}


def layer_shapes(
    image: tuple[int, int, int], convolutions: Sequence[Convolution], dense: Sequence[int], classes: int, activation: str
) -> tuple[LayerShape, ...]:
    """`image` is (height, width, channels). The last layer is the softmax. Raises ValueError with the layer and the bound."""
    height, width, channels = image
    shapes: list[LayerShape] = []
    for k, convolution in enumerate(convolutions, start=1):
        shape = _convolved(k, convolution, height, width, channels, activation)
        shapes.append(shape)
        height, width, channels = shape.pooled_height, shape.pooled_width, shape.outputs
    below = height * width * channels
    for units, kind in (*((units, activation) for units in dense), (classes, "softmax")):
        k = len(shapes) + 1
        title = "softmax" if kind == "softmax" else f"dense {k}"
        shapes.append(LayerShape(k, "dense", title, below, units, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, kind))
        below = units
    return tuple(shapes)


def _convolved(k: int, layer: Convolution, height: int, width: int, channels: int, activation: str) -> LayerShape:
    name, pad = f"convolution {k}", layer.padding
    least = min(height, width) + 2 * pad
    if layer.size > least:
        bound = f"a kernel of at most {least} fits" if least >= 3 else "nothing fits: give the layers before it less pooling or stride"
        raise ValueError(
            f"in {name} the {layer.size}×{layer.size} kernel is larger than its {height}×{width} input with padding {pad}; {bound}"
        )
    if pad >= layer.size:
        raise ValueError(f"in {name} padding {pad} lets the {layer.size}×{layer.size} kernel lie on nothing but zeros; at most {layer.size - 1}")
    above = (height + 2 * pad - layer.size) // layer.stride + 1, (width + 2 * pad - layer.size) // layer.stride + 1
    if layer.pool > min(above):
        raise ValueError(f"in {name} pooling by {layer.pool} leaves nothing of its {above[0]}×{above[1]} map; at most {min(above)}")
    pooled = above[0] // layer.pool, above[1] // layer.pool
    return LayerShape(
        k, "convolution", name, channels, layer.channels, layer.size, layer.stride, pad, layer.pool, height, width, *above, *pooled, activation
    )  # fmt: skip


def parameter_count(shapes: Sequence[LayerShape]) -> int:
    return sum(shape.weights + shape.outputs for shape in shapes)


def check_size(shapes: Sequence[LayerShape]) -> None:
    """Raises ValueError where the network has more parameters than a run can keep."""
    count = parameter_count(shapes)
    if count > MOST_PARAMETERS:
        largest = max(shapes, key=lambda shape: shape.weights)
        raise ValueError(
            f"the network has {count:,} weights and biases, and at most {MOST_PARAMETERS:,} are allowed; "
            f"{largest.weights:,} of them are in {largest.title}: pool more before it, or give it fewer channels or units"
        )
