"""One protocol at one synapse under every chosen model, and at one weight of a network: all on the clock of biological time.

Arrays (f4, clocks f8; times in ms, m instants, w instants of a close-up 0.2 ms apart): `time` (m,), `pre`, `post` spike times; `calcium`
(m,) in units of θd; `traces/r1`, `o1`, `o2` (m,) of the triplet rule; `<model>/weight` (m,) relative to the start, for each chosen model;
`calcium/rho_down`, `rho_up` (m,) one synapse with noise that starts weak or strong, `calcium/mean_down`, `mean_up` their means;
`bcm/pre_hz`, `post_hz`, `threshold_hz` (m,), `bcm/loop` (4, 200): s, rate under the sliding and under the fixed threshold (Hz), weight;
`network/weight`, `error`, `step`, `x`, `y` (m,), of the last bin that ended; and the same under `window/…` (w,).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import numpy as np

from models.brain.calcium import CALCIUM_SETS, level_at, transient
from models.brain.spike_protocols import Floats, Spikes, assumptions, spikes
from models.brain.stdp import TRIPLET
from models.brain.stdp_course import trace
from models.experiments import synapse_bcm, synapse_calcium
from models.experiments.synapse_models import bcm_end, change, last, weights
from models.experiments.synapse_moments import TAIL_MS, candidates, close_up, thinned
from models.experiments.synapse_network import START, Learned, held, learned
from models.experiments.synapse_recorded import recorded
from models.experiments.synapse_words import model_said, network_said
from models.specs.synapse import PROTOCOLS, USES, SynapseSpec
from models.specs.synapse_fields import MODELS
from models.types import Array

Progress = Callable[..., None]
_CLOCKS: Final = ("time", "window/time", "pre", "post")
"""Half an hour in steps of 0.2 ms needs more than 24 bits."""


def build(spec: SynapseSpec) -> Synapse:
    _warm()
    return Synapse(spec)


@lru_cache(maxsize=1)
def _warm() -> None:
    """Compiled code is loaded before anybody waits for it: every model once, on a short protocol with random spikes."""
    Synapse(SynapseSpec(protocol="poisson", models=tuple(MODELS), seconds=1)).analyse({}, lambda *_: None)


class Synapse:
    """One analysis; `analyse` returns (sentences and numbers, arrays)."""

    def __init__(self, spec: SynapseSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """No images are used."""
        spec = self.spec
        train = spikes(spec)
        times, near, looked = self._instants(train)
        counts = learned(*train, float(spec.bin_ms), float(spec.learning_rate))
        arrays = self._drawn(train, counts, times)
        arrays |= {f"window/{name}": values for name, values in self._drawn(train, counts, near).items()}
        arrays |= {"pre": train.pre, "post": train.post}
        parts: dict[str, Any] = {"calcium": None, "bcm": None}
        if "calcium" in spec.models:
            parts["calcium"], found = synapse_calcium.told(train, spec, times, near)
            arrays |= found
        if "bcm" in spec.models:
            parts["bcm"], found = synapse_bcm.told(train, spec, times, near)
            arrays |= found
        told = self._told(train, counts, looked, near) | parts
        return told, {name: np.ascontiguousarray(values, _kind(name)) for name, values in arrays.items()}

    def _instants(self, train: Spikes) -> tuple[Floats, Floats, int]:
        """The instants of the whole protocol, those of the close-up, and the number of the spike that the close-up is about."""
        spec, p = self.spec, CALCIUM_SETS[self.spec.calcium_set]
        end = max(last(train) + TAIL_MS, bcm_end(train, spec) if "bcm" in spec.models else 0.0)
        every = candidates(train, p.delay, end)
        near, looked = close_up(train, spec.look_at)
        return thinned(every, level_at(every, transient(*train, p), p), spec.moments), near, looked

    def _drawn(self, train: Spikes, counts: Learned, times: Floats) -> dict[str, Array]:
        """What every answer holds, at `times`."""
        spec, p = self.spec, CALCIUM_SETS[self.spec.calcium_set]
        drawn: dict[str, Array] = {"time": times, "calcium": level_at(times, transient(*train, p), p)}
        drawn["traces/r1"] = trace(times, train.pre, TRIPLET.tau_plus)
        drawn["traces/o1"] = trace(times, train.post, TRIPLET.tau_minus)
        drawn["traces/o2"] = trace(times, train.post, TRIPLET.tau_y)
        drawn |= {f"{name}/weight": weights(name, train, spec, times) for name in spec.models}
        drawn["network/weight"] = held(times, counts, counts.weight, START)
        for name in ("error", "step", "x", "y"):
            drawn[f"network/{name}"] = held(times, counts, getattr(counts, name), 0.0)
        return drawn

    def _told(self, train: Spikes, counts: Learned, looked: int, near: Floats) -> dict[str, Any]:
        spec = self.spec
        changes = {name: change(name, train, spec) for name in spec.models}
        return {
            "protocol": {
                "name": spec.protocol,
                "title": PROTOCOLS[spec.protocol],
                "uses": USES[spec.protocol],
                "pre": int(train.pre.size),
                "post": int(train.post.size),
                "seconds": last(train) / 1000.0,
            },
            "assumptions": assumptions(spec),
            "models": [
                {"name": name, "title": MODELS[name], "change": value, "badge": self._badge(name), "said": model_said(name, value, spec)}
                for name, value in changes.items()
            ],
            "network": self._network(train, counts),
            "recorded": recorded(spec),
            "window": {"spike": looked, "begin": float(near[0]) if near.size else 0.0, "end": float(near[-1]) if near.size else 0.0},
        }

    def _badge(self, name: str) -> str:
        return "bcm_mean_square" if name == "bcm" and self.spec.bcm_threshold == "mean_square" else name

    def _network(self, train: Spikes, counts: Learned) -> dict[str, Any]:
        """The weight's end, and its end with the order of the spikes turned round, where a protocol has one interval."""
        spec, mirrored = self.spec, None
        if spec.protocol == "pairs" and spec.delta_ms:
            turned = spikes(spec.model_copy(update={"delta_ms": -spec.delta_ms}))
            other = learned(*turned, float(spec.bin_ms), float(spec.learning_rate))
            mirrored = float(other.weight[-1]) if not other.diverged else None
        return {
            "start": START,
            "end": float(counts.weight[-1]) if counts.weight.size else START,
            "mirrored": mirrored,
            "steps": int((counts.x > 0).sum()),
            "error": float(counts.error[counts.x > 0][-1]) if (counts.x > 0).any() else 0.0,
            "diverged": counts.diverged,
            "badge": "network",
            "said": network_said(counts, mirrored, spec),
        }


def _kind(name: str) -> type[np.floating[Any]]:
    return np.float64 if name in _CLOCKS else np.float32
