"""Synapse's table: timing, release, use over weeks, and circuits, beside gradient descent on the same events. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.parallel_aspect import Aspect, Parallels

SYNAPSE: Final = Parallels(
    holds=(
        Aspect(
            "Both ends decide",
            "In the pair and triplet rules a spike changes the synapse by the synaptic trace that the other neuron's spikes left; with one side silent nothing changes.",
            "A weight's gradient is its input times the error behind it; where either is zero, so is the step.",
            ("pfister2006", "rumelhart1986"),
        ),
        Aspect(
            "Up and down",
            "Pairs at 20 Hz strengthened recorded synapses by 29% with the presynaptic spike first, and weakened them by 34% with it last.",
            "The sign of the error decides whether a step raises a weight or lowers it.",
            ("sjostrom2001", "rumelhart1986"),
        ),
        Aspect(
            "What came before counts",
            "A spike that follows a burst releases less at a depressing synapse, whose vesicles were used, and more at a facilitating one.",
            "Adam divides a running mean of gradients by the root of one of their squares. Large gradients move the weight less than in proportion; right after them the first mean is still large and a step is as long as before, and only some events later is it shorter. Momentum adds earlier gradients.",
            ("tsodyks1998", "kingma2015"),
        ),
        Aspect(
            "Many events, one change",
            "Protocols repeat a pairing tens of times, and one pairing changes the modelled synapse little.",
            "One step follows the gradient for a small part of its length; learning takes many.",
            ("sjostrom2001", "pfister2006", "rumelhart1986"),
        ),
        Aspect(
            "A pattern leaves weights that complete it",
            "After a Hebbian rule has seen a few patterns, a part of one lets the circuit’s dynamics find the rest.",
            "A network of the same size, trained by descent on the same patterns, completes them too.",
            ("hopfield1982", "rumelhart1986"),
        ),
        Aspect(
            "A threshold decides the sign",
            "In the calcium model calcium between two thresholds weakens a synapse, and above both strengthens it; in BCM the sign turns at a threshold that slides.",
            "Whether an answer lies below or above its target decides the sign of the step.",
            ("graupner2012", "bienenstock1982", "rumelhart1986"),
        ),
    ),
    breaks=(
        Aspect(
            "A loss",
            "Long-term potentiation is local to a synapse and its two cells, and is described without any loss: nothing in it says what the change is good for.",
            "Every step follows the slope of one number, the loss.",
            ("bliss1973", "rumelhart1986"),
        ),
        Aspect(
            "When it stops",
            "The pair and triplet rules go on changing the synapse for as long as both cells fire; what bounds it has to be added.",
            "Steps shrink with the error and end when there is none, however much both units are active.",
            ("pfister2006", "rumelhart1986"),
        ),
        Aspect(
            "Order of two spikes",
            "Ten milliseconds one way or the other decide between strengthening and weakening, at 10 and at 20 Hz.",
            "A unit that counts spikes in bins sees no order within a bin: pre before post and post before pre give the same gradient.",
            ("sjostrom2001", "bi2001"),
        ),
        Aspect(
            "Traces",
            "The traces of spike timing are synaptic traces: they decay within tens of milliseconds and are read by the next spike, whatever the outcome was.",
            "An eligibility trace belongs to rules with a third factor, such as reward, and descent has neither.",
            ("pfister2006", "rumelhart1986"),
        ),
        Aspect(
            "Sending is not learning",
            "Release says how much of a signal is sent now. Depression and facilitation pass within seconds of rest, and nothing is kept.",
            "A step says how much of a weight is changed, and the change stays until another step.",
            ("tsodyks1998", "kingma2015"),
        ),
        Aspect(
            "Which clock",
            "Vesicles recover with time, whether or not a spike comes.",
            "Adam's averages are counted in steps: between two of them no time passes.",
            ("tsodyks1998", "kingma2015"),
        ),
        Aspect(
            "Fading",
            "Potentiation lasted from 30 minutes to 10 hours in the first recordings. In Benna and Fusi’s model a change sinks into slower and slower variables of the same synapse.",
            "A weight keeps its value for ever unless something changes it. Weight decay shrinks all weights by the same share at every step; it removes no connection and is not pruning.",
            ("bliss1973", "benna2016"),
        ),
        Aspect(
            "Forgetting",
            "The recorded forgetting curves are those of four people, each of whom learned lists of syllables of their own; no synapse was measured, and a list is not one synapse.",
            "A network forgets what it is no longer trained on when other examples move the same weights.",
            ("murre2015", "kirkpatrick2017"),
        ),
        Aspect(
            "Circuits",
            "A Hebbian rule strengthens connections between units that are active together, whether or not the circuit can already complete the pattern.",
            "Descent changes the connections that reduce the error, and leaves alone what is right; patterns that share units are told apart for that reason.",
            ("hopfield1982", "tsodyks1988", "rumelhart1986"),
        ),
    ),
)
"""The page's two halves."""
