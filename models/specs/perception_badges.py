"""What kind of thing each curve of Perception is, and where it comes from. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.badges import Badge

PERCEPTION_BADGES: Final[dict[str, Badge]] = {
    "dog": Badge("published model", "A round difference of Gaussians, as ganglion cells were described. Its size is set on this page; centre and surround have the same volume, and the surround is twice as wide.", "Rodieck 1965", "10.1016/0042-6989(65)90033-7", "rodieck1965"),
    "odog": Badge("published model", "Oriented differences of Gaussians: 6 orientations, 7 sizes, each orientation divided by its root mean square. That the largest size is a standard deviation of 3 degrees is the reading of Robinson and others (2007).", "Blakeslee and McCourt 1999", "10.1016/S0042-6989(99)00119-4", "blakeslee1999"),
    "judge": Badge("computed here", "Two small networks, trained on this page to judge reflectance in synthetic scenes. The idea is Corney and Lotto's; scenes and networks are this page's.", "Corney and Lotto 2007", "10.1371/journal.pcbi.0030180", "corney2007"),
    "people": Badge("recorded data", "What people report. Only the sign is used: how strong an illusion is depends on the picture and on how it was measured."),
    "adapting": Badge("published model", "The curve of Naka and Rushton with exponent 1. Its half-saturation is the mean light and a floor: that much of adaptation, and at once. The floor, 0.003 of the photograph’s own mean light, is this page’s assumption.", "Normann and Perlman 1979", "", "normann1979"),
    "threshold": Badge("published model", "Three noises add: dark light (Barlow 1957), photons (de Vries 1943, Rose 1948), and a response noise behind the adapting curve. Their sizes are this page's choice, so that each rules over part of the axis.", "Barlow 1957", "", "barlow1957"),
    "normalisation": Badge("published model", "Divisive normalisation: R = cⁿ / (σⁿ + cⁿ + mⁿ), as a share of the largest response. Exponent, half-contrast and mask are set on this page.", "Carandini and Heeger 2012", "10.1038/nrn3136", "carandini2012"),
    "stem": Badge("computed here", "The first layer of EfficientNet-Lite0: a 3 × 3 convolution, fixed batch normalisation, a cut to 0…6.", "Tan and Le 2019", "", "tan2019"),
    "exposure": Badge("computed here", "EfficientNet-Lite0's probability for the label that it gives the photograph as it is.", "Tan and Le 2019", "", "tan2019"),
}
"""By curve."""


def perception_badges() -> dict[str, dict[str, str]]:
    """As the live view takes them: curve → kind, label, source, doi."""
    return {curve: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for curve, b in PERCEPTION_BADGES.items()}
