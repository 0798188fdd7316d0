"""Representational similarity: how every rung of both sides groups the same pictures, and how alike the groupings are.

Result: `pictures` [{title, kind, credit}], `rungs` [{side: pixels | brain | network | random | people, name, units, size}],
`draws`, `published` null or {people, ceiling: [lower, upper]}, `how_to_get`.
Arrays, with m rungs and n pictures: `matrices` f4 (m, n, n) of 1 − r; `rank`, `rank_low`, `rank_high`, `cka`, `cka_plain` f4 (m, m);
`thumbnails` u1 (n, 64, 64, 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from PIL import Image

from models.experiments.progress import Arrays, Progress
from models.experiments.similarity_rungs import UNITS, Rung, brain_rungs, network_rungs, pixel_rung, random_twin
from models.networks.opened import opened
from models.probes.similarity_matrices import alignments, bootstrap, dissimilarities, kernel, noise_ceiling, pairs, rank_correlations
from models.specs.pictures import PICTURES
from models.specs.similarity import HOW_TO_GET_IT, SimilaritySpec
from models.tasks.crops import centre_crop, network_pixels
from models.tasks.it_recordings import Recordings, it_file, it_recordings
from models.tasks.pictures import picture_pixels, uploaded_pixels
from models.types import Array, Refused

_THUMBNAIL = 64


def build(spec: SimilaritySpec) -> Similarity:
    return Similarity(spec)


@dataclass(frozen=True)
class Shown:
    """The pictures in the order of the matrices. `kind` groups them: a photograph, or one's own."""

    pixels: Array
    """u1 (n, 224, 224, 3)"""
    described: list[dict[str, str]]


class Similarity:
    """One analysis of 12 to 92 pictures."""

    def __init__(self, spec: SimilaritySpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], Arrays]:
        """Raises Refused."""
        torch.set_num_threads(1)
        progress(0.0, "preparing the pictures")
        recorded = it_recordings() if self.spec.published else None
        shown = _published(recorded) if recorded else _chosen(self.spec, images)
        rungs = self._rungs(shown.pixels, progress)
        progress(0.8, "comparing the matrices")
        matrices = np.stack([dissimilarities(rung.responses) for rung in rungs])
        kernels = np.stack([kernel(rung.responses) for rung in rungs])
        described = [{"side": rung.side, "name": rung.name, "units": rung.responses.shape[1], "size": rung.size} for rung in rungs]
        published = None
        if recorded:
            matrices = np.concatenate([matrices, recorded.matrices.mean(axis=0)[None]])
            described.append({"side": "people", "name": "IT", "units": 0, "size": 0})
            published = _published_facts(recorded, matrices)
        arrays = _compared(matrices, kernels, self.spec, progress)
        arrays["thumbnails"] = np.stack([_thumbnail(picture) for picture in shown.pixels])
        result = {
            "pictures": shown.described,
            "rungs": described,
            "draws": self.spec.draws,
            "most_units": UNITS,
            "published": published,
            "recordings_installed": it_file() is not None,
            "how_to_get": HOW_TO_GET_IT,
        }
        progress(1.0, "done")
        return result, arrays

    def _rungs(self, pixels: Array, progress: Progress) -> list[Rung]:
        spec = self.spec
        network = opened(spec.network)
        twin = random_twin(network, spec.seed, pixels)
        return [
            *pixel_rung(pixels, spec.seed),
            *brain_rungs(pixels, spec.seed, progress, 0.05, 0.4),
            *network_rungs(network, pixels, "network", spec.seed, progress, 0.4, 0.6),
            *network_rungs(twin, pixels, "random", spec.seed, progress, 0.6, 0.8),
        ]


def _compared(matrices: Array, kernels: Array, spec: SimilaritySpec, progress: Progress) -> Arrays:
    """CKA needs responses: a row and column of people's matrix stays empty there."""
    low, high = bootstrap(matrices, spec.draws, spec.seed)
    progress(0.95, "comparing the matrices")
    found = {"rank": rank_correlations(np.stack([pairs(matrix) for matrix in matrices])), "rank_low": low, "rank_high": high}
    for name, debiased in (("cka", True), ("cka_plain", False)):
        whole = np.full((len(matrices), len(matrices)), np.nan)
        whole[: len(kernels), : len(kernels)] = alignments(kernels, debiased)
        found[name] = whole
    return {"matrices": matrices.astype(np.float32), **{name: values.astype(np.float32) for name, values in found.items()}}


def _chosen(spec: SimilaritySpec, images: Mapping[str, bytes]) -> Shown:
    """The packaged pictures photograph by photograph, then one's own in the order given. Raises Refused."""
    packaged = sorted(
        PICTURES[: spec.packaged], key=lambda picture: PICTURES.index(next(p for p in PICTURES if p.photograph == picture.photograph))
    )
    pixels = [picture_pixels(picture) for picture in packaged]
    described = [{"title": picture.title, "kind": picture.photograph.title, "credit": picture.photograph.credit} for picture in packaged]
    for number, name in enumerate(spec.own, start=1):
        if name not in images:
            raise Refused("own", f"Own picture {number} is no longer kept. Pictures expire after an hour: choose it again.")
        pixels.append(uploaded_pixels(images[name]))
        described.append({"title": f"own picture {number}", "kind": "own pictures", "credit": ""})
    return Shown(np.stack(pixels), described)


def _published(recorded: Recordings) -> Shown:
    """The published pictures, cut like every other photograph of the page."""
    pixels = [network_pixels(picture, centre_crop(*picture.shape[1::-1])) for picture in recorded.pictures]
    described = [
        {"title": f"published picture {number}", "kind": "published", "credit": "Kriegeskorte et al. 2008"}
        for number in range(1, len(pixels) + 1)
    ]
    return Shown(np.stack(pixels), described)


def _published_facts(recorded: Recordings, matrices: Array) -> dict[str, Any]:
    """Each rung's mean rank correlation with the single people, and the ceiling that is drawn over it."""
    people = np.stack([pairs(person) for person in recorded.matrices])
    rungs = np.stack([pairs(matrix) for matrix in matrices[:-1]])
    whole = rank_correlations(np.concatenate([rungs, people]))
    means = whole[: len(rungs), len(rungs) :].mean(axis=1)
    lower, upper = noise_ceiling(people)
    return {"people": len(people), "ceiling": [lower, upper], "means": [None if np.isnan(mean) else float(mean) for mean in means]}


def _thumbnail(pixels: Array) -> Array:
    return np.asarray(Image.fromarray(pixels).resize((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BICUBIC))
