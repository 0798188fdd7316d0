"""What a unit of the brain models prefers: the known optimum where there is one, and the packaged pictures' patches that drive it most."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from PIL import Image

from models.experiments.brain_units import KnownOptimum, box_of, brain_answers, cell_number, gabor_optimum, spot_optimum, stored_patch
from models.experiments.hierarchy_brain import ladder
from models.experiments.network_units import SHOWN, best_patches
from models.experiments.progress import Arrays, Progress, within
from models.probes.receptive_field import Box
from models.specs.pictures import PICTURES
from models.specs.unit_preference import PATCHES, UnitPreferenceSpec
from models.tasks.pictures import picture_pixels
from models.types import Array, Refused

_PATCH = 96
"""Side in which patches are handed over, in pixels: fields of one rung differ in size here."""


def brain_preference(spec: UnitPreferenceSpec, progress: Progress) -> tuple[dict[str, Any], Arrays]:
    """Result and arrays as the network's; `climb` is null, `known` has the optimum's two drives;
    arrays `image` and `noise` with it, `stored` f4 (4, side, side) for a stored patch. Raises Refused."""
    rungs = brain_answers(within(progress, 0.0, 0.95, "showing the packaged pictures to the models"))
    answers = rungs[spec.rung]
    if spec.channel >= answers.values.shape[1]:
        raise Refused("channel", f"{spec.rung} has units 0 to {answers.values.shape[1] - 1}; there is no unit {spec.channel}.")
    values = answers.values[:, spec.channel]
    best = best_patches(values, PATCHES)
    boxes = [box_of(spec.rung, spec.channel, answers, index) for index in best]
    arrays: Arrays = {"patches": np.stack([_patch(index, box) for index, box in zip(best, boxes, strict=True)])}
    known = _known(spec)
    if known is not None:
        arrays |= {"image": known.image, "noise": known.noise}
    if spec.rung in ("s2", "c2"):
        arrays["stored"] = stored_patch(spec.channel)
    result = {
        "unit": {"side": "brain", "rung": spec.rung, "channel": spec.channel, "channels": answers.values.shape[1]},
        "field": {"size": max(box.right - box.left for box in boxes), "shown": asdict(boxes[0]), "input": 224},
        "climb": None,
        "known": None if known is None else {"reached": known.drive, "noise": known.noise_drive},
        "pictures": {"searched": SHOWN, "median": float(np.median(values)), "largest": float(values.max())},
        "patches": [
            {"title": PICTURES[index].title, "credit": PICTURES[index].photograph.credit, "value": float(values[index]), "box": asdict(box)}
            for index, box in zip(best, boxes, strict=True)
        ],
    }
    progress(1.0, "done")
    return result, arrays


def _known(spec: UnitPreferenceSpec) -> KnownOptimum | None:
    """V1 cells and ganglion cells have an optimum in closed form; maxima and stored patches have none."""
    if spec.rung in ("v1_simple", "v1_complex"):
        return gabor_optimum(ladder().population.cell(cell_number(spec.rung, spec.channel)), spec.seed)
    return spot_optimum(spec.channel, spec.seed) if spec.rung == "retina" else None


def _patch(index: int, box: Box) -> Array:
    inside = box.clipped(224)
    cut = picture_pixels(PICTURES[index])[inside.top : inside.bottom, inside.left : inside.right]
    return np.asarray(Image.fromarray(np.ascontiguousarray(cut)).resize((_PATCH, _PATCH), Image.Resampling.BICUBIC))
