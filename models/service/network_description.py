"""What a person says of a network beside its weights: its layers in order, and where they like, data, features and loss."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn, get_args

from models.service.errors import Unprocessable
from models.specs.dense import CONTENT_ID, PLANE_FEATURES, PlaneFeature

MOST_BYTES: Final = 20_000
MOST_LAYERS: Final = 32
EXAMPLE: Final = '{"layers": ["Linear", "Tanh", "Linear", "Tanh"]}'
ACTIVATIONS: Final = {"relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid", "identity": "linear"}
ENDS: Final = {"softmax": "softmax", "logsoftmax": "softmax"}
DATASETS: Final = ("circle", "xor", "gaussians", "spiral", "slope", "hills", "own", "digits", "table")
_KEYS: Final = ("layers", "data", "features", "loss", "content")
_MODULE: Final = re.compile(r"(?:[a-z_]{1,20}\.){0,6}([A-Za-z_]\w{0,40})\s*(?:\((.*)\))?", re.ASCII | re.DOTALL)
_LISTED: Final = re.compile(r"^\s*\(\w{1,40}\):\s*(\S.*)$", re.ASCII | re.MULTILINE)
_NAMED_SIZES: Final = re.compile(r"in_features\s*=\s*(\d{1,9})\s*,\s*out_features\s*=\s*(\d{1,9})", re.ASCII)
_SIZES: Final = re.compile(r"\s*(\d{1,9})\s*,\s*(\d{1,9})", re.ASCII)
_LOSSES: Final = {
    "mseloss": "squared_error",
    "mse": "squared_error",
    "squarederror": "squared_error",
    "bceloss": "cross_entropy",
    "bcewithlogitsloss": "cross_entropy",
    "crossentropyloss": "cross_entropy",
    "crossentropy": "cross_entropy",
    "nllloss": "cross_entropy",
}
_ALIASES: Final = {
    "x^2": "x²", "x**2": "x²", "x2": "x²", "y^2": "y²", "y**2": "y²", "y2": "y²", "x*y": "xy", "sin(x)": "sin x", "sin(y)": "sin y",
}  # fmt: skip


@dataclass(frozen=True)
class Module:
    """`kind` in lower case; `sizes` (inputs, outputs) of a Linear where they were given."""

    kind: str
    sizes: tuple[int, int] | None = None


@dataclass(frozen=True)
class Description:
    modules: tuple[Module, ...]
    data: str | None = None
    features: tuple[PlaneFeature, ...] | None = None
    loss: str | None = None
    content: str | None = None


def read_description(content: bytes) -> Description:
    """JSON with `layers`, the list alone, or the text of print(model). Raises Unprocessable."""
    if len(content) > MOST_BYTES:
        _refuse(f"it has {len(content):,} characters; at most {MOST_BYTES:,} are read.")
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        _refuse(f"this is no text. It is JSON such as {EXAMPLE}.")
    given = {"layers": text} if text.startswith("Sequential(") else _json(text)
    if isinstance(given, list):
        given = {"layers": given}
    if not isinstance(given, dict) or "layers" not in given:
        _refuse(f"it has to name the layers in their order, such as {EXAMPLE}.")
    for key in given:
        if key not in _KEYS:
            _refuse(f"“{_shown(key)}” means nothing here; it may have {', '.join(_KEYS)}.")
    return Description(
        _modules(given["layers"]),
        _data(given.get("data")),
        _features(given.get("features")),
        _loss(given.get("loss")),
        _id(given.get("content")),
    )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        _refuse(f"this is not JSON. It looks like {EXAMPLE}.")


def _modules(given: Any) -> tuple[Module, ...]:
    named = _LISTED.findall(given) if isinstance(given, str) else given
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named) or not named:
        _refuse(f"layers is a list of names, such as {EXAMPLE}, or the text of print(model).")
    if len(named) > MOST_LAYERS:
        _refuse(f"it names {len(named)} layers; at most {MOST_LAYERS} are read.")
    modules = [_module(name) for name in named]
    if modules and modules[0].kind == "flatten":  # rows are flat already
        modules = modules[1:]
    for module in modules:
        if module.kind == "flatten":
            _refuse("a Flatten has its place at the very start.")
    return tuple(modules)


def _module(name: str) -> Module:
    found = _MODULE.fullmatch(name.strip().removeprefix("<class '").removesuffix("'>")[:300])
    kind = found[1].lower() if found else ""
    if found is None or kind not in {"linear", "flatten", *ACTIVATIONS, *ENDS}:
        called = found[1] if found else _shown(name)
        _refuse(f"“{called}” is a layer that the lab does not have; it takes Linear with {_ALLOWED}.{_HINTS.get(kind, '')}")
    arguments = found[2] or ""
    sizes = (_NAMED_SIZES.search(arguments) or _SIZES.match(arguments)) if kind == "linear" else None
    return Module(kind, (int(sizes[1]), int(sizes[2])) if sizes else None)


_ALLOWED: Final = "ReLU, Tanh, Sigmoid or Identity after it, and Softmax or LogSoftmax at the end"
_HINTS: Final = {
    "dropout": " A Dropout does nothing once training is over: leave it out of the Sequential, and of this list.",
    "sequential": " Put the layers of the inner Sequential into the outer one.",
}


def _data(given: Any) -> str | None:
    if given is not None and given not in DATASETS:
        _refuse(f"data is “{_shown(given)}”; it may be {', '.join(DATASETS)}.")
    return given if isinstance(given, str) else None


def _features(given: Any) -> tuple[PlaneFeature, ...] | None:
    if given is None:
        return None
    known = [_ALIASES.get(name, name) if isinstance(name, str) else None for name in given] if isinstance(given, list) else []
    if not known or not all(name in get_args(PlaneFeature) for name in known) or len(set(known)) != len(known):
        _refuse(f"features is a list of {', '.join(PLANE_FEATURES)}, each at most once.")
    return tuple(known)  # type: ignore[arg-type]


def _loss(given: Any) -> str | None:
    if given is None:
        return None
    plain = re.sub(r"^(?:torch\.)?(?:nn\.)?|[()_ -]", "", given[:60].lower()) if isinstance(given, str) else ""
    if plain not in _LOSSES:
        _refuse(f"loss is “{_shown(given)}”; it may be MSELoss, BCELoss, BCEWithLogitsLoss, CrossEntropyLoss or NLLLoss.")
    return _LOSSES[plain]


def _id(given: Any) -> str | None:
    if given is not None and not (isinstance(given, str) and re.fullmatch(CONTENT_ID, given)):
        _refuse("content is the content id of a table: 64 hexadecimal digits.")
    return given if isinstance(given, str) else None


def _shown(given: Any) -> str:
    """A few characters of whatever was given."""
    text = given[:40] if isinstance(given, str) else type(given).__name__
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _refuse(sentence: str) -> NoReturn:
    raise Unprocessable(f"description: {sentence}", "description")
