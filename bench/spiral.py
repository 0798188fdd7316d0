"""The spiral on screen: seconds from pressing Play until the page says that the test loss fell below 0.05."""

from __future__ import annotations

import time
from typing import Any

from bench.percentiles import significant
from bench.screen import browsing, opened
from scripts.lab import link
from scripts.server import serving

FIELDS = {
    "dataset": "spiral",
    "hidden_layers": "8,8",
    "activation": "tanh",
    "features": "x,y,x²,y²,xy,sin x,sin y",
    "optimiser": "adam",
    "learning_rate": "0.01",
    "stop_loss": "0.05",
}
PATIENCE_SECONDS = 120
PLAYGROUND_EPOCHS_PER_S = 60.0
"""One epoch a painted frame, as where training runs inside the drawing loop."""


def measure() -> dict[str, Any]:
    with serving() as server, browsing() as browser:
        lab = opened(browser, link(server.url, "gradient-flow", FIELDS))
        begun = time.perf_counter()
        if lab.shown().status == "paused":
            lab.press("Play")
        lab.until("root.dataset.status === 'done'", PATIENCE_SECONDS)
        took, epochs = time.perf_counter() - begun, lab.shown().epoch
    return {
        "seconds": significant(took),
        "epochs": significant(epochs),
        "seconds_at_60_epochs_per_s": significant(epochs / PLAYGROUND_EPOCHS_PER_S),
    }
