"""Weight change against Δt at one pairing frequency, or against the frequency at ±Δt, for every chosen model.

Arrays, mode interval: `delta_ms` (n,), `<model>/change` (n,). Mode frequency: `frequency_hz` (n,), `<model>/change` (2, n) at +Δt and
−Δt, beside any other calcium set `calcium_cortical/change` too, and, where Δt is the recorded 10 ms, `recorded/frequency_hz` (5,),
`recorded/change` and `recorded/standard_error` (2, 5) (Sjöström, Turrigiano and Nelson 2001,
doi:10.1016/S0896-6273(01)00542-6). All f4; changes are relative to the weight before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.brain.spike_protocols import paired
from models.experiments.synapse_models import change
from models.experiments.synapse_recorded import RECORDED_DELTA_MS, recorded_points, recorded_result
from models.experiments.synapse_words import FITTED, TITLES, curve_sentences
from models.specs.stdp_curve import StdpCurveSpec
from models.specs.synapse_fields import MODELS
from models.types import Array

FITTED_SET: Final = "cortical"
"""The calcium set that was fitted to the recordings over frequency, in cortical slices (Graupner and Brunel 2012)."""
Progress = Callable[..., None]
Floats = NDArray[np.float64]


def build(spec: StdpCurveSpec) -> StdpCurve:
    _warm()
    return StdpCurve(spec)


@lru_cache(maxsize=1)
def _warm() -> None:
    """Compiled code is loaded before anybody waits for it."""
    StdpCurve(StdpCurveSpec(models=tuple(MODELS), intervals=3, pairs=2)).analyse({}, lambda *_: None)


class StdpCurve:
    """One curve for each model; `analyse` returns (sentences and numbers, arrays)."""

    def __init__(self, spec: StdpCurveSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """No images are used."""
        spec = self.spec
        if spec.mode == "interval":
            axis = np.linspace(-spec.widest_ms, spec.widest_ms, spec.intervals)
            found: dict[str, Floats] = {name: self._over_intervals(name, axis) for name in spec.models}
            arrays: dict[str, Array] = {"delta_ms": axis}
        else:
            axis = frequencies(spec)
            found = {name: self._over_frequencies(name, axis, spec) for name in spec.models}
            if "calcium" in spec.models and spec.calcium_set != FITTED_SET:
                found[FITTED] = self._over_frequencies("calcium", axis, spec.model_copy(update={"calcium_set": FITTED_SET}))
            arrays = {"frequency_hz": axis}
            if spec.at_ms == RECORDED_DELTA_MS:
                arrays |= recorded_points()
        arrays |= {f"{name}/change": values for name, values in found.items()}
        return self._told(axis, found), {name: np.ascontiguousarray(values, np.float32) for name, values in arrays.items()}

    def _over_intervals(self, name: str, deltas: Floats) -> Floats:
        return np.array([_change(name, float(self.spec.rate_hz), float(delta), self.spec) for delta in deltas])

    def _over_frequencies(self, name: str, rates: Floats, spec: StdpCurveSpec) -> Floats:
        return np.array([[_change(name, float(rate), sign * spec.at_ms, spec) for rate in rates] for sign in (1.0, -1.0)])

    def _told(self, axis: Floats, found: dict[str, Floats]) -> dict[str, Any]:
        spec = self.spec
        frequency = spec.mode == "frequency"
        return {
            "mode": spec.mode,
            "models": [{"name": name, "title": TITLES[name], "badge": "calcium" if name == FITTED else name} for name in found],
            "pairs": spec.pairs,
            "bursts": spec.bursts,
            "rate_hz": spec.rate_hz,
            "at_ms": spec.at_ms,
            "calcium_set": spec.calcium_set,
            "recorded": recorded_result(spec.at_ms) if frequency else None,
            "sentences": curve_sentences(spec, axis, found),
        }


def _change(name: str, rate_hz: float, delta_ms: float, spec: StdpCurveSpec) -> float:
    return change(name, paired(rate_hz, delta_ms, spec.pairs, spec.bursts, spec.pause_s), spec)


def frequencies(spec: StdpCurveSpec) -> Floats:
    """Hz, ascending: evenly over the logarithm, and those at which Sjöström and others recorded."""
    even = np.geomspace(spec.lowest_hz, spec.highest_hz, spec.frequencies)
    recorded = recorded_points()["recorded/frequency_hz"]
    inside = recorded[(recorded >= spec.lowest_hz) & (recorded <= spec.highest_hz)]
    return np.unique(np.concatenate((even, inside)).round(6))
