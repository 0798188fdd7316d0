"""The parts of a page that a link may leave away, and how the address names them."""

from __future__ import annotations

from collections.abc import Mapping

from pages.ui.fields import tasks

HIDE = "hide"
"""The parameter of the address: `?hide=noise,brain`."""
PARTS: Mapping[str, str] = {
    "presets": "presets",
    "predict": "predictions",
    "race": "races",
    "own_data": "own data",
    "import_network": "import",
    "flow": "gradient flow",
    "brain": "brain beside network",
    "spaces": "layers' spaces",
    "point_values": "values at a point",
    "inspector": "inspector",
    "charts": "charts",
    "histograms": "histograms",
    "branches": "branches",
    "compute": "compute meter",
    "slow_motion": "slow motion",
    "own_images": "own images",
    "arithmetic": "arithmetic",
    "answer": "the answer",
    "draw": "drawing a digit",
    "worst": "worst mistakes",
    "milestone": "when 97% was reached",
    "gabor_plane": "filters on the macaque plane",
    "sparse": "sparse code",
    "compose": "choosing rules",
    "lanes": "the lanes",
    "curves": "curves of all rules",
    "knows": "what a synapse has to know",
    "weight": "one weight under every rule",
    "angles": "angles to the gradient",
    "features": "features of each rule",
    "prose": "what you are seeing",
    "parallel": "where the parallel holds",
    "sources": "sources",
}
"""Parts of a page beside its fields. The pictures are called as their modules are."""
_ONLY: Mapping[str, frozenset[str]] = {
    "gradient-flow": frozenset({"race", "own_data", "import_network", "brain", "spaces", "point_values", "inspector", "slow_motion"}),
    "learning-rules": frozenset({"compose", "lanes", "curves", "knows", "brain", "weight", "angles", "features"}),
    "live-convnet": frozenset({"own_images", "arithmetic", "answer", "draw", "worst", "milestone", "gabor_plane", "sparse"}),
}
"""Page → the parts that not every page has."""


def parts_of(experiment: str) -> tuple[str, ...]:
    """The parts that a link of this page may hide."""
    absent = frozenset[str]().union(*_ONLY.values()) - _ONLY.get(experiment, frozenset())
    return tuple(name for name in PARTS if name not in absent)


def hidden(experiment: str, query: Mapping[str, str]) -> tuple[frozenset[str], list[str]]:
    """What the address hides of this page, and a sentence for each name that nothing here has."""
    names = [name.strip() for name in query.get(HIDE, "").split(",") if name.strip()]
    known = {name for task in tasks(experiment) for name, field in task.fields.items() if field.group != "Hidden"} | {*parts_of(experiment)}
    odd = [f"“{name[:40]}” is nothing that a link can hide; it was left out." for name in names if name not in known]
    return frozenset(names) & known, odd[:3]
