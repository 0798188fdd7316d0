"""What a link hides: names that the page knows, and a word for each that it does not."""

from __future__ import annotations

from pathlib import Path

from pages.ui.configuration import Configuration
from pages.ui.controls import live_controls
from pages.ui.fields import tasks
from pages.ui.hiding import hideable
from pages.ui.parts import PARTS, hidden, parts_of

EXPERIMENT = "gradient-flow"
PANELS = Path(__file__).parents[2] / "assets" / "live" / "panels"


def configured(query: dict[str, str]) -> Configuration:
    config = Configuration(EXPERIMENT, tasks(EXPERIMENT)[0].defaults)
    config.read_address(query)
    return config


def test_known_names_are_hidden_and_others_named() -> None:
    names, sentences = hidden(EXPERIMENT, {"hide": "noise, brain ,<b>,,train_share"})
    assert names == {"noise", "brain", "train_share"}
    assert len(sentences) == 1 and "“<b>”" in sentences[0]
    assert hidden(EXPERIMENT, {}) == (frozenset(), [])


def test_the_link_carries_what_it_hides_and_nothing_else_changes() -> None:
    config = configured({"hide": "noise,brain", "dataset": "xor"})
    assert config.link == {"dataset": "xor", "hide": "brain,noise"} and config.sentences == ()
    again = configured(config.link)
    assert (again.hidden, again.values, again.revision) == (config.hidden, config.values, config.revision)
    config.start({"dataset": "spiral"})
    assert config.hidden == {"noise", "brain"}


def test_a_hidden_live_field_stays_live() -> None:
    """The view must not take it for a structural one."""
    controls = {control["field"]: control for control in live_controls(configured({"hide": "learning_rate"}))}
    assert controls["learning_rate"]["elsewhere"] and not controls["stop_loss"]["elsewhere"]


def test_every_part_can_be_chosen() -> None:
    names = hideable(configured({}))
    assert set(parts_of(EXPERIMENT)) <= set(names) and len(names) == len(set(names)) and "weights" not in names


def test_every_picture_that_can_be_hidden_is_a_panel() -> None:
    assert {name for name in parts_of(EXPERIMENT) if not (PANELS / f"{name}.js").exists()} == {"presets", "parallel", "sources"}
    own = set(parts_of("live-convnet")) - set(parts_of(EXPERIMENT))
    assert {"arithmetic", "draw"} <= own and all((PANELS.parent / "convnet" / f"{name}.js").exists() for name in own)
    rules = set(parts_of("learning-rules")) - set(parts_of(EXPERIMENT))
    assert {"compose", "knows"} <= rules and all((PANELS.parent / "rules" / f"{name}.js").exists() for name in rules)
    assert set(PARTS) == set(parts_of(EXPERIMENT)) | own | rules
