"""The convolutional network against PyTorch's own layers and autograd: forward, backward, and the arithmetic of single units."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from models.experiments.convnet_arithmetic import arithmetic
from models.networks.convolutional import ConvolutionalNetwork
from models.rules.convolutional_backpropagation import ConvolutionalBackpropagation
from models.rules.optimisers import Optimiser
from models.specs.convolutional_shapes import layer_shapes
from models.specs.live_convnet import ConvLayer
from models.specs.live_convnet_asks import Arithmetic
from models.types import Refused

MODULES = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
LIVE = {"learning_rate": 0.1, "momentum": 0.9, "regularisation_rate": 0.0}


@pytest.fixture(autouse=True)
def one_thread():
    """As in a run."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def layer(**values) -> ConvLayer:
    return ConvLayer(**{"channels": 3, "size": 3, "stride": 1, "padding": 1, "pool": 2, **values})


def network_of(layers, dense=(), activation="relu", image=(12, 11, 1), classes=4, dtype=np.float64) -> ConvolutionalNetwork:
    network = ConvolutionalNetwork(layer_shapes(image, layers, dense, classes, activation), dtype)
    network.parameters[:] = np.random.default_rng(3).normal(0, 0.4, network.parameters.size)
    return network


def in_torch(network: ConvolutionalNetwork) -> nn.Sequential:
    """The same network of PyTorch's modules, up to the logits, with the exported weights."""
    modules: list[nn.Module] = []
    for k, shape in enumerate(network.shapes):
        if shape.kind == "convolution":
            modules.append(nn.Conv2d(shape.inputs, shape.outputs, shape.size, shape.stride, shape.padding))
        else:
            modules += [nn.Flatten()] if network.shapes[k - 1].kind == "convolution" else []
            modules.append(nn.Linear(shape.inputs, shape.outputs))
        if shape.activation != "softmax":
            modules.append(MODULES[shape.activation]())
        if shape.pool > 1:
            modules.append(nn.MaxPool2d(shape.pool))
    whole = nn.Sequential(*modules).to(torch.from_numpy(network.parameters).dtype)
    whole.load_state_dict(network.state_dict())
    return whole


def images_of(network: ConvolutionalNetwork, n: int, height: int, width: int, channels: int) -> np.ndarray:
    return np.random.default_rng(5).random((n, height, width, channels)).astype(network.parameters.dtype)


class OneBatch:
    def __init__(self, images, labels) -> None:
        self.images, self.labels = images, labels

    def batch(self, step):
        return self.images, self.labels


def rule_of(network, images, labels) -> ConvolutionalBackpropagation:
    optimiser = Optimiser("sgd", "none", network.parameters.size, LIVE, network.parameters.dtype.type)
    return ConvolutionalBackpropagation(network, OneBatch(images, labels), optimiser)


def check_against_autograd(network, image=(12, 11, 1), n=5) -> None:
    images, labels = images_of(network, n, *image), np.arange(n) % network.shapes[-1].outputs
    rule, whole = rule_of(network, images, labels), in_torch(network)
    deltas = rule.updates(0)
    logits = whole(network.tensor_of(images))
    loss = nn.functional.cross_entropy(logits, torch.from_numpy(labels))
    loss.backward()
    ours, parameters = rule.passed.outputs[-1].numpy(), list(whole.parameters())
    assert np.allclose(ours, torch.softmax(logits, 1).detach().numpy(), atol=1e-12)
    theirs = np.concatenate([parameter.grad.numpy().ravel() for parameter in parameters])
    assert np.allclose(rule.gradient, theirs, atol=1e-12)
    assert np.allclose(deltas, -0.1 * theirs, atol=1e-12)
    assert rule.recent[0, 0] == pytest.approx(loss.item(), abs=1e-12)


@pytest.mark.parametrize(
    ("size", "stride", "padding", "pool"), [(3, 1, 0, 1), (3, 2, 1, 2), (5, 1, 2, 3), (5, 3, 4, 1), (11, 1, 5, 2), (4, 2, 3, 3)]
)
def test_gradients_of_a_convolution_are_autograds(size, stride, padding, pool):
    check_against_autograd(network_of([layer(size=size, stride=stride, padding=padding, pool=pool)]))


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_gradients_of_a_deep_network_with_colour_are_autograds(activation):
    layers = [layer(size=5, padding=2), layer(channels=4, pool=1, stride=2), layer(channels=2, pool=2)]
    check_against_autograd(network_of(layers, (6, 5), activation, (13, 14, 3)), (13, 14, 3))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.data())
def test_gradients_of_any_network_are_autograds(data):
    draw = data.draw
    layers = [
        layer(
            channels=draw(st.integers(1, 4)),
            size=size,
            stride=draw(st.integers(1, 3)),
            padding=draw(st.integers(0, 2)),
            pool=draw(st.integers(1, 3)),
        )
        for size in draw(st.lists(st.sampled_from([3, 4, 5]), min_size=1, max_size=2))
    ]
    try:
        network = network_of(layers, tuple(draw(st.lists(st.integers(1, 5), max_size=2))), draw(st.sampled_from(sorted(MODULES))))
    except ValueError:  # what no kernel or square fits in
        return
    check_against_autograd(network)


EVERY = [(size, stride, padding) for size, stride, padding in product(range(3, 12), (1, 2, 3), range(6)) if padding < size]
"""All that a page offers."""


def worked(network, image, **asked):
    return arithmetic(network, image, Arithmetic(**asked))


def consistent(answer, values) -> None:
    """The products add up to the drive, and PyTorch's own value of the unit is the same to 1e-5."""
    assert sum(np.ravel(answer["products"])) + answer["bias"] == pytest.approx(answer["drive"], abs=1e-9)
    assert np.allclose(np.asarray(answer[values[0]]) * np.asarray(answer[values[1]]), answer["products"], atol=1e-12)


@pytest.mark.parametrize("size", range(3, 12))
def test_arithmetic_of_convolutions_and_pooling_is_torchs_at_every_size_stride_and_padding(size):
    generator = np.random.default_rng(7)
    for turn, (_, stride, padding) in enumerate(one for one in EVERY if one[0] == size):
        pool, activation = 1 + turn % 3, sorted(MODULES)[(turn // 3 + size) % 3]
        network = network_of(
            [layer(channels=2, size=size, stride=stride, padding=padding, pool=pool)], (), activation, (18, 17, 2), 3, np.float32
        )
        image, whole = images_of(network, 1, 18, 17, 2), in_torch(network)
        maps = whole[:2](network.tensor_of(image))[0].detach().numpy()
        places = [(0, 0), (maps.shape[1] - 1, maps.shape[2] - 1), tuple(int(generator.integers(n)) for n in maps.shape[1:])]
        for row, column in places:
            answer = worked(network, image, part="convolution", layer=1, channel=1, row=row, column=column)
            consistent(answer, ("patch", "kernel"))
            assert answer["activation"] == pytest.approx(maps[1, row, column], abs=1e-5)
            assert answer["torch"] == pytest.approx(maps[1, row, column], abs=1e-6)
            outside = np.asarray(answer["padded"])
            assert np.all(np.asarray(answer["patch"])[:, outside] == 0)
            assert outside.any() == (padding > 0) or places.index((row, column)) > 0
        if pool > 1:
            pooled = whole[:3](network.tensor_of(image))[0].detach().numpy()
            answer = worked(network, image, part="pooling", layer=1, channel=0, row=pooled.shape[1] - 1, column=0)
            assert answer["value"] == answer["window"][answer["winner"][0]][answer["winner"][1]] == np.max(answer["window"])
            assert answer["value"] == pytest.approx(pooled[0, -1, 0], abs=1e-5)
            assert answer["torch"] == pytest.approx(pooled[0, -1, 0], abs=1e-6)


def test_arithmetic_of_dense_layers_and_softmax_is_torchs():
    network = network_of([layer(size=5, padding=2), layer(channels=4)], (7,), "tanh", dtype=np.float32)
    image, whole = images_of(network, 1, 12, 11, 1), in_torch(network)
    given = network.tensor_of(image)
    hidden, logits = whole[:-1](given)[0].detach().numpy(), whole(given)[0].detach()
    for unit in range(7):
        answer = worked(network, image, part="dense", layer=3, channel=unit)
        consistent(answer, ("inputs", "weights"))
        assert answer["activation"] == pytest.approx(hidden[unit], abs=1e-5)
    assert worked(network, image, part="dense", layer=4, channel=2)["drive"] == pytest.approx(float(logits[2]), abs=1e-5)
    answer = worked(network, image, part="softmax", layer=4, channel=1)
    assert np.allclose(answer["probabilities"], torch.softmax(logits, 0).numpy(), atol=1e-5)
    assert sum(answer["exponentials"]) == pytest.approx(answer["sum"]) and sum(answer["probabilities"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"layer": 5}, "layer"),
        ({"layer": 3}, "layer"),
        ({"part": "pooling", "layer": 2}, "layer"),
        ({"part": "softmax", "layer": 1}, "layer"),
        ({"channel": 3}, "channel"),
        ({"row": 12}, "row"),
        ({"column": 11}, "column"),
    ],
)
def test_arithmetic_of_a_unit_that_is_not_there_names_what_there_is(asked, field):
    network = network_of([layer(), layer(pool=1)])
    with pytest.raises(Refused, match=rf"^{field}: .*\d") as refused:
        worked(network, images_of(network, 1, 12, 11, 1), **asked)
    assert refused.value.field == field


def test_a_units_responses_are_the_middle_of_its_map():
    network = network_of([layer(stride=2, pool=1)], image=(9, 9, 1))
    images = images_of(network, 3, 9, 9, 1)
    drives = in_torch(network)[0](network.tensor_of(images)).detach().numpy()
    stimuli = np.moveaxis(images, 3, 1)
    assert np.allclose(network.unit_responses(1, 2, stimuli, drive=True), drives[:, 2, 2, 2])
    assert np.allclose(network.unit_responses(1, 2, stimuli), np.maximum(drives[:, 2, 2, 2], 0))
