"""Light: one photograph from dawn to noon through a fixed and an adapting response, and the threshold against the background.

`adaptation` arrays: `levels` f4 (n,) log10 of the light relative to the photograph's own; `photograph` u1 (h, w) of luminance 0…1;
`fixed`, `adapting` u1 (n, h, w): responses 0…1 as bytes; `kept` f4 (2, n): the part of the response range between the photograph's 5th
and 95th percentile, fixed then adapting; `curve_light` f4 (m,), `fixed_curve` f4 (m,), `adapting_curve` f4 (n, m): the curves themselves.
`thresholds` arrays: `background`, `threshold`, `slope` f4 (n,), `parts` f4 (3, n): what each of the three noises alone would set;
`stem` f4 (2, k): background and the light that moves the network's stem by what it takes in the dark, relative to that.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.brain.normalisation import Adaptation, adapted, increment_threshold, naka_rushton, threshold_slope
from models.brain.retina import luminance
from models.experiments.perception_stem import stem_thresholds
from models.specs.perception import PerceptionSpec
from models.tasks.crops import centre_crop, network_pixels
from models.tasks.photographs import decode
from models.tasks.samples import is_sample, sample_bytes
from models.types import Array, Refused

LEVELS = 51
DARKEST, BRIGHTEST = -2.5, 2.5
_SHOWN = 112
_NIGHT = 0.003
"""Half-saturation that is left in the dark, in units of the photograph's mean: adaptation has a floor."""
_BACKGROUNDS = np.linspace(-2, 7, 91)


def photograph(image: str, images: dict[str, bytes]) -> NDArray[np.uint8]:
    """(224, 224, 3) pixels of a packaged or an uploaded photograph. Raises Refused."""
    if not is_sample(image) and image not in images:
        raise Refused("image", "This photograph is no longer kept. Photographs expire: choose it again.")
    pixels = decode(sample_bytes(image) if is_sample(image) else images[image]).pixels
    return network_pixels(pixels, centre_crop(*pixels.shape[1::-1]))


def adaptation(spec: PerceptionSpec, images: dict[str, bytes]) -> tuple[dict[str, Any], dict[str, Array]]:
    """The response is Lⁿ/(Lⁿ + Hⁿ) with n = 1 and H fixed, or H = mean light + a floor (Naka and Rushton 1966; adaptation after
    Normann and Perlman 1979). Light is relative to the photograph's mean luminance at level 0. Raises Refused."""
    small = np.asarray(Image.fromarray(photograph(spec.image, images)).resize((_SHOWN, _SHOWN), Image.Resampling.BOX))
    seen = luminance(np.moveaxis(small, 2, 0).astype(np.float32) / np.float32(255)).astype(np.float64)
    relative = seen / max(float(seen.mean()), 1e-4)
    levels = np.linspace(DARKEST, BRIGHTEST, LEVELS)
    curve = np.linspace(DARKEST - 2, BRIGHTEST + 1.5, 121)
    eye, half = Adaptation(dark_half=_NIGHT), 10**spec.fixed_at
    fixed = np.stack([naka_rushton(relative * 10**level, 1.0, half, 1.0) for level in levels])
    follows = np.stack([adapted(relative * 10**level, 10**level, eye) for level in levels])
    arrays: dict[str, Array] = {
        "levels": levels.astype(np.float32),
        "photograph": _bytes(seen),
        "fixed": _bytes(fixed),
        "adapting": _bytes(follows),
        "kept": np.stack([_kept(fixed), _kept(follows)]),
        "curve_light": curve.astype(np.float32),
        "fixed_curve": np.asarray(naka_rushton(10**curve, 1.0, half, 1.0), np.float32),
        "adapting_curve": np.stack([adapted(10**curve, 10**level, eye) for level in levels]).astype(np.float32),
    }
    return {"night": _NIGHT, "spread": [float(value) for value in np.percentile(np.log10(relative + 1e-3), (5, 95))]}, arrays


def _bytes(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    return (np.clip(values, 0, 1) * 255).round().astype(np.uint8)


def _kept(responses: NDArray[np.float64]) -> NDArray[np.float32]:
    low, high = np.percentile(responses, (5, 95), axis=(1, 2))
    return np.asarray(high - low, np.float32)


def thresholds(spec: PerceptionSpec) -> tuple[dict[str, Any], dict[str, Array]]:
    """The observer of `models.brain.normalisation`, and EfficientNet's stem on even fields with an edge."""
    observer = Adaptation(dark_events=spec.dark_events, response_noise=spec.response_noise)
    light = 10**_BACKGROUNDS
    from_response = 4 * observer.response_noise * (light + observer.dark_half) / observer.exponent
    parts = np.stack([np.full_like(light, np.sqrt(observer.dark_events)), np.sqrt(light), from_response]) * observer.criterion
    arrays: dict[str, Array] = {
        "background": light,
        "threshold": increment_threshold(light, observer),
        "slope": threshold_slope(light, observer),
        "parts": parts,
        "stem": stem_thresholds(),
    }
    return {"weber": 4 * observer.response_noise / observer.exponent}, {name: values.astype(np.float32) for name, values in arrays.items()}
