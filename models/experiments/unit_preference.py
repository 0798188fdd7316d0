"""What a unit prefers: an image found by climbing its slope, and the packaged pictures' patches that drive it most.

Result: `unit`, `field`, `climb` (null where nothing is climbed), `patches` [{title, value, credit, row, column, box}].
Arrays: `image` u1 (side, side, 3), `noise` likewise (the start), `drive` f4 (n, 2): step and drive, `patches` u1 (9, p, p, 3).
Previews hold `image` and `drive` as they stand.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import torch

from models.experiments.brain_preference import brain_preference
from models.experiments.network_units import SHOWN, Centre, best_patches, centre_of, field_of, patch, picture_answers, unit_drive
from models.experiments.progress import Arrays, Progress, within
from models.networks.opened import Opened, opened
from models.probes.activation_maximisation import ActivationMaximisation, Climb
from models.probes.receptive_field import Box
from models.specs.pictures import PICTURES
from models.specs.unit_preference import PATCHES, UnitPreferenceSpec
from models.types import Array, Refused

_LOOKS = 24
"""Previews of a climb."""
_STILL = 32
"""Fields smaller than this, in pixels, are not moved: a step aside would be another field."""


def build(spec: UnitPreferenceSpec) -> UnitPreference:
    return UnitPreference(spec)


class UnitPreference:
    """One analysis; it reads no upload."""

    def __init__(self, spec: UnitPreferenceSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], Arrays]:
        """Raises Refused for a channel that the stage does not have."""
        if self.spec.side == "brain":
            return brain_preference(self.spec, progress)
        torch.set_num_threads(1)
        progress(0.0, "preparing the network")
        network = opened(self.spec.network)
        answers = picture_answers(network, within(progress, 0.0, 0.15, "looking at the packaged pictures"))[self.spec.rung]
        channels = answers.values.shape[1]
        if self.spec.channel >= channels:
            raise Refused("channel", f"{self.spec.rung} has channels 0 to {channels - 1}; there is no channel {self.spec.channel}.")
        field = field_of(network, self.spec.rung)
        centre = centre_of(field)
        values = answers.values[:, self.spec.channel]
        best = best_patches(values, PATCHES)
        places = [divmod(int(answers.places[index, self.spec.channel]), answers.width) for index in best]
        boxes = [field.box(*place) for place in places]
        arrays: Arrays = {"patches": np.stack([patch(PICTURES[index], box) for index, box in zip(best, boxes, strict=True)])}
        climb = self._climb(network, centre, arrays, progress)
        result = {
            "unit": {"side": "network", "rung": self.spec.rung, "channel": self.spec.channel, "channels": channels},
            "field": {"size": field.size, "shown": asdict(centre.box), "input": centre.side},
            "climb": climb,
            "known": None,
            "pictures": {"searched": SHOWN, "median": float(np.median(values)), "largest": float(values.max())},
            "patches": [_told(index, float(values[index]), place, box) for index, place, box in zip(best, places, boxes, strict=True)],
        }
        progress(1.0, "done")
        return result, arrays

    def _climb(self, network: Opened, centre: Centre, arrays: Arrays, progress: Progress) -> dict[str, Any]:
        spec = self.spec
        jitter = spec.jitter if min(centre.side, centre.box.right - centre.box.left) >= _STILL else 0
        climb = ActivationMaximisation(
            unit_drive(network, spec.rung, spec.channel, centre), Climb(centre.side, spec.seed, spec.smooth, jitter)
        )
        arrays["noise"] = _within(climb.pixels(), centre)
        drive = [(0, climb.noise_drive)]
        every = max(1, spec.steps // _LOOKS)
        for step in range(1, spec.steps + 1):
            climb.step()
            if step % every == 0 or step == spec.steps:
                drive.append((step, climb.measure()))
                shown = {"image": _within(climb.pixels(), centre), "drive": np.array(drive, np.float32), "patches": arrays["patches"]}
                progress(0.15 + 0.85 * step / spec.steps, f"climbing: step {step} of {spec.steps}", shown)
        arrays |= {"image": _within(climb.pixels(), centre), "drive": np.array(drive, np.float32)}
        return {"noise": climb.noise_drive, "reached": drive[-1][1], "jitter": jitter, "smooth": spec.smooth, "steps": spec.steps}


def _told(index: int, value: float, place: tuple[int, int], box: Box) -> dict[str, Any]:
    picture = PICTURES[index]
    about = {"title": picture.title, "credit": picture.photograph.credit, "value": value}
    return {**about, "row": place[0], "column": place[1], "box": asdict(box)}


def _within(pixels: Array, centre: Centre) -> Array:
    """Only the pixels that reach the unit."""
    box = centre.box
    return np.ascontiguousarray(pixels[box.top : box.bottom, box.left : box.right])
