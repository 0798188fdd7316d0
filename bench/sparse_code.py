"""The sparse code alone: what its atoms are after seconds of compute, what one update costs, and what fits cost."""

from __future__ import annotations

import time
from typing import Any, Final

from bench.percentiles import significant
from models.brain.sparse_coding import PATCHES, Dictionary, SparseCoding
from models.experiments.convnet_brain import summary
from models.probes.gabor_fit import R2, gabor_fits
from models.tasks.natural_patches import SIDE, NaturalPatches

SECONDS: Final = (1, 3, 9)
"""Of processor time: a trial implementation with 9 s gave 90% with R² over .7, nx .32, ny .81, blobs 10%."""
SEED: Final = 1


def measure() -> dict[str, Any]:
    """By seconds of compute: updates, share of atoms with R² over .7, median nx and ny, share of blobs."""
    dictionary = Dictionary(SEED)
    rule = SparseCoding(dictionary, NaturalPatches(SEED, PATCHES), {})
    dictionary.apply(rule.learn(0))  # compiles
    gabor_fits(dictionary.atoms[:1].reshape(-1, SIDE, SIDE))
    figures: dict[str, Any] = {}
    spent = 0.0
    for seconds in SECONDS:
        while spent < seconds:
            begun = time.thread_time()
            dictionary.apply(rule.learn(rule.made))
            spent += time.thread_time() - begun
        begun = time.thread_time()
        fits = gabor_fits(dictionary.atoms.reshape(-1, SIDE, SIDE))
        fitting = time.thread_time() - begun
        found = {name: value and significant(value) for name, value in summary(fits).items()}
        figures[f"{seconds}_s"] = {"updates": rule.made, "gabors": significant(float((fits[:, R2] > 0.7).mean())), **found}
    return {**figures, "update_ms": significant(1000 * spent / rule.made), "all_fits_s": significant(fitting)}
