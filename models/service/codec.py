"""Arrays and JSON as one safetensors blob, written directly: a frame of forty small arrays takes some tens of µs.

Layout (the safetensors format): 8 bytes little-endian header length; a JSON header that maps each name to dtype, shape
and data_offsets, and `__metadata__` to text → text (here the one key `meta`, holding JSON); then the data, no gaps.
Wide items come first and the header is padded to 8 bytes, so a browser can lay typed arrays over the bytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

from models.types import Array, Refused, State

MAX_HEADER: Final = 8 * 1024 * 1024
_NUMBERS: Final = {"f8": "F64", "f4": "F32", "f2": "F16", "i8": "I64", "i4": "I32", "i2": "I16", "i1": "I8"}
_NAMES: Final = {**_NUMBERS, "u8": "U64", "u4": "U32", "u2": "U16", "u1": "U8", "b1": "BOOL"}
_DTYPES: Final = {name: np.dtype(f"<{code}" if code != "b1" else "?") for code, name in _NAMES.items()}
_LENGTH: Final = struct.Struct("<Q")
_dumps: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


@lru_cache(maxsize=8192)
def _described(name: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> str:
    code = _NAMES.get(dtype.str[1:])
    if code is None or dtype.str[0] == ">":
        raise TypeError(f"{name}: arrays of {dtype} cannot be sent.")
    return f'{json.dumps(name)}:{{"dtype":"{code}","shape":{json.dumps(list(shape))},"data_offsets":['


def encode(arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> bytes:
    """One safetensors blob. `meta` must be JSON without NaN or infinity."""
    parts = ['{"__metadata__":{"meta":', _dumps(_dumps(meta)), "}"]
    buffers: list[Any] = [b"", b""]
    offset = 0
    for name, array in sorted(arrays.items(), key=_widest_first):
        end = offset + array.nbytes
        parts.append(f",{_described(name, array.dtype, array.shape)}{offset},{end}]}}")
        buffers.append(array if array.flags.c_contiguous else np.ascontiguousarray(array))
        offset = end
    parts.append("}")
    header = "".join(parts).encode()
    header += b" " * (-len(header) % 8)
    buffers[0], buffers[1] = _LENGTH.pack(len(header)), header
    return b"".join(buffers)


def _widest_first(item: tuple[str, Array]) -> int:
    return -item[1].itemsize


def decode(blob: bytes) -> tuple[dict[str, Array], dict[str, Any]]:
    """Arrays (copies) and metadata. Raises Refused with a sentence for anything that is not exactly such a blob."""
    header, data = _header(blob)
    meta = _metadata(header.pop("__metadata__", {}))
    arrays, expected = {}, 0
    for name, begin, end, dtype, shape in sorted((_entry(name, entry) for name, entry in header.items()), key=lambda item: item[1:3]):
        if begin != expected or end > len(data):
            raise Refused("file", f"file: the array “{name[:40]}” does not lie where the header says.")
        arrays[name] = np.frombuffer(data[begin:end], dtype).reshape(shape).copy()
        expected = end
    if expected != len(data):
        raise Refused("file", "file: there are bytes that belong to no array.")
    return arrays, meta


def _header(blob: bytes) -> tuple[dict[str, Any], memoryview]:
    if len(blob) < _LENGTH.size:
        raise Refused("file", "file: this is not a saved run; it is too short.")
    (length,) = _LENGTH.unpack_from(blob)
    if length > min(MAX_HEADER, len(blob) - _LENGTH.size):
        raise Refused("file", "file: this is not a saved run, or it was cut off.")
    try:
        header = json.loads(blob[_LENGTH.size : _LENGTH.size + length], parse_constant=_no_constants)
    except (ValueError, RecursionError):
        raise Refused("file", "file: this is not a saved run; its header cannot be read.") from None
    if not isinstance(header, dict):
        raise Refused("file", "file: this is not a saved run; its header is not an object.")
    return header, memoryview(blob)[_LENGTH.size + length :]


def _no_constants(name: str) -> None:
    raise ValueError(name)


def _metadata(texts: Any) -> dict[str, Any]:
    text = texts.get("meta", "{}") if isinstance(texts, dict) else None
    try:
        meta = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        meta = None
    if not isinstance(meta, dict):
        raise Refused("file", "file: its metadata cannot be read.")
    return meta


def _entry(name: str, entry: Any) -> tuple[str, int, int, np.dtype[Any], tuple[int, ...]]:
    """Name, begin, end, dtype and shape of one array, each checked."""
    wrong = Refused("file", f"file: the array “{name[:40]}” is described wrongly.")
    if not isinstance(entry, dict) or entry.keys() != {"dtype", "shape", "data_offsets"}:
        raise wrong
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if (
        not isinstance(dtype, str)
        or dtype not in _DTYPES
        or not _counts(shape)
        or not _counts(offsets)
        or len(shape) > 8
        or len(offsets) != 2
    ):
        raise wrong
    items = 1
    for side in shape:
        items *= side
    if offsets[1] - offsets[0] != items * _DTYPES[dtype].itemsize:
        raise wrong
    return name, offsets[0], offsets[1], _DTYPES[dtype], tuple(shape)


def _counts(values: Any) -> bool:
    return isinstance(values, list) and all(type(value) is int and 0 <= value < 2**40 for value in values)


def encode_state(state: State, meta: Mapping[str, Any]) -> bytes:
    """A complete state; `meta` stands beside it in the header."""
    return encode(state.arrays, {**meta, "state": {"step": state.step, "settings": state.settings}})


def decode_state(blob: bytes) -> tuple[State, dict[str, Any]]:
    """The state and the rest of the metadata. Raises Refused."""
    arrays, meta = decode(blob)
    described = meta.pop("state", None)
    if not isinstance(described, dict) or type(described.get("step")) is not int or not isinstance(described.get("settings"), dict):
        raise Refused("file", "file: it holds arrays but not the state of a run.")
    if not 0 <= described["step"] <= 2**53:
        raise Refused("file", "file: its step lies outside 0…2^53.")
    return State(described["step"], arrays, described["settings"]), meta
