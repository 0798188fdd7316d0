"""What the tab Spike timing is told: the protocol that a link asks for, its controls, starts, models and recordings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from models.specs.recordings import SJOSTROM_2001
from models.specs.synapse import PRESETS, PROTOCOLS, USES, SynapseSpec
from models.specs.synapse_badges import synapse_badges
from models.specs.synapse_fields import CALCIUM_SETS, MODELS
from models.specs.synapse_sources import PROTOCOL_SOURCES
from pages.ui.tab_data import asked, fields

_OF_THE_VIEW: Final = ("moments", "look_at")
"""Fields that the view sets by itself; no link holds them."""


def protocol_data(query: dict[str, str]) -> dict[str, Any]:
    """Spec, faults and all that the tab draws with; `recorded`: Sjöström and others 2001, by frequency and interval."""
    spec, faults = asked(SynapseSpec, {name: text for name, text in query.items() if name not in _OF_THE_VIEW})
    return {
        "spec": spec.model_dump(mode="json"),
        "faults": faults,
        "defaults": SynapseSpec().model_dump(mode="json"),
        "fields": fields(SynapseSpec),
        "presets": [asdict(preset) for preset in PRESETS],
        "protocols": PROTOCOLS,
        "sources": {name: asdict(source) for name, source in PROTOCOL_SOURCES.items()},
        "uses": USES,
        "models": MODELS,
        "calcium_sets": CALCIUM_SETS,
        "recorded": [asdict(result) for result in SJOSTROM_2001],
        "badges": synapse_badges(),
    }
