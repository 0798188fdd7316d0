"""What is no network of the lab: whatever file and description come, they are taken or refused with a sentence, and nothing breaks."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save
from torch import nn

from tests.service.test_network_routes import LAB, PLAIN, dense, described, posted, refused, sent

MODEL = dense(2, 4, 1, end=nn.Tanh())
GOOD = save(MODEL.state_dict())


def pickled() -> bytes:
    file = io.BytesIO()
    torch.save(MODEL.state_dict(), file)
    return file.getvalue()


def with_weight(value: float) -> bytes:
    return save({**MODEL.state_dict(), "0.weight": torch.full((4, 2), value, dtype=torch.float64)})


def placed(columns: int, start: int, end: int) -> str:
    return json.dumps({"dtype": "F64", "shape": [1, columns], "data_offsets": [start, end]})


def header(text: str, body: bytes = b"") -> bytes:
    return len(text).to_bytes(8, "little") + text.encode() + body


@pytest.mark.parametrize(
    ("weights", "named"),
    [
        (b"", "empty"),
        (b"\x93NUMPY", "no safetensors file"),
        (GOOD[:-3], "damaged"),
        (GOOD[:40], "only a part"),
        (b"\xff" * 300, "no safetensors file"),
        (header('{"0.weight":' * 20_000), "characters"),
        (header(f'{{"0.weight":{placed(2, 0, 16)},"2.weight":{placed(1, 8, 16)}}}', bytes(16)), "damaged"),
        (header(f'{{"0.weight":{placed(2**62, 0, 16)}}}', bytes(16)), "damaged"),
        (pickled(), "save_file(model.state_dict()"),
        (with_weight(np.nan), "not finite"),
        (with_weight(np.inf), "not finite"),
        (with_weight(1.1e6), "±1,000,000"),
        (save({"fc1.weight": torch.zeros(4, 2), "fc1.bias": torch.zeros(4)}), "no name of a Sequential's"),
        (save({f"layers.{name}": value for name, value in MODEL.state_dict().items()}), "model.layers.state_dict()"),
        (save(nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 1)).state_dict()), "BatchNorm"),
        (save(nn.Sequential(nn.Conv2d(1, 2, 3)).state_dict()), "convolution"),
        (save({**MODEL.state_dict(), "2.weight": torch.zeros(1, 5)}), "takes 5 inputs"),
        (save({**MODEL.state_dict(), "2.bias": torch.zeros(2)}), "has to be [1]"),
        (save({"0.bias": torch.zeros(2)}), "no “0.weight”"),
        (save({"0.weight": torch.zeros(2, 2, dtype=torch.int64)}), "float64, float32"),
        (save({f"{i}.weight": torch.zeros(1, 1) for i in range(80)}), "80 arrays"),
        (save({"0.weight": torch.zeros(0, 2), "2.weight": torch.zeros(1, 0)}), "nothing in it"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_network_is_refused_with_what_is_wrong(weights: bytes, named: str) -> None:
    sentence = refused(weights, PLAIN)
    assert sentence.startswith("weights: ") and named in sentence


@pytest.mark.parametrize(
    ("description", "named"),
    [
        (b"{", "not JSON"),
        (b"[" * 15_000, "not JSON"),
        (b"\xff\xfe\x00", "no text"),
        (b" " * 30_000, "at most 20,000"),
        ({}, "such as"),
        ({"layers": []}, "list of names"),
        ({"layers": [["Linear"]]}, "list of names"),
        ({**PLAIN, "optimiser": "adam"}, "means nothing here"),
        ({"layers": ["Linear", "Dropout(p=0.5)", "Linear", "Tanh"]}, "“Dropout” is a layer that the lab does not have"),
        ({"layers": ["Linear", "BatchNorm1d(4)", "Linear", "Tanh"]}, "“BatchNorm1d”"),
        ({"layers": ["Linear", "Sequential(", "Linear"]}, "Sequential"),
        ({"layers": ["Tanh", "Linear", "Linear"]}, "begins with a Linear"),
        ({"layers": ["Linear", "Tanh", "ReLU", "Linear"]}, "two activations"),
        ({"layers": ["Linear", "Softmax", "Linear"]}, "after the last Linear"),
        ({"layers": ["Linear", "Tanh"]}, "1 Linear layer, and the weights are those of 2"),
        ({"layers": ["Linear(3, 4)", "Tanh", "Linear", "Tanh"]}, "Linear(3, 4) where the weights are those of Linear(2, 4)"),
        ({"layers": ["Linear", "Tanh", "Linear", "ReLU"]}, "ends in ReLU"),
        ({"layers": ["Linear", "Tanh", "Linear", "Softmax"]}, "one output"),
        ({**PLAIN, "data": "moons"}, "circle, xor"),
        ({**PLAIN, "data": "hills"}, "“hills” has a number"),
        ({**PLAIN, "data": "digits"}, "64 inputs"),
        ({**PLAIN, "data": "\ud800"}, "data is"),
        ({**PLAIN, "features": ["x"]}, "1 features, and the first Linear has 2 inputs"),
        ({**PLAIN, "features": ["x", "z"]}, "features is a list of"),
        ({**PLAIN, "loss": "HuberLoss"}, "MSELoss"),
        ({**PLAIN, "loss": "BCELoss"}, "squared error"),
        ({**PLAIN, "content": "../../etc"}, "64 hexadecimal"),
    ],
)  # fmt: skip
def test_a_description_that_does_not_describe_it_is_refused(description: Any, named: str) -> None:
    assert named in refused(GOOD, description)


@pytest.mark.parametrize(
    ("model", "named"),
    [
        (dense(2, 33, 1, end=nn.Tanh()), "1 to 32 neurons"),
        (dense(64, 65, 10), "1 to 64 neurons"),
        (dense(2, 2, 2, 2, 2, 2, 2, 2, 1, end=nn.Tanh()), "up to 6"),
        (dense(64, 5, 3), "10 outputs"),
        (dense(30, 5, 3), "30 inputs"),
        (dense(2, 5, 6), "2 to 5 classes"),
        (dense(2, 5, 3, end=nn.Sigmoid()), "one such output"),
        (nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 1), nn.Tanh()), "one and the same"),
    ],
)  # fmt: skip
def test_a_network_that_the_lab_does_not_have_is_refused_with_its_bounds(model: nn.Sequential, named: str) -> None:
    assert named in refused(save(model.state_dict()), described(model))


def test_the_largest_weight_is_taken_and_can_be_run() -> None:
    answer = sent(with_weight(-1e6), PLAIN)
    assert answer.status_code == 200
    LAB.build(LAB.validate(answer.json()["changes"]))


def test_a_form_without_its_parts_says_what_to_send() -> None:
    broken = {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}
    for request in ({"content": b"x"}, {"files": {"weights": ("w", GOOD)}}, broken):
        answer = posted(**request)
        assert answer.status_code == 422 and "send a form" in answer.json()["error"]
    assert sent(bytes(3_000_000), PLAIN).status_code == 413


@st.composite
def damaged(draw: Any) -> bytes:
    """A good file with some of its bytes changed, cut or doubled."""
    chance, content = random.Random(draw(st.integers(0, 2**32))), bytearray(GOOD)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(chance.choice([9, 300, len(content)]))
        content[place : place + chance.randrange(2)] = bytes([chance.choice(b'0129"{}[]:,.Fx\x00\xff')] * chance.randrange(3))
    return bytes(content)


LEAVES = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.sampled_from(["Linear", "Tanh", "circle", "x"])
KEYS = st.sampled_from(["layers", "data", "features", "loss", "content"]) | st.text(max_size=3)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=12)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(
    damaged() | st.just(GOOD) | st.binary(max_size=80),
    st.just(PLAIN) | JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40),
    JSON,
)
def test_whatever_is_sent_is_taken_or_refused_with_a_sentence(weights: bytes, description: Any, page: Any) -> None:
    answer = sent(weights, description, page=page)
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 200:
        LAB.build(LAB.validate(answer.json()["changes"]))
    else:
        assert len(answer.json()["error"]) > 20
