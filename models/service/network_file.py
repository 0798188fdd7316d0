"""A safetensors file of a torch.nn.Sequential → the weights and biases of its Linear layers. Nothing in it is ever run.

Sizes are bounded before anything is made of them; whatever the file holds, it is read or refused with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize

from models.service.errors import Unprocessable

Floats = NDArray[np.float64]
MOST_BYTES: Final = 2_000_000
MOST_HEADER: Final = 100_000
MOST_TENSORS: Final = 64
LARGEST: Final = 1e6
"""As for weights that are set by hand."""
SAVE_LINE: Final = 'from safetensors.torch import save_file; save_file(model.state_dict(), "network.safetensors")'
_NAME: Final = re.compile(r"(\d{1,6})\.(weight|bias)", re.ASCII)
_PICKLES: Final = (b"PK\x03\x04", b"\x80")
"""How files of torch.save begin: a zip archive, or a bare pickle."""
_TYPES: Final = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


@dataclass(frozen=True)
class Linear:
    """One layer: `weight` (outputs, inputs), `bias` (outputs,), zeros where the file has none."""

    name: str
    weight: Floats
    bias: Floats
    has_bias: bool

    @property
    def inputs(self) -> int:
        return int(self.weight.shape[1])

    @property
    def outputs(self) -> int:
        return int(self.weight.shape[0])


@dataclass(frozen=True)
class NetworkFile:
    layers: tuple[Linear, ...]
    types: frozenset[str]
    """Number types of the tensors: F64, F32, F16, BF16."""


def read_file(content: bytes) -> NetworkFile:
    """The Linear layers in the order of their numbers. Raises Unprocessable."""
    tensors = _tensors(content)
    parts: dict[int, dict[str, Floats]] = {}
    for name, tensor in tensors.items():
        found = _NAME.fullmatch(name)
        if found is None:
            _refuse(_wrong_name(name))
        if found[2] in parts.setdefault(int(found[1]), {}):
            _refuse(f"there are two layers of the number {int(found[1])}.")
        parts[int(found[1])][found[2]] = _numbers(name, tensor)
    layers = tuple(_layer(number, parts[number]) for number in sorted(parts))
    for below, above in pairwise(layers):
        if below.outputs != above.inputs:
            _refuse(
                f"layer {above.name} takes {above.inputs} inputs, and layer {below.name} before it answers with {below.outputs} numbers."
            )
    return NetworkFile(layers, frozenset(tensor["dtype"] for tensor in tensors.values()))


def _tensors(content: bytes) -> dict[str, dict[str, Any]]:
    """{name: {dtype, shape, data}}. safetensors itself checks that shapes, types and places agree and fill the file."""
    if not content:
        _refuse("the file is empty.")
    if len(content) > MOST_BYTES:
        _refuse(f"the file has {len(content) / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:g} MB is taken.")
    header = int.from_bytes(content[:8], "little")
    begins = content[8:9] == b"{"
    if content.startswith(_PICKLES) and not begins:
        _refuse(
            f"this is a pickle, as torch.save writes it, and a pickle may run code; it is not opened. Save the weights with: {SAVE_LINE}"
        )
    if not begins or header > len(content) - 8:
        _refuse(f"this is no safetensors file, or only a part of one. It is written with: {SAVE_LINE}")
    if header > MOST_HEADER:
        _refuse(f"its header has {header:,} characters; at most {MOST_HEADER:,} are read.")
    try:
        tensors = deserialize(content)
    except (SafetensorError, ValueError, OverflowError, MemoryError):
        _refuse(f"this safetensors file is damaged: its header does not fit its numbers. Write it again with: {SAVE_LINE}")
    if not 1 <= len(tensors) <= MOST_TENSORS:
        _refuse(f"it holds {len(tensors)} arrays; a network of the lab has 1 to 7 Linear layers, with a weight and a bias each.")
    return dict(tensors)


def _wrong_name(name: str) -> str:
    shown = "".join(letter if letter.isprintable() else "?" for letter in name[:60])
    if re.search(r"running_|num_batches", name):
        return f"“{shown}” belongs to a BatchNorm, which the lab does not have; it takes Linear and activation layers."
    if found := re.fullmatch(r"([A-Za-z_][\w.]{0,80})\.\d{1,6}\.(weight|bias)", name, re.ASCII):
        return f"“{shown}” is a part of a larger module; save the Sequential itself: model.{found[1]}.state_dict()."
    return f"“{shown}” is no name of a Sequential's Linear layer; those are 0.weight, 0.bias, 2.weight and so on."


def _numbers(name: str, tensor: dict[str, Any]) -> Floats:
    kind, shape = tensor["dtype"], tuple(tensor["shape"])
    if kind not in _TYPES:
        _refuse(f"“{name}” holds {kind}; float64, float32, float16 and bfloat16 are read.")
    flat = np.frombuffer(bytes(tensor["data"]), _TYPES[kind])
    if kind == "BF16":  # the upper half of a float32
        flat = (flat.astype("<u4") << 16).view("<f4")
    numbers = flat.astype(np.float64).reshape(shape)
    if not np.isfinite(numbers).all():
        _refuse(f"“{name}” holds a number that is not finite.")
    if np.abs(numbers).max(initial=0.0) > LARGEST:
        _refuse(f"“{name}” holds {np.abs(numbers).max():.3g}; each weight has to lie within ±{LARGEST:,.0f}.")
    return numbers


def _layer(number: int, parts: dict[str, Floats]) -> Linear:
    if "weight" not in parts:
        _refuse(f"there is “{number}.bias” and no “{number}.weight”.")
    weight, has_bias = parts["weight"], "bias" in parts
    if weight.ndim != 2:
        meant = "a normalisation has such" if weight.ndim == 1 else "a convolution has such"
        _refuse(f"“{number}.weight” has the shape {list(weight.shape)}, and a Linear's is [outputs, inputs] ({meant}).")
    if not weight.size:
        _refuse(f"“{number}.weight” has the shape {list(weight.shape)}: there is nothing in it.")
    bias = parts["bias"] if has_bias else np.zeros(weight.shape[0])
    if bias.shape != weight.shape[:1]:
        _refuse(f"“{number}.bias” has the shape {list(bias.shape)}; beside that weight it has to be [{weight.shape[0]}].")
    return Linear(str(number), weight, bias, has_bias)


def _refuse(sentence: str) -> NoReturn:
    raise Unprocessable(f"weights: {sentence}", "weights")
