"""Both ladders of one photograph, and of two side by side."""

import json

import numpy as np
import pytest

from models.experiments.feature_hierarchy import FeatureHierarchy
from models.specs.feature_hierarchy import ADAPTER
from models.specs.invariance import RUNGS
from models.types import Refused
from pages.ui.hierarchy_view import BADGES, asked, opened


def analyse(**values):
    return FeatureHierarchy(ADAPTER.validate_python({"maps_per_stage": 6, **values})).analyse({}, lambda share, doing: None)


@pytest.fixture(scope="module")
def two():
    return analyse(image="sample:chelsea", compare="sample:coffee")


def test_the_brains_rungs_are_described_as_the_networks_stages_are(two):
    result, arrays = two
    assert tuple(rung["name"] for rung in result["brain"]) == RUNGS
    needed = {"name", "title", "about", "shape", "receptive_field", "maps"}
    for rung in (*result["brain"], *result["stages"]):
        assert needed <= set(rung)
        assert len(arrays[f"{rung['name']}/map"]) == len(rung["maps"])
        for found in rung["maps"]:
            assert 0 <= found["field"]["left"] < found["field"]["right"] <= 224
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_fields_grow_on_both_sides(two):
    for side in ("brain", "stages"):
        sizes = [rung["receptive_field"]["size"] for rung in two[0][side] if rung["name"] not in ("retina", "v1_complex")]
        assert sizes == sorted(sizes)


def test_the_second_photographs_maps_are_of_the_same_units(two):
    result, arrays = two
    alone, own = analyse(image="sample:coffee")
    for one, other in zip((*result["brain"], *result["stages"]), (*alone["brain"], *alone["stages"]), strict=True):
        assert arrays[f"{one['name']}/compared"].shape == arrays[f"{one['name']}/map"].shape
        mine = {found["channel"]: i for i, found in enumerate(one["maps"])}
        for i, found in enumerate(other["maps"]):
            if found["channel"] in mine:
                at = mine[found["channel"]]
                assert one["compared"]["maps"][at]["maximum"] == pytest.approx(found["maximum"], abs=1e-5)
                assert np.array_equal(arrays[f"{one['name']}/compared"][at].ravel(), own[f"{one['name']}/map"][i].ravel())
    assert result["compared"]["labels"] == alone["labels"]


def test_a_photograph_beside_itself_is_alike_on_every_rung():
    result, _ = analyse(image="sample:horse", compare="sample:horse")
    for rung in (*result["brain"], *result["stages"]):
        assert rung["compared"]["units"] == pytest.approx(1, abs=1e-4), rung["name"]


def test_an_expired_second_photograph_is_refused_under_its_own_name():
    with pytest.raises(Refused, match="expire") as refusal:
        analyse(compare="0123456789abcdef")
    assert refusal.value.field == "compare"


def test_a_link_opens_photographs_step_side_channel_and_sliders():
    query = {"image": "sample:coffee", "compare": "sample:horse", "stage": "stage5", "side": "brain", "channel": "7", "rotate": "-30"}
    spec, faults = asked(query)
    assert (spec.image, spec.compare) == ("sample:coffee", "sample:horse")
    expected = {"stage": "stage5", "side": "brain", "channel": 7, "sliders": {"rotate": -30.0}, "weights": "trained"}
    assert opened(query) == (expected, []) and faults == []


SENSELESS = [{"stage": "x"}, {"rotate": "999"}, {"rotate": "nan"}, {"channel": "-1"}, {"compare": "../x"}, {"scale": "abc"},
    {"image": "sample:nope"}, {"compare": "sample:espresso"}, {"side": "left"}, {"weights": "mine"}]  # fmt: skip


@pytest.mark.parametrize("query", SENSELESS)
def test_a_link_that_makes_no_sense_opens_the_page_at_rest(query):
    at_rest = {"stage": "stem", "side": "network", "channel": None, "sliders": {}, "weights": "trained"}
    (spec, senseless), (told, unused) = asked(query), opened(query)
    assert told == at_rest and (spec.image, spec.compare) == ("sample:chelsea", "")
    assert len(senseless + unused) == 1 and f"“{next(iter(query))}”" in (senseless + unused)[0], "what is lost is said"


def test_both_sides_say_what_they_are():
    assert (BADGES["brain"]["kind"], BADGES["network"]["kind"]) == ("published model", "computed here")
