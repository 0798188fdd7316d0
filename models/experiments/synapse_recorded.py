"""What laboratories found under a protocol: numbers with their source, as the page lays them over the models."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from models.specs.recordings import BLISS_1973, BLISS_1973_KEY, SJOSTROM_2001, SJOSTROM_2001_KEY, recorded_change
from models.specs.synapse import SynapseSpec
from models.types import Array

RECORDED_DELTA_MS: Final = 10.0
_SJOSTROM: Final = "Sjöström, Turrigiano and Nelson 2001"
_PROTOCOLS: Final = (
    "Recorded in slices of rat visual cortex with fifteen bursts of five pairs. "
    "The triplet rule’s published fit counts the pairs as one continuous train."
)


def recorded_points() -> dict[str, Array]:
    """Pairing frequencies (5,), and mean and standard error (2, 5) at +10 and −10 ms."""
    rates = sorted({point.frequency_hz for point in SJOSTROM_2001})
    rows = [[recorded_change(rate, sign * RECORDED_DELTA_MS) for rate in rates] for sign in (1, -1)]
    return {
        "recorded/frequency_hz": np.array(rates),
        "recorded/change": np.array([[point.mean if point else np.nan for point in row] for row in rows]),
        "recorded/standard_error": np.array([[point.standard_error if point else np.nan for point in row] for row in rows]),
    }


def recorded_result(at_ms: float) -> dict[str, Any] | None:
    """Source and conditions of the frequency points; None at any other interval."""
    if at_ms != RECORDED_DELTA_MS:
        return None
    return {"kind": "pairs", "badge": "recorded", "source": _SJOSTROM, "citation": SJOSTROM_2001_KEY, "said": _PROTOCOLS}


def recorded(spec: SynapseSpec) -> dict[str, Any] | None:
    """What was recorded under this very protocol, if anything."""
    if spec.protocol == "tetanus":
        return _tetanus()
    if spec.protocol != "pairs" or (point := recorded_change(float(spec.rate_hz), float(spec.delta_ms))) is None:
        return None
    return {
        "kind": "pairs",
        "mean": point.mean,
        "standard_error": point.standard_error,
        "badge": "recorded",
        "source": _SJOSTROM,
        "citation": SJOSTROM_2001_KEY,
        "said": f"At {point.frequency_hz:g} Hz and {_signed(point.delta_ms)} ms the recording is {_signed(100 * point.mean)}%, "
        f"with a standard error of {100 * point.standard_error:.3g}. {_PROTOCOLS}",
    }


def _tetanus() -> dict[str, Any]:
    found = BLISS_1973
    return {
        "kind": "proportions",
        "potentiated": found.potentiated,
        "rabbits": found.rabbits,
        "proportions": [{"title": title, "share": share} for title, share in found.proportions],
        "badge": "bliss",
        "source": "Bliss and Lømo 1973",
        "citation": BLISS_1973_KEY,
        "said": f"In {found.potentiated} of {found.rabbits} anaesthetised rabbits the response was potentiated, for {found.lasting}. "
        f"Trains there were {found.trains}, in the animal; here they last one second. "
        "These are shares of the experiments, not a course of the weight.",
    }


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.3g}"
