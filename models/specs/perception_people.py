"""What people report of each illusion, with its source: a sign where no magnitude is sourced. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Reported:
    """`signs`: of each pair of equal places, +1 the first looks lighter, −1 darker, 0 no difference is reported."""

    signs: tuple[int, ...]
    sentence: str
    source: str
    doi: str
    citation: str


PEOPLE: Final[dict[str, Reported]] = {
    "simultaneous_contrast": Reported((1,), "People see the square on the dark ground lighter.", "Blakeslee and McCourt 1999", "10.1016/S0042-6989(99)00119-4", "blakeslee1999"),
    "white": Reported((1,), "People see the patch on the dark bar lighter, although it touches more light than dark.", "White 1979", "10.1068/p080413", "white1979"),
    "mach_bands": Reported((1, -1), "People see a light line where the ramp meets the light plateau and a dark line where it meets the dark one.", "Ratliff 1965", "", "ratliff1965"),
    "hermann_grid": Reported((-1,), "People see dark smudges at the crossings, though not where they look.", "Schiller and Carvey 2005", "10.1068/p5447", "schiller2005"),
    "hermann_grid_wavy": Reported((0,), "With streets bent enough, people see no smudges.", "Geier, Bernáth, Hudák and Séra 2008", "10.1068/p5622", "geier2008"),
}
"""By illusion; the Hermann grid with wavy streets has an entry of its own."""
