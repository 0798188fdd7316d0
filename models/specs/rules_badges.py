"""What kind of thing each curve of the page on learning rules is, and where it comes from. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.badges import Badge

_THREE_FACTOR: Final = ("Izhikevich 2007", "10.1093/cercor/bhl152", "izhikevich2007")
_REVIEW: Final = ("Frémaux and Gerstner 2016", "10.3389/fncir.2015.00085", "fremaux2016")
_PAIR: Final = ("Bi and Poo 2001", "10.1146/annurev.neuro.24.1.139", "bi2001")

RULES_BADGES: Final[dict[str, Badge]] = {
    "three_factor_rates": Badge("analogy", "|activation| over the layer’s largest so far sets a rate of 0 to 50 Hz. The sign is not encoded; one update stands for one stimulus."),
    "eligibility": Badge("published model", "A trace that each pair of spikes adds to, by the pair rule, and that decays with a time constant of 1 s.", *_THREE_FACTOR),
    "reward_signal": Badge("analogy", "1 where the first lane names the batch’s first example right and 0 where not, less its running mean: better or worse than expected. Dopamine is not simulated.", *_REVIEW),
    "with M": Badge("published model", "The weight moves by M times the trace, relative to its start. The bounds 0 and 2, the size of a pairing (2% of the rule’s amplitudes), equal areas of its two arms and the evoked spikes are this page’s choice.", *_THREE_FACTOR),
    "without": Badge("published model", "The same synapse without a third factor: every pairing counts at once.", *_PAIR),
    "every_rule": Badge("computed here", "The same weight of the same network in every lane, over the last 240 updates or since it was chosen."),
}
"""By curve. Brain: three_factor_rates, eligibility, reward_signal, with M, without; network: every_rule."""


def rules_badges() -> dict[str, dict[str, str]]:
    """As the live view takes them: curve → kind, label, source, doi."""
    return {curve: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for curve, b in RULES_BADGES.items()}
