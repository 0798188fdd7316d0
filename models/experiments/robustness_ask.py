"""What a running convolutional network can be asked about its robustness: held-out images at one level of a distortion."""

from __future__ import annotations

import base64
from typing import Any

from pydantic import Field

from models.experiments.robustness_digits import accuracy, distorted_digits, held_out
from models.specs.robustness import SCALES, Distortion
from models.specs.robustness_published import interval
from models.types import Ask, AskParameters, Refused


class Robustness(AskParameters):
    """`example`: which held-out image is shown."""

    distortion: Distortion = "noise"
    level: float = Field(0.0, ge=0, le=360, allow_inf_nan=False)
    seed: int = Field(0, ge=0, le=2**31 - 1)
    count: int = Field(200, ge=1, le=1000)
    example: int = Field(0, ge=0, le=999)


def robustness_ask(lab: Any) -> Ask:
    """Of the live convolutional network's trial."""

    def answer(asked: Robustness) -> dict[str, Any]:
        scale = SCALES[asked.distortion]
        if not min(scale.levels) <= asked.level <= max(scale.levels):
            raise Refused("level", f"level: {scale.title.lower()} goes from {min(scale.levels):g} to {max(scale.levels):g}.")
        images, labels = held_out(lab, asked.count)
        changed = distorted_digits(images, asked.distortion, asked.level, asked.seed)
        share = accuracy(lab, changed, labels)
        low, high = interval(share, len(labels))
        example = min(asked.example, len(labels) - 1)
        shown = changed[example]
        return {
            "accuracy": share,
            "low": low,
            "high": high,
            "n": len(labels),
            "shown": {"pixels": base64.b64encode(shown.tobytes()).decode(), "shape": list(shown.shape), "label": int(labels[example])},
        }

    return Ask("The share of held-out images that the present weights name rightly at one level of a distortion.", Robustness, answer)
