"""What does each stage of seeing keep? A photograph through a network that was trained on ImageNet."""

from pages.ui.hierarchy_view import hierarchy_view
from pages.ui.parallel import parallel
from pages.ui.question import question
from pages.ui.reading_notes import reading_notes
from pages.ui.sources import sources

SLUG = "feature-hierarchy"
SOURCES = ("tan2019", "liu2020lite", "russakovsky2015", "araujo2019", "luo2016", "hubel1962", "riesenhuber1999", "kriegeskorte2008")
NOTES = {
    "A map is one channel": "Each square is one unit; all of them apply the same filter, each at its own place. "
    "Blue is above zero, orange below, grey zero; every map has its own scale.",
    "A field is what a unit can see": "The box on the photograph holds every pixel that can change the unit, reckoned from kernels, "
    "strides and padding. Pixels near its edge change it only by little (Luo et al. 2016): the part that matters is smaller than the box.",
    "The edge of the picture is special": "Beyond it lies padding: flat grey at the input, zeros inside. A map that is largest along "
    "the border may answer to that and not to the photograph.",
    "A label is forced": "The network shares out 100% among a thousand labels. There is none for “something else”, "
    "and this page does not check how often such a percentage is right.",
    "The brain’s side is coming": "Retina and primary visual cortex join with the next vision chapter. "
    "Until then nothing on this page measures a brain.",
    "Your photograph": "It is held in memory only, its EXIF data (place, time, camera) is dropped on reading, and it expires. "
    "It is never part of the link.",
}

question(SLUG)
hierarchy_view()
reading_notes("How to read the maps", NOTES)
parallel(SLUG)
sources(SOURCES)
