"""An illusion, and what a round filter and ODOG make of its equal targets.

Arrays, all f4 (256, 256): `picture` luminance 0…1; `dog`, `odog` responses, without unit.
Both models see the picture with 8 or 16 degrees of even grey around it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.brain.odog import odog
from models.brain.retina import difference_of_gaussians
from models.specs.perception import IllusionFields, PerceptionSpec
from models.specs.perception_people import unreported
from models.tasks.illusions import DEGREES, GROUND, PIXELS_PER_DEGREE, Illusion, Shape, Target, draw
from models.types import Array

Picture = NDArray[np.float32]
_AROUND = 8 * PIXELS_PER_DEGREE


def drawn(spec: IllusionFields) -> Illusion:
    return draw(spec.illusion, Shape(spec.size, spec.contrast, spec.grey, spec.wavy))


def round_filter(picture: Picture, centre: float) -> Picture:
    """A round centre less a surround that is twice as wide, both of unit volume, so that even light gives nothing.

    `centre`: radius in degrees. It is ODOG's smallest unit without orientation, sizes or normalisation: what those add is then plain.
    """
    padded = np.pad(picture, _AROUND, constant_values=GROUND)
    response = difference_of_gaussians(padded, PIXELS_PER_DEGREE, centre, 2 * centre, 1.0)
    return response[_AROUND:-_AROUND, _AROUND:-_AROUND]


def differences(values: NDArray[np.floating], pairs: tuple[tuple[Target, Target], ...], span: float | None = None) -> list[float]:
    """For each pair, how much lighter the first target is predicted than the second, in % of the range over the whole picture."""
    reach = float(np.ptp(values)) if span is None else span
    return [0.0 if reach < 1e-6 else 100 * (first.mean(values) - second.mean(values)) / reach for first, second in pairs]


def illusion(spec: PerceptionSpec) -> tuple[dict[str, Any], dict[str, Array]]:
    made = drawn(spec)
    arrays: dict[str, Array] = {
        "picture": made.picture,
        "dog": np.ascontiguousarray(round_filter(made.picture, spec.dog_centre)),
        "odog": np.ascontiguousarray(odog(made.picture, PIXELS_PER_DEGREE, GROUND)),
    }
    result = {
        "degrees": DEGREES,
        "pixels_per_degree": PIXELS_PER_DEGREE,
        "unreported": unreported(spec),
        "pairs": [[asdict(first), asdict(second)] for first, second in made.pairs],
        "luminance": differences(made.picture, made.pairs, 1.0),
        "dog": differences(arrays["dog"], made.pairs),
        "odog": differences(arrays["odog"], made.pairs),
    }
    return result, arrays
