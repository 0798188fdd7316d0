"""What the tab Active circuits is told: the patterns and rules that a link asks for, their controls, starts and badges."""

from __future__ import annotations

from typing import Any

from models.specs.assembly import MOST_PATTERNS, PRESETS, AssemblySpec
from models.specs.assembly_badges import assembly_badges
from models.specs.assembly_capacity import CapacitySpec
from pages.ui.tab_data import asked, fields


def assembly_data(query: dict[str, str]) -> dict[str, Any]:
    """`query`: the address if this tab is the open one, else empty."""
    spec, faults = asked(AssemblySpec, query)
    return {
        "spec": spec.model_dump(mode="json"),
        "faults": faults,
        "defaults": AssemblySpec().model_dump(mode="json"),
        "fields": fields(AssemblySpec),
        "presets": [
            {"name": preset.name, "title": preset.title, "sentence": preset.sentence, "changes": preset.changes} for preset in PRESETS
        ],
        "most": MOST_PATTERNS,
        "capacity": CapacitySpec().model_dump(),
        "badges": assembly_badges(),
    }
