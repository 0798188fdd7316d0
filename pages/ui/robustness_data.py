"""What the robustness part of Perception is told: the distortions, and the published scores with their sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from models.specs import robustness_published as published
from models.specs.robustness import SCALES


def robustness_data() -> dict[str, Any]:
    return {
        "scales": [asdict(scale) for scale in SCALES.values()],
        "tables": {name: _table(table) for name, table in published.TABLES.items()},
        "chance": published.CHANCE,
        "salt_and_pepper": [asdict(point) for point in published.SALT_AND_PEPPER],
        "shape_bias": [asdict(point) for point in published.SHAPE_BIAS],
    }


def _table(table: published.Table) -> dict[str, Any]:
    """With Wilson's interval for people; the networks' photographs were as many or more, and their intervals are left out."""
    described = asdict(table)
    for curve in described["curves"]:
        if curve["people"]:
            ends = [published.interval(share, table.trials) for share in curve["accuracies"]]
            curve["low"], curve["high"] = [low for low, _ in ends], [high for _, high in ends]
    return described
