"""What makes a synapse stronger, and what a weight? Spike timing, release, use over weeks, and circuits, beside gradient descent."""

from pages.ui.parallel import parallel
from pages.ui.question import question
from pages.ui.reading_notes import reading_notes
from pages.ui.sources import sources
from pages.ui.synapse_view import synapse_view

SLUG = "synapse"
SOURCES = ("benna2016", "bi2001", "bliss1973", "murre2015", "pfister2006", "sjostrom2001", "tsodyks1998", "rumelhart1986")
NOTES = {
    "Strength is relative": "Every strength of the synapse is relative to what it was before: 1 is unchanged, 1.5 is half as strong again.",
}

question(SLUG)
synapse_view()
reading_notes("How to read it", NOTES)
parallel(SLUG)
sources(SOURCES)
