"""What kind of thing each picture of the tab on active circuits is, and where it comes from. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.badges import Badge

_TSODYKS: Final = ("Tsodyks and Feigelman 1988", "10.1209/0295-5075/6/2/002", "tsodyks1988")
_HOPFIELD: Final = ("Hopfield 1982", "10.1073/pnas.79.8.2554", "hopfield1982")
_DESCENT: Final = ("Rumelhart, Hinton and Williams 1986", "10.1038/323533a0", "rumelhart1986")

ASSEMBLY_BADGES: Final[dict[str, Badge]] = {
    "covariance": Badge("published model", "Δw = (post − θ)(pre − θ) / (n θ(1 − θ)), with the threshold θ at the mean activity of the patterns. Recall: one unit at a time, threshold of the units midway between what an active and a silent one receives; that choice is this page’s.", *_TSODYKS),
    "hopfield": Badge("published model", "Outer products of patterns of +1 and −1 over n, which is the same rule with the threshold at one half. Recall: one unit at a time, by the sign of its drive.", *_HOPFIELD),
    "descent": Badge("computed here", "One layer of weights without self-connections, taught by gradient descent to give back each pattern. Targets are at 0.8 of the activation’s range, where a finite weight reaches them; it never stops, its steps shrink with the error.", *_DESCENT),
    "gate": Badge("analogy", "A threshold that decides the sign of a synapse’s change stands beside a slope that scales a weight’s step. They have the same place in the picture, and not the same function."),
    "curve": Badge("computed here", "Correlation between stored pattern and end of recall: mean over seeded draws of the damage and over all patterns, with the 95% interval over draws."),
    "capacity": Badge("computed here", "The outer-product rule on random patterns, each shown as it was stored. Where recall breaks down in large populations was derived for this rule.", "Amit, Gutfreund and Sompolinsky 1985", "10.1103/PhysRevLett.55.1530", "amit1985"),
}  # fmt: skip
"""By picture."""


def assembly_badges() -> dict[str, dict[str, str]]:
    """As the live view takes them: picture → kind, label, source, doi."""
    return {name: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for name, b in ASSEMBLY_BADGES.items()}
