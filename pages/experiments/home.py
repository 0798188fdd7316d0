"""What this is, one thing to press, a network already learning beside a synapse, the chapters, the claims."""

from pages.ui.cards import chapter_cards
from pages.ui.claims import claims_map
from pages.ui.configuration import fixed_configuration
from pages.ui.live import live_view
from pages.ui.prose import welcome

WATCHED = "gradient-flow"
SMALL = {"dataset": "circle", "hidden_layers": [4, 2]}

welcome(
    "Parallax",
    "A brain and an artificial network learn side by side, from the same stimuli, on one clock. "
    "Stop either at any step, change it, and see where the two agree and where they part.",
    press="Watch one learn",
    opens=WATCHED,
)
live_view(fixed_configuration(WATCHED, SMALL), figures=(), layout="home", play=True, speed=300)
chapter_cards()
claims_map()
