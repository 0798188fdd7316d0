"""What “Use it or lose it” asks for: a schedule of uses, the synapse's chain of variables, and the network that learns. Torch-free."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.specs.badges import Badge
from models.specs.forgetting import DAY, HOUR, MINUTE
from models.types import Preset

NETWORKS: Final = 12
"""Networks with different first weights and items, whose recall is averaged."""


def _field(default: Any, title: str, unit: str, low: float, high: float, description: str, scale: str = "linear") -> Any:
    return Field(default, ge=low, le=high, allow_inf_nan=False, title=title, description=description, json_schema_extra={"unit": unit, "scale": scale})


class MemorySpec(BaseModel):
    """One schedule through a synapse with several variables, a synapse with one, and a small network. Times are seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Literal["course", "spacing"] = Field("course", title="Part", description="What is asked: the course over time, or what remains against the gap.")
    repetitions: int = _field(8, "Uses", "", 1, 20, "How many times the item is used: once for the synapse, once for the network, at the same instants.")
    gap: float = _field(DAY, "Gap between uses", "s", 1, 7 * DAY, "Time from one use to the next.", "log")
    retention: float = _field(7 * DAY, "Withheld for", "s", MINUTE, 56 * DAY, "Time without a use, after the last one, until what remains is measured.", "log")
    axes: Literal["log", "linear"] = Field("linear", title="Axes", description="Time and strength by powers of ten, or evenly.")
    beakers: int = _field(8, "Beakers", "", 1, 14, "Variables of the synapse. Each further one is twice as wide and four times as slow.")
    fastest: float = _field(MINUTE, "Unit of time", "s", 1, HOUR, "Seconds that one unit of the chain's time stands for; the first beaker empties into the second in eight of them.", "log")
    bounded: bool = Field(True, title="Full at a limit", description="The first beaker holds only so much; what a use pours in beyond that is lost.")
    limit: float = _field(1, "Limit of the strength", "uses", 1, 8, "How much the first beaker holds, in uses.")
    lifetime: float = _field(3 * HOUR, "Lifetime of the single trace", "s", 30 * MINUTE, 10 * HOUR, "Time in which a synapse with one variable falls to 1/e.", "log")
    network_rate: float = _field(0.2, "Learning rate", "", 0.02, 0.5, "Step of gradient descent, for the item and for all others.", "log")
    weight_decay: float = _field(0.02, "Weight decay", "a day", 0, 0.3, "Part of every weight that is lost in a day without regard to use.")
    others_per_hour: float = _field(1, "Other items", "an hour", 0, 2, "Updates on other items in every hour. It sets the network's clock: one hour is so many updates.")
    others: int = _field(12, "Kinds of other items", "", 1, 200, "How many different other items there are; they come again in an order drawn from the seed.", "log")
    seed: int = Field(1, ge=0, le=9999, title="Seed", description="Draws items, first weights, and the order of other items.")


Spec = MemorySpec
ADAPTER: TypeAdapter[Spec] = TypeAdapter(MemorySpec)

PRESETS: tuple[Preset, ...] = (
    Preset("once", "One exposure", "One use, then a week without: the strength falls as 1/√t and never all at once.", {"repetitions": 1, "axes": "log"}),
    Preset("massed", "Massed × 8", "Eight uses in a row, ten seconds apart: the first beaker is full, and most of what follows spills.", {"gap": 10.0, "axes": "log"}),
    Preset("minutes", "Spaced × 8, minutes", "Ten minutes apart: there is room again before each use.", {"gap": 10 * MINUTE, "axes": "log"}),
    Preset("days", "Spaced × 8, days", "A day apart: the same eight uses reach further down the chain.", {"gap": DAY, "axes": "linear"}),
    Preset("daily", "Used daily", "Two weeks of daily use, looked at a day after.", {"repetitions": 14, "gap": DAY, "retention": DAY, "axes": "linear"}),
    Preset("never", "Never again", "A week of daily use, then eight weeks without.", {"repetitions": 7, "gap": DAY, "retention": 56 * DAY, "axes": "linear"}),
    Preset("quiet", "Nothing in between", "Daily uses, and from the first one on the network learns nothing else: weight decay alone gives it no spacing effect.", {"others_per_hour": 0.0, "axes": "linear"}),
    Preset("limitless", "Without a limit", "The linear chain: nothing spills, and massed uses leave more than spaced ones.", {"gap": 10.0, "bounded": False, "axes": "log"}),
)

_CHAIN: Final = ("Benna and Fusi 2016", "10.1038/nn.4401", "benna2016")
MEMORY_BADGES: Final[dict[str, Badge]] = {
    "chain": Badge("published model", "The bidirectional chain: beaker k is 2^(k−1) wide, its tube to the next carries 2^(−k−2) of the difference of levels. The unit of time in seconds, the number of beakers, and the limit are this page's choice; other memories, which are noise to this one, are left out.", *_CHAIN),
    "control": Badge("computed here", "One variable that decays exponentially, with the same uses and the same limit."),
    "network": Badge("computed here", "Gradient descent on squared error in 12 small networks (16 inputs, 16 hidden tanh units, 8 outputs). Before the first use each has made 200 updates on the other items, whatever is set below. The mean is drawn, with its standard error."),
    "clock": Badge("analogy", "That an hour is so many updates on other items is this page's choice: a network has no clock of its own."),
    "people": Badge("recorded data", "Savings in relearning lists of syllables, one person each: Ebbinghaus 1885, Mack and Seitz 1991, Dros 2015. Ebbinghaus’s digits and both ends of Dros’s agree in several readings of the table; the others were taken from one transcription of it.", "Murre and Dros 2015, table 3", "10.1371/journal.pone.0120644", "murre2015"),
}
"""By curve."""


def memory_badges() -> dict[str, dict[str, str]]:
    """As the live view takes them: curve → kind, label, source, doi."""
    return {curve: {"kind": b.kind, "label": b.label, "source": b.source, "doi": b.doi} for curve, b in MEMORY_BADGES.items()}
