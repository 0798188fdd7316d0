"""What does a filter learn to look for? A convolutional network learns images beside a sparse code and recorded cells."""

from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.learning_curves import accuracy_curves, loss_curves
from pages.ui.hiding import hides, way_back
from pages.ui.live import live_view
from pages.ui.opening import opening
from pages.ui.parallel import parallel
from pages.ui.sources import sources

SLUG = "live-convnet"
SOURCES = (
    "lecun1998", "hubel1962", "hubel1963", "ringach2002", "jones1987", "olshausen1996", "adelson1985", "riesenhuber1999",
    "cavanaugh2002", "carandini2012", "kingma2015", "he2015", "glorot2010", "alpaydin1998",
)  # fmt: skip

config = opening(SLUG)
live_view(config, figures=(loss_curves, accuracy_curves, confusion_matrix), layout="convnet")

if not hides(config, "parallel"):
    parallel(SLUG)
if not hides(config, "sources"):
    sources(SOURCES)
way_back(config)
