"""Calcium-based plasticity of Graupner and Brunel 2012 (doi:10.1073/pnas.1109359109): two thresholds on one trace.

    τ_Ca ċ = −c, raised by C_pre a delay D after a presynaptic spike and by C_post at a postsynaptic one
    τ ρ̇ = −ρ(1−ρ)(ρ*−ρ) + γp (1−ρ) H(c−θp) − γd ρ H(c−θd) + σ√τ √(H(c−θp)+H(c−θd)) ξ

ρ is the synapse's efficacy with two stable states, 0 (DOWN) and 1 (UP). Closed form: while the cubic term is slow, only the time spent
above each threshold counts. With t_p and t_d ms above, Γp = γp t_p, Γd = γd t_d and Γ = Γp + Γd,

    ρ̄ = Γp/Γ,  σρ² = σ² (t_p + t_d)/Γ,  e = exp(−Γ/τ)
    U = ½ (1 − erf((ρ* − ρ̄ + ρ̄ e) / √(σρ² (1−e²)))),  D = ½ (1 + erf((ρ* − ρ̄ + (ρ̄−1) e) / √(σρ² (1−e²))))

are the chances to go from DOWN to UP and from UP to DOWN. With a share β DOWN at first and UP synapses b times as strong as DOWN ones, the
mean strength changes by ((1−U)β + D(1−β) + b(Uβ + (1−D)(1−β))) / (β + (1−β)b). Here t_p and t_d are exact for any spike trains: c decays
between spikes.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import erf

Floats = NDArray[np.float64]


class Calcium(NamedTuple):
    """Amplitudes and thresholds in units of θd; delay and time constants in ms; rates γ, noise σ and ρ* without units."""

    pre: float
    post: float
    delay: float
    gamma_d: float
    gamma_p: float
    theta_p: float
    sigma: float = 2.8284
    theta_d: float = 1.0
    tau_calcium: float = 20.0
    tau: float = 150_000.0
    rho_star: float = 0.5
    down_share: float = 0.5
    """β: share of synapses in the DOWN state before the protocol."""
    strength_ratio: float = 5.0
    """b: strength of an UP synapse over that of a DOWN one."""


CALCIUM_SETS: Final[dict[str, Calcium]] = {
    "DP": Calcium(1.0, 2.0, 13.7, 200.0, 321.808, 1.3),
    "DPD": Calcium(0.9, 0.9, 4.6, 250.0, 550.0, 1.3),
    "P": Calcium(2.0, 2.0, 0.0, 160.0, 257.447, 1.3),
    "D": Calcium(0.6, 0.6, 0.0, 500.0, 550.0, 1.3, 5.6568),
    "DPD′": Calcium(1.0, 2.0, 2.2, 50.0, 600.0, 2.5),
    "D′": Calcium(1.0, 2.0, 0.0, 60.0, 600.0, 3.5),
    "cortical": Calcium(
        0.5617539, 1.23964, 4.6098, 331.909, 725.085, 1.3, 3.3501, tau_calcium=22.6936, tau=346_361.5, strength_ratio=5.40988
    ),
}
"""The paper's six sets for one curve each, and the set that its authors fitted to the cortical recordings of Sjöström and others 2001;
numbers as in the paper and in its authors' program (github.com/mgraupe/CalciumBasedPlasticityModel)."""


class Transient(NamedTuple):
    """The calcium trace: `times` (n,) ms of its jumps, `after` (n,) its value right after each."""

    times: Floats
    after: Floats


def transient(pre: Floats, post: Floats, p: Calcium) -> Transient:
    """The calcium that two spike trains (ms, ascending) bring in."""
    times = np.concatenate((pre + p.delay, post))
    jumps = np.concatenate((np.full(pre.size, p.pre), np.full(post.size, p.post)))
    order = np.argsort(times, kind="stable")
    return Transient(times[order], _levels(times[order], jumps[order], p.tau_calcium))


@njit(cache=True)
def _levels(times: Floats, jumps: Floats, tau: float) -> Floats:
    after = np.empty(times.size)
    level = last = 0.0
    for k in range(times.size):
        level = level * math.exp(-(times[k] - last) / tau) + jumps[k]
        last = times[k]
        after[k] = level
    return after


def level_at(times: Floats, found: Transient, p: Calcium) -> Floats:
    """(m,) calcium at `times`."""
    index = np.searchsorted(found.times, times, side="right") - 1
    reached = np.concatenate((found.after, np.zeros(1)))[index]  # before the first jump the index is −1: zero
    since = times - np.concatenate((found.times, np.zeros(1)))[index]
    level: Floats = reached * np.exp(-np.where(index >= 0, since, 0.0) / p.tau_calcium)
    return level


def time_above(threshold: float, found: Transient, p: Calcium, until: Floats | None = None) -> Floats:
    """ms that calcium spends above `threshold`: up to each of `until` (m,), or, with None, in all (1,)."""
    lasting = p.tau_calcium * np.log(np.maximum(found.after, 1e-300) / threshold)
    lasting = np.where(found.after > threshold, lasting, 0.0)
    spent = np.minimum(lasting, np.diff(found.times, append=math.inf))
    before = np.concatenate((np.zeros(1), np.cumsum(spent)))
    if until is None:
        return before[-1:]
    index = np.searchsorted(found.times, until, side="right") - 1
    since = until - np.concatenate((found.times, np.zeros(1)))[index]
    part = np.minimum(np.concatenate((lasting, np.zeros(1)))[index], since)
    above: Floats = np.where(index >= 0, before[np.maximum(index, 0)] + part, 0.0)
    return above


class Outcome(NamedTuple):
    """The closed form after t_p and t_d ms: each (m,)."""

    mean: Floats
    """ρ̄, the value to which ρ is drawn while calcium is above a threshold."""
    spread: Floats
    """σρ."""
    kept: Floats
    """e: how much of the first ρ is left."""
    up: Floats
    """U: chance of DOWN → UP."""
    down: Floats
    """D: chance of UP → DOWN."""

    def rho(self, start: float) -> Floats:
        """Mean ρ, without the slow cubic term, of synapses that began at `start`."""
        return np.asarray(self.mean + (start - self.mean) * self.kept)

    def strength(self, p: Calcium) -> Floats:
        """Mean synaptic strength relative to that before."""
        beta, ratio = p.down_share, p.strength_ratio
        low = (1 - self.up) * beta + self.down * (1 - beta)
        high = self.up * beta + (1 - self.down) * (1 - beta)
        return np.asarray((low + ratio * high) / (beta + (1 - beta) * ratio))


def outcome(potentiating_ms: Floats, depressing_ms: Floats, p: Calcium) -> Outcome:
    """U, D and what they are made of, after so many ms above θp and θd; no time above, no change."""
    total = p.gamma_p * potentiating_ms + p.gamma_d * depressing_ms
    driven = total > 0
    safe = np.where(driven, total, 1.0)
    mean = np.where(driven, p.gamma_p * potentiating_ms / safe, 0.0)
    spread = np.where(driven, p.sigma * np.sqrt((potentiating_ms + depressing_ms) / safe), 0.0)
    kept = np.exp(-total / p.tau)
    width = np.where(driven, spread * np.sqrt(-np.expm1(-2 * total / p.tau)), 1.0)
    up = np.where(driven, 0.5 * (1 - erf((p.rho_star - mean + mean * kept) / width)), 0.0)
    down = np.where(driven, 0.5 * (1 + erf((p.rho_star - mean + (mean - 1) * kept) / width)), 0.0)
    return Outcome(mean, spread, kept, up, down)


def until(times: Floats, found: Transient, p: Calcium) -> Outcome:
    """The closed form, had the protocol ended at each of `times` (m,)."""
    return outcome(time_above(p.theta_p, found, p, times), time_above(p.theta_d, found, p, times), p)


def after_protocol(pre: Floats, post: Floats, p: Calcium) -> Outcome:
    """The closed form after a whole protocol, the decay of its last transient included; arrays of length 1."""
    found = transient(pre, post, p)
    return outcome(time_above(p.theta_p, found, p), time_above(p.theta_d, found, p), p)
