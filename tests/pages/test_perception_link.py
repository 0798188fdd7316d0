"""What the address of Perception may ask for, and what is said where it makes no sense."""

from __future__ import annotations

from pages.ui.perception_view import asked, view_data


def test_a_link_opens_what_it_says():
    data = view_data({"tab": "light", "part": "threshold", "dark_events": "10", "judge": "shadows"})
    assert data["opened"]["tab"] == "light" and data["opened"]["judge"] == "shadows"
    assert (data["opened"]["spec"]["part"], data["opened"]["spec"]["dark_events"]) == ("threshold", 10)
    assert view_data({"part": "normalisation"})["opened"]["tab"] == "light"
    assert view_data({"tab": "<b>", "judge": "<b>"})["opened"]["tab"] == "illusions"


def test_what_makes_no_sense_is_named_and_the_rest_is_kept():
    spec, faults = asked({"illusion": "hermann_grid", "contrast": "0.5", "size": "4", "grey": "black"})
    assert (spec.illusion, spec.contrast, spec.grey) == ("hermann_grid", 0.5, 0.5)
    assert spec.size <= 2
    assert any("grey" in fault for fault in faults) and any("at most 2 degrees" in fault for fault in faults)


def test_what_is_allowed_is_said_in_our_own_words():
    _, faults = asked({"contrast": "abc", "size": "9", "illusion": "cat", "wavy": "perhaps", "image": "sample:"})
    assert sorted(faults) == sorted(
        [
            "The link's “contrast” is not used: it is a number from 0.05 to 1.",
            "The link's “size” is not used: it is a number from 0.5 to 5 degrees.",
            "The link's “illusion” is not used: it is one of simultaneous_contrast, white, mach_bands, hermann_grid.",
            "The link's “wavy” is not used: it is true or false.",
            "The link's “image” is not used: it names no photograph.",
        ]
    )


def test_an_uploaded_photograph_is_no_part_of_a_link():
    spec, faults = asked({"image": "a" * 64})
    assert spec.image == "sample:chelsea" and "expire" in faults[0]


def test_every_number_of_the_spec_has_a_title_and_bounds():
    for name, field in view_data({})["fields"].items():
        assert field["title"] and field["help"] and field["low"] < field["high"], name
