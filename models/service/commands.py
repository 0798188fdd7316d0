"""The commands of a run, and in which status each is legal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, TypeAdapter, ValidationError

from models.service.errors import Unprocessable

Scalar = bool | int | FiniteFloat | str | None
Layer = Annotated[int, Field(ge=1, le=64)]
Neuron = Annotated[int, Field(ge=0, le=4096)]
Steps = Annotated[int, Field(ge=1, le=1_000_000)]


class _Command(BaseModel):
    """Strict: a text or a flag is no number."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, strict=True)


class Play(_Command):
    command: Literal["play"]


class Pause(_Command):
    command: Literal["pause"]


class Step(_Command):
    """`n` updates forward; behind the head this replays what was."""

    command: Literal["step"]
    n: Steps = 1


class StepBack(_Command):
    command: Literal["step_back"]
    n: Steps = 1


class Reset(_Command):
    """Back to the identical start of this branch."""

    command: Literal["reset"]


class Seek(_Command):
    """To any step that was reached, on this or another branch."""

    command: Literal["seek"]
    step: int = Field(ge=0, le=2**53)
    branch: int | None = Field(None, ge=0)


class Undo(_Command):
    """Applies the inverse of the last change as a change of its own."""

    command: Literal["undo"]


class Speed(_Command):
    """Updates per second; null = as fast as the machine goes."""

    command: Literal["speed"]
    steps_per_second: FiniteFloat | None = Field(None, gt=0, le=1_000_000)


class Branch(_Command):
    """To the head of another branch."""

    command: Literal["branch"]
    branch: int = Field(ge=0)


class Set(_Command):
    """Changes settings of a running run, e.g. learning_rate."""

    command: Literal["set"]
    values: dict[Annotated[str, Field(max_length=64)], Scalar] = Field(min_length=1, max_length=32)


class Edit(_Command):
    """Sets one weight (layer, to, from) or one bias (from = null). Layers count from 1."""

    command: Literal["edit"]
    layer: Layer
    to: Neuron
    source: Neuron | None = Field(None, alias="from")
    value: FiniteFloat


class Freeze(_Command):
    """Holds a weight, a bias or (to = null) a whole layer where it is."""

    command: Literal["freeze"]
    layer: Layer
    to: Neuron | None = None
    source: Neuron | None = Field(None, alias="from")
    frozen: bool = True


class Lesion(_Command):
    command: Literal["lesion"]
    layer: Layer
    neuron: Neuron
    lesioned: bool = True


class Fork(_Command):
    """A further lane: a copy of the first one as it is now, with these differences, e.g. {"learning_rate": 0.1}."""

    command: Literal["fork"]
    values: dict[Annotated[str, Field(max_length=64)], Scalar] = Field({}, max_length=8)


class CloseLane(_Command):
    """Puts a lane from the second on aside, or (closed = false) back."""

    command: Literal["close_lane"]
    lane: int = Field(ge=2, le=8)
    closed: bool = True


class NameBranch(_Command):
    """Gives a branch of the history a name; an empty one takes it away."""

    command: Literal["name_branch"]
    branch: int = Field(ge=0)
    name: str = Field(max_length=40)


class Choose(_Command):
    """The weight whose stimuli drive the synapse."""

    command: Literal["choose"]
    layer: Layer
    to: Neuron
    source: Neuron | None = Field(None, alias="from")


Command = Annotated[
    Play
    | Pause
    | Step
    | StepBack
    | Reset
    | Seek
    | Undo
    | Speed
    | Branch
    | Set
    | Edit
    | Freeze
    | Lesion
    | Choose
    | Fork
    | CloseLane
    | NameBranch,
    Field(discriminator="command"),
]
ADAPTER: Final[TypeAdapter[Any]] = TypeAdapter(Command)

CHANGES: Final = frozenset({"set", "edit", "freeze", "lesion", "choose", "fork", "close_lane"})
"""Commands that change the state and are logged."""
_ENDED: Final = frozenset({"play", "step"})


def parse(values: Any) -> dict[str, Any]:
    """The command as plain JSON with every default filled in. Raises Unprocessable."""
    try:
        command: dict[str, Any] = ADAPTER.validate_python(values).model_dump(by_alias=True)
    except ValidationError as error:
        raise unprocessable(error.errors(include_url=False, include_context=False)) from None
    return command


_NAMES: Final = frozenset(model.model_fields["command"].annotation.__args__[0] for model in _Command.__subclasses__())  # type: ignore[union-attr]
_TAGS: Final = _NAMES | {"body", "query", "header"}


def unprocessable(faults: list[Any]) -> Unprocessable:
    """The first fault in a sentence that names field and bound."""
    if faults[0]["type"] == "json_invalid":
        return Unprocessable("body: this is not JSON.", "body")
    path = [str(part) for part in faults[0]["loc"]]
    while path and path[0] in _TAGS and (len(path) > 1 or path[0] == "body"):
        path.pop(0)
    name = ".".join(path) or ("command" if "command" in faults[0]["msg"] or "tag" in faults[0]["type"] else "body")
    text = str(faults[0]["msg"]).removeprefix("Value error, ")
    return Unprocessable(f"{name}: {text[:1].lower()}{text[1:].rstrip('.')}.", name)


def objection(status: str, command: str, message: str = "") -> str | None:
    """Why this command is illegal in this status, as a sentence; None where it is legal."""
    reason = f" {message.rstrip('.')}." if message else ""
    if status == "error":
        return f"This run ended with an error and takes no more commands.{reason}"
    if status == "starting":
        return "This run is still starting; try again in a moment."
    if status in ("done", "diverged") and command in _ENDED:
        ended = "is done" if status == "done" else "has diverged"
        return f"This run {ended}, so “{command}” does nothing.{reason} Step back, reset, or change a setting to go on."
    return None


def without_request(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "request"}
