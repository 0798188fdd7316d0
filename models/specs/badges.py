"""What kind of thing each curve is, and where it comes from: the badge beside it. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["recorded data", "published model", "analogy", "computed here"]


@dataclass(frozen=True)
class Badge:
    """One curve's kind, a sentence, and its source; `citation` is a key of references.bib, empty for what the run computes."""

    kind: Kind
    label: str
    source: str = ""
    doi: str = ""
    citation: str = ""


_TRIPLET_SOURCE: Final = ("Pfister and Gerstner 2006", "10.1523/JNEUROSCI.1425-06.2006", "pfister2006")
_PAIR_SOURCE: Final = ("Bi and Poo 2001", "10.1146/annurev.neuro.24.1.139", "bi2001")
_RECORDED_SOURCE: Final = ("Sjöström, Turrigiano and Nelson 2001", "10.1016/S0896-6273(01)00542-6", "sjostrom2001")
_RINGACH_SOURCE: Final = ("Ringach 2002", "10.1152/jn.2002.88.1.455", "ringach2002")
_SPARSE_SOURCE: Final = ("Olshausen and Field 1996", "10.1038/381607a0", "olshausen1996")
_BACKPROPAGATION_SOURCE: Final = ("Rumelhart, Hinton and Williams 1986", "10.1038/323533a0", "rumelhart1986")

BADGES: Final[dict[str, Badge]] = {
    "rates": Badge("analogy", "|activation| over the layer's largest so far sets a rate of 0 to 50 Hz. The sign is not encoded."),
    "spikes": Badge("analogy", "Seeded Poisson spikes at those rates. One update of the network stands for one stimulus."),
    "traces": Badge("published model", "Synaptic traces of the triplet rule: presynaptic, postsynaptic fast and postsynaptic slow.", *_TRIPLET_SOURCE),
    "pair": Badge("published model", "Weight under the pair rule, relative to its start. The bounds 0 and 2 are ours.", *_PAIR_SOURCE),
    "triplet": Badge("published model", "Weight under the triplet rule, relative to its start. The bounds 0 and 2 are ours.", *_TRIPLET_SOURCE),
    "synaptic_weight": Badge("published model", "Weight relative to its start, under the triplet rule and the pair rule. Their amplitudes are the published ones times the plasticity that is set; the bounds 0 and 2 are ours.", *_TRIPLET_SOURCE),
    "activation": Badge("computed here", "Activations of the network's two neurons for the batch's first example."),
    "delta": Badge("computed here", "The error that backpropagation assigns to the receiving neuron.", *_BACKPROPAGATION_SOURCE),
    "product": Badge("computed here", "The gradient: activation times error, averaged over the batch.", *_BACKPROPAGATION_SOURCE),
    "weight": Badge("computed here", "The network's own weight."),
    "recorded": Badge("recorded data", "Weight change after spike pairing: mean and standard error.", *_RECORDED_SOURCE),
    "protocol": Badge("published model", "Weight change that the rule predicts for a spike-pairing protocol.", *_TRIPLET_SOURCE),
    "ringach": Badge("recorded data", "79 simple cells of macaque V1 by the shape of their receptive fields, as counts on the plane of nx and ny.", *_RINGACH_SOURCE),
    "gabor_fit": Badge("computed here", "Least-squares fits of Gabor functions to the filters as they are now. R² is the share of a filter's squared weights that the fit explains."),
    "sparse_code": Badge("published model", "A sparse code of whitened photographs. Sparseness, number of atoms, photographs, batch and clock are this page's choice.", *_SPARSE_SOURCE),
}
"""By curve. Brain: rates, spikes, traces, pair, triplet, synaptic_weight (both); network: activation, delta, product, weight; physiology:
recorded, protocol; first filters: ringach, gabor_fit, sparse_code."""


def badge_data() -> dict[str, dict[str, str]]:
    """The badges as the live view takes them: curve → kind, label, source, doi."""
    return {curve: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for curve, b in BADGES.items()}
