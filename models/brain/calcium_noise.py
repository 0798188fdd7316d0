"""The calcium model's stochastic equation, simulated event by event (Graupner and Brunel 2012, doi:10.1073/pnas.1109359109).

Between two jumps of calcium, and between two crossings of a threshold, the drive is constant: then γp(1−ρ)H − γdρH and the noise are an
Ornstein–Uhlenbeck process, which is drawn exactly. The double well −ρ(1−ρ)(½−ρ) is solved exactly too: with y = ρ − ½,
y² = ¼ / (1 + (¼/y₀² − 1) e^(−t/2τ)). Between two jumps the drive comes first, as it does in time, then the well: its τ of 150 s is long
beside the tens of ms of a drive.
Noise is a function of (seed, synapse, stretch): the counter-based splitmix64 of `models.splitmix` through Box and Muller.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit

from models.brain.calcium import Calcium, Floats, Transient
from models.splitmix import uniform

_STREAM: Final = 1 << 52
"""The noise's streams lie beyond those of spike trains."""


@njit(cache=True, inline="always")
def _normal(seed: int, synapse: int, counter: int) -> float:
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(seed, _STREAM + synapse, 2 * counter)))
    return radius * math.cos(2.0 * math.pi * uniform(seed, _STREAM + synapse, 2 * counter + 1))


@njit(cache=True, inline="always")
def _rolled(rho: float, elapsed: float, tau: float) -> float:
    """ρ after `elapsed` ms in the double well alone; the well's ridge is at ½."""
    y = rho - 0.5
    if y == 0.0 or elapsed <= 0.0:
        return rho
    settled = 0.25 / (1.0 + (0.25 / (y * y) - 1.0) * math.exp(-0.5 * elapsed / tau))
    return 0.5 + math.copysign(math.sqrt(settled), y)


@njit(cache=True, inline="always")
def _driven(rho: float, elapsed: float, potentiates: bool, depresses: bool, p: Calcium, noise: float) -> float:
    """ρ after `elapsed` ms of constant drive; `noise` is a standard normal."""
    rate = ((p.gamma_p if potentiates else 0.0) + (p.gamma_d if depresses else 0.0)) / p.tau
    target = p.gamma_p / (p.tau * rate) if potentiates else 0.0
    kept = math.exp(-rate * elapsed)
    power = p.sigma * p.sigma / p.tau * ((1.0 if potentiates else 0.0) + (1.0 if depresses else 0.0))
    return target + (rho - target) * kept + math.sqrt(power * (1.0 - kept * kept) / (2.0 * rate)) * noise


@njit(cache=True, inline="always")
def _above(level: float, threshold: float, elapsed: float, p: Calcium) -> float:
    """ms of the next `elapsed` that calcium, decaying from `level`, spends above `threshold`."""
    return min(p.tau_calcium * math.log(level / threshold), elapsed) if level > threshold else 0.0


@njit(cache=True)
def _walk(times: Floats, after: Floats, end: float, p: Calcium, seed: int, synapse: int, rho: float, course: Floats) -> None:
    """Fills `course` (n + 1,): ρ just before each of the n moments of `times`, and at `end` (ms)."""
    counter = 0
    last = times[0] if times.size else end
    for k in range(times.size + 1):
        until = times[k] if k < times.size else end
        if k > 0:
            elapsed = until - last
            above_p = _above(after[k - 1], p.theta_p, elapsed, p)
            above_d = _above(after[k - 1], p.theta_d, elapsed, p)
            both, one = min(above_p, above_d), abs(above_d - above_p)
            if both > 0.0:
                rho = _driven(rho, both, True, True, p, _normal(seed, synapse, counter))
                counter += 1
            if one > 0.0:
                rho = _driven(rho, one, above_p > above_d, above_d > above_p, p, _normal(seed, synapse, counter))
                counter += 1
            rho = _rolled(rho, elapsed, p.tau)
            last = until
        course[k] = rho


@njit(cache=True)
def _population(times: Floats, after: Floats, end: float, p: Calcium, seed: int, starts: Floats) -> Floats:
    ends, course = np.empty(starts.size), np.empty(times.size + 1)
    for synapse in range(starts.size):
        _walk(times, after, end, p, seed, synapse + 2, starts[synapse], course)
        ends[synapse] = course[-1]
    return ends


def rho_course(times: Floats, found: Transient, end: float, p: Calcium, seed: int, start: float) -> Floats:
    """(m,) ρ at `times` (ms, ascending, ≤ end) of one synapse that begins at `start` (0 or 1), with noise."""
    if not found.times.size:
        return np.full(times.size, start)
    first = found.times[0]
    later = times[times > first]
    moments = np.union1d(found.times, later)
    index = np.searchsorted(found.times, moments, side="right") - 1
    levels = found.after[index] * np.exp(-(moments - found.times[index]) / p.tau_calcium)
    course = np.empty(moments.size + 1)
    _walk(moments, levels, max(end, float(moments[-1])), p, seed, int(start), start, course)
    values: Floats = np.where(times <= first, start, course[np.minimum(np.searchsorted(moments, times), moments.size)])
    return values


def population(found: Transient, p: Calcium, seed: int, synapses: int, down_share: float = 0.5) -> tuple[Floats, Floats]:
    """ρ before and after the protocol of `synapses` independent synapses, the first `down_share` of them DOWN: each (synapses,)."""
    starts = (np.arange(synapses) >= round(down_share * synapses)).astype(np.float64)
    if not found.times.size:
        return starts, starts.copy()
    end = float(found.times[-1] + p.tau_calcium * max(0.0, math.log(found.after[-1] / min(p.theta_d, p.theta_p))))
    return starts, _population(found.times, found.after, end, p, seed, starts)
