"""What kind of thing each curve of the spike-timing tab is, and where it comes from. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.badges import Badge

_PAIR: Final = ("Bi and Poo 2001", "10.1146/annurev.neuro.24.1.139", "bi2001")
_TRIPLET: Final = ("Pfister and Gerstner 2006", "10.1523/JNEUROSCI.1425-06.2006", "pfister2006")
_CALCIUM: Final = ("Graupner and Brunel 2012", "10.1073/pnas.1109359109", "graupner2012")
_BCM: Final = ("Bienenstock, Cooper and Munro 1982", "10.1523/JNEUROSCI.02-01-00032.1982", "bienenstock1982")
_SJOSTROM: Final = ("Sjöström, Turrigiano and Nelson 2001", "10.1016/S0896-6273(01)00542-6", "sjostrom2001")

SYNAPSE_BADGES: Final[dict[str, Badge]] = {
    "pair": Badge("published model", "The pair rule: each pair of spikes counts by its interval. Its time constants are published, 16.8 and 33.7 ms; its two amplitudes are set on this page.", *_PAIR),
    "triplet": Badge("published model", "The minimal triplet rule, all-to-all: potentiation also reads a slow postsynaptic trace of 114 ms. All its constants are the published ones.", *_TRIPLET),
    "triplet_nearest": Badge("published model", "The triplet rule’s equations with nearest-neighbour interaction, and the constants that were fitted all-to-all: it shows what the choice of interaction does, not the published fit of that form.", *_TRIPLET),
    "calcium": Badge("published model", "Two thresholds on one calcium trace, with a published parameter set. The curve is the closed form, the mean of many synapses.", *_CALCIUM),
    "calcium_synapse": Badge("published model", "Single synapses of the calcium model with its noise, seeded.", *_CALCIUM),
    "bcm": Badge("published model", "A rate-based rule with a sliding threshold. How spikes become rates, and all its constants, are this page’s choice.", *_BCM),
    "bcm_mean_square": Badge("published model", "The same rule with the mean square of the rate as its threshold.", "Intrator and Cooper 1992", "10.1016/S0893-6080(05)80003-6", "intrator1992"),
    "traces": Badge("published model", "Synaptic traces of the triplet rule: presynaptic, postsynaptic fast and postsynaptic slow.", *_TRIPLET),
    "follows": Badge("analogy", "When the postsynaptic cell fires under a protocol that stimulates one side only is this page’s assumption."),
    "network": Badge("computed here", "One weight of a linear unit under gradient descent on the squared error, on the same spikes counted in bins. Bin, rate and start are this page’s choice.", "Widrow and Hoff 1960", "", "widrow1960"),
    "recorded": Badge("recorded data", "Weight change after spike pairing in slices of rat visual cortex: mean and standard error.", *_SJOSTROM),
    "bliss": Badge("recorded data", "Shares of experiments in anaesthetised rabbits; not a course of the weight.", "Bliss and Lømo 1973", "10.1113/jphysiol.1973.sp010273", "bliss1973"),
}
"""By curve; `calcium_synapse` are ρ's single runs, `follows` the assumption of when the postsynaptic cell fires."""


def synapse_badges() -> dict[str, dict[str, str]]:
    """As the live view takes them: curve → kind, label, source, doi."""
    return {curve: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for curve, b in SYNAPSE_BADGES.items()}
