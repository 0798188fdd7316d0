"""What each side and each published curve of Unit physiology is, and where it comes from. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.badges import Badge

BADGES: Final[dict[str, Badge]] = {
    "brain": Badge(
        "published model",
        "A cell of the V1 model: a Gabor filter whose preferences are sampled from published counts, with a divisive pool where it is "
        "switched on. Nothing on this side was recorded; the pool's size and strength are partly this lab's choice.",
        "Dapello et al. 2020; Carandini and Heeger 2012", "10.1101/2020.06.16.154542", "dapello2020",
    ),
    "network": Badge(
        "computed here", "Activations of the network's own unit, computed from these stimuli. What lies above the answer to grey counts as its response.",
        "Tan and Le 2019, arXiv:1905.11946", "", "tan2019",
    ),
    "orientation": Badge(
        "recorded data", "Preferred orientations of macaque V1 cells.", "De Valois, Yund and Hepler 1982", "10.1016/0042-6989(82)90112-2", "devalois1982orientation",
    ),
    "frequency": Badge(
        "recorded data", "Preferred spatial frequencies of macaque V1 cells.", "De Valois, Albrecht and Thorell 1982", "10.1016/0042-6989(82)90113-4", "devalois1982frequency",
    ),
    "suppression_index": Badge(
        "recorded data", "Suppression indices of 190 macaque V1 cells.", "Cavanaugh, Bair and Movshon 2002", "10.1152/jn.00692.2001", "cavanaugh2002",
    ),
}  # fmt: skip


def physiology_badges() -> dict[str, dict[str, str]]:
    """Name → kind, label, source, doi, as the view takes them."""
    return {name: {"kind": badge.kind, "label": badge.label, "source": badge.source, "doi": badge.doi} for name, badge in BADGES.items()}
