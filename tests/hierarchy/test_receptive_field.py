"""The receptive-field arithmetic against the network itself: what can change a unit, and what never does."""

import pytest
import torch

from models.networks.efficientnet import SIDE, EfficientNetLite0, kernels
from models.probes.receptive_field import Box, Convolution, Field


@pytest.fixture(scope="module")
def network():
    return EfficientNetLite0()


@pytest.fixture(scope="module")
def linear():
    """The same weights in float64 without ReLU6, so that no path is cut and none underflows."""
    opened = EfficientNetLite0()
    opened.network.double()
    for block in opened.network._blocks:
        block._swish = torch.nn.Identity()
    opened.network._swish = torch.nn.Identity()
    return opened


def fields(network):
    found, field = {}, Field()
    for stage in network.stages:
        field = field.through(Convolution(*kernel) for kernel in kernels(stage))
        found[stage.name] = field
    return found


def activation(network, image, name):
    """The stage's activation, with gradients (the analysis itself runs without)."""
    signal = image
    for stage in network.stages:
        for layer in stage.layers:
            signal = layer(signal)
        signal = network.network._swish(signal) if stage.rectified else signal
        if stage.name == name:
            return signal[0]
    raise KeyError(name)


def support(gradient):
    """The smallest box around every input pixel with a gradient."""
    touched = gradient.abs().sum(dim=(0, 1)) > 0
    rows, columns = touched.any(dim=1).nonzero().flatten(), touched.any(dim=0).nonzero().flatten()
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def test_three_by_three_twice_sees_five():
    field = Field().through([Convolution(3, 1, 1), Convolution(3, 1, 1)])
    assert (field.size, field.jump, field.start) == (5, 1, -2)


def test_even_input_and_stride_two_pads_after_the_last_pixel_only(network):
    """224 with kernel 3, stride 2 needs one pixel of padding, which "same" puts on the right."""
    assert fields(network)["stem"] == Field(size=3, jump=2, start=0)


def test_sizes_grow_along_the_ladder(network):
    sizes = [field.size for field in fields(network).values()]
    assert sizes == [3, 7, 19, 67, 147, 339, 787, 851, 851]


@pytest.mark.parametrize("place", ["corner", "middle", "end"])
@pytest.mark.parametrize("name", ["stem", "stage1", "stage2", "stage3", "stage4", "stage5", "stage6", "head"])
def test_the_field_is_exactly_the_gradients_support(linear, name, place):
    image = torch.randn(1, 3, SIDE, SIDE, dtype=torch.float64, generator=torch.Generator().manual_seed(1), requires_grad=True)
    response = activation(linear, image, name)
    side = response.shape[-1]
    row, column = {"corner": (0, 0), "middle": (side // 2, side // 3), "end": (side - 1, side - 1)}[place]
    response[:, row, column].sum().backward()
    assert support(image.grad) == fields(linear)[name].box(row, column).clipped(SIDE)


@pytest.mark.parametrize(("name", "row", "column"), [("stem", 40, 3), ("stage2", 30, 12), ("stage3", 14, 5), ("stage4", 3, 9)])
def test_pixels_outside_never_change_a_unit_and_pixels_at_the_edge_do(name, row, column):
    """With ReLU6 in place. float64: what a deep field's edge adds is near the rounding of float32."""
    network = EfficientNetLite0()
    network.network.double()
    box = fields(network)[name].box(row, column).clipped(SIDE)
    image = torch.randn(1, 3, SIDE, SIDE, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    outside, edges = torch.randn_like(image), image.clone()
    outside[..., box.top : box.bottom, box.left : box.right] = image[..., box.top : box.bottom, box.left : box.right]
    edges[..., box.top : box.bottom, box.left] += 3
    with torch.no_grad():
        before, without, with_edge = (activation(network, x, name)[:, row, column] for x in (image, outside, edges))
    assert torch.allclose(before, without, rtol=0, atol=1e-11)
    assert (before - with_edge).abs().max() > 1e-5
