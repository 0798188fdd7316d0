"""How does an error find the weight that caused it? A dense network learns beside a synapse."""

from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.learning_curves import accuracy_curves, loss_curves, r2_curves
from pages.figures.regression_fit import regression_fit
from pages.ui.hiding import hides, way_back
from pages.ui.live import live_view
from pages.ui.opening import opening
from pages.ui.parallel import parallel
from pages.ui.sources import sources

SLUG = "gradient-flow"
SOURCES = ("rumelhart1986", "glorot2010", "he2015", "kingma2015", "pfister2006", "sjostrom2001", "bi2001")

config = opening(SLUG)
live_view(config, figures=(loss_curves, accuracy_curves, r2_curves, confusion_matrix, regression_fit))

if not hides(config, "parallel"):
    parallel(SLUG)
if not hides(config, "sources"):
    sources(SOURCES)
way_back(config)
