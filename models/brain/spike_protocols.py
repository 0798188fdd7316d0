"""Spike trains of the protocols that laboratories used to change a synapse; times in ms, the first spike of all near 0.

Pairs, continuous or in bursts: Sjöström, Turrigiano and Nelson 2001 (doi:10.1016/S0896-6273(01)00542-6). Triplets and
quadruplets: Wang, Gerkin, Nauen and Bi 2005 (doi:10.1038/nn1387). Tetanus of 100 pulses a second: Bliss and Lømo 1973
(doi:10.1113/jphysiol.1973.sp010273), who gave it for 3–4 s; here for 1 s. Theta burst, four pulses at 100 Hz five
times a second: Larson, Wong and Lynch 1986 (doi:10.1016/0006-8993(86)90579-2). 900 pulses at 1 Hz: Dudek and Bear 1992
(doi:10.1073/pnas.89.10.4363). The last three stimulate the presynaptic side only: when the postsynaptic cell fires is an assumption
of whoever asks, and `assumptions` says which.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.brain.poisson import POSTSYNAPTIC, PRESYNAPTIC, spike_train
from models.specs.synapse import PRESYNAPTIC_ONLY, SynapseSpec

Floats = NDArray[np.float64]
TETANUS_HZ: Final = 100.0
TETANUS_PULSES: Final = 100
THETA_HZ: Final = 5.0
IN_BURST: Final = 4
_SHARED: Final = 3
"""The train that both cells fire, beside the numbers of the presynaptic and the postsynaptic one."""


class Spikes(NamedTuple):
    """Spike times (n,) and (k,) in ms, ascending."""

    pre: Floats
    post: Floats


def spikes(spec: SynapseSpec) -> Spikes:
    """The protocol's two spike trains."""
    if spec.protocol == "poisson":
        return _poisson(spec)
    if spec.protocol == "own":
        return Spikes(np.array(spec.pre_ms, np.float64), np.array(spec.post_ms, np.float64))
    if spec.protocol in PRESYNAPTIC_ONLY:
        pre = pulses(spec)
        post = pre[spec.follow_every - 1 :: spec.follow_every] + spec.follow_ms if spec.follow_every else np.zeros(0)
        return Spikes(pre, post)
    pre_offsets, post_offsets = offsets(spec)
    starts = repetitions(spec.rate_hz, spec.pairs, spec.bursts, spec.pause_s)
    return Spikes(_repeated(starts, pre_offsets), _repeated(starts, post_offsets))


def paired(rate_hz: float, delta_ms: float, pairs: int, bursts: int, pause_s: float) -> Spikes:
    """Pairs alone: pre at k / rate, post Δt later, both moved so that the first spike is at 0."""
    starts = repetitions(rate_hz, pairs, bursts, pause_s)
    return Spikes(starts + max(0.0, -delta_ms), starts + max(0.0, delta_ms))


def repetitions(rate_hz: float, pairs: int, bursts: int, pause_s: float) -> Floats:
    """(pairs × bursts,) ms: when each repetition begins. The pause is from a burst's last to the next one's first."""
    within = np.arange(pairs) * (1000.0 / rate_hz)
    starts = np.arange(bursts) * (within[-1] + 1000.0 * pause_s)
    times: Floats = (starts[:, None] + within).ravel()
    return times


def offsets(spec: SynapseSpec) -> tuple[list[float], list[float]]:
    """Presynaptic and postsynaptic spikes of one repetition, ms; the earliest at 0."""
    if spec.protocol == "triplets":
        alone, twice = [spec.first_ms], [0.0, spec.first_ms + spec.second_ms]
        return (twice, alone) if spec.triplet == "pre_post_pre" else (alone, twice)
    if spec.protocol == "quadruplets":
        half = abs(spec.delta_ms) / 2
        pre, post = [half, spec.between_ms - half], [-half, spec.between_ms + half]
    else:
        pre, post = [0.0], [spec.delta_ms]
    first = min(*pre, *post)
    return [time - first for time in pre], [time - first for time in post]


def pulses(spec: SynapseSpec) -> Floats:
    """(n,) ms: the presynaptic pulses of a protocol that stimulates that side alone."""
    if spec.protocol == "low_frequency":
        return np.arange(spec.pulses, dtype=np.float64) * 1000.0
    if spec.protocol == "tetanus":
        train = np.arange(TETANUS_PULSES) * (1000.0 / TETANUS_HZ)
    else:
        bursts = np.arange(spec.theta_bursts) * (1000.0 / THETA_HZ)
        train = (bursts[:, None] + np.arange(IN_BURST) * (1000.0 / TETANUS_HZ)).ravel()
    starts = np.arange(spec.trains) * (train[-1] + 1000.0 * spec.gap_s)
    times: Floats = (starts[:, None] + train).ravel()
    return times


def assumptions(spec: SynapseSpec) -> list[str]:
    """What the protocol leaves open and this page decided, one sentence each."""
    if spec.protocol not in PRESYNAPTIC_ONLY:
        return []
    if not spec.follow_every:
        return ["The postsynaptic cell is assumed not to fire at all: the laboratory stimulated the presynaptic side only."]
    pulse = "every pulse" if spec.follow_every == 1 else f"every {_ordinal(spec.follow_every)} pulse"
    return [
        f"The laboratory stimulated the presynaptic side only. That the postsynaptic cell fires {spec.follow_ms:.3g} ms after {pulse} "
        "is this page’s assumption; what the models say depends on it."
    ]


def _ordinal(count: int) -> str:
    return f"{count}{ {2: 'nd', 3: 'rd'}.get(count, 'th') }"


def _repeated(starts: Floats, offset: list[float]) -> Floats:
    """Sorted: at a high rate the last spike of one repetition may come after the first of the next."""
    return np.sort((starts[:, None] + np.array(offset)).ravel())


def _poisson(spec: SynapseSpec) -> Spikes:
    """Each cell fires spikes of its own, and a share of the slower cell's spikes is fired by both, Δt apart."""
    duration = 1000.0 * spec.seconds
    shared = spec.correlation * min(spec.pre_hz, spec.post_hz)
    both = spike_train(spec.seed, 0, _SHARED, shared, duration)
    pre = spike_train(spec.seed, 0, PRESYNAPTIC, spec.pre_hz - shared, duration)
    post = spike_train(spec.seed, 0, POSTSYNAPTIC, spec.post_hz - shared, duration)
    early, late = max(0.0, -spec.delta_ms), max(0.0, spec.delta_ms)
    return Spikes(np.sort(np.concatenate((pre, both + early))), np.sort(np.concatenate((post, both + late))))
