"""What does each synapse have to be told? The same sizes and first weights under many learning rules at once."""

from pages.ui.hiding import hides, way_back
from pages.ui.live import live_view
from pages.ui.opening import opening
from pages.ui.parallel import parallel
from pages.ui.reading_notes import reading_notes
from pages.ui.rules_data import rules_data
from pages.ui.rules_evidence import rules_evidence
from pages.ui.rules_measured import rules_measured
from pages.ui.sources import sources

SLUG = "learning-rules"
SOURCES = (
    "rumelhart1986", "lillicrap2016", "nokland2016", "liao2016", "widrow1960", "hebb1949", "oja1982", "bienenstock1982", "intrator1992",
    "fremaux2016", "izhikevich2007", "whittington2017", "scellier2017", "hinton2022", "jabri1992", "grossberg1987", "crick1989",
    "lillicrap2020", "whittington2019", "bartunov2018", "gerstner2018", "yagishita2014", "he2015traces", "schultz1997", "bi1998", "bi2001",
    "sjostrom2001", "kirkwood1996", "faisal2008", "felleman1991", "larkum1999", "bittner2017", "payeur2021", "francioni2026",
    "raymond2018", "carandini2012", "foster2006", "kingma2015", "glorot2010", "he2015", "alpaydin1998", "lecun1998",
)  # fmt: skip
NOTES = {
    "One start for all": "Every lane begins with the same weights and sees the same batches in the same order. Only the rule differs, "
    "and the rate that suits it, which a coarse search found; another rate may change the order.",
    "The control": "Its hidden layers keep their first, random weights, and its output learns by its own errors. What a rule is worth "
    "is what it adds to that. Every rule but the three-factor rule and weight perturbation leaves the output to the same delta rule.",
    "Local is a matter of degree": "An error for each neuron is not at the synapse, but may be brought to the neuron; another synapse’s "
    "strength cannot. Oja’s rule for a layer and forward-forward need a sum over their layer, and whatever is kept needs something "
    "that keeps it.",
    "An angle is no verdict": "It compares single steps. A rule at 80 degrees may learn as much as the gradient, given more of them.",
    "Two networks are not quite the same": "All lanes have the same sizes and first weights. Two answer by another forward pass: "
    "forward-forward normalises between layers, and equilibrium propagation settles where there are two or more hidden layers. Their "
    "answers differ from the control’s before the first update, so not all of what they gain or lose against it is learned.",
    "The brain’s synapse is a model": "It stands beside one weight of the first lane and is driven by its activity; it trains nothing, "
    "and nothing on this page was recorded from a brain.",
    "What remains open": "That a rule works in this network does not show that cortex uses it, nor that it does not.",
}

config = opening(SLUG)
live_view(config, figures=(), layout="rules", further=rules_data(config))

rules_measured()
rules_evidence()
reading_notes("How to read it", NOTES)
if not hides(config, "parallel"):
    parallel(SLUG)
if not hides(config, "sources"):
    sources(SOURCES)
way_back(config)
