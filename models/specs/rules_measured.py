"""How far each rule comes on the 8×8 digits, as `python -m bench.learning_rules` measured it. Torch-free."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

MEASURED: Final = Path(__file__).parents[2] / "assets" / "measured" / "learning_rules.json"


class MeasuredRule(BaseModel):
    """`accuracies`: share of held-out digits named right at the end, one a seed; `ms_an_update`: compute of that lane alone."""

    model_config = ConfigDict(frozen=True)

    accuracies: tuple[float, ...] = Field(min_length=1)
    mean: float
    rate: float
    ms_an_update: float


class MeasuredRules(BaseModel):
    """One network, batch and number of updates for all."""

    model_config = ConfigDict(frozen=True)

    network: str
    batch: int
    updates: int
    seeds: tuple[int, ...]
    rules: dict[str, MeasuredRule]

    @property
    def ranked(self) -> list[tuple[str, MeasuredRule]]:
        """The highest mean first."""
        return sorted(self.rules.items(), key=lambda item: -item[1].mean)


def measured_rules(path: Path = MEASURED) -> MeasuredRules | None:
    """None where nothing was measured yet. Raises ValidationError for a file of another form."""
    return MeasuredRules.model_validate_json(path.read_text("utf-8")) if path.exists() else None
