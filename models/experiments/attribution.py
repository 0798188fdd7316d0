"""Why this label: Grad-CAM at a stage, an occlusion map, and both checks that a map depends on what was learned.

Grad-CAM (Selvaraju et al. 2017, 10.1109/ICCV.2017.74): a stage's channels, each weighed by the mean slope of the label's logit on
it, summed. Values below zero are kept here (the published map cuts them). Occlusion (Zeiler and Fergus 2014,
10.1007/978-3-319-10590-1_53): the label's probability without a grey square minus with it, averaged over the squares that cover a
pixel. Both by captum. The check (Adebayo et al. 2018, arXiv:1810.03292): weights are drawn anew from the label downwards, stage
by stage, and each time Grad-CAM's map is compared with the first by Spearman's rank correlation.

Arrays: `cam` and `occlusion` f4 (h, w); `randomised` f4 (steps, h, w); `input` u1 (224, 224, 3).
Result: `label`, `labels`, `stage`, `occlusion` {window, stride, looks, whole}, `check` [{stage,
correlations: one a draw}], `units` (h · w), `flat` (Grad-CAM's map tells no order), `even` (the picture is the same everywhere).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from scipy.stats import rankdata
from torch import Tensor, nn

from models.experiments.hierarchy_images import is_even, seen
from models.experiments.progress import Arrays, Progress
from models.networks.opened import Opened, label_names, opened, randomise, settle
from models.specs.attribution import LABELS, AttributionSpec
from models.specs.feature_hierarchy import SAMPLES
from models.types import Array

_AT_ONCE = 4
"""Occluded photographs in one forward pass: more are slower on one thread, as they leave its cache."""
DRAWS = 3
"""Draws of random weights in the check: a last stage has 49 units, and one draw alone may look alike by chance."""
_ROUNDING = 1e-5
"""Differences below this share of a map's largest value are rounding of float32."""
_SETTLING = 4
"""Packaged photographs that set the scale of randomised stages."""


def build(spec: AttributionSpec) -> Attribution:
    return Attribution(spec)


class Attribution:
    """One analysis: a photograph in, maps out."""

    def __init__(self, spec: AttributionSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], Arrays]:
        """Raises Refused."""
        torch.set_num_threads(1)
        progress(0.0, "preparing the network")
        network, pixels = opened(self.spec.network), seen(self.spec.image, images)
        stage = self.spec.stage or network.known.stages[-1]
        image = network.prepare(pixels)
        with torch.no_grad():
            probabilities = network(image)[0].softmax(0)
        best = probabilities.topk(LABELS)
        target = int(best.indices[self.spec.label - 1])
        arrays: Arrays = {"input": pixels, "cam": grad_cam(network, network.rungs[stage], image, target)}
        progress(0.05, "hiding parts of the photograph", dict(arrays))
        arrays["occlusion"], looks = self._occluded(network, image, target, arrays, progress)
        check, arrays["randomised"] = self._check(network, stage, image, target, arrays, progress)
        names = label_names()
        result = {
            "label": names[target][0],
            "labels": [
                {"name": names[int(index)][0], "probability": float(value)} for value, index in zip(best.values, best.indices, strict=True)
            ],
            "stage": stage,
            "units": int(arrays["cam"].size),
            "flat": flat(arrays["cam"]),
            "even": is_even(pixels),
            "occlusion": {"window": self.spec.window, "stride": self.spec.stride, "looks": looks, "whole": float(probabilities[target])},
            "check": check,
            "draws": DRAWS,
        }
        progress(1.0, "done")
        return result, arrays

    def _occluded(self, network: Opened, image: Tensor, target: int, arrays: Arrays, progress: Progress) -> tuple[Array, int]:
        """f4 (224, 224): what hiding each pixel's surroundings takes from the label's probability; and how many squares were tried."""
        from captum.attr import Occlusion

        looks = windows(image.shape[-1], self.spec.window, self.spec.stride) ** 2
        answered = 0

        def probability(hidden: Tensor) -> Tensor:
            nonlocal answered
            answered += len(hidden)
            progress(0.05 + 0.6 * min(1, answered / (looks + 1)), f"hiding parts of the photograph: {min(answered, looks):,} of {looks:,}")
            with torch.no_grad():
                chosen: Tensor = network(hidden).softmax(1)[:, target]
            return chosen

        side, stride = self.spec.window, self.spec.stride
        grey = network.scale(torch.full((1, 3, 1, 1), 127.0))
        drawn = Occlusion(probability).attribute(
            image,
            sliding_window_shapes=(3, side, side),
            strides=(3, stride, stride),
            baselines=grey.expand_as(image),
            perturbations_per_eval=_AT_ONCE,
        )
        found: Array = drawn[0, 0].to(torch.float32).numpy()
        progress(0.65, "drawing weights anew", {**arrays, "occlusion": found})
        return found, looks

    def _check(
        self, network: Opened, stage: str, image: Tensor, target: int, arrays: Arrays, progress: Progress
    ) -> tuple[list[dict[str, Any]], Array]:
        """Rank correlations with the first map after each further stage, from the label down, has lost what it had learned: one for
        each of several draws of weights. The maps are those of the first draw."""
        samples = torch.cat([network.prepare(seen(f"sample:{sample.name}", {})) for sample in SAMPLES[:_SETTLING]])
        # What lies below the first random part answers as before, so each pass begins there.
        seen_samples, seen_image = entries(network, samples), entries(network, image)
        at = network.known.stages.index(stage)
        names = ["label", *reversed(network.known.stages)]
        correlations: list[list[float | None]] = [[] for _ in names]
        maps = [arrays["cam"]]
        for draw in range(DRAWS):
            twin = network.twin()
            parts = [*twin.rungs.values(), twin.readout]
            for number, name in enumerate(names):
                index = len(parts) - 1 - number
                randomise(parts[index], self.spec.seed + 1000 * draw + number)
                settle(nn.Sequential(*parts[index:]), seen_samples[index])
                start = min(index, at)
                drawn = grad_cam(nn.Sequential(*parts[start:]), parts[at], seen_image[start], target)
                correlations[number].append(rank_correlation(maps[0], drawn))
                if draw == 0:
                    maps.append(drawn)
                done = (draw * len(names) + number + 1) / (DRAWS * len(names))
                progress(
                    0.65 + 0.35 * done,
                    f"drawing weights anew: {name}, draw {draw + 1} of {DRAWS}",
                    {**arrays, "randomised": np.stack(maps)},
                )
        told = [{"stage": name, "correlations": found} for name, found in zip(names, correlations, strict=True)]
        return told, np.stack(maps)


@torch.no_grad()
def entries(network: Opened, image: Tensor) -> list[Tensor]:
    """What goes into each stage, and last into the readout."""
    return [image, *(activation for _, activation, _ in network.climbed(image))]


def grad_cam(network: nn.Module, layer: nn.Module, given: Tensor, target: int) -> Array:
    """f4 (h, w) of a layer, before the published cut at 0. `given`: what `network` takes."""
    from captum.attr import LayerGradCam

    with torch.enable_grad():
        followed = given.detach().clone().requires_grad_(True)
        drawn = LayerGradCam(network, layer).attribute(followed, target=target, relu_attributions=False)
    found: Array = drawn[0, 0].detach().to(torch.float32).numpy().copy()
    return found


def windows(side: int, window: int, stride: int) -> int:
    """How many places a window takes along one side; the last one may reach over the edge."""
    return 1 + -(-max(0, side - window) // stride)


def flat(values: Array) -> bool:
    """Whether ranks of these values say nothing: they differ by rounding alone, or more than half of them are one and the same."""
    largest = float(np.abs(values).max())
    if float(np.ptp(values)) <= _ROUNDING * largest:
        return True
    _, counts = np.unique(values, return_counts=True)
    return bool(counts.max() > values.size / 2)


def rank_correlation(first: Array, second: Array) -> float | None:
    """Spearman's; null where one of them is the same everywhere."""
    a, b = (rankdata(values.ravel()) for values in (first, second))
    if a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])
