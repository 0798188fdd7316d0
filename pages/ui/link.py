"""The address bar's words ↔ a spec's values: lists comma-separated, numbers plain, names as in the spec."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from models.api import EXPERIMENTS
from pages.ui.fields import Field, Task, Values, task_of, tasks
from pages.ui.parts import HIDE, hidden
from pages.ui.refusals import refusals

LONGEST = 6_000
"""Characters of a link's query: what every browser and proxy carries."""
_INSTEAD = {"weights": "They are drawn from the seed."}


@dataclass(frozen=True)
class LinkReading:
    """What a link says: a complete set of valid values, and a sentence for each part that was left out."""

    values: Values
    sentences: tuple[str, ...]


def read(experiment: str, query: Mapping[str, str]) -> LinkReading:
    """Keeps whatever is valid: one bad value costs only itself."""
    sentences: list[str] = []
    if _length(query) > LONGEST and "weights" in query:
        query = {name: text for name, text in query.items() if name != "weights"}
        sentences.append(f"The link is longer than {LONGEST:,} characters; its first weights were left out.")
    if _length(query) > LONGEST:
        return LinkReading(_valid(experiment, {}), (f"The link is longer than {LONGEST:,} characters; the default is shown.",))
    task = _task(experiment, query, sentences)
    sentences += hidden(experiment, query)[1]
    given: Values = {}
    for name, text in query.items():
        if name == HIDE:
            continue
        if name not in task.fields:
            sentences.append(f"The link's “{name[:40]}” is no field of this page’s {task_noun(task)}; it was left out.")
        elif name != "dataset" or text in task.fields[name].choices:
            _take(task.fields[name], text, given, sentences)
    # Whether first weights suit the network shows only once its other fields are valid: hence again until nothing is refused.
    while faults := [fault for fault in refusals(experiment, given) if fault.field in given]:
        for fault in faults:
            sentences.append(f"{fault.sentence} {_INSTEAD.get(fault.field, 'The default is used.')}")
            del given[fault.field]
    try:
        return LinkReading(_valid(experiment, given), tuple(sentences))
    except ValidationError:  # a task that nothing can be left out of, such as a table without its content
        missing = (fault.sentence for fault in refusals(experiment, given))
        return LinkReading(_valid(experiment, {}), (*sentences, *missing, "The default is shown."))


def write(experiment: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Every field that differs from the default of its task, as text."""
    task = task_of(experiment, values)
    first = tasks(experiment)[0]
    written = {
        name: as_text(values[name])
        for name, field in task.fields.items()
        if values[name] != field.default or (name == "dataset" and values[name] != first.fields[name].default)
    }
    if _length(written) > LONGEST:
        written.pop("weights", None)  # the saved file carries them
    return written


def _length(query: Mapping[str, str]) -> int:
    return sum(len(name) + len(text) for name, text in query.items())


def address(experiment: str, values: Mapping[str, Any]) -> str:
    """The link to these values, relative to the page: `?dataset=xor&hidden_layers=`."""
    return "?" + urlencode(write(experiment, values), safe=",[]{}:")


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return _structured(value) if value and isinstance(value[0], dict) else ",".join(map(str, value))
    return str(value)


def _structured(entries: Sequence[Mapping[str, Any]]) -> str:
    """As JSON, without what is not said."""
    return json.dumps([{name: value for name, value in entry.items() if value is not None} for entry in entries], separators=(",", ":"))


def from_text(field: Field, text: str) -> Any:
    """The value that the text stands for; raises ValueError where it stands for none."""
    if text == "" and field.optional:
        return None
    if field.kind == "number":
        return float(text)
    if field.kind == "integer":
        return int(text)
    if field.kind == "structure":
        return json.loads(text or "[]")
    if field.kind in ("choice", "text"):
        return text
    parts = [part.strip() for part in text.split(",")] if text else []
    return [int(part) for part in parts] if field.kind == "integers" else parts


def task_noun(task: Task) -> str:
    return {"digits": "digits task", "table": "table task"}.get(task.fields["dataset"].choices[0], "task")


def _task(experiment: str, query: Mapping[str, str], sentences: list[str]) -> Task:
    task = task_of(experiment, query)
    wrong = "dataset" in query and query["dataset"] not in task.fields["dataset"].choices
    choices = ", ".join(choice for member in tasks(experiment) for choice in member.fields["dataset"].choices)
    if wrong:
        sentences.append(f"The link's data is “{query['dataset'][:40]}”; it must be one of {choices}. The default is used.")
    return task


def _take(field: Field, text: str, given: Values, sentences: list[str]) -> None:
    try:
        given[field.name] = from_text(field, text)
    except (ValueError, RecursionError):
        allowed = "a list, written as in this page’s links" if field.kind == "structure" else field.allowed
        sentences.append(f"{field.label} is “{text[:40]}”; it must be {allowed}. The default is used.")


def _valid(experiment: str, given: Values) -> Values:
    values: Values = EXPERIMENTS[experiment].validate(given).model_dump()
    return values
