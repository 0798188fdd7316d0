"""Parameters of asks that more than one experiment answers. Torch-free."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.types import AskParameters


class StdpProtocol(AskParameters):
    """A physiologist's spike-pairing protocol: pairs at a frequency, each with the same interval between its two spikes.

    `bursts` = 1 is one continuous train of `pairs` pairs. More bursts repeat it, 10 s after the last pair of the one before.
    """

    rule: Literal["triplet", "pair"] = Field(
        default="triplet", title="Rule", description="The triplet rule of Pfister and Gerstner (2006), or the pair rule that it replaces.",
    )
    interaction: Literal["all_to_all", "nearest_neighbour"] = Field(
        default="all_to_all", title="Interaction", description="Whether each spike meets all earlier spikes of the other neuron or only the latest.",
    )
    frequency_hz: float = Field(
        default=20.0, ge=0.05, le=100, allow_inf_nan=False, title="Pairing frequency", description="Pairs per second within a burst.",
        json_schema_extra={"unit": "Hz"},
    )
    delta_ms: float = Field(
        default=10.0, ge=-100, le=100, allow_inf_nan=False, title="Interval", description="Time of the postsynaptic spike minus time of the presynaptic spike.",
        json_schema_extra={"unit": "ms"},
    )
    pairs: int = Field(default=60, ge=1, le=1000, title="Pairs in a burst", description="Spike pairs in each burst.", json_schema_extra={"unit": "pairs"})
    bursts: int = Field(
        default=1, ge=1, le=60, title="Bursts", json_schema_extra={"unit": "bursts"},
        description="1: one continuous train. The recorded protocol is 15 bursts of 5 pairs (Sjöström et al. 2001).",
    )
