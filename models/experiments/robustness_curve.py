"""Curves over a distortion's levels, measured here: how often EfficientNet-Lite0 keeps its label of packaged photographs, and the
accuracy on held-out digits of two networks that were trained here, one on the digits as they are and one on varied ones.

Result: {levels, curves: [{name, what, n, shares, low, high}]}; intervals are Wilson's, 95%.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from models.experiments.hierarchy_networks import trained_network
from models.experiments.robustness import probabilities
from models.experiments.robustness_digits import DISTORTED, Pair, pair
from models.specs.pictures import PHOTOGRAPHS, Picture
from models.specs.robustness import SCALES, RobustnessCurveSpec
from models.specs.robustness_published import interval
from models.tasks.distortions import distorted
from models.tasks.pictures import picture_pixels
from models.types import Array

Progress = Callable[..., None]


def build(spec: RobustnessCurveSpec) -> RobustnessCurve:
    return RobustnessCurve(spec)


class RobustnessCurve:
    def __init__(self, spec: RobustnessCurveSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        levels = SCALES[self.spec.distortion].levels
        curves = self._photographs(levels, progress) if self.spec.network == "imagenet" else self._digits(levels, progress)
        shares = np.array([curve["shares"] for curve in curves], np.float32)
        return {"levels": list(levels), "curves": curves}, {"shares": shares}

    def _photographs(self, levels: tuple[float, ...], progress: Progress) -> list[dict[str, Any]]:
        """Most of these photographs have no label that all would agree on: what is counted is whether the network keeps its own."""
        network = trained_network()
        pictures = [picture_pixels(Picture(photograph, "whole", None)) for photograph in PHOTOGRAPHS]
        own = [int(probabilities(network, pixels).argmax()) for pixels in pictures]
        kept: list[float] = []
        for number, level in enumerate(levels):
            progress(number / len(levels), f"level {level:g}: {len(pictures)} photographs", _so_far([kept]))
            same = [
                int(probabilities(network, distorted(pixels, self.spec.distortion, level, self.spec.seed + i)).argmax()) == label
                for i, (pixels, label) in enumerate(zip(pictures, own, strict=True))
            ]
            kept.append(sum(same) / len(same))
        what = "share of packaged photographs whose label stays that of the undistorted photograph"
        return [_curve("EfficientNet-Lite0", what, len(pictures), kept)]

    def _digits(self, levels: tuple[float, ...], progress: Progress) -> list[dict[str, Any]]:
        networks = pair(self.spec.seed, lambda share, doing: progress(0.8 * share, doing))
        plain: list[float] = []
        varied: list[float] = []
        for number, level in enumerate(levels):
            progress(0.8 + 0.2 * number / len(levels), f"level {level:g}: {DISTORTED} held-out digits", _so_far([plain, varied]))
            one, two = networks.accuracies(self.spec.distortion, level, self.spec.seed)
            plain.append(one)
            varied.append(two)
        what = "share of held-out MNIST digits named rightly"
        return [
            _curve("trained on digits as they are", what, DISTORTED, plain) | {"seconds": networks.seconds[0]},
            _curve(f"trained on varied digits ({Pair.VARIETY_WORDS})", what, DISTORTED, varied) | {"seconds": networks.seconds[1]},
        ]


def _so_far(curves: list[list[float]]) -> dict[str, Array] | None:
    """`shares` f4 (curves, levels so far); None before the first level."""
    return {"shares": np.array(curves, np.float32)} if curves[0] else None


def _curve(name: str, what: str, n: int, shares: list[float]) -> dict[str, Any]:
    intervals = [interval(share, n) for share in shares]
    low, high = ([ends[side] for ends in intervals] for side in (0, 1))
    return {"name": name, "what": what, "n": n, "shares": shares, "low": low, "high": high}
