"""A rule for a dense network by its name. Each rule's module is imported when somebody asks for it."""

from __future__ import annotations

import importlib
from typing import Any, Final

from models.rules.dense_rule import DenseRule
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner

_CLASSES: Final = {
    "backpropagation": "Backpropagation",
    "feedback_alignment": "FeedbackAlignment",
    "direct_feedback_alignment": "DirectFeedbackAlignment",
    "sign_symmetric": "SignSymmetric",
    "output_only": "OutputOnly",
    "hebb": "Hebb",
    "oja": "Oja",
    "bcm": "BCM",
    "three_factor": "ThreeFactor",
    "predictive_coding": "PredictiveCoding",
    "equilibrium_propagation": "EquilibriumPropagation",
    "forward_forward": "ForwardForward",
    "weight_perturbation": "WeightPerturbation",
    "composed": "Composed",
}
"""Name of the rule, which is its module's name → its class."""


def make(
    name: str, network: LayeredLearner, batches: Batches, loss_code: int, optimiser: Optimiser, seed: int, recipe: Any = None
) -> DenseRule:
    """`recipe` (models.specs.rules.Recipe) goes to a composed rule only."""
    made = getattr(importlib.import_module(f"models.rules.{name}"), _CLASSES[name])
    further = {"recipe": recipe} if name == "composed" else {}
    rule: DenseRule = made(network, batches, loss_code, optimiser, seed, **further)
    return rule
