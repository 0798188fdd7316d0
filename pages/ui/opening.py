"""How every page with a run begins: its question, its named starts, what was refused, and its controls."""

from __future__ import annotations

from pages.ui.configuration import Configuration, configuration
from pages.ui.controls import controls
from pages.ui.hiding import hides
from pages.ui.layout import beside
from pages.ui.presets import presets
from pages.ui.question import question
from pages.ui.refused import refused


def opening(slug: str) -> Configuration:
    """Draws the head and returns what the session has chosen on this page."""
    config = configuration(slug)
    head, starts = beside(1, 1)
    with head:
        question(slug)
    with starts:
        if not hides(config, "presets"):
            presets(config)
    refused(config)
    controls(config)
    return config
