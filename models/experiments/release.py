"""What makes one event count more than another: spikes at a releasing synapse, and gradients at a weight, on one sequence of events.

Arrays, n events: `times` ms; `probability`, `pool`, `released` (n,): u, x before the spike, and u·x; `docked`, `freed` u1 (n, sites):
one trial's vesicles before and at the spike; `quanta` (3, n): vesicles released in that trial, by the model, and in the mean of many
trials; `trace_time`, `trace_pool`, `trace_probability` (m,), `trace_response` (2, m) mV: by the model and in that trial, twice at
each spike: before it and after; `gradients`, `mean`, `root` (n,): each event's gradient and Adam's moments m̂ and √v̂;
`deltas`, `weights` (3, n): plain descent, momentum, Adam; `counts` (4, n): released, then |Δw| of the three, relative to the first
event; `rates` Hz, `steady` (p,): released per spike of an endless train.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.brain.poisson import PRESYNAPTIC, interval
from models.brain.short_term_plasticity import Release, Spikes, potential, respond, steady_release, vesicles
from models.experiments.release_steps import steps
from models.specs.release import CLOSEST_MS, ReleaseSpec
from models.splitmix import uniform
from models.types import Array

Progress = Callable[[float, str], None]
Floats = NDArray[np.float64]
TRIALS: Final = 200
_RATES: Final = np.geomspace(0.5, 100, 161)
_FINE: Final = np.geomspace(0.5, 100, 4001)
_NOISE: Final = 7 << 48
"""A stream of its own for the noise of gradients."""


def build(spec: ReleaseSpec) -> ReleaseAndStep:
    return ReleaseAndStep(spec)


class ReleaseAndStep:
    """One analysis of the arrays above; its result holds the model's own predictions and what the curves reach."""

    def __init__(self, spec: ReleaseSpec) -> None:
        self.spec = spec
        self.synapse = Release(spec.use, spec.recovery_ms, spec.facilitation_ms)

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """`images` are not used: no photograph is asked for."""
        progress(0.0, "computing")
        spikes = respond(train(self.spec), self.synapse)
        brain, told = self._synapse(spikes)
        network = self._weight(spikes)
        relative = [spikes.released / spikes.released[0], *(_relative(row) for row in np.abs(network["deltas"]))]
        arrays = {**brain, **network, "counts": np.stack(relative), "rates": _RATES, "steady": steady_release(_RATES, self.synapse)}
        single = {name: values.astype(np.float32) if values.dtype == np.float64 else values for name, values in arrays.items()}
        return {**told, **self._steady()}, single

    def _synapse(self, spikes: Spikes) -> tuple[dict[str, Array], dict[str, Any]]:
        spec, synapse = self.spec, self.synapse
        single = vesicles(spikes, synapse, spec.sites, TRIALS, spec.seed)
        quanta = np.stack([single.counts[0], spec.sites * spikes.released, single.counts.mean(axis=0)])
        at, after = moments(spikes.times, 5 * spec.response_ms)
        responses = [potential(at, after, spikes.times, spec.quantal_mv * sizes, spec.response_ms) for sizes in quanta[1::-1]]
        arrays: dict[str, Array] = {
            "times": spikes.times,
            "probability": spikes.probability,
            "pool": spikes.pool,
            "released": spikes.released,
            "docked": single.docked.astype(np.uint8),
            "freed": single.freed.astype(np.uint8),
            "quanta": quanta,
            "trace_time": at,
            "trace_pool": spikes.pool_at(at, after, synapse),
            "trace_probability": spikes.probability_at(at, after, synapse),
            "trace_response": np.stack(responses),
        }
        return arrays, {"trials": TRIALS, "failures": float((single.counts == 0).mean())}

    def _weight(self, spikes: Spikes) -> dict[str, Array]:
        spec = self.spec
        pulls = gradients(spec, spikes)
        made = steps(pulls, spec.learning_rate, spec.momentum, spec.beta_1, spec.beta_2)
        return {"gradients": pulls, "deltas": made.deltas, "weights": made.deltas.cumsum(axis=1), "mean": made.mean, "root": made.root}

    def _steady(self) -> dict[str, Any]:
        """The model's predictions, and its peak as it is: None where release per spike only falls, or only rises, over these rates."""
        fine = steady_release(_FINE, self.synapse)
        top = int(fine.argmax())
        inside = 0 < top < len(fine) - 1
        present = np.array([self.spec.rate_hz])
        return {
            "limit_hz": self.synapse.limit_hz,
            "theory_peak_hz": self.synapse.peak_hz if math.isfinite(self.synapse.peak_hz) else None,
            "peak_hz": float(_FINE[top]) if inside else None,
            "present_steady": float(steady_release(present, self.synapse)[0]),
        }


def train(spec: ReleaseSpec) -> Floats:
    """Times (n,) of the spikes in ms, the first of them at 0 but for a person's own."""
    if spec.train == "own":
        return np.array(spec.spikes, np.float64)
    count = spec.events - 1
    gaps = np.full(count, 1000.0 / spec.rate_hz)
    if spec.train == "step":
        gaps[count // 2 :] = 1000.0 / spec.second_rate_hz
    elif spec.train == "poisson":
        drawn = [interval(spec.seed, 0, PRESYNAPTIC, number, spec.rate_hz) for number in range(count)]
        gaps = np.maximum(np.array(drawn), CLOSEST_MS)
    elif spec.train == "recovery":
        gaps[-1] = spec.pause_ms
    return np.concatenate([[0.0], gaps.cumsum()])


def gradients(spec: ReleaseSpec, spikes: Spikes) -> Floats:
    """What each event brings to the weight (n,); the first is 1 always."""
    number = np.arange(len(spikes.times))
    if spec.gradients == "alternating":
        return np.where(number % 2 == 0, 1.0, -1.0)
    if spec.gradients == "surge":
        third = len(number) / 3
        return np.where((number >= third) & (number < 2 * third), spec.surge, 1.0)
    if spec.gradients == "noisy":
        normal = np.array([_normal(spec.seed, int(k)) for k in number])
        return 1.0 + spec.spread * np.where(number == 0, 0.0, normal)
    if spec.gradients == "released":
        return spikes.released / spikes.released[0]
    return np.ones(len(number))


def _normal(seed: int, number: int) -> float:
    """Box and Muller's transform of two draws."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(seed, _NOISE, 2 * number)))
    return radius * math.cos(2.0 * math.pi * uniform(seed, _NOISE, 2 * number + 1))


def moments(times: Floats, after_ms: float) -> tuple[Floats, NDArray[np.intp]]:
    """When the traces are read, and after which spike: evenly, and at each spike twice, so that its jump is upright."""
    last = len(times) - 1
    end = times[-1] + max(after_ms, 0.1 * (times[-1] - times[0]))
    even = np.linspace(times[0], end, 400)
    number = np.arange(last + 1)
    at = np.concatenate([even, times, times])
    after = np.concatenate([np.searchsorted(times, even, side="right") - 1, number - 1, number])
    order = np.lexsort((after, at))
    return at[order], after[order]


def _relative(sizes: Floats) -> Floats:
    return sizes / sizes[0]
