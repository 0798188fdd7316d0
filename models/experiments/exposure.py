"""EfficientNet-Lite0 on one photograph in less and in more light: as a camera of fixed exposure takes it, and behind an adapting curve.

Arrays: `levels` f4 (n,) log10 of the light relative to the photograph's own; `camera`, `adapted` f4 (n,): probability of the label that
the network gives the photograph as it is; `stem` f4 (3, n): the stem's mean response in the camera's picture (0…6), its share of silent
units, its share of units at the ceiling; `pictures` u1 (n, 56, 56, 3): what the camera took.
Light is linear: pixel values are decoded (sRGB), multiplied, cut to 0…1, encoded and rounded to 8 bits, as a camera does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.brain.normalisation import Adaptation, adapted
from models.experiments.perception_light import BRIGHTEST, DARKEST, photograph
from models.experiments.perception_stem import CEILING, network
from models.specs.exposure import ExposureSpec
from models.types import Array

Progress = Callable[..., None]
Light = NDArray[np.float64]
_FLOOR = 0.003


def build(spec: ExposureSpec) -> Exposure:
    network()
    return Exposure(spec)


class Exposure:
    def __init__(self, spec: ExposureSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """`images`: content id → bytes. Raises Refused."""
        progress(0.0, "decoding the photograph")
        pixels = photograph(self.spec.image, images)
        light = decoded(pixels)
        mean = max(float(light.mean()), 1e-4)
        levels = np.linspace(DARKEST, BRIGHTEST, self.spec.levels)
        probabilities, _ = _seen(pixels)
        label = int(probabilities.argmax())
        camera, behind, stems, pictures = [], [], [], []
        for number, level in enumerate(levels):
            progress(number / len(levels), f"light {10**level:.3g} times the photograph's own")
            taken = encoded(light * 10**level)
            found, stem = _seen(taken)
            camera.append(found[label])
            stems.append(stem)
            behind.append(_seen(encoded(response(light / mean, level)))[0][label])
            pictures.append(taken[::4, ::4])
        arrays = {"levels": levels, "camera": np.array(camera), "adapted": np.array(behind), "stem": np.array(stems).T}
        shown: dict[str, Array] = {name: values.astype(np.float32) for name, values in arrays.items()}
        shown["pictures"] = np.stack(pictures)
        return {"label": network().labels[label][0], "probability": float(probabilities[label])}, shown


def response(relative: Light, level: float) -> Light:
    """The adapting curve of the page's retina, 0…1, with `relative` light of mean 1 at 10^`level` times that."""
    return np.asarray(adapted(relative * 10**level, 10**level, Adaptation(dark_half=_FLOOR)))


def decoded(pixels: NDArray[np.uint8]) -> Light:
    """sRGB bytes → linear light 0…1 (IEC 61966-2-1)."""
    values = pixels.astype(np.float64) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(light: Light) -> NDArray[np.uint8]:
    """Linear light → sRGB bytes; more than 1 is cut off."""
    cut = np.clip(light, 0, 1)
    values = np.where(cut <= 0.0031308, cut * 12.92, 1.055 * cut ** (1 / 2.4) - 0.055)
    return (values * 255).round().astype(np.uint8)


def _seen(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], tuple[float, float, float]]:
    """(1000,) probabilities, and the stem's mean response, share of silent units and share at the ceiling."""
    judge = network()
    stem, head = (0.0, 0.0, 0.0), None
    for found in judge.responses(judge.prepare(pixels)):
        if found.stage.name == "stem":
            values = found.activation
            stem = (float(values.mean()), float((values <= 0).float().mean()), float((values >= CEILING).float().mean()))
        head = found.activation
    assert head is not None
    return judge.probabilities(head).numpy(), stem
