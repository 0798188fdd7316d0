"""What does each synapse have to be told? One network under many learning rules at once."""

from pages.ui.configuration import configuration
from pages.ui.controls import controls
from pages.ui.hiding import hides, way_back
from pages.ui.layout import beside
from pages.ui.live import live_view
from pages.ui.presets import presets
from pages.ui.question import question
from pages.ui.refused import refused
from pages.ui.rules_data import rules_data

SLUG = "learning-rules"

config = configuration(SLUG)
head, starts = beside(1, 1)
with head:
    question(SLUG)
with starts:
    if not hides(config, "presets"):
        presets(config)
refused(config)
controls(config)

live_view(config, figures=(), layout="rules", further=rules_data(config))

way_back(config)
