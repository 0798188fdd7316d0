"""Weight change against the interval between two spikes, or against the pairing frequency, under several models. Torch-free."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, TypeAdapter

from models.specs.synapse_fields import ModelFields, PairingFields, number
from models.types import Preset


class StdpCurveSpec(PairingFields, ModelFields):
    """Spike pairs under every chosen model: over intervals at one frequency, or over frequencies at ±one interval."""

    mode: Literal["interval", "frequency"] = Field("interval", title="Curve over", description="The interval Δt at one pairing frequency, or the pairing frequency at ± one interval.")
    intervals: int = number(41, "Intervals", "", 3, 201, "How many values of Δt.")
    widest_ms: float = number(100, "Widest interval", "ms", 5, 100, "The curve runs from minus to plus this.")
    at_ms: float = number(10, "Interval of the frequency curve", "ms", 0.5, 100, "Δt is plus and minus this.")
    lowest_hz: float = number(0.1, "Lowest frequency", "Hz", 0.05, 10, "Where the frequency curve begins.")
    highest_hz: float = number(50, "Highest frequency", "Hz", 11, 100, "Where the frequency curve ends.")
    frequencies: int = number(25, "Frequencies", "", 3, 61, "How many, spread evenly over the logarithm; the recorded ones are added.")


Spec = StdpCurveSpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(StdpCurveSpec)
PRESETS: tuple[Preset, ...] = (
    Preset("curve", "The curve", "One pair after the other: what does the order of two spikes do at one pair a second?", {}),
    Preset("frequency", "Over frequencies", "At 40 to 50 Hz the order stops counting in the recordings. Which rule follows them?", {"mode": "frequency", "calcium_set": "cortical", "models": ["pair", "triplet", "calcium"]}),
    Preset("frequency-bursts", "Over frequencies, in bursts", "The same points under the recorded protocol, fifteen bursts of five pairs.", {"mode": "frequency", "calcium_set": "cortical", "models": ["pair", "triplet", "calcium"], "pairs": 5, "bursts": 15}),
)
