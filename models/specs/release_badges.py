"""What kind of thing each curve of Synapse's second part is, and where it comes from. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.badges import Badge

_RELEASE: Final = ("Tsodyks, Pawelzik and Markram 1998", "10.1162/089976698300017502", "tsodyks1998")

RELEASE_BADGES: Final[dict[str, Badge]] = {
    "release": Badge("published model", "The pool x and the release probability u at each spike. Depression’s set is U 0.5, recovery 800 ms; facilitation’s is U 0.03, recovery 130 ms, facilitation 530 ms. Any other set is this page’s.", *_RELEASE),
    "vesicles": Badge("computed here", "The same equations for single vesicles: each site holds one at most, frees it with probability u, and is filled again at a rate of 1/τrec. Number of sites and quantal size are set on this page.", *_RELEASE),
    "steady": Badge("published model", "An endless regular train, by the model’s closed form; both marks are its own predictions.", *_RELEASE),
    "gradients": Badge("computed here", "The gradient that each event brings is set on this page. There is no task behind it: only the step rules are the subject."),
    "steps": Badge("computed here", "One weight under plain descent, momentum (Polyak 1964) and Adam (Kingma and Ba 2015), with the same gradients.", "Kingma and Ba 2015", "", "kingma2015"),
    "counts": Badge("analogy", "Left and right have the same events and the same axis; what is counted is transmission in the synapse and change in the weight."),
}  # fmt: skip
"""By curve."""


def release_badges() -> dict[str, dict[str, str]]:
    """As the live view takes them: curve → kind, label, source, doi."""
    return {curve: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for curve, b in RELEASE_BADGES.items()}
