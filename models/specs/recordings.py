"""Recorded data that pages draw beside models: numbers read in the named source. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PairingResult:
    """Relative weight change after spike pairing at one frequency and one interval (post − pre)."""

    frequency_hz: float
    delta_ms: float
    mean: float
    standard_error: float


SJOSTROM_2001: Final[tuple[PairingResult, ...]] = (
    PairingResult(0.1, 10.0, -0.04, 0.05),
    PairingResult(10.0, 10.0, 0.14, 0.10),
    PairingResult(20.0, 10.0, 0.29, 0.14),
    PairingResult(40.0, 10.0, 0.53, 0.11),
    PairingResult(50.0, 10.0, 0.56, 0.26),
    PairingResult(0.1, -10.0, -0.29, 0.08),
    PairingResult(10.0, -10.0, -0.41, 0.11),
    PairingResult(20.0, -10.0, -0.34, 0.10),
    PairingResult(40.0, -10.0, 0.56, 0.32),
    PairingResult(50.0, -10.0, 0.75, 0.19),
)
"""Sjöström, Turrigiano and Nelson 2001 (doi:10.1016/S0896-6273(01)00542-6): pairs of layer-5 pyramidal neurons of rat
visual cortex; mean and standard error of the mean, relative to the weight before."""

SJOSTROM_2001_KEY: Final = "sjostrom2001"


def recorded_change(frequency_hz: float, delta_ms: float) -> PairingResult | None:
    """The recording at exactly this frequency (Hz) and interval (ms), if there is one."""
    matches = (result for result in SJOSTROM_2001 if result.frequency_hz == frequency_hz and result.delta_ms == delta_ms)
    return next(matches, None)


@dataclass(frozen=True)
class TetanusResult:
    """How often each measure was potentiated after trains to the perforant path; shares of the experiments."""

    rabbits: int
    potentiated: int
    trains: str
    lasting: str
    proportions: tuple[tuple[str, float], ...]


BLISS_1973: Final = TetanusResult(
    18,
    15,
    "10 to 20 a second for 10 to 15 s, or 100 a second for 3 to 4 s",
    "30 minutes to 10 hours",
    (("EPSP raised", 0.43), ("Spike amplitude raised", 0.40), ("Latency shortened", 0.57), ("All three", 0.29)),
)
"""Bliss and Lømo 1973 (doi:10.1113/jphysiol.1973.sp010273), as its abstract has it: dentate area of the anaesthetised rabbit."""

BLISS_1973_KEY: Final = "bliss1973"
