"""Every page as Streamlit runs it: it opens, its controls reach the spec, and it stays light."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from models.catalog import EXPERIMENTS
from pages.registry import PAGES, chapters
from pages.ui import link
from pages.ui.presets import preset_values

ROOT = Path(__file__).parents[2]
LAB = "gradient-flow"


@cache
def components() -> BidiComponentManager:
    """What Streamlit finds by reading through every installed package: the same for each session."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


def opened(slug: str, query: dict[str, str] | None = None) -> AppTest:
    """A fresh session on the page, as a link would open it: `switch_page` would want Home to run first."""
    app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=30)
    app._bidi_component_manager = components()
    app._page_hash = calc_hash(slug) if slug else ""
    for name, text in (query or {}).items():
        app.query_params[name] = text
    return app.run()


def view_data(app: AppTest) -> dict:
    """What the page hands to its live view."""
    component = next(element for element in _elements(app._tree) if element.proto.DESCRIPTOR.name == "BidiComponent")
    return json.loads(component.proto.json)


def _elements(block):
    for child in block.children.values():
        yield from _elements(child) if hasattr(child, "children") else (child,)


def widget(kind, label: str):
    return next(entry for entry in kind if entry.label == label)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug or "home")
def test_every_page_opens_without_an_exception(page):
    app = opened(page.slug)
    assert [error.value for error in app.exception] == []
    assert app.title[0].value == ("Parallax" if page.is_home else page.title)


def test_slugs_are_unique_and_home_comes_first():
    slugs = [page.slug for page in PAGES]
    assert slugs[0] == "" and len(set(slugs)) == len(slugs)
    assert {"", "gradient-flow"} <= set(slugs)
    assert next(iter(chapters())) == ""


@pytest.fixture(scope="module")
def lab() -> AppTest:
    """One session in which preset after preset is chosen."""
    return opened(LAB)


@pytest.mark.parametrize("preset", EXPERIMENTS[LAB].presets, ids=lambda preset: preset.name)
def test_every_preset_opens_from_the_list_and_from_its_link(preset, lab):
    values = json.loads(json.dumps(preset_values(LAB, preset.name)))
    chosen = widget(lab.selectbox, "Preset").set_value(preset.name).run()
    assert not chosen.exception
    data = view_data(chosen)
    assert data["spec"] == values
    assert not any(preset.sentence in caption.value for caption in chosen.caption)  # it would answer the question
    assert (data["prediction"]["name"], data["prediction"]["sentence"]) == (preset.name, preset.sentence)
    by_link = opened(LAB, data["link"])
    assert not by_link.exception and not by_link.warning
    assert view_data(by_link)["spec"] == values
    assert widget(by_link.selectbox, "Preset").value == preset.name


def test_the_view_is_told_what_it_needs():
    data = view_data(opened(LAB))
    assert (data["experiment"], data["layout"], data["play"], data["speed"]) == (LAB, "lab", False, None)
    assert (data["api"], data["live"], data["plotly"]) == ("/api", "/assets/live", "/vendor/plotly.min.js")
    assert data["link"] == {}
    assert [figure["name"] for figure in data["figures"]] == ["loss", "accuracy", "r2", "confusion", "fit"]
    assert {control["field"] for control in data["controls"]} >= {"learning_rate", "stop_loss", "stop_steps", "stimulus_ms"}
    assert all(badge["kind"] in ("recorded data", "published model", "analogy", "computed here") for badge in data["badges"].values())


def test_home_shows_a_view_already_playing_and_one_button_to_the_lab():
    app = opened("")
    data = view_data(app)
    assert (data["layout"], data["play"], data["speed"], data["spec"]["hidden_layers"]) == ("home", True, 300, [4, 2])
    assert [button.label for button in app.button] == ["Watch one learn"]
    assert app.button[0].click().run().title[0].value == "Gradient flow"


def test_a_structural_control_changes_the_revision_only():
    app = opened(LAB)
    before = view_data(app)
    after = view_data(widget(app.slider, "Batch size, examples").set_value(20).run())
    assert after["spec"]["batch_size"] == 20
    assert after["link"] == {"batch_size": "20"}
    assert after["revision"] != before["revision"] and after["fresh"] == before["fresh"]


def test_layers_are_a_number_and_a_count_for_each():
    app = opened(LAB)
    widget(app.number_input, "Hidden layers").set_value(3).run()
    widget(app.number_input, "Layer 3").set_value(7).run()
    assert view_data(app)["spec"]["hidden_layers"] == [4, 2, 7]
    widget(app.number_input, "Hidden layers").set_value(1).run()
    assert view_data(app)["spec"]["hidden_layers"] == [4]
    widget(app.number_input, "Hidden layers").set_value(3).run()
    assert view_data(app)["spec"]["hidden_layers"] == [4, 2, 7]


def test_features_keep_the_order_of_the_list():
    app = opened(LAB)
    app.button_group[0].set_value(["sin x", "y", "x"]).run()
    assert view_data(app)["spec"]["features"] == ["x", "y", "sin x"]


def test_no_feature_is_refused_in_a_sentence_and_the_last_valid_spec_stays():
    app = opened(LAB)
    app.button_group[0].set_value([]).run()
    assert [error.value for error in app.error] == ["Features is empty; it must be 1 to 7 of x, y, x², y², xy, sin x, sin y."]
    assert view_data(app)["spec"]["features"] == ["x", "y"]


def test_digits_bring_their_own_fields():
    app = opened(LAB)
    widget(app.selectbox, "Data").set_value("digits").run()
    data = view_data(app)
    assert data["spec"]["dataset"] == "digits" and "features" not in data["spec"]
    assert widget(app.number_input, "Layer 1").max == 64
    assert next(figure for figure in data["figures"] if figure["name"] == "confusion")["named"]  # the run says which digits there are


def test_a_live_control_appears_with_what_it_acts_on():
    app = opened(LAB)
    widget(app.selectbox, "Optimiser").set_value("momentum").run()
    widget(app.selectbox, "Regularisation").set_value("l2").run()
    assert {"momentum", "regularisation_rate"} <= {control["field"] for control in view_data(app)["controls"]}


@pytest.mark.parametrize(
    ("query", "field"), [({"learning_rate": "99"}, "Learning rate"), ({"hidden_layers": "33"}, "Hidden layers"), ({"foo": "1"}, "foo")]
)
def test_a_bad_link_is_a_warning_and_the_rest_of_it_is_kept(query, field):
    app = opened(LAB, {"dataset": "xor", **query})
    assert len(app.warning) == 1 and field in app.warning[0].value
    assert view_data(app)["link"] == {"dataset": "xor"}


def test_what_was_chosen_outlives_a_visit_to_another_page():
    app = opened(LAB)
    widget(app.slider, "Batch size, examples").set_value(33).run()
    app.switch_page("experiments/home.py").run()
    app.switch_page("experiments/gradient_flow.py").run()
    assert view_data(app)["spec"]["batch_size"] == 33
    assert widget(app.slider, "Batch size, examples").value == 33


def test_claims_are_narrowed_by_verdict_and_word():
    app = opened("")
    everything = _claims(app)
    assert everything.count("<tr><td>") == 27
    app.button_group[0].set_value("coming").run()
    assert 0 < _claims(app).count("<tr><td>") < 27
    widget(app.text_input, "Containing").set_value("<script>alert(1)</script>").run()
    assert "No claim fits" in _claims(app) and "script" not in _claims(app)


def _claims(app: AppTest) -> str:
    bodies = [element.proto.body for element in _elements(app._tree) if element.proto.DESCRIPTOR.name == "Html"]
    return next(body for body in bodies if "parallax-claims" in body.split(">")[0] or "No claim fits" in body)


def test_addresses_under_a_base_path(monkeypatch):
    from pages.ui import addresses

    monkeypatch.setattr(addresses, "base_path", lambda: "/lab")
    assert addresses.addresses.__wrapped__().api == "/lab/api"


def test_torch_is_not_loaded_after_every_page_was_served():
    """Workers own it: the server process stays small and starts fast."""
    script = (
        "import sys, app\n"
        "from tests.pages.test_pages import opened\n"
        "from pages.registry import PAGES\n"
        "assert not [error.value for page in PAGES for error in opened(page.slug).exception]\n"
        "print(sorted({'torch', 'numba', 'sklearn', 'skimage'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_the_link_is_the_only_way_into_the_address():
    """Writing the address from Python would fight with the live view, which owns it."""
    writers = [path.name for path in (ROOT / "pages").rglob("*.py") if "st.query_params[" in path.read_text("utf-8")]
    assert writers == []
    assert link.LONGEST == 6_000
