"""Fields are the running network's answers; magnitudes and histograms are what their names say."""

from __future__ import annotations

import numpy as np
import pytest

from models.networks.dense import DenseNetwork
from models.probes.layers import Magnitudes, histogram, silent_share
from models.probes.response_field import SIDE, PlaneFields, as_bytes, weight_images
from models.tasks import plane


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid", "linear"])
def test_field_is_the_networks_own_answer(hidden: str) -> None:
    network = DenseNetwork((2, 4, 3, 1), hidden, "tanh")
    network.initialise("xavier", 2)
    network.alive[network.unit_slice(1).start + 1] = 0.0
    inputs = plane.featured(plane.grid(SIDE), ("x", "y"))
    fields = PlaneFields(network, inputs).readings(frozenset({1, 3}))
    assert set(fields) == {"1/field", "3/field"} and fields["1/field"].shape == (4, 32, 32) and fields["3/field"].shape == (1, 64, 64)
    network.respond(inputs, np.arange(len(inputs)))
    exact = as_bytes(network.units[:, network.unit_slice(3)]).reshape(SIDE, SIDE).astype(int)
    assert np.abs(fields["3/field"][0].astype(int) - exact).max() <= 1
    hidden_exact = as_bytes(network.units[:, network.unit_slice(1)].T.reshape(4, SIDE, SIDE)[:, ::2, ::2]).astype(int)
    assert np.abs(fields["1/field"].astype(int) - hidden_exact).max() <= 1
    assert np.unique(fields["1/field"][1]).tolist() == [127]


def test_first_layer_images_are_its_weights() -> None:
    network = DenseNetwork((64, 5, 10), "relu", "softmax")
    network.initialise("he", 1)
    images = weight_images(network, frozenset({1, 2}), 8)
    weights = network.weights_of(network.parameters, 1)
    np.testing.assert_array_equal(images["1/field"][3].ravel(), as_bytes(weights[3] / np.abs(weights[3]).max()))
    assert images["2/field"].shape == (10, 8, 8)


def test_magnitudes_of_a_known_update() -> None:
    network = DenseNetwork((2, 2, 1), "tanh", "tanh")
    network.parameters[:] = 2.0
    network.units = np.array([[1.0, -3.0, 0.5, 0.5, 1.0], [1.0, -1.0, 0.5, 0.5, 0.0]])
    deltas = np.array([[0, 0, 0.2, -0.4, 1.0], [0, 0, 0.0, 0.0, -3.0]])
    updates = np.full(network.parameters.size, 1.0)
    found = Magnitudes(network, deltas, updates)
    assert found.activation.tolist() == pytest.approx([1.5, 0.5, 0.5])
    assert found.delta.tolist() == pytest.approx([0.15, 2.0])
    assert found.ratio.tolist() == pytest.approx([1.0, 1.0])
    assert found.stride.tolist() == pytest.approx([1 / np.sqrt(2 / 4), 1 / np.sqrt(2 / 3)])


def test_histogram_counts_everything_on_an_axis_that_grows_in_steps() -> None:
    values = np.array([-0.9, -0.1, 0.0, 0.4, 0.9, np.nan])
    centres, counts = histogram(values)
    assert counts.sum() == 5 and centres[-1] + (centres[1] - centres[0]) / 2 == pytest.approx(1.0)
    assert histogram(values * 1.05)[0][-1] == centres[-1]
    assert histogram(np.zeros(3))[1].sum() == 3


def test_silent_share_counts_dead_relus_but_not_lesions() -> None:
    network = DenseNetwork((1, 4, 1), "relu", "tanh")
    network.alive[1] = 0.0
    assert silent_share(network, np.array([1.0, 0.0, 0.0, 2.0, 3.0, 0.5])).tolist() == [0.25, 0.0]
