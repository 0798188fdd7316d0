"""Where each protocol of the spike-timing tab comes from, in a line. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ProtocolSource:
    """What the laboratory did; the work is empty for a protocol that no laboratory used."""

    said: str
    source: str = ""
    doi: str = ""
    citation: str = ""


_WANG: Final = ("Wang, Gerkin, Nauen and Bi 2005", "10.1038/nn1387", "wang2005")
PROTOCOL_SOURCES: Final[dict[str, ProtocolSource]] = {
    "pairs": ProtocolSource(
        "Spike pairs at a set interval and frequency, as given in slices of rat visual cortex:",
        "Sjöström, Turrigiano and Nelson 2001", "10.1016/S0896-6273(01)00542-6", "sjostrom2001",
    ),
    "triplets": ProtocolSource("Triplets of spikes, as given to pairs of cultured hippocampal cells:", *_WANG),
    "quadruplets": ProtocolSource("Quadruplets of spikes, as given to pairs of cultured hippocampal cells:", *_WANG),
    "poisson": ProtocolSource("Poisson trains are drawn at random and are no laboratory’s protocol."),
    "own": ProtocolSource("Spikes that are drawn by hand are no laboratory’s protocol."),
    "theta_burst": ProtocolSource(
        "Bursts of four pulses at 100 Hz, five bursts a second, as given in slices of hippocampus:",
        "Larson, Wong and Lynch 1986", "10.1016/0006-8993(86)90579-2", "larson1986",
    ),
    "tetanus": ProtocolSource(
        "A hundred pulses in a second, after the trains given to anaesthetised rabbits:",
        "Bliss and Lømo 1973", "10.1113/jphysiol.1973.sp010273", "bliss1973",
    ),
    "low_frequency": ProtocolSource(
        "Pulses at one a second; 900 of them were given in slices of hippocampus:",
        "Dudek and Bear 1992", "10.1073/pnas.89.10.4363", "dudek1992",
    ),
}  # fmt: skip
"""By protocol; the sentence goes before the work."""
