"""A figure is its data: what it binds to exists, and arrays of the stream's shape land where a person reads them."""

from __future__ import annotations

import json
import re

import pytest

from models.readings import READINGS, reading
from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.learning_curves import accuracy_curves, loss_curves, r2_curves
from pages.figures.regression_fit import regression_fit
from pages.figures.theme import PALETTES

MAKERS = (loss_curves, accuracy_curves, r2_curves, confusion_matrix, regression_fit)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("maker", MAKERS)
def test_every_binding_names_a_reading_and_a_trace(maker, theme):
    live = maker(theme)
    for binding in live.bindings:
        assert reading(binding.reading) is not None, binding.reading
        assert binding.attribute in live.figure.data[binding.trace]


@pytest.mark.parametrize("maker", [loss_curves, accuracy_curves, r2_curves])
def test_curves_take_step_and_value_of_train_then_test(maker):
    live = maker("light")
    assert [trace.name for trace in live.figure.data] == ["train", "test"]
    bound = {(binding.trace, binding.attribute): binding.reading for binding in live.bindings}
    assert bound == {
        (0, "x"): "curves/step",
        (0, "y"): f"curves/train_{live.name}",
        (1, "x"): "curves/step",
        (1, "y"): f"curves/test_{live.name}",
    }
    assert all(len(trace.x) == len(trace.y) == 0 for trace in live.figure.data)


def test_loss_starts_at_zero_and_accuracy_spans_all_shares():
    assert loss_curves("light").figure.layout.yaxis.rangemode == "tozero"
    assert tuple(accuracy_curves("light").figure.layout.yaxis.range) == (0, 1.02)


def test_both_are_drawn_over_the_logarithm_of_updates():
    for maker in (loss_curves, accuracy_curves):
        axis = maker("light").figure.layout.xaxis
        assert axis.type == "log" and "log" in axis.title.text


def test_the_confusion_has_the_true_class_downwards_and_the_run_names_its_classes():
    live = confusion_matrix("dark")
    figure = live.figure
    assert live.named == ((0, "x"), (0, "y")) and live.problem == "classes"
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("predicted", "true")
    assert figure.layout.yaxis.autorange == "reversed"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("maker", MAKERS)
def test_no_colour_is_left_for_someone_else_to_fill_in(maker, theme):
    """Streamlit's template would leave placeholders such as #000001, and plotly's its own purple."""
    text = json.dumps(json.loads(maker(theme).figure.to_json()))
    known = {colour for entry in PALETTES.values() for colour in vars(entry).values()}
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", text)) <= known


@pytest.mark.parametrize(("theme", "background"), [("light", "#fcfbf9"), ("dark", "#15161a")])
def test_axis_words_can_be_read(theme, background):
    colours = PALETTES[theme]
    for colour in (colours.text, colours.faint, colours.train, colours.test):
        light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


def test_readings_are_found_by_layer_and_lane():
    assert reading("3/weight").name == "k/weight"
    assert reading("2:3/weight_gradient").name == "k/weight_gradient"
    assert reading("0/field").name == "0/field"
    assert reading("brain/weight") is None
    assert reading("curves/nothing") is None
    assert len({entry.name for entry in READINGS}) == len(READINGS)


def test_the_measurement_before_the_first_update_has_a_place_and_a_label():
    for maker in (loss_curves, accuracy_curves, r2_curves):
        axis = maker("light").figure.layout.xaxis
        assert (axis.tickvals[0], axis.ticktext[0]) == (0.5, "0")
        assert list(axis.ticktext[1:4]) == ["10", "100", "1k"] and list(axis.tickvals[1:4]) == [10, 100, 1000]
