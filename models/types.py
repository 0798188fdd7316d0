"""The few types that every room shares. Imports no torch, so that pages may load it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from models.curves import Curves

Array = NDArray[Any]
Settings = dict[str, Any]
Change = dict[str, Any]
Outcome = Literal["done", "diverged"]


TIMINGS = 31
"""Timed updates that a part's cost is the median of."""


class Refused(Exception):
    """A wrong input: which field, and a sentence that says what is wrong and what is allowed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class State:
    """Everything that decides a run's future: restoring it and replaying the same changes is bit-equal."""

    step: int
    arrays: dict[str, Array]
    settings: Settings

    @property
    def bytes(self) -> int:
        return sum(array.nbytes for array in self.arrays.values())


@dataclass(frozen=True)
class Snapshot:
    """Named read-only arrays of one moment, with scalars in `metadata` (JSON-able)."""

    step: int
    epoch: float
    arrays: Mapping[str, Array]
    metadata: dict[str, Any]


@dataclass(frozen=True)
class Focus:
    """One connection that a viewer looks at closely. Layers count from 1; `source` None is the bias."""

    layer: int
    to: int
    source: int | None


@dataclass(frozen=True)
class Subscription:
    """What a viewer watches: patterns such as `*/weight`, `layers/*`; `all` stands for everything.

    `passing`: one picture of many a second, more to follow at once: readings that cost much may be those of a moment ago.
    """

    readings: frozenset[str]
    focus: Focus | None = None
    passing: bool = False


class Learner(Protocol):
    """What learns: a network or a synapse. `parameters` is one flat array."""

    name: str
    parameters: Array

    def apply(self, deltas: Array) -> None: ...
    def state(self) -> dict[str, Array]: ...
    def restore(self, arrays: Mapping[str, Array]) -> None: ...


class Batches(Protocol):
    """A task as a rule sees it: rows of inputs and targets, and which rows make up each step's batch."""

    inputs: Array
    """(examples, n_0)"""
    targets: Array
    """(examples, n_L)"""

    def batch(self, step: int) -> Array: ...

    """Row numbers of the batch of update `step` (counted from 0)."""


class LayeredLearner(Learner, Protocol):
    """A network of layers whose activations of the last batch can be read, as a layered rule needs them."""

    sizes: Array
    hidden_code: int
    output_code: int
    alive: Array
    mobile: Array
    is_weight: Array
    units: Array
    """(batch, sum of sizes): activations of the last batch, layer 0 first."""

    def respond(self, inputs: Array, rows: Array) -> None: ...

    """Fills `units` for these rows of `inputs`."""

    def responses(self, inputs: Array) -> Array: ...

    """Activations (n, all units) for rows of inputs (n, n_0); `units` stays."""


class Rule(Protocol):
    """Turns one step's stimulus into deltas for a learner; never applies them."""

    def updates(self, step: int) -> Array: ...
    def state(self) -> dict[str, Array]: ...
    def restore(self, arrays: Mapping[str, Array]) -> None: ...


@dataclass
class Lane:
    """A learner under a rule. Lanes of a trial share data, initial weights and clock."""

    name: str
    side: Literal["brain", "network"]
    learner: Learner
    rule: Rule
    seconds: float = 0.0
    source: str = ""
    """The lane that this one was copied from while it ran; its past is this lane's past."""
    resting: bool = False
    """Takes no further steps: halted, or closed by a person."""
    applying: deque[float] = field(default_factory=lambda: deque(maxlen=TIMINGS))
    """Seconds that applying the deltas took, of the last timed updates."""


class AskParameters(BaseModel):
    """Base of an ask's parameters; unknown fields are refused."""

    model_config = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class Ask:
    """A question to a run's present weights. It never changes the run's state."""

    description: str
    parameters: type[AskParameters]
    answer: Callable[[Any], dict[str, Any]]

    def parse(self, values: Mapping[str, Any]) -> AskParameters:
        """Raises Refused, naming the first wrong field."""
        try:
            return self.parameters.model_validate(values)
        except ValidationError as error:
            raise refusal(error) from None


def refusal(error: ValidationError) -> Refused:
    """The first fault of a validation as a refusal: the field's path and a sentence with its bound."""
    first = error.errors(include_url=False, include_context=False)[0]
    path = ".".join(str(part) for part in first["loc"] if part not in ("plane", "digits", "table")) or "spec"
    text = first["msg"].removeprefix("Value error, ")
    return Refused(path, f"{path}: {text[:1].lower()}{text[1:]}.")


class Trial(Protocol):
    """An experiment built from its spec. The trainer drives it and knows nothing of its content."""

    lanes: list[Lane]
    asks: dict[str, Ask]
    steps_per_epoch: float

    referee: frozenset[str]
    """Settings that judge a run and do not shape it: they are no part of its history, and going back leaves them alone."""

    measured: tuple[str, ...]
    """What `measure` tells of a lane, for example train_loss, test_loss, train_accuracy, test_accuracy."""

    def measure(self) -> dict[str, dict[str, float]]: ...

    """By network lane that still learns: its measurements with the present weights. A trial may have `next_measured(step) -> step`,
    the step to measure after this one; else `models.curves.spread` says."""

    def verdict(self, step: int) -> tuple[Outcome, str] | None: ...

    """Whether the run ends after this step, and a sentence why."""

    def readings(self, subscription: Subscription, step: int) -> tuple[dict[str, Array], dict[str, Any]]: ...
    def static(self) -> tuple[dict[str, Array], dict[str, Any]]: ...
    def standing(self, curves: Sequence[Curves]) -> dict[str, Any]: ...

    """Metadata on how the network lanes compare, from their curves in order."""

    def change(self, change: Change, step: int) -> Change: ...

    """Applies one change at this step; returns the change that undoes it. Raises Refused."""

    def settled(self) -> None: ...

    """Called after a restore or a change, to bring derived values up to date."""

    def state_dict(self) -> bytes: ...

    """The first network's weights as a file of PyTorch's."""

    def script(self, step: int) -> str: ...

    """The first network as a Python script that needs PyTorch and those weights only."""

    def weights_as_text(self, step: int) -> str: ...

    """The first network's weights as JSON that a link can carry."""

    def remembered(self) -> Settings: ...

    """What is not in the lanes' arrays and yet decides the future; JSON-able."""

    def recall(self, remembered: Settings) -> None: ...


@dataclass(frozen=True)
class Preset:
    """A named start: changes to the default spec, with a sentence that says what to watch for."""

    name: str
    title: str
    sentence: str
    changes: dict[str, Any] = field(default_factory=dict)
    prediction: dict[str, Any] | None = None
    """The question before the run, as `models.specs.prediction` describes it."""
