"""How do light, noise and context change what is seen? Light, illusions and robustness, in models of the brain and in networks."""

from pages.ui.parallel import parallel
from pages.ui.perception_view import perception_view
from pages.ui.question import question
from pages.ui.reading_notes import reading_notes
from pages.ui.sources import sources

SLUG = "perception"
SOURCES = (
    "blakeslee1999", "blakeslee2016", "robinson2007", "white1979", "ratliff1965", "schiller2005", "geier2008", "rodieck1965",
    "corney2007", "land1971", "barlow1957", "devries1943", "rose1948", "naka1966", "normann1979", "carandini2012", "peirce2007",
    "tan2019", "liu2020lite", "geirhos2018", "huber2023", "geirhos2019",
)  # fmt: skip
NOTES = {
    "Predicted lightness is relative": "Each filter model's difference is in % of the range of its own response over the whole "
    "picture: which target is lighter, and how much that matters within the picture. It is no match that a person would make. The "
    "networks judge reflectance, 0 to 100%, and their difference is in those points.",
    "One filter against many": "The round filter (DoG) has one size, which is yours to choose, and no normalisation. Once the radius of "
    "its centre exceeds about two thirds of White's bars it gets the effect right for them, and stays wrong for wider bars. ODOG has one "
    "set of sizes for all pictures.",
    "ODOG is not the last word": "It was built to describe such illusions. On the Hermann grid it fares no better than the page shows.",
    "The Hermann grid is in dispute": "Baumgartner explained it in 1960 by ganglion cells, as the round filter does here. Schiller and "
    "Carvey call that account untenable: grids can be changed so that those cells respond as before while the spots go.",
    "The judges know only their scenes": "They saw flat patches under uneven light: neither depth, nor transparency, nor any illusion. In "
    "a published study White's effect came out of such training only where scenes had depth (Corney and Lotto 2007). Train them with "
    "shadows, or compare the two: what they disagree on was not decided by the scenes.",
    "Your screen is no sun": "It cannot show a hundred thousand times more light. The page computes with it and shows the responses.",
    "Noise here and noise in the published curves": "They are different tasks, so their axes are not shared. Here EfficientNet keeps or "
    "loses its own label among 1,000, and two small networks name digits. The published curves are people and networks choosing among "
    "16 categories, photographs shown for 200 ms (Geirhos and others 2018). Compare how curves fall, not how high they stand.",
    "A contrast response may bend down": "Some cells of visual cortex answer less to the highest contrasts than to middling ones "
    "(Peirce 2007). The function on this page rises for ever and cannot fit them.",
}

question(SLUG)
perception_view()
reading_notes("How to read it", NOTES)
parallel(SLUG)
sources(SOURCES)
