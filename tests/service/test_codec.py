"""The blob against the safetensors library, and its speed against the budget of a frame."""

from __future__ import annotations

import json
import struct
import time

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load, save

from models.service import codec
from models.service.messages import Malformed, Unpacker, pack
from models.types import Refused, State

ARRAYS = {
    "1/field": np.arange(4 * 32 * 32, dtype=np.uint8).reshape(4, 32, 32),
    "1/weight": np.linspace(-1, 1, 8, dtype=np.float32).reshape(4, 2),
    "focus/weight": np.array([0.25]),
    "count": np.array([[3, -4]], np.int32),
    "flags": np.array([True, False]),
    "empty": np.zeros((0, 10), np.float32),
    "strided": np.arange(12.0).reshape(3, 4)[:, ::2],
}


def test_the_library_reads_what_is_written(tmp_path) -> None:
    blob = codec.encode(ARRAYS, {"step": 3, "text": "α “x”"})
    for name, array in load(blob).items():
        assert array.dtype == ARRAYS[name].dtype and np.array_equal(array, ARRAYS[name]), name
    (tmp_path / "frame.safetensors").write_bytes(blob)
    with safe_open(tmp_path / "frame.safetensors", "numpy") as opened:
        assert json.loads(opened.metadata()["meta"]) == {"step": 3, "text": "α “x”"}


def test_every_array_is_aligned_to_its_items() -> None:
    blob = codec.encode(ARRAYS, {"step": 3})
    (length,) = struct.unpack_from("<Q", blob)
    for name, entry in json.loads(blob[8 : 8 + length]).items():
        if name != "__metadata__":
            assert (8 + length + entry["data_offsets"][0]) % ARRAYS[name].itemsize == 0, name


def test_what_the_library_writes_is_read() -> None:
    contiguous = {name: np.ascontiguousarray(array) for name, array in ARRAYS.items()}
    arrays, meta = codec.decode(save(contiguous, {"meta": '{"step": 5}'}))
    assert meta == {"step": 5}
    assert all(np.array_equal(arrays[name], contiguous[name]) for name in contiguous)


def test_states_come_back_bit_equal() -> None:
    state = State(7, {"a": np.array([np.nan, -0.0, 5e-324])}, {"rate": 0.1})
    again, meta = codec.decode_state(codec.encode_state(state, {"branch": 2}))
    assert again.arrays["a"].tobytes() == state.arrays["a"].tobytes()
    assert (again.step, again.settings, meta) == (7, {"rate": 0.1}, {"branch": 2})


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\xff" * 40,
        codec.encode(ARRAYS, {})[:-3],
        codec.encode(ARRAYS, {}) + b"x",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 9) + b'{"a":NaN}',
    ],
)
def test_anything_else_is_refused(blob: bytes) -> None:
    with pytest.raises(Refused, match=r"^file: .*\.$"):
        codec.decode(blob)


def test_overlapping_arrays_are_refused() -> None:
    entry = {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}
    header = json.dumps({"a": entry, "b": entry}).encode()
    with pytest.raises(Refused):
        codec.decode(struct.pack("<Q", len(header)) + header + bytes(4))


def test_a_frame_of_forty_arrays_is_encoded_within_its_budget() -> None:
    arrays = {f"{k}/{name}": np.zeros((8, 8), np.float32) for k in range(10) for name in ("weight", "bias", "delta", "activation")}
    meta = {"settings": {"learning_rate": 0.1}, "health": [], "step": 4}
    codec.encode(arrays, meta)
    began = time.process_time()
    for _ in range(200):
        codec.encode(arrays, meta)
    assert (time.process_time() - began) / 200 < 0.0006, "0.3 ms, with room for a machine that is busy"


def test_messages_survive_any_cut_and_nonsense_is_noticed() -> None:
    stream = pack({"a": 1}, b"xyz") + pack({"b": "ü"}) + pack({"c": None}, bytes(1000))
    unpacker, found = Unpacker(), []
    for place in range(0, len(stream), 7):
        found += list(unpacker.feed(stream[place : place + 7]))
    assert found == [({"a": 1}, b"xyz"), ({"b": "ü"}, b""), ({"c": None}, bytes(1000))]
    with pytest.raises(Malformed):
        list(Unpacker().feed(b"\xff" * 64))
