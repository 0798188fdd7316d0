"""What the address bar says and what the page makes of it."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.catalog import EXPERIMENTS
from pages.ui import link
from pages.ui.fields import tasks

LAB = "gradient-flow"


def from_address(text: str) -> dict[str, str]:
    return dict(parse_qsl(text.removeprefix("?"), keep_blank_values=True))


def test_an_empty_address_is_the_default_and_the_default_an_empty_address():
    reading = link.read(LAB, {})
    assert reading.values == EXPERIMENTS[LAB].validate({}).model_dump()
    assert reading.sentences == ()
    assert link.address(LAB, reading.values) == "?"


@pytest.mark.parametrize("preset", EXPERIMENTS[LAB].presets, ids=lambda preset: preset.name)
def test_a_preset_survives_its_own_link(preset):
    values = EXPERIMENTS[LAB].validate(preset.changes).model_dump()
    address = link.address(LAB, values)
    reading = link.read(LAB, from_address(address))
    assert reading.values == values
    assert reading.sentences == ()
    assert len(address) < link.LONGEST


def test_lists_are_comma_separated_and_empty_means_none():
    values = EXPERIMENTS[LAB].validate({"hidden_layers": [], "features": ["x", "sin y"]}).model_dump()
    assert link.write(LAB, values) == {"hidden_layers": "", "features": "x,sin y"}
    assert link.read(LAB, {"hidden_layers": ""}).values["hidden_layers"] == ()


def test_further_lanes_travel_in_the_link():
    values = EXPERIMENTS[LAB].validate({"lanes": [{"optimiser": "adam"}, {"learning_rate": 0.5}]}).model_dump()
    assert link.read(LAB, from_address(link.address(LAB, values))).values == values


@pytest.mark.parametrize(
    ("query", "named", "allowed"),
    [
        ({"learning_rate": "99"}, "Learning rate is 99", "at least 0.00001 and at most 10"),
        ({"learning_rate": "nan"}, "Learning rate is", "at least 0.00001 and at most 10"),
        ({"learning_rate": "quick"}, "Learning rate is “quick”", "at least 0.00001 and at most 10"),
        ({"batch_size": "2.5"}, "Batch size is “2.5”", "a whole number, at least 1 and at most 100"),
        ({"hidden_layers": "33,2"}, "Hidden layers is 33, 2", "0 to 6 whole numbers, each at least 1 and at most 32"),
        ({"hidden_layers": "1,1,1,1,1,1,1"}, "Hidden layers is", "0 to 6 whole numbers"),
        ({"features": "z"}, "Features is z", "of x, y, x², y², xy, sin x, sin y"),
        ({"features": "x,x"}, "Features is x, x", "may be chosen once"),
        ({"activation": "step"}, "Activation is “step”", "one of relu, tanh, sigmoid, linear"),
        ({"dataset": "moons"}, "data is “moons”", "one of circle, xor, gaussians, spiral, slope, hills, own, digits, table"),
        ({"lanes": "[["}, "Further lanes is", ""),
    ],
)
def test_a_bad_value_costs_only_itself_and_a_sentence(query, named, allowed):
    reading = link.read(LAB, {"seed": "7", **query})
    assert len(reading.sentences) == 1
    assert named in reading.sentences[0]
    assert allowed in reading.sentences[0]
    assert reading.values == EXPERIMENTS[LAB].validate({"seed": 7}).model_dump()


def test_a_field_of_the_other_task_is_left_out_with_a_sentence():
    reading = link.read(LAB, {"dataset": "digits", "features": "x", "hidden_layers": "32"})
    assert reading.values["hidden_layers"] == (32,)
    assert reading.sentences == ("The link's “features” is no field of this page’s digits task; it was left out.",)


FIRST = "A" * 267  # 25 numbers of 0 as float64: a 2-4-2-1 network


def test_first_weights_and_own_points_travel_in_the_link():
    given = {"dataset": "own", "content": "0a" * 32, "weights": FIRST, "lanes": [{"optimiser": "adam"}]}
    values = EXPERIMENTS[LAB].validate(given).model_dump()
    reading = link.read(LAB, from_address(link.address(LAB, values)))
    assert (reading.values, reading.sentences) == (values, ())


@pytest.mark.parametrize("hidden_layers", ["5", "99"])
def test_weights_of_another_network_cost_only_themselves(hidden_layers):
    shape = {"hidden_layers": hidden_layers}
    reading = link.read(LAB, {"dataset": "xor", "seed": "7", "weights": FIRST[:-8], **shape})
    assert (reading.values["weights"], reading.values["dataset"], reading.values["seed"]) == (None, "xor", 7)
    assert "First weights cannot be used" in reading.sentences[-1]
    assert "drawn from the seed" in reading.sentences[-1]


def test_weights_that_do_not_fit_are_left_out_of_a_long_link():
    reading = link.read(LAB, {"dataset": "xor", "weights": "A" * 6_000})
    assert (reading.values["weights"], reading.values["dataset"]) == (None, "xor")
    assert "first weights were left out" in reading.sentences[0]


@pytest.mark.parametrize("query", [{"dataset": "table"}, {"dataset": "table", "content": "zz"}])
def test_a_table_without_its_content_says_what_is_missing(query):
    assert any("a table has to be pasted or uploaded first" in sentence for sentence in link.read(LAB, query).sentences)


def test_a_link_beyond_every_browser_is_the_default():
    reading = link.read(LAB, {"lanes": "x" * 7_000})
    assert reading.values == link.read(LAB, {}).values
    assert "6,000 characters" in reading.sentences[0]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(tasks(LAB)[0].fields)) | st.text(max_size=12), st.text(max_size=30), max_size=6))
def test_any_address_gives_a_valid_spec(query):
    reading = link.read(LAB, query)
    assert EXPERIMENTS[LAB].validate(reading.values).model_dump() == reading.values
