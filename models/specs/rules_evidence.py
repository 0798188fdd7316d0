"""What the brain is known to offer of each ingredient of a learning rule, and what is not known. Plain data; torch-free.

A verdict is about the ingredient, never about a rule: whether cortex computes something like backpropagation is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from models.specs.rules import Ingredient

Verdict = Literal["observed", "observed in part", "not observed so far", "open"]


@dataclass(frozen=True)
class Evidence:
    """One row; `citations` are keys of references.bib."""

    title: str
    ingredients: tuple[Ingredient, ...]
    offers: str
    verdict: Verdict
    unknown: str
    citations: tuple[str, ...]


EVIDENCE: Final[tuple[Evidence, ...]] = (
    Evidence(
        "Activity of the synapse’s two neurons", ("pre", "post"),
        "Pairs of spikes within some tens of milliseconds strengthened or weakened synapses of cultured hippocampal neurons, by their order; in cortex the rate of pairing decided as well.",
        "observed", "How much of what an animal learns rests on such changes.", ("bi1998", "sjostrom2001"),
    ),
    Evidence(
        "A slow average of a neuron’s activity", ("average",),
        "In visual cortex of rats kept in the dark, strengthening was easier and weakening harder to cause than in others, and two days of light undid it.",
        "observed in part", "Whether what slides is one threshold for each neuron, as in BCM.", ("kirkwood1996",),
    ),
    Evidence(
        "A trace that outlasts the activity", ("noise", "phases"),
        "Dopamine enlarged spines of striatal neurons only where it came 0.3 to 2 s after their input. In cortex, pairing left traces that noradrenaline and serotonin turned into lasting strengthening and weakening.",
        "observed", "How long traces last elsewhere, and whether they can hold more than that a coincidence took place.", ("yagishita2014", "he2015traces", "gerstner2018"),
    ),
    Evidence(
        "Noise that is tried out", ("noise",),
        "Noise is found at every level of nervous systems, and responses to the same stimulus differ from time to time.",
        "observed in part", "Whether a synapse can tell its own neuron’s noise from the rest of its activity, as these rules need it to.", ("faisal2008",),
    ),
    Evidence(
        "One number for all: reward, better or worse than expected", ("reward", "quiet"),
        "Dopamine neurons of monkeys fired more for an unexpected reward, not for an expected one, and less where it failed to come.",
        "observed", "How far that number is the same everywhere, and which synapses change by it. No second try of the same moment is known, as the rules with noise have it here.", ("schultz1997", "gerstner2018"),
    ),
    Evidence(
        "A number of the whole layer", ("layer",),
        "Responses of cortical neurons are well described as divided by the summed activity around them.",
        "observed in part", "Whether a synapse’s change depends on such a sum, as in Oja’s rule for a layer or in forward-forward.", ("carandini2012",),
    ),
    Evidence(
        "An error of each neuron’s own", ("error",),
        "In mice that steered a picture by a few cortical neurons, what apical dendrites did beside their cell bodies told of reward and error, with a sign that depended on each neuron’s part in the outcome. In the cerebellum, climbing fibres are taken to bring each Purkinje cell a signal of its own errors.",
        "observed in part", "Where in cortex such a signal is made, and whether it is the slope of anything like a loss.", ("francioni2026", "raymond2018"),
    ),
    Evidence(
        "A way down: connections back", ("fixed", "direct"),
        "Most pathways between areas of macaque visual cortex run both ways.",
        "observed in part", "What they carry while something is learned. That they are random and never learn is assumed by feedback alignment, not observed.", ("felleman1991", "lillicrap2016", "lillicrap2020"),
    ),
    Evidence(
        "Feedback kept apart from the activity", ("error",),
        "Input to the tuft of a pyramidal neuron together with a spike gives a burst; a dendritic plateau made place fields in a single trial. In a model, plasticity that depends on bursts trains a hierarchy of layers.",
        "observed in part", "Whether bursts and plateaus tell a synapse about an error.", ("larkum1999", "bittner2017", "payeur2021"),
    ),
    Evidence(
        "Strength or sign of other synapses", ("transposed", "signs"),
        "No way is known in which a synapse could read how strong the synapses of another neuron are: the weight transport problem.",
        "not observed so far", "Whether the two directions come to resemble each other by learning of their own.", ("grossberg1987", "crick1989", "lillicrap2020", "whittington2019"),
    ),
    Evidence(
        "Two phases, and time to settle", ("phases", "settling"),
        "Hippocampal place cells replay a run backwards when a rat stops. No phase is known in which the right answer is held and compared with what came before.",
        "not observed so far", "Whether circuits with feedback settle while anything is learned.", ("foster2006", "whittington2019"),
    ),
    Evidence(
        "Right and wrong labels as input", ("label",),
        "Forward-forward is a proposal of 2022; this page knows of no recording that tests it.",
        "open", "Where wrong examples would come from.", ("hinton2022",),
    ),
)  # fmt: skip
"""From what is at hand at a synapse to what is far away."""


def cited() -> tuple[str, ...]:
    """Keys of references.bib, each once, in the order of the rows."""
    return tuple(dict.fromkeys(key for row in EVIDENCE for key in row.citations))
