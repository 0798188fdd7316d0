"""Use it or lose it: a schedule of uses through a synapse with several variables, a synapse with one, and small networks.

`course` arrays, by moment n of the schedule: `instants` f4 (n,) s since the first use; `levels` f4 (m, n) of the beakers; `control` f4
(n,) of the single trace; `recall`, `recall_error` f4 (n,): overlap of the networks' answers with the target, mean and standard error;
`weight_size` f4 (n,): length of all weights relative to the first moment; `answers` f4 (n, outputs), `target` f4 (outputs,) of the first
network; `uses` f4 (r,) s; `lost` f4 (r,): what each use could not pour in. Since the last use: `since` f4 (q,) s and `kept_chain`,
`kept_control`, `kept_recall`, `kept_error` f4 (q,).
`spacing` arrays, by gap, of what remains `retention` after the last use: `gaps` f4 (g,) s; `chain`, `linear` (with and without the limit),
`control`, `recall`, `recall_error` f4 (g,); `gain`, `gain_error` f4 (g,): recall against that at the shortest gap, network by network.
The last use falls on the same hour at every gap, so that the networks have met the others equally often.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.brain.complex_synapse import BeakerChain, Course, course, exponential
from models.experiments.memory_network import Networks
from models.specs.forgetting import DAY, HOUR, INTERVALS, MINUTE
from models.specs.memory import MemorySpec
from models.types import Array

Progress = Callable[[float, str], None]
Answer = tuple[dict[str, Any], dict[str, Array]]
Values = NDArray[np.float64]
GAPS: Final = (1.0, 10.0, MINUTE, 5 * MINUTE, 20 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY)
_SINCE: Final = np.concatenate((np.geomspace(MINUTE, 31 * DAY, 60), INTERVALS))
_SINCE.sort()


def build(spec: MemorySpec) -> Memory:
    return Memory(spec)


def schedule(repetitions: int, gap: float) -> Values:
    """Seconds of the uses, the first at 0."""
    return np.arange(repetitions, dtype=np.float64) * gap


def moments(uses: Values, end: float, axes: str) -> Values:
    """Instants to look at, ascending, from 0 to `end` seconds: over the whole axis, and around every use."""
    linear = axes == "linear"
    whole = np.linspace(0, end, 121) if linear else np.concatenate(([0.0], np.geomspace(1.0, end, 120)))
    least = end / 240 if linear else 1.0
    around = [whole, uses, np.maximum(uses - min(1e-3, 0.01 * least), 0.0)]
    around += [uses + step for step in np.geomspace(least, max(4 * least, 0.4 * (uses[1] - uses[0]) if len(uses) > 1 else 0), 4)]
    every = np.unique(np.concatenate(around))
    return every[every <= end].astype(np.float64)


class Memory:
    """One analysis; `analyse` returns (JSON result, arrays), as the part that is asked for describes them."""

    def __init__(self, spec: MemorySpec) -> None:
        self.spec = spec
        self.limit = spec.limit if spec.bounded else None
        self.chain = BeakerChain(spec.beakers, spec.fastest)

    def analyse(self, images: dict[str, bytes], progress: Progress) -> Answer:
        progress(0.0, "computing")
        return self._course() if self.spec.part == "course" else self._spacing()

    def _course(self) -> Answer:
        spec = self.spec
        uses = schedule(spec.repetitions, spec.gap)
        end = uses[-1] + spec.retention
        instants = moments(uses, end, spec.axes)
        since = uses[-1] + _SINCE
        looks = np.unique(np.concatenate((instants, since)))
        chain = course(self.chain, uses, limit=self.limit)
        recalled = Networks(spec, float(looks[-1])).recalled(uses, looks)
        here, later = np.searchsorted(looks, instants), np.searchsorted(looks, since)
        control = exponential(uses, looks, spec.lifetime, limit=self.limit)
        size = recalled.size.mean(axis=0)
        arrays = {
            "instants": instants,
            "levels": chain.levels(instants),
            "control": control[here],
            "recall": recalled.mean[here],
            "recall_error": recalled.error[here],
            "weight_size": size[here] / size[here[0]],
            "answers": recalled.answers[here],
            "target": recalled.target,
            "uses": uses,
            "lost": chain.lost,
            "since": _SINCE,
            "kept_chain": chain.levels(since)[0],
            "kept_control": control[later],
            "kept_recall": recalled.mean[later],
            "kept_error": recalled.error[later],
        }
        return self._told(chain, end), {name: np.asarray(values, np.float32) for name, values in arrays.items()}

    def _told(self, chain: Course, end: float) -> dict[str, Any]:
        """Spans of the chain in seconds, and how steeply its strength falls at the end: d log u₁ / d log(time since the last use)."""
        waited = end - chain.uses[-1]
        near = chain.levels(chain.uses[-1] + waited * np.array([0.98, 1.02]))[0]
        slope = float(np.log(near[1] / near[0]) / np.log(1.02 / 0.98)) if near.min() > 0 else None
        return {
            "first_exchange": 8 * self.chain.fastest,
            "slowest": self.chain.slowest,
            "slope": slope,
            "lost_share": float(chain.lost.sum() / self.spec.repetitions),
            "widths": self.chain.widths.tolist(),
        }

    def _spacing(self) -> Answer:
        spec = self.spec
        between = spec.repetitions - 1
        longest = between * GAPS[-1]
        networks = Networks(spec, longest + spec.retention)
        overlaps = {}
        for gap in reversed(GAPS):  # the longest begins first; the others wait, so that all end together
            networks.wait(longest - between * gap - networks.hour * HOUR)
            uses = schedule(spec.repetitions, gap)
            overlaps[gap] = networks.recalled(uses, uses[-1:] + spec.retention).overlap[:, 0]
        overlap = np.stack([overlaps[gap] for gap in GAPS])
        gain = overlap - overlap[0]
        kept = np.array([self._kept(gap) for gap in GAPS])
        arrays = {
            "gaps": np.array(GAPS),
            **dict(zip(("chain", "linear", "control"), kept.T, strict=True)),
            **dict(zip(("recall", "recall_error"), _mean(overlap), strict=True)),
            **dict(zip(("gain", "gain_error"), _mean(gain), strict=True)),
        }
        return {"networks": overlap.shape[1]}, {name: np.asarray(values, np.float32) for name, values in arrays.items()}

    def _kept(self, gap: float) -> tuple[float, float, float]:
        """What the synapses keep of uses with this gap: the chain with the limit, without one, and the single trace."""
        spec = self.spec
        uses = schedule(spec.repetitions, gap)
        look = uses[-1:] + spec.retention
        bounded, linear = (float(course(self.chain, uses, limit=limit).levels(look)[0, 0]) for limit in (spec.limit, None))
        return bounded, linear, float(exponential(uses, look, spec.lifetime, limit=self.limit)[0])


def _mean(values: Values) -> tuple[Values, Values]:
    """Mean and standard error over networks, (gaps,) each, of (gaps, networks)."""
    return values.mean(axis=1), values.std(axis=1, ddof=1) / math.sqrt(values.shape[1])
