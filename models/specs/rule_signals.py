"""What runs back through a dense network under each rule, so that a page speaks of an error only where there is one. Torch-free."""

from __future__ import annotations

from typing import Final, Literal

from models.specs.dense import DenseRuleName
from models.specs.rules import RULES

Signal = Literal["gradient", "error", "difference", "output", "own", "scalar"]
SIGNALS: Final[dict[DenseRuleName, Signal]] = {
    "backpropagation": "gradient",
    "feedback_alignment": "error",
    "direct_feedback_alignment": "error",
    "sign_symmetric": "error",
    "predictive_coding": "difference",
    "equilibrium_propagation": "difference",
    "output_only": "output",
    "hebb": "own",
    "oja": "own",
    "bcm": "own",
    "forward_forward": "own",
    "three_factor": "scalar",
    "weight_perturbation": "scalar",
}
"""What a hidden unit's `delta` is: the loss's derivative; an error that came down another way; a difference of activity; nothing (the
error stays at the output); a factor of the layer's own; noise times one number that is the same for all."""


def told(rule: DenseRuleName) -> dict[str, str]:
    """{name, title, signal} of a rule, for a view."""
    return {"name": rule, "title": RULES[rule].title, "signal": SIGNALS[rule]}
