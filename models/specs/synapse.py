"""One synapse and one weight under a protocol that a laboratory used, or that a person draws. Torch-free."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, field_validator

from models.specs.synapse_fields import ModelFields, PairingFields, listed, number
from models.specs.synapse_presets import PRESETS as PRESETS

ProtocolName = Literal["pairs", "triplets", "quadruplets", "poisson", "own", "theta_burst", "tetanus", "low_frequency"]
PROTOCOLS: Final[dict[str, str]] = {
    "pairs": "Pairs",
    "triplets": "Triplets",
    "quadruplets": "Quadruplets",
    "poisson": "Poisson trains",
    "own": "Your own spikes",
    "theta_burst": "Theta burst",
    "tetanus": "Tetanus",
    "low_frequency": "Low frequency",
}
PRESYNAPTIC_ONLY: Final = ("theta_burst", "tetanus", "low_frequency")
"""Protocols that stimulate the presynaptic side; when the other cell fires is an assumption."""
USES: Final[dict[str, tuple[str, ...]]] = {
    "pairs": ("delta_ms", "rate_hz", "pairs", "bursts", "pause_s"),
    "triplets": ("triplet", "first_ms", "second_ms", "rate_hz", "pairs", "bursts", "pause_s"),
    "quadruplets": ("delta_ms", "between_ms", "rate_hz", "pairs", "bursts", "pause_s"),
    "poisson": ("pre_hz", "post_hz", "correlation", "delta_ms", "seconds", "seed"),
    "own": ("pre_ms", "post_ms"),
    "theta_burst": ("theta_bursts", "trains", "gap_s", "follow_every", "follow_ms"),
    "tetanus": ("trains", "gap_s", "follow_every", "follow_ms"),
    "low_frequency": ("pulses", "follow_every", "follow_ms"),
}
"""The fields that each protocol reads."""
MOST_SPIKES: Final = 500
LONGEST_MS: Final = 60_000
SpikeTimes = Annotated[tuple[float, ...], BeforeValidator(listed)]


def _spikes(default: tuple[float, ...], title: str) -> tuple[float, ...]:
    return Field(  # type: ignore[no-any-return]
        default, max_length=MOST_SPIKES, title=title, description="Times in ms, ascending; the protocol Your own spikes reads them.",
        json_schema_extra={"unit": "ms", "group": "protocol"},
    )


class SynapseSpec(PairingFields, ModelFields):
    """A protocol, the models that are asked what it does, and a network's weight that sees the same spikes."""

    protocol: ProtocolName = Field("pairs", title="Protocol", description="How the two cells are made to fire.", json_schema_extra={"group": "protocol"})
    delta_ms: float = number(10, "Interval Δt", "ms", -100, 100, "Postsynaptic minus presynaptic spike time. Quadruplets: within each pair. Poisson trains: the lag of the shared spikes.")
    triplet: Literal["pre_post_pre", "post_pre_post"] = Field("pre_post_pre", title="Order", description="The order of a triplet’s three spikes.", json_schema_extra={"group": "protocol"})
    first_ms: float = number(5, "First interval", "ms", 0, 100, "From a triplet’s first spike to its second.")
    second_ms: float = number(5, "Second interval", "ms", 0, 100, "From a triplet’s second spike to its third.")
    between_ms: float = number(30, "Time between the pairs", "ms", -100, 100, "From the middle of the post–pre pair to the middle of the pre–post pair; negative: the pre–post pair comes first.")
    pre_hz: float = number(10, "Presynaptic rate", "Hz", 0, 50, "Mean rate of the presynaptic Poisson train.")
    post_hz: float = number(10, "Postsynaptic rate", "Hz", 0, 50, "Mean rate of the postsynaptic Poisson train.")
    correlation: float = number(0, "Shared spikes", "", 0, 1, "Share of the slower train’s spikes that both cells fire, with the lag Δt between them.")
    seconds: float = number(20, "Duration", "s", 1, 60, "How long the Poisson trains last.")
    pre_ms: SpikeTimes = _spikes((10.0, 60.0, 110.0), "Presynaptic spikes")
    post_ms: SpikeTimes = _spikes((20.0, 70.0, 120.0), "Postsynaptic spikes")
    theta_bursts: int = number(10, "Bursts in a train", "", 1, 40, "Bursts of four pulses at 100 Hz, five bursts a second.")
    trains: int = number(1, "Trains", "", 1, 10, "How often the train is given.")
    gap_s: float = number(10, "Gap between trains", "s", 1, 60, "From the end of a train to the start of the next. This page’s choice.")
    pulses: int = number(900, "Pulses", "", 1, 1000, "At one a second.")
    follow_every: int = number(1, "Answered pulses", "", 0, 20, "The postsynaptic cell fires after every so many pulses; 0: never. An assumption: the laboratory stimulated one side only.", "assumption")
    follow_ms: float = number(5, "Delay of the answer", "ms", 0, 100, "From a pulse to the postsynaptic spike. An assumption.", "assumption")
    bin_ms: float = number(20, "Bin", "ms", 1, 200, "The network’s clock: spikes are counted in bins of this width. This page’s choice.", "network")
    learning_rate: float = number(0.05, "Learning rate", "", 0.001, 0.5, "Of the network’s weight. This page’s choice.", "network")
    synapses: int = number(200, "Simulated synapses", "", 0, 1000, "How many synapses of the calcium model are simulated with noise, beside the closed form.", "calcium")
    seed: int = number(1, "Seed", "", 0, 2**31 - 1, "Of Poisson trains and of the calcium model’s noise.", "protocol")
    moments: int = number(600, "Moments", "", 60, 1500, "How many instants of the protocol are drawn.", "view")
    look_at: int = number(0, "Pairing in close-up", "", 0, 6000, "Number of the presynaptic spike (or the postsynaptic one, if there is none) that is shown closely; 0: the last.", "view")

    @field_validator("pre_ms", "post_ms")
    @classmethod
    def _ascending(cls, times: tuple[float, ...]) -> tuple[float, ...]:
        if any(not 0 <= time <= LONGEST_MS for time in times):
            raise ValueError(f"every spike lies within 0 and {LONGEST_MS} ms")
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise ValueError("spike times ascend, and no two are equal")
        return times


Spec = SynapseSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(SynapseSpec)
