"""Words of the page on learning rules: what a synapse has to be told, and the rules that differ in it. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.glossary_term import Term

_HERE: Final = ("learning-rules",)

RULES: Final[tuple[Term, ...]] = (
    Term(
        "feedback-alignment", "Feedback alignment", "network",
        "Sends the error down through fixed random weights in place of the transposed ones. What is below comes to fit them, so that the steps turn towards the gradient.",
        ("feedback alignment",), "That connections run back between areas of cortex does not make them random and fixed.",
        ("backpropagation", "weight-transport", "gradient"), _HERE, ("lillicrap2016",),
    ),
    Term(
        "weight-transport", "Weight transport problem", "both",
        "Backpropagation needs each weight twice, on the way up and on the way down. No way is known for a synapse to learn another synapse’s strength.",
        ("weight transport problem", "weight transport"), "",
        ("backpropagation", "feedback-alignment", "synapse"), _HERE, ("grossberg1987", "crick1989"),
    ),
    Term(
        "three-factor-rule", "Three-factor rule", "both",
        "Presynaptic activity, something of the postsynaptic neuron, and a signal from outside, such as reward, make a change together. Without the third there is none.",
        ("three-factor rule", "three-factor rules", "third factor"), "",
        ("eligibility-trace", "hebbian", "reward-prediction-error"), _HERE, ("fremaux2016", "gerstner2018"),
    ),
    Term(
        "eligibility-trace", "Eligibility trace", "both",
        "What a synapse keeps for a second or so of a coincidence at its two ends, so that a reward that comes later can turn it into a change.",
        ("eligibility trace", "eligibility traces", "eligible"), "A synaptic trace is left by single spikes and serves pairing; an eligibility trace waits for a third factor.",
        ("three-factor-rule", "synaptic-trace", "reward-prediction-error"), _HERE, ("izhikevich2007", "yagishita2014"),
    ),
    Term(
        "reward-prediction-error", "Reward prediction error", "both",
        "Reward less the reward that was expected: above zero where things went better, below where they went worse.",
        ("reward prediction error", "reward prediction errors", "better or worse than expected"),
        "It is one number for all; the error that backpropagation sends is another one for each neuron.",
        ("three-factor-rule", "delta"), _HERE, ("schultz1997",),
    ),
    Term(
        "oja-rule", "Oja’s rule", "both",
        "Hebb’s product with a decay that keeps weights bounded. A single neuron’s weights turn to the first principal component of what it sees.",
        ("Oja’s rule", "Oja"), "",
        ("hebbian", "principal-component"), _HERE, ("oja1982",),
    ),
    Term(
        "predictive-coding", "Predictive coding", "both",
        "Each layer is predicted by another, and activity settles until predictions err as little as can be. What is left of the errors changes the weights.",
        ("predictive coding",), "As a training rule for networks it goes to backpropagation’s step where errors are small; as an account of cortex it is a hypothesis.",
        ("backpropagation", "delta"), _HERE, ("whittington2017",),
    ),
    Term(
        "equilibrium-propagation", "Equilibrium propagation", "network",
        "The network settles twice, once freely and once nudged towards the answer. The difference between the two states gives the gradient as the nudge gets small.",
        ("equilibrium propagation",), "",
        ("gradient", "predictive-coding"), _HERE, ("scellier2017",),
    ),
    Term(
        "goodness", "Goodness", "network",
        "In forward-forward, the sum of a layer’s squared activities: to be large with the right label and small with a wrong one.",
        ("goodness", "forward-forward"), "It is no measure of how well the network does.",
        ("layer", "loss"), _HERE, ("hinton2022",),
    ),
    Term(
        "credit-assignment", "Credit assignment", "both",
        "Finding which of many connections an outcome was due to, and so which to change.",
        ("credit assignment",), "",
        ("backpropagation", "three-factor-rule", "weight-transport"), _HERE, ("lillicrap2020",),
    ),
)  # fmt: skip
