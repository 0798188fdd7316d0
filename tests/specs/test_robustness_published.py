"""The published scores are those that were published, and their intervals are Wilson's."""

from __future__ import annotations

import pytest

from models.specs import robustness_published as published
from models.specs.robustness import SCALES


def curve(table: published.Table, name: str) -> dict[float, float]:
    found = next(curve for curve in table.curves if curve.name == name)
    return dict(zip(table.levels, found.accuracies, strict=True))


@pytest.mark.parametrize(
    ("name", "scores"),
    [
        ("people", {0: 0.805, 0.1: 0.751, 0.2: 0.609, 0.35: 0.456}),
        ("ResNet-152", {0: 0.879, 0.1: 0.494, 0.2: 0.240, 0.35: 0.101}),
        ("VGG-19", {0: 0.859, 0.1: 0.282, 0.2: 0.087, 0.35: 0.065}),
    ],
)
def test_uniform_noise_as_geirhos_2018_printed_it(name, scores):
    found = curve(published.NOISE, name)
    assert {level: round(found[level], 3) for level in scores} == pytest.approx(scores, abs=0.0006)


def test_children_and_networks_as_huber_2023_measured_them():
    scores = {point.name: point.accuracy for point in published.SALT_AND_PEPPER}
    assert scores == {"4–6 years": 0.58, "7–9 years": 0.66, "adults": 0.72, "VGG-19": 0.06, "ResNeXt": 0.29, "SWAG": 0.96}
    assert next(point.people for point in published.SALT_AND_PEPPER if point.name == "adults") == 3
    bias = {point.name: point.accuracy for point in published.SHAPE_BIAS}
    assert (bias["adults"], bias["ResNet-50"], bias["VGG-16"], bias["ResNet-50, stylised"]) == (0.959, 0.221, 0.092, 0.806)
    assert (bias["SWAG"], bias["4–6 years"]) == (0.26, 0.88)


@pytest.mark.parametrize("table", published.TABLES.values(), ids=lambda table: table.distortion)
def test_peoples_shares_are_whole_multiples_of_one_trial(table):
    for share in next(curve for curve in table.curves if curve.people).accuracies:
        assert share * table.trials == pytest.approx(round(share * table.trials), abs=0.001)


@pytest.mark.parametrize("table", published.TABLES.values(), ids=lambda table: table.distortion)
def test_published_levels_can_be_set_here(table):
    assert set(table.levels) <= set(SCALES[table.distortion].levels)


def test_wilsons_interval():
    """Wilson 1927; the textbook case of 8 in 10."""
    assert published.interval(0.8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert published.interval(1.0, 16)[1] == 1.0
