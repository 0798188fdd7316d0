"""What Synapse's second part is told: the spec that a link asks for, its numbers' titles and bounds, starts and badges."""

from __future__ import annotations

from typing import Any

from models.specs.release import CLOSEST_MS, GRADIENTS, LONGEST_MS, MOST_EVENTS, PRESETS, TRAINS, ReleaseSpec
from models.specs.release_badges import release_badges
from pages.ui.tab_data import asked, fields


def release_data(query: dict[str, str]) -> dict[str, Any]:
    """`query`: the address if this tab is the open one, else empty."""
    spec, faults = asked(ReleaseSpec, query)
    return {
        "spec": spec.model_dump(),
        "faults": faults,
        "defaults": ReleaseSpec().model_dump(),
        "fields": fields(ReleaseSpec),
        "presets": [
            {"name": preset.name, "title": preset.title, "sentence": preset.sentence, "changes": preset.changes} for preset in PRESETS
        ],
        "badges": release_badges(),
        "trains": [{"name": name, "title": title} for name, title in TRAINS.items()],
        "gradients": [{"name": name, "title": title} for name, title in GRADIENTS.items()],
        "limits": {"events": MOST_EVENTS, "longest_ms": LONGEST_MS, "closest_ms": CLOSEST_MS},
    }
