"""Words of the brain's side: synapses, spikes and how they change. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.glossary_term import Term

BRAIN: Final[tuple[Term, ...]] = (
    Term(
        "synapse", "Synapse", "brain",
        "The place where one neuron acts on another. Its strength, how much a spike of the first moves the second, can change with use.",
        ("synapse", "synapses", "synaptic"),
        "A weight is a number that an update sets; a synapse is a structure that changes by chemistry of its own.",
        ("synaptic-strength", "presynaptic", "weight"), ("", "gradient-flow"),
    ),
    Term(
        "synaptic-strength", "Synaptic strength", "brain",
        "How large a response one presynaptic spike causes in the postsynaptic neuron, also called efficacy. This lab shows it relative to its start: 1 is unchanged.",
        ("synaptic strength", "synaptic efficacy", "synaptic weight"),
        "A network’s weight takes either sign; the modelled synapse stays excitatory, between the lab’s bounds 0 and 2.",
        ("synapse", "weight", "excitatory"), citations=("pfister2006",),
    ),
    Term(
        "presynaptic", "Presynaptic", "brain",
        "On the sending side of a synapse: the presynaptic neuron’s spike arrives there.",
        related=("postsynaptic", "synapse", "spike"),
    ),
    Term(
        "postsynaptic", "Postsynaptic", "brain",
        "On the receiving side of a synapse: the neuron that a spike acts on.",
        related=("presynaptic", "synapse", "membrane-potential"),
    ),
    Term(
        "spike", "Spike", "brain",
        "A neuron’s brief electrical pulse, by which it signals to others; also called action potential.",
        ("spike", "spikes", "action potential", "action potentials"),
        "An activation has no moment: it is one number for each example.",
        ("firing-rate", "membrane-potential", "activation"), ("", "gradient-flow"),
    ),
    Term(
        "firing-rate", "Firing rate", "brain",
        "How many spikes a neuron sends in a second, in hertz (Hz). It is never negative.",
        ("firing rate", "firing rates", "steady firing"),
        "An activation can be negative. The lab’s mapping from |activation| to a rate of 0 to 50 Hz is an analogy of its own.",
        ("spike", "activation", "poisson-process"),
    ),
    Term(
        "membrane-potential", "Membrane potential", "brain",
        "The voltage between a cell’s inside and outside. A neuron fires a spike where inputs drive it far enough.",
        ("membrane potential", "membrane potentials"),
        "A neuron’s summed input z in a network has no unit and no past.",
        ("spike", "neuron"), (),
    ),
    Term(
        "excitatory", "Excitatory", "brain",
        "Of a synapse: it drives the receiving neuron towards firing. An inhibitory one holds it back.",
        ("excitatory", "inhibitory"),
        "A weight may cross zero during training; the modelled synapse does not change its kind.",
        ("synapse", "weight"),
    ),
    Term(
        "plasticity", "Synaptic plasticity", "brain",
        "That synapses change their strength with activity. In this lab the slider “plasticity” scales the published rule’s amplitudes.",
        ("synaptic plasticity", "plasticity", "plastic"),
        "A learning rate scales a gradient; plasticity here scales changes that spike times cause.",
        ("stdp", "ltp", "learning-rate"), ("", "gradient-flow"), ("pfister2006",),
    ),
    Term(
        "ltp", "Long-term potentiation (LTP)", "brain",
        "A lasting rise of synaptic strength after activity. It was first described in the hippocampus of rabbits, where it lasted for hours.",
        ("long-term potentiation", "potentiation", "potentiated", "LTP"),
        "A weight keeps any value until the next update; nothing has to be done for it to last.",
        ("ltd", "plasticity"), ("", "gradient-flow"), ("bliss1973",),
    ),
    Term(
        "ltd", "Long-term depression (LTD)", "brain",
        "A lasting fall of synaptic strength after activity, for example where the postsynaptic spike comes before the presynaptic one.",
        ("long-term depression", "LTD"),
        related=("ltp", "stdp"), citations=("bi2001",),
    ),
    Term(
        "stdp", "Spike-timing-dependent plasticity (STDP)", "brain",
        "Plasticity whose sign and size depend on the milliseconds between presynaptic and postsynaptic spikes.",
        ("spike-timing-dependent plasticity", "STDP"),
        "An update has no timing: it depends on the batch and the weights alone.",
        ("pair-rule", "triplet-rule", "synaptic-trace"), citations=("bi2001",),
    ),
    Term(
        "pair-rule", "Pair rule", "brain",
        "A model of STDP in which each pair of one presynaptic and one postsynaptic spike adds a change that fades with their interval.",
        ("pair rule",),
        related=("triplet-rule", "stdp"), citations=("bi2001",),
    ),
    Term(
        "triplet-rule", "Triplet rule", "brain",
        "A model of STDP that also reads the postsynaptic spike before, so that the same pairs at a higher rate turn weakening into strengthening.",
        ("triplet rule",),
        related=("pair-rule", "stdp", "synaptic-trace"), citations=("pfister2006",),
    ),
    Term(
        "synaptic-trace", "Synaptic trace", "brain",
        "A quantity that jumps at each spike and then fades: what a synapse has left of a neuron’s recent spikes when the next one comes.",
        ("synaptic trace", "synaptic traces", "traces"),
        "Momentum also keeps a fading past, but of updates, not of spikes.",
        ("triplet-rule", "momentum"), citations=("pfister2006",),
    ),
    Term(
        "spike-pairing", "Spike pairing", "brain",
        "An experiment that makes two connected neurons fire at a set interval and frequency, and measures how their synapse has changed.",
        ("spike-pairing", "spike pairing", "pairing"),
        related=("stdp", "ltp", "ltd"), citations=("sjostrom2001",),
    ),
    Term(
        "poisson-process", "Poisson process", "brain",
        "Events that come at random and independently of each other at a given rate. The lab draws its spikes so, from the seed.",
        ("Poisson process", "Poisson spikes", "Poisson"),
        related=("firing-rate", "spike", "seed"),
    ),
    Term(
        "calcium-threshold", "Calcium threshold", "brain",
        "In the calcium model, the concentration above which a synapse is changed: a lower one for weakening, a higher one for strengthening. Time above each decides.",
        ("calcium threshold", "calcium thresholds", "calcium model"),
        "A unit’s bias shifts when it answers; a calcium threshold says when the synapse itself changes.",
        ("stdp", "ltp", "ltd"), ("synapse",), ("graupner2012",),
    ),
    Term(
        "sliding-threshold", "Sliding threshold", "brain",
        "In the BCM rule, the postsynaptic rate above which active synapses strengthen and below which they weaken. It follows the cell’s own past rate.",
        ("sliding threshold", "BCM"),
        related=("ltp", "firing-rate"), pages=("synapse", "learning-rules"), citations=("bienenstock1982",),
    ),
    Term(
        "tetanus", "Tetanus", "brain",
        "A train of stimuli at a high frequency, the first way in which long-term potentiation was caused.",
        ("tetanus", "tetani"),
        "Not the disease.",
        ("ltp", "theta-burst"), ("synapse",), ("bliss1973",),
    ),
    Term(
        "theta-burst", "Theta burst", "brain",
        "A few stimuli at 100 Hz, repeated about five times a second, which is the rhythm called theta.",
        ("theta burst", "theta bursts"),
        related=("tetanus", "ltp"), pages=("synapse",),
    ),
    Term(
        "vesicle-pool", "Vesicle pool", "brain",
        "The packets of transmitter that a presynaptic terminal has ready for release. Spikes use them up, and rest refills them.",
        ("vesicle pool", "vesicles"),
        "A momentum or a running mean is counted in steps; the pool refills with time.",
        ("presynaptic", "synapse"), ("synapse",), ("tsodyks1998",),
    ),
    Term(
        "hebbian", "Hebbian learning", "brain",
        "The idea that a synapse is strengthened where its two neurons are active together.",
        ("Hebbian learning", "Hebbian", "repeated activation"),
        "A gradient is also a product of two ends, but one of them is an error that was carried back.",
        ("plasticity", "backpropagation"), ("", "gradient-flow"), ("bi2001",),
    ),
)  # fmt: skip
