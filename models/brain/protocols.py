"""Spike-pairing protocols: what a physiologist would do to the synapse, and the weight change that the rule predicts.

Conventions, under which the published fit comes out: the synapse is at rest (all traces zero) before the first pair; pre at
k/f, post at k/f + Δt; the change is the sum over all spikes, with no bound on the weight. The fit to Sjöström et al. 2001 is
reached with 60 continuous pairs. The recorded protocol, fifteen bursts of five pairs, gives less at 50 Hz, because five
pairs do not fill the slow trace: pages show both.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from models.brain.stdp import PAIR, TRIPLET, Floats, weight_change
from models.specs.asks import StdpProtocol
from models.specs.recordings import SJOSTROM_2001_KEY, recorded_change

BURST_PAUSE_MS: Final = 10_000.0
"""From the last pair of a burst to the first of the next; after 5 s every trace has died (e^(−5000/114) < 1e-19)."""


def spike_trains(protocol: StdpProtocol) -> tuple[Floats, Floats]:
    """Presynaptic and postsynaptic spike times (pairs × bursts,) in ms; the first spike of all is at 0."""
    period = 1000.0 / protocol.frequency_hz
    within = np.arange(protocol.pairs) * period
    starts = np.arange(protocol.bursts) * (within[-1] + BURST_PAUSE_MS)
    pre = (starts[:, None] + within).ravel() + max(0.0, -protocol.delta_ms)
    return pre, pre + protocol.delta_ms


def protocol_change(protocol: StdpProtocol) -> float:
    """Relative weight change by the whole protocol (0.5 = half as strong again)."""
    pre, post = spike_trains(protocol)
    plasticity = TRIPLET if protocol.rule == "triplet" else PAIR
    return float(weight_change(pre, post, plasticity, protocol.interaction == "nearest_neighbour"))


def answer_protocol(protocol: StdpProtocol) -> dict[str, Any]:
    """The ask `stdp_protocol`: weight change, size of the protocol, and the recording at the same frequency and interval, if any."""
    pre, post = spike_trains(protocol)
    recorded = recorded_change(protocol.frequency_hz, protocol.delta_ms)
    return {
        "weight_change": protocol_change(protocol),
        "pairs": int(pre.size),
        "duration_s": float(max(pre[-1], post[-1])) / 1000.0,
        "recorded": None
        if recorded is None
        else {
            "mean": recorded.mean,
            "standard_error": recorded.standard_error,
            "source": SJOSTROM_2001_KEY,
        },
    }
