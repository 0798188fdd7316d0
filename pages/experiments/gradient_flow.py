"""How does an error find the weight that caused it? A dense network learns beside a synapse."""

from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.learning_curves import accuracy_curves, loss_curves, r2_curves
from pages.figures.regression_fit import regression_fit
from pages.ui.configuration import configuration
from pages.ui.controls import controls
from pages.ui.hiding import hides, way_back
from pages.ui.layout import beside
from pages.ui.live import live_view
from pages.ui.parallel import parallel
from pages.ui.presets import presets
from pages.ui.question import question
from pages.ui.refused import refused
from pages.ui.sources import sources

SLUG = "gradient-flow"
SOURCES = ("rumelhart1986", "glorot2010", "he2015", "kingma2015", "pfister2006", "sjostrom2001", "bi2001")

config = configuration(SLUG)
head, starts = beside(1, 1)
with head:
    question(SLUG)
with starts:
    if not hides(config, "presets"):
        presets(config)
refused(config)
controls(config)

live_view(config, figures=(loss_curves, accuracy_curves, r2_curves, confusion_matrix, regression_fit))

if not hides(config, "parallel"):
    parallel(SLUG)
if not hides(config, "sources"):
    sources(SOURCES)
way_back(config)
