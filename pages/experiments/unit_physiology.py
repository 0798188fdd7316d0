"""What would a neurophysiologist find in one unit? The same protocol on a V1 model cell and on a unit of a network."""

from pages.ui.parallel import parallel
from pages.ui.physiology_view import physiology_view
from pages.ui.question import question
from pages.ui.reading_notes import reading_notes
from pages.ui.sources import sources

SLUG = "unit-physiology"
SOURCES = (
    "skottun1991", "mechler2002", "ringach2002", "ringach2002orientation", "cavanaugh2002", "carandini2012", "heeger1992", "peirce2007",
    "chichilnisky2001", "schwartz2006", "dapello2020", "devalois1982orientation", "devalois1982frequency", "hubel1962", "naka1966",
    "tan2019", "liu2020lite",
)  # fmt: skip
NOTES = {
    "Degrees": "224 pixels are 8 degrees on both sides, so one pixel is 1/28 of a degree. Where the network's picture is small, as in "
    "the network that is trained live, 28 pixels are 1 degree. An eye fixes such a scale by distance; for a network it is a choice.",
    "A rate that cannot be negative": "A network's value may carry a sign or an offset. Here its response is what lies above its "
    "answer to a grey field; a unit that grey drives most is silent under this protocol, though it is not in the network.",
    "Orientation": "It is the direction in which the grating varies: 0° has upright bars, 90° lying ones. The short bar beside a "
    "preferred orientation lies as the grating’s bars do. Other pages may name a unit by the angle of its bars, 90° away.",
    "F1 and F0": "F0 is the mean response over a cycle of the drift, F1 the part that follows the bars. F1/F0 above 1 is called "
    "simple, below 1 complex (Skottun et al. 1991). A rectifier alone makes two groups out of one smooth distribution (Mechler and "
    "Ringach 2002): the line names two kinds of response, not two kinds of wiring.",
    "Pure Gabors are too narrow": "Without normalisation the model's median circular variance is near .25, with it still lower. "
    "Macaque cells are broader: a median of about .6, approximate and not checked here. The model is sampled from counts of "
    "preferred values, not of widths.",
    "A fit may say nothing": "Without normalisation a Gabor cell's response is proportional to contrast. A curve that never saturates "
    "has no c50, whatever number a fit returns; the page then says that it does not saturate. Where "
    "the function misses the points altogether (it explains less than 90% of their variance, they fall by more than 10% of the peak, "
    "its exponent is at a bound, or its c50 is below the lowest contrast shown) the page says that they are not described by it. For "
    "macaque V1 n ≈ 2.4 and c50 ≈ .33 are often quoted; both are approximate here.",
    "Pictures and the pool": "White noise and natural patches go to the model cell without its pool, whatever the switch says; only "
    "gratings are divided by it.",
    "What an average can find": "The average over noise recovers a linear field. A cell that answers alike to a pattern and to its "
    "negative has none; the covariance finds the pattern, though only up to sign and, for a pair of fields, up to a mixture of the "
    "two.",
    "The shuffled control": "The same network with each layer's weights shuffled keeps every kernel's size and the spread of its "
    "weights and loses what was learned. Its curve has a scale of its own. A network that learns live has no such control: its "
    "first weights are gone.",
}

question(SLUG)
physiology_view()
reading_notes("How to read it", NOTES)
parallel(SLUG)
sources(SOURCES)
