"""A question before a run: choices with conditions on what the run measures, and when the answer is revealed. Torch-free.

The conditions are data, judged in the browser from the live run's frames (assets/live/panels/predict_measures.js). A measure is named
by its kind and, where it needs them, arguments: {"of": "updates_to", "curve": "test_loss", "goal": 0.1}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Condition = dict[str, Any]
"""{"measure", "below" | "at_least" | "is"}, {"all": […]}, {"any": […]}, or {"otherwise": true}: where no other choice holds."""
Measure = dict[str, Any]
"""{"of": kind, …arguments}."""

OTHERWISE: Final[Condition] = {"otherwise": True}


def below(measure: str, bound: float) -> Condition:
    return {"measure": measure, "below": bound}


def at_least(measure: str, bound: float) -> Condition:
    return {"measure": measure, "at_least": bound}


def exactly(measure: str, value: float) -> Condition:
    return {"measure": measure, "is": value}


def every(*conditions: Condition) -> Condition:
    return {"all": list(conditions)}


def between(measure: str, low: float, high: float) -> Condition:
    """low ≤ measure < high."""
    return every(at_least(measure, low), below(measure, high))


@dataclass(frozen=True)
class Choice:
    """One answer, when it is the right one, and, shown only then, why."""

    text: str
    when: Condition
    because: str = ""


@dataclass(frozen=True)
class Prediction:
    """`{name}` in a text stands for that measure of the live run; `follows` are told on as the run goes on."""

    question: str
    choices: tuple[Choice, ...]
    found: str
    """What the run shows at the reveal, in its own numbers."""
    follows: tuple[str, ...]
    after: int | None = None
    """Updates until the reveal. None: only once the race is settled, or the run has diverged."""
    settled: bool = False
    """A settled race reveals."""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    """Measures with arguments, by the name that conditions and texts use. Others go by their kind."""

    def described(self) -> dict[str, Any]:
        """As the live view and the API take it."""
        return {
            "question": self.question,
            "choices": [{"text": choice.text, "when": choice.when, "because": choice.because} for choice in self.choices],
            "found": self.found,
            "follows": list(self.follows),
            "after": self.after,
            "settled": self.settled,
            "measures": dict(self.measures),
        }
