"""What does each stage of seeing keep? A photograph up two ladders: models of early vision, and a network trained on ImageNet."""

from pages.ui.hierarchy_view import hierarchy_view
from pages.ui.parallel import parallel
from pages.ui.question import question
from pages.ui.reading_notes import reading_notes
from pages.ui.sources import sources

SLUG = "feature-hierarchy"
SOURCES = (
    *("croner1995", "dapello2020", "devalois1982orientation", "ringach2002", "riesenhuber1999", "serre2007", "hubel1962"),
    *("tan2019", "liu2020lite", "russakovsky2015", "he2015", "araujo2019", "luo2016", "kriegeskorte2008"),
    *("olah2017", "selvaraju2017", "zeiler2014", "adebayo2018", "nili2014", "kornblith2019", "song2012"),
    *("krizhevsky2014", "simonyan2015", "he2016"),
)
NOTES = {
    "Two ladders, one row of steps": "Rungs stand side by side by their order from the light on, and by nothing else. Which area does what "
    "a stage does is a question for regressions on recordings, not a fact that this page could show.",
    "The brain’s side is models": "Ganglion cells, V1 cells sampled from published counts, and HMAX from C1 to C2. HMAX stands for "
    "V2 and V4 to IT without a claim: how these areas work is not agreed. Nothing here was recorded.",
    "A map is one channel": "Each square is one unit; all of them apply the same filter, each at its own place. "
    "Blue is above zero, orange below, grey zero; every map has its own scale, which two photographs side by side share.",
    "A field is what a unit can see": "The box on the photograph holds every pixel that can change a unit of the network, reckoned from "
    "kernels, strides and padding. Pixels near its edge change it only by little (Luo et al. 2016). For V1 and the retina it holds two "
    "standard deviations of the cell’s envelope. The 224 pixels are taken to be 8 degrees wide: 28 pixels a degree.",
    "What survives a change": "Curves compare a rung’s responses to the changed photograph with those to the photograph itself. What no "
    "photograph holds, beyond the edge or under the cover, is mid-grey: a new edge that rungs answer to as well. "
    "One photograph shows how these models do on it, not how well people do.",
    "The edge of the picture is special": "Beyond it lies padding: flat grey at the network’s input, zeros inside; V1’s models see a "
    "mirror image. A map that is largest along the border may answer to that and not to the photograph.",
    "A label is forced": "The network shares out 100% among a thousand labels. There is none for “something else”, "
    "and this page does not check how often such a percentage is right.",
    "Your photograph": "It is held in memory only, for an hour, its EXIF data (place, time, camera) is dropped on reading, and it expires. "
    "It is never part of the link.",
}

question(SLUG)
hierarchy_view()
reading_notes("How to read the maps", NOTES)
parallel(SLUG)
sources(SOURCES)
