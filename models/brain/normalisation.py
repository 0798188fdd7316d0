"""Responses divided by what the neighbourhood does (Heeger 1992; Carandini and Heeger 2012, 10.1038/nrn3136), and light adaptation.

    Naka–Rushton     R = Rmax cⁿ / (c50ⁿ + cⁿ) + R0                       (Naka and Rushton 1966)
    normalisation    R = γ Dⁿ / (σⁿ + Σ Dⁿ)
    adaptation       R = Iⁿ / (Iⁿ + Hⁿ),  H = I_b + H0                    (Normann and Perlman 1979: the curve follows the light)
    threshold        ΔI = d √( I_b + I_D + (4 s H / n)² )

The threshold is where the adapting response to I_b + ΔI differs from that to I_b by d standard deviations of two noises: of the photons
(variance I_b + I_D, events of which I_D come in the dark: Barlow 1957) and of the response (s), which H divides by its slope n / 4H.
log ΔI rises against log I_b with slope 0 in the dark, ½ where photon noise is larger (de Vries 1943; Rose 1948), 1 where the response's
noise is (Weber's law).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_Number = TypeVar("_Number", float, NDArray[np.float64])


def naka_rushton(contrast: _Number, maximum: float, half: float, exponent: float, baseline: float = 0.0) -> _Number:
    """`maximum` + `baseline` is approached, half of `maximum` reached at contrast `half`. Contrast and half in the same unit, ≥ 0."""
    driven = contrast**exponent
    return maximum * driven / (half**exponent + driven) + baseline


def normalised(drive: Values | float, pool: Values | float, half: float, exponent: float, gain: float = 1.0) -> Values:
    """γ Dⁿ / (σⁿ + P), where `pool` P is already the sum Σ Dⁿ over the pool. `half` is σ; negative drive counts as 0."""
    driven = np.maximum(np.asarray(drive, dtype=np.float64), 0) ** exponent
    return np.asarray(gain * driven / (half**exponent + np.asarray(pool, dtype=np.float64)))


@dataclass(frozen=True)
class Adaptation:
    """An observer of steady light. Light is counted in photon events per integration time and area; the numbers are this lab's choice.

    With them the three laws share seven decades evenly: they are no measurement of one eye.
    """

    dark_events: float = 1.0
    """I_D: events that come without light."""
    dark_half: float = 1.0
    """H0: half-saturation in the dark."""
    response_noise: float = 0.001
    """s: standard deviation of the response, as a share of its range."""
    exponent: float = 1.0
    """n of the response curve."""
    criterion: float = 1.0
    """d: how many standard deviations are needed to see it."""


OBSERVER: Final = Adaptation()


def adapted(intensity: _Number, background: float, adaptation: Adaptation = OBSERVER) -> _Number:
    """0…1: the response to `intensity` of a cell that has adapted to `background`, both in the same unit; ½ at H."""
    return naka_rushton(intensity, 1.0, background + adaptation.dark_half, adaptation.exponent)


def increment_threshold(background: Values, adaptation: Adaptation = OBSERVER) -> Values:
    """ΔI that is just seen on each background, in the background's unit."""
    light = np.asarray(background, dtype=np.float64)
    from_response = 4 * adaptation.response_noise * (light + adaptation.dark_half) / adaptation.exponent
    return np.asarray(adaptation.criterion * np.sqrt(light + adaptation.dark_events + from_response**2))


def threshold_slope(background: Values, adaptation: Adaptation = OBSERVER) -> Values:
    """d log ΔI / d log I: 0 in the dark, ½ in dim light, 1 in bright light. Exact."""
    light = np.asarray(background, dtype=np.float64)
    weber = (4 * adaptation.response_noise / adaptation.exponent) ** 2
    square = light + adaptation.dark_events + weber * (light + adaptation.dark_half) ** 2
    return np.asarray(light * (1 + 2 * weber * (light + adaptation.dark_half)) / (2 * square))
