"""Learning rules' table: what a synapse hears in the brain, and what each rule asks for. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.parallel_aspect import Aspect, Parallels

RULES_PARALLELS: Final = Parallels(
    holds=(
        Aspect(
            "Both ends count",
            "Pairing the spikes of two neurons changed their synapse; which way, their order and rate decided.",
            "In every named rule but weight perturbation a step holds the presynaptic activity as a factor: a silent sender’s weight does not move. It moves all the same by what keeps it in bounds, by what momentum or Adam remember, and under a composed rule whose sender is centred.",
            ("bi1998", "sjostrom2001", "rumelhart1986"),
        ),
        Aspect(
            "A third factor can decide",
            "Dopamine that came 0.3 to 2 s after the input enlarged a spine; sooner, later or without it, the same input did not.",
            "In the three-factor rule what counts is M, the reward less what was expected: with M = 0 nothing changes, and an expected reward that is missing gives M < 0 and turns the change round.",
            ("yagishita2014", "gerstner2018", "fremaux2016"),
        ),
        Aspect(
            "A threshold that slides",
            "In visual cortex what strengthens and what weakens depended on how active the cortex had been for days.",
            "In BCM the same activity strengthens or weakens, by a threshold that follows each unit’s own mean square.",
            ("kirkwood1996", "bienenstock1982"),
        ),
        Aspect(
            "Feedback need not mirror",
            "Connections back between areas are many; nothing shows that they copy the strengths of those forward.",
            "With fixed random feedback small networks learn nearly as far as with the exact one, and the angle between the two falls while they learn.",
            ("felleman1991", "lillicrap2016"),
        ),
    ),
    breaks=(
        Aspect(
            "What travels down",
            "No way is known for a synapse to read the strength of other neurons’ synapses.",
            "Backpropagation multiplies the error by exactly those weights; equilibrium propagation and predictive coding use them as well.",
            ("grossberg1987", "crick1989", "lillicrap2020"),
        ),
        Aspect(
            "One number against many",
            "Reward prediction errors were recorded as one signal of many dopamine neurons; signals of each neuron’s own have begun to be found.",
            "One number for all teaches thousands of weights slowly: the noise of all the others is in each step. An error for each unit does not have that.",
            ("schultz1997", "francioni2026", "whittington2019"),
        ),
        Aspect(
            "Time",
            "A trace has to bridge the seconds between what a neuron did and what came of it.",
            "A network’s example, its error and its step belong to one moment; only the spiking synapse on this page keeps a trace.",
            ("izhikevich2007", "gerstner2018"),
        ),
        Aspect(
            "Sign",
            "As a rule a neuron excites or inhibits by all of its synapses, and a rate is never negative.",
            "Weights, errors and tanh’s activities take either sign; the mapping to rates drops it.",
            ("lillicrap2020",),
        ),
        Aspect(
            "A task for each rule",
            "Brains learn where no one says what is right, in many circuits at once.",
            "Every lane is judged by named digits or points; rules that listen to no error were not made for that.",
            ("oja1982", "bienenstock1982", "lillicrap2020"),
        ),
        Aspect(
            "Size",
            "A cortex has far more layers of feedback and synapses than this network.",
            "Rules that stand close together here came far apart on ImageNet.",
            ("bartunov2018",),
        ),
    ),
)
