"""A network from PyTorch → the spec that begins with it: the same weights, the same answers, and data that suit it.

The lab has one activation for all hidden layers, one output for two classes, one for a value, and a softmax for more classes.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

import numpy as np
from pydantic import ValidationError

from models.service.errors import Unprocessable
from models.service.network_data import Data, Page, answers, chosen_data
from models.service.network_description import ACTIVATIONS, ENDS, Description, Module
from models.service.network_file import Linear, NetworkFile
from models.specs.gradient_flow import ADAPTER
from models.tables import Table
from models.types import refusal

TableOf = Callable[[str], Table | None]
_NAMES: Final = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid", "linear": "linear"}
_TYPES: Final = {"F32": "float32", "F16": "float16", "BF16": "bfloat16"}


@dataclass(frozen=True)
class Answer:
    """What the network's outputs mean: `classes` None is a number. `kind`: tanh, sigmoid, softmax or linear."""

    kind: str
    classes: int | None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """Every field of the spec, and what a person has to know of it."""

    changes: dict[str, Any]
    said: str


def read_network(file: NetworkFile, description: Description, page: Page, table_of: TableOf) -> Imported:
    """Raises Unprocessable where the lab has no such network, with what it has."""
    groups = _groups(description.modules)
    if len(groups) != len(file.layers):
        _refuse(f"it names {_count(len(groups), 'Linear layer')}, and the weights are those of {len(file.layers)}.", "description")
    for (module, _), layer in zip(groups, file.layers, strict=True):
        has = layer.inputs, layer.outputs
        if module.sizes not in (None, has):
            _refuse(f"it says Linear{module.sizes} where the weights are those of Linear{has}.", "description")
    hidden = _hidden([after for _, after in groups[:-1]])
    answer = _answer(groups[-1][1], file.layers[-1].outputs, description)
    layers, answer = _joined(file.layers, answer)
    data = chosen_data(layers[0].inputs, answer.classes, answer.kind, description, page, table_of)
    _check_sizes([layer.outputs for layer in layers[:-1]], data)
    changes = _spec(layers, hidden, answer, data)
    return Imported(changes, " ".join(_said(file, layers, hidden, answer, data)))


def _groups(modules: tuple[Module, ...]) -> list[tuple[Module, str]]:
    """Each Linear with the activation after it: relu, tanh, sigmoid, linear (none), softmax, logsoftmax."""
    groups: list[tuple[Module, str]] = []
    for module in modules:
        if module.kind == "linear":
            groups.append((module, "linear"))
        elif not groups:
            _refuse("a network of the lab begins with a Linear; there is no activation before it.", "description")
        elif module.kind != "identity":
            linear, before = groups[-1]
            if before != "linear":
                _refuse("there are two activations in a row; the lab has one after each Linear.", "description")
            groups[-1] = (linear, ACTIVATIONS.get(module.kind, module.kind))
    for _, after in groups[:-1]:
        if after in ENDS:
            _refuse("a Softmax has its place after the last Linear.", "description")
    return groups


def _hidden(kinds: list[str]) -> str:
    if len(set(kinds)) > 1:
        named = ", ".join(_NAMES[kind] for kind in kinds)
        _refuse(f"its hidden activations are {named}; the lab has one and the same for all hidden layers.", "description")
    return kinds[0] if kinds else "tanh"


def _answer(last: str, outputs: int, description: Description) -> Answer:
    loss, data = description.loss, description.data
    trained = () if loss != "squared_error" else ("Here it is trained with cross-entropy, not with squared error.",)
    if last == "relu":
        _refuse(
            "it ends in ReLU; the lab's outputs are Tanh or Sigmoid for two classes, Softmax for more, or none for a number.", "description"
        )
    if last in ("tanh", "sigmoid"):
        if outputs != 1:
            _refuse(
                f"it ends in {last.title()} with {outputs} outputs; the lab has one such output. More classes end in Softmax.",
                "description",
            )
        if last == "tanh" and loss == "cross_entropy":
            _refuse("it ends in Tanh, which the lab trains with squared error (MSELoss), not with cross-entropy.", "description")
        return Answer(last, 2, trained if last == "sigmoid" else ())
    if last in ENDS:
        if outputs == 1:
            _refuse(
                "it ends in a Softmax of one output, which is 1 whatever it sees; two classes take one output with Sigmoid.", "description"
            )
        said = ("LogSoftmax is shown as the softmax that it is the logarithm of.",) if last == "logsoftmax" else ()
        return Answer("softmax", outputs, said + trained)
    if outputs > 1:
        if loss == "squared_error":
            _refuse(
                f"it answers with {outputs} numbers; the lab learns one number (one output), or classes (CrossEntropyLoss).", "description"
            )
        return Answer("softmax", outputs, ("Its outputs are logits, as CrossEntropyLoss takes them; the lab shows their softmax.",))
    if loss == "cross_entropy" or data in ("circle", "xor", "gaussians", "spiral", "digits"):
        return Answer("sigmoid", 2, ("Its output is a logit, as BCEWithLogitsLoss takes it; the lab shows its sigmoid.",))
    return Answer("linear", None)


def _joined(layers: tuple[Linear, ...], answer: Answer) -> tuple[tuple[Linear, ...], Answer]:
    """Two classes have one output here: softmax(z)₂ = sigmoid(z₂ − z₁), so the last layer's two rows become their difference."""
    if answer.kind != "softmax" or answer.classes != 2:
        return layers, answer
    last = layers[-1]
    one = replace(last, weight=last.weight[1:] - last.weight[:1], bias=last.bias[1:] - last.bias[:1])
    said = "Its two outputs are one here, their difference, whose sigmoid is the softmax’s share of the second class."
    return (*layers[:-1], one), Answer("sigmoid", 2, (*answer.said, said))


def _check_sizes(hidden: list[int], data: Data) -> None:
    most_layers, most_units = data.bounds
    if len(hidden) > most_layers or any(size > most_units for size in hidden):
        has = "-".join(map(str, hidden))
        _refuse(f"its hidden layers are {has}; {data.place} there may be up to {most_layers} of 1 to {most_units} neurons each.", "weights")


def _spec(layers: tuple[Linear, ...], hidden: str, answer: Answer, data: Data) -> dict[str, Any]:
    flat = np.concatenate([part for layer in layers for part in (layer.weight.ravel(), layer.bias)]).astype("<f8")
    fields = {
        **data.fields,
        "hidden_layers": [layer.outputs for layer in layers[:-1]],
        "activation": hidden,
        "weights": base64.urlsafe_b64encode(flat.tobytes()).decode().rstrip("="),
    }
    if data.task == "plane" and answer.kind == "sigmoid":
        fields["loss"] = "cross_entropy"
    try:
        spec: dict[str, Any] = ADAPTER.validate_python(fields).model_dump(mode="json")
    except ValidationError as error:
        _refuse(refusal(error).message, "description")
    return spec


def _said(file: NetworkFile, layers: tuple[Linear, ...], hidden: str, answer: Answer, data: Data) -> Iterator[str]:
    sizes = "-".join(str(size) for size in (layers[0].inputs, *(layer.outputs for layer in layers)))
    inner = ["", f"a {_NAMES[hidden]} hidden layer, "][len(layers) - 1] if len(layers) < 3 else f"{_NAMES[hidden]} hidden layers, "
    numbers = sum(layer.weight.size + layer.bias.size for layer in layers)
    yield f"Your {sizes} network: {inner}a {answer.kind} output for {answers(answer.classes)}, {numbers:,} weights and biases."
    yield data.said
    yield from answer.said
    without = [layer.name for layer in file.layers if not layer.has_bias]
    if without:
        yield f"Without a bias in the file: layer {', '.join(without)}; here each has biases of zero, which learn."
    narrow = sorted(_TYPES[kind] for kind in file.types if kind in _TYPES)
    if narrow:
        yield f"Its numbers were {' and '.join(narrow)}; they are float64 here, with the same values."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _refuse(sentence: str, field: str) -> NoReturn:
    raise Unprocessable(f"{field}: {sentence}", field)
