"""What makes a synapse stronger, and what a weight? Spike timing, release, use over weeks, and circuits, beside gradient descent."""

from pages.ui.parallel import parallel
from pages.ui.question import question
from pages.ui.reading_notes import reading_notes
from pages.ui.sources import sources
from pages.ui.synapse_view import synapse_view

SLUG = "synapse"
SOURCES = (
    "graupner2012", "pfister2006", "bi2001", "sjostrom2001", "bienenstock1982", "intrator1992", "bliss1973", "tsodyks1998", "benna2016",
    "murre2015", "heller1991", "wang2005", "larson1986", "dudek1992", "hopfield1982", "tsodyks1988", "amit1985", "diederich1987",
    "widrow1960", "rumelhart1986", "polyak1964", "kingma2015", "kirkpatrick2017",
)  # fmt: skip
NOTES = {
    "Strength is relative": "Every synaptic strength on this page is relative to what it was before. A change of +50% is half as "
    "strong again. A network’s weight has no such unit: it may take either sign.",
    "A model is not a recording": "Curves are models under the protocol that is set. Recorded are the circles with error bars, the "
    "shares of Bliss and Lømo, and the forgetting curve; each says so where it stands.",
    "The protocol belongs to the result": "The triplet rule was fitted with sixty continuous pairs, and the recordings were made with "
    "fifteen bursts of five. Under the bursts it falls short of them at 40 and 50 Hz; the switch shows both.",
    "One side only": "Tetanus, theta burst and low frequency stimulate the presynaptic side. When the postsynaptic cell fires a spike "
    "is then this page’s assumption, which can be changed, and what the models say depends on it.",
    "BCM knows rates": "How spikes become a firing rate, and all of BCM’s constants, are this page’s choice, and the size of its changes "
    "is no prediction. Far from c₀ not even their direction is: at 1 Hz the synapse weakens while θ is still high, and strengthens a "
    "little where θ has come down within the protocol.",
    "What large changes mean": "The pair and the triplet rule, and BCM, add up steps and have no bound of their own. Their constants "
    "come from some tens of pairs at up to 50 Hz, or are ours: beyond, they say what the equations do, not what a synapse did.",
    "One calcium trace": "The calcium model has one trace and two thresholds for a whole synapse. Six of its published sets give six "
    "shapes of curve; none of them is “the” synapse.",
    "Long-term potentiation is no descent": "Gradient descent has a loss, and its steps end where the error does. The rules of the "
    "synapse read spikes. That both can end with a larger number says nothing about why.",
}

question(SLUG)
synapse_view()
reading_notes("How to read it", NOTES)
parallel(SLUG)
sources(SOURCES)
