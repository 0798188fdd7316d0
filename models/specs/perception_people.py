"""What people report of each illusion, with its source: a sign where no magnitude is sourced. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.specs.perception import IllusionFields


@dataclass(frozen=True)
class Reported:
    """`signs`: of each pair of equal places, +1 the first looks lighter, −1 darker, 0 no difference is reported.

    `judges_spared`: why the judges of reflectance are not held against it; empty where they are.
    """

    signs: tuple[int, ...]
    sentence: str
    source: str
    doi: str
    citation: str
    judges_spared: str = ""


_NO_GRIDS: Final = "trained on patches, not on grids: not compared"
PEOPLE: Final[dict[str, Reported]] = {
    "simultaneous_contrast": Reported((1,), "People see the square on the dark ground lighter.", "Blakeslee and McCourt 1999", "10.1016/S0042-6989(99)00119-4", "blakeslee1999"),
    "white": Reported((1,), "People see the patch on the dark bar lighter, although it touches more light than dark.", "White 1979", "10.1068/p080413", "white1979"),
    "mach_bands": Reported((1, -1), "People see a light line where the ramp meets the light plateau and a dark line where it meets the dark one.", "Ratliff 1965", "", "ratliff1965"),
    "hermann_grid": Reported((-1,), "People see dark smudges at the crossings, though not where they look.", "Schiller and Carvey 2005", "10.1068/p5447", "schiller2005", _NO_GRIDS),
    "hermann_grid_wavy": Reported((0,), "With streets bent enough, people see no smudges.", "Geier, Bernáth, Hudák and Séra 2008", "10.1068/p5622", "geier2008", _NO_GRIDS),
}
"""By illusion; the Hermann grid with wavy streets has an entry of its own."""

LEAST_CONTRAST: Final = 0.2
"""Below it no report is claimed: this page's own bound, as the reports are of pictures of plain contrast."""
CLEAR: Final = 0.1
"""Share of the step from dark to light by which a target must differ from both to count as between them: this page's own bound."""
_AROUND: Final = {"white": "bars", "simultaneous_contrast": "grounds"}


def unreported(spec: IllusionFields) -> str:
    """Why the report does not speak of this picture; empty where it does. Each report is of targets between the dark and the light."""
    if spec.contrast < LEAST_CONTRAST:
        return f"The reports are of pictures of plain contrast; below {LEAST_CONTRAST:g} this page claims none."
    if spec.illusion not in _AROUND:
        return ""
    dark, light = (1 - spec.contrast) / 2, (1 + spec.contrast) / 2
    margin = CLEAR * (light - dark)
    if dark + margin - 1e-9 <= spec.grey <= light - margin + 1e-9:
        return ""
    return (
        f"The report is of targets between the two {_AROUND[spec.illusion]}, here {dark + margin:.3g} to {light - margin:.3g} with a tenth kept clear of either (this page's bound); "
        f"a grey of {spec.grey:.3g} is not."
    )
