"""The boxes of a network's convolutions: what they change, what is refused, and that the link carries it."""

from __future__ import annotations

import json

from tests.pages.test_pages import opened, view_data

PAGE = "live-convnet"


def boxes(app, label: str):
    return [box for box in app.number_input if box.label == label]


def press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def test_convolutions_are_added_removed_and_kept_in_the_link():
    app = press(opened(PAGE), "Add a convolution")
    data = view_data(app)
    assert len(data["spec"]["layers"]) == 3 and not app.exception
    assert json.loads(data["link"]["layers"]) == data["spec"]["layers"]
    assert next(button for button in app.button if button.label == "Add a convolution").disabled
    by_link = opened(PAGE, data["link"])
    assert view_data(by_link)["spec"] == data["spec"] and not by_link.warning
    remove = next(button for button in by_link.button if button.help == "Remove convolution 1")
    assert view_data(remove.click().run())["spec"]["layers"] == data["spec"]["layers"][1:]


def test_what_does_not_fit_is_said_with_its_layer_and_bound_and_stays_in_its_box():
    app = press(opened(PAGE), "Add a convolution")
    before = view_data(app)["spec"]["layers"]
    app = boxes(app, "Kernel")[2].set_value(11).run()
    expected = "In convolution 3 the 11×11 kernel is larger than its 4×4 input with padding 1; a kernel of at most 6 fits."
    assert [error.value for error in app.error] == [expected]
    assert boxes(app, "Kernel")[2].value == 11 and view_data(app)["spec"]["layers"] == before
    app = boxes(app, "Padding")[2].set_value(4).run()
    assert not app.error and view_data(app)["spec"]["layers"][2] == {**before[2], "size": 11, "padding": 4}


def test_an_emptied_box_changes_nothing_and_says_what_is_allowed():
    app = opened(PAGE)
    before = view_data(app)["spec"]["layers"]
    app = boxes(app, "Kernel")[0].set_value(None).run()
    assert view_data(app)["spec"]["layers"] == before and boxes(app, "Kernel")[0].value == before[0]["size"]
    assert any("Kernel stays 5: give a whole number from 3 to 11." in caption.value for caption in app.caption)
    app = boxes(app, "Kernel")[0].set_value(7).run()
    assert view_data(app)["spec"]["layers"][0]["size"] == 7 and not any("stays" in caption.value for caption in app.caption)


def test_a_link_with_an_impossible_layer_says_which_part():
    app = opened(PAGE, {"layers": '[{"size": 99}]'})
    assert any("must be at most 11" in warning.value for warning in app.warning), [
        warning.value for warning in app.warning
    ]
    assert len(view_data(app)["spec"]["layers"]) == 2
