"""What a session keeps: one valid spec, and nothing that was entered is lost."""

from __future__ import annotations

import pytest

from pages.ui.configuration import Configuration, fixed_configuration
from pages.ui.fields import tasks

LAB = "gradient-flow"


@pytest.fixture
def config() -> Configuration:
    return Configuration(LAB, tasks(LAB)[0].defaults)


def test_a_structural_change_is_a_new_revision_and_a_live_one_is_not(config):
    before = config.revision
    config.change({"learning_rate": 0.5})
    assert config.revision == before
    config.change({"batch_size": 20})
    assert config.revision != before
    config.change({"batch_size": 10})
    assert config.revision == before


def test_a_preset_begins_anew_even_when_chosen_twice(config):
    revisions = set()
    for _ in range(2):
        config.start({"dataset": "xor"})
        revisions.add((config.revision, config.fresh))
    assert len(revisions) == 2
    assert config.values["dataset"] == "xor"


def test_a_preset_leaves_nothing_of_what_was_there(config):
    config.change({"batch_size": 33, "learning_rate": 1.0})
    config.start({"dataset": "xor"})
    assert config.link == {"dataset": "xor"}


def test_what_is_refused_stays_in_its_widget_with_a_sentence(config):
    config.change({"features": []})
    assert config.values["features"] == ("x", "y")
    assert config.shown("features") == ()
    assert config.refused == {"features": "Features is empty; it must be 1 to 7 of x, y, x², y², xy, sin x, sin y."}


def test_another_change_goes_through_beside_what_is_refused(config):
    config.change({"features": []})
    config.change({"batch_size": 25})
    assert config.values["batch_size"] == 25
    assert config.shown("features") == ()
    config.change({"features": ["xy"]})
    assert config.values["features"] == ("xy",)
    assert config.refused == {}


def test_changing_to_digits_and_back_loses_nothing(config):
    config.change({"hidden_layers": [7, 5], "noise": 0.2, "batch_size": 12, "features": ["x", "xy"]})
    config.change({"dataset": "digits"})
    assert config.values["hidden_layers"] == (16,)
    assert config.values["batch_size"] == 12
    assert "features" not in config.values
    config.change({"hidden_layers": [40]})
    config.change({"dataset": "spiral"})
    assert (config.values["hidden_layers"], config.values["features"], config.values["noise"]) == ((7, 5), ("x", "xy"), 0.2)
    config.change({"dataset": "digits"})
    assert config.values["hidden_layers"] == (40,)


def test_the_address_brings_back_live_values_once(config):
    config.read_back({"learning_rate": "0.3"})
    assert config.values["learning_rate"] == 0.3
    config.start({"learning_rate": 1.0})
    config.read_back({"learning_rate": "0.3"})
    assert config.values["learning_rate"] == 1.0


def test_the_address_never_brings_back_structure(config):
    config.read_back({"batch_size": "50", "learning_rate": "0.3"})
    assert config.values["batch_size"] == 10


def test_coming_back_without_a_link_keeps_all(config):
    config.change({"batch_size": 50, "learning_rate": 0.2})
    config.arrive({})
    config.read_back({})
    assert (config.values["batch_size"], config.values["learning_rate"]) == (50, 0.2)


def test_a_link_replaces_all_and_says_what_it_could_not_keep(config):
    config.change({"batch_size": 50})
    config.arrive({"dataset": "xor", "noise": "7"})
    assert config.link == {"dataset": "xor"}
    assert config.sentences == ("Noise is 7; it must be at least 0 and at most 0.5. The default is used.",)


def test_a_view_cannot_ask_for_what_does_not_exist(config):
    before = dict(config.values)
    config.change({"activation": "step", "colour": "red", "dataset": "moons"})
    assert config.values == before
    assert set(config.refused) == {"activation", "colour"}


def test_a_fixed_configuration_has_no_link_of_its_own():
    assert fixed_configuration(LAB, {"dataset": "circle", "hidden_layers": [4, 2]}).link == {}


FIRST = "A" * 267  # 25 numbers of 0 as float64


def test_first_weights_stay_with_their_network_and_leave_with_a_word(config):
    config.change({"weights": FIRST})
    config.change({"optimiser": "adam", "batch_size": 20, "learning_rate": 0.5, "seed": 1})
    assert (config.values["weights"], config.sentences) == (FIRST, ())
    config.change({"hidden_layers": [99]})
    assert (config.values["weights"], config.sentences) == (FIRST, ())
    config.change({"hidden_layers": [4, 2]})
    assert (config.values["weights"], config.refused) == (FIRST, {})
    config.change({"seed": 2})
    assert config.values["weights"] is None
    config.read_back({"learning_rate": "0.5"})
    assert "drawn from the seed" in config.sentences[0]
    config.change({"batch_size": 30})
    assert config.sentences == ()


@pytest.mark.parametrize("change", [{"features": ["x"]}, {"hidden_layers": [4]}, {"dataset": "digits"}, {"dataset": "spiral"}])
def test_another_network_has_first_weights_of_its_own(config, change):
    config.change({"weights": FIRST})
    config.change(change)
    assert (config.values["weights"], config.refused) == (None, {})
    assert len(config.sentences) == 1
