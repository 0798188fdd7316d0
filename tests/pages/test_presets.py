"""Which question the page hands to its live view."""

from __future__ import annotations

import pytest

from pages.ui.presets import preset_values
from tests.pages.test_pages import LAB, opened, view_data, widget


def question(app) -> str | None:
    prediction = view_data(app)["prediction"]
    return prediction and prediction["name"]


def test_a_live_value_leaves_the_question_and_says_what_it_is_about():
    app = opened(LAB, {"learning_rate": "0.5"})
    prediction = view_data(app)["prediction"]
    assert (prediction["name"], prediction["settings"]) == ("first-look", {"learning_rate": 0.03})
    assert "learning_rate" not in prediction["spec"] and prediction["spec"]["hidden_layers"] == [4, 2]


def test_another_structure_has_no_question():
    app = opened(LAB)
    assert question(app) == "first-look"
    assert question(widget(app.slider, "Batch size, examples").set_value(20).run()) is None


@pytest.mark.parametrize("name", ["exploding-start", "large-start"])
def test_starts_that_differ_in_a_live_value_only_are_told_apart(name):
    app = widget(opened(LAB).selectbox, "Preset").set_value(name).run()
    assert question(app) == name
    app.query_params["learning_rate"] = "0.01"  # as the live view writes it
    assert question(app.run()) == name
    assert view_data(app)["prediction"]["settings"] == {"learning_rate": preset_values(LAB, name)["learning_rate"]}


def test_a_race_is_about_its_rule_and_every_lanes_settings():
    app = widget(opened(LAB).selectbox, "Preset").set_value("race-optimisers").run()
    assert set(view_data(app)["prediction"]["settings"]) == {"learning_rate", "momentum", "race_rule", "race_by", "race_goal"}


def test_home_asks_nothing():
    assert view_data(opened(""))["prediction"] is None
