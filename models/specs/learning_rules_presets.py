"""Named starts of the page on learning rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from models.specs.learning_rules_predictions import PREDICTIONS
from models.types import Preset


def _lanes(*rules: str) -> list[dict[str, Any]]:
    return [{"rule": rule} for rule in rules]


_FIXED_FEEDBACK: Final = {"pre": "activity", "post": "slope", "third": "error_fixed", "keep": "none", "output": "delta"}

_STARTS: Final[tuple[Preset, ...]] = (
    Preset("first-look", "Five rules, one network", "The same digits, the same first weights, the same clock: how far does each rule come, and what did each synapse have to be told?", {}),
    Preset(
        "finding-the-angle", "Random feedback finds its way",
        "Follow the angle between each rule’s step and the gradient: fixed random feedback begins at a right angle, and turns as the weights above come to fit it.",
        {"rules": _lanes("feedback_alignment", "direct_feedback_alignment", "sign_symmetric", "backpropagation")},
    ),
    Preset(
        "eight-at-once", "Eight at once",
        "Seven rules and the control. The page shows them all on one clock; by compute seconds the order is another than by updates.",
        {"rules": _lanes("backpropagation", "feedback_alignment", "direct_feedback_alignment", "predictive_coding", "equilibrium_propagation", "oja", "three_factor")},
    ),
    Preset(
        "plane-xor", "Exclusive-or in the plane",
        "Two hidden layers of eight units: each card shows its lane’s answer over the plane. Which rules bend the border round the four squares, and which leave it to the first weights?",
        {"dataset": "xor", "rules": _lanes("backpropagation", "direct_feedback_alignment", "equilibrium_propagation", "three_factor", "bcm")},
    ),
    Preset(
        "local-against-control", "No error, no reward",
        "Hebb, Oja and BCM change the hidden layers by what these see, slowly; the output learns as the control’s does. Whatever they gain or lose against the control, hidden layers did.",
        {"rules": _lanes("hebb", "oja", "bcm")},
    ),
    Preset(
        "reward-alone", "Reward alone",
        "One number for all synapses, and noise that each neuron tries out. Compare it with the control, whose output hears its own errors.",
        {"rules": _lanes("three_factor")},
    ),
    Preset(
        "hurried", "All in too great a hurry",
        "Every rate is thirty times the one that suits. Watch which lanes fall to guessing, which leave the range of numbers and are halted, and what becomes of the control.",
        {"rate_factor": 30.0, "rules": _lanes("backpropagation", "feedback_alignment", "direct_feedback_alignment", "sign_symmetric", "three_factor", "hebb", "oja")},
    ),
    Preset(
        "mnist", "MNIST, 28×28 pixels",
        "5,000 digits of 28×28 pixels and one hidden layer of 64 units: the same rules on twelve times as many inputs.",
        {"dataset": "mnist", "rules": _lanes("backpropagation", "feedback_alignment", "oja", "three_factor")},
    ),
    Preset(
        "composed", "A rule from its ingredients",
        "Slope, sender and the error through fixed B, put together by hand, beside the rule that has them by name: one curve, drawn twice.",
        {"rules": [*_lanes("feedback_alignment"), {"rule": "composed", "recipe": _FIXED_FEEDBACK}, *_lanes("backpropagation")]},
    ),
    Preset(
        "perturbed", "Shaken until it helps",
        "Weight perturbation tries all weights at once and needs no way down; the three-factor rule tries one drive a neuron. The fewer things are tried at a time, the less noise is in a step: which of the two passes the control first?",
        {"dataset": "circle", "rules": _lanes("weight_perturbation", "three_factor", "backpropagation")},
    ),
)  # fmt: skip
PRESETS: Final = tuple(replace(start, prediction=PREDICTIONS[start.name].described() if start.name in PREDICTIONS else None) for start in _STARTS)
