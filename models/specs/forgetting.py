"""Recorded forgetting curves: savings at seven intervals, of four people who each learned lists on themselves. Torch-free.

Source: table 3 of Murre and Dros 2015 (10.1371/journal.pone.0120644, CC BY), which sets Ebbinghaus 1885 beside two later replications.
Savings are the part of the learning effort (time, or repetitions) that is saved when the same list of syllables is learned again.
How far the digits were checked: Ebbinghaus's own row and both ends of Dros's (.472, .041) agree in several independent readings of the
table; the remaining ones come from one complete transcription of it, and show the rise after 9 hours that the paper reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MINUTE: Final = 60.0
HOUR: Final = 3600.0
DAY: Final = 86400.0


@dataclass(frozen=True)
class Forgetting:
    """One person's curve: `savings` as a share of the first learning, at INTERVALS."""

    name: str
    person: str
    year: int
    savings: tuple[float, ...]


INTERVALS: Final = (20 * MINUTE, HOUR, 9 * HOUR, DAY, 2 * DAY, 6 * DAY, 31 * DAY)
"""Seconds, as the table names them; Ebbinghaus's first three were in truth 19 minutes, 63 minutes and 8.75 hours."""

RECORDED: Final[tuple[Forgetting, ...]] = (
    Forgetting("ebbinghaus", "Ebbinghaus", 1885, (0.582, 0.442, 0.358, 0.337, 0.278, 0.254, 0.211)),
    Forgetting("mack", "Mack", 1991, (0.544, 0.432, 0.285, 0.316, 0.365, 0.309, 0.258)),
    Forgetting("seitz", "Seitz", 1991, (0.442, 0.325, 0.270, 0.270, 0.286, 0.205, 0.201)),
    Forgetting("dros", "Dros", 2015, (0.472, 0.373, 0.276, 0.317, 0.230, 0.168, 0.041)),
)
"""Mack and Seitz: Heller, Mack and Seitz 1991, as the table gives them."""
