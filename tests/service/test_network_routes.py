"""Networks from PyTorch: what torch wrote answers in the lab as it did there, and what is no such network is refused with a sentence."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import Any

import httpx
import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn

from models.catalog import EXPERIMENTS
from models.experiments.gradient_flow import GradientFlow
from models.service.http import create_api
from models.service.service import create_service
from models.service.settings import Settings
from models.service.table_reader import read_table
from models.tables import Table

LAB = EXPERIMENTS["gradient-flow"]
SERVICE = create_service(Settings(backend="inline"))
API = create_api(SERVICE)
PLAIN = {"layers": ["Linear", "Tanh", "Linear", "Tanh"]}


def posted(**request: Any) -> httpx.Response:
    """An error inside the service would come out here."""

    async def post() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(API), base_url="http://localhost") as client:
            return await client.post("/networks", **request)

    return asyncio.run(post())


def sent(weights: bytes, description: Any, **form: Any) -> Any:
    text = description if isinstance(description, bytes) else json.dumps(description).encode()
    files = {"weights": ("network.safetensors", weights), "description": ("network.json", text)}
    return posted(files=files, data={name: json.dumps(value) for name, value in form.items()})


def described(model: nn.Sequential, **more: Any) -> dict[str, Any]:
    return {"layers": [str(layer) for layer in model], **more}


def seen(model: nn.Sequential, table: Table | None = None, **more: Any) -> tuple[GradientFlow, str]:
    """The run that the import begins, and what was said of it."""
    form = {name: more.pop(name) for name in ("page",) if name in more}
    answer = sent(save(model.state_dict()), described(model, **more), **form)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told.keys() == {"changes", "said"}
    spec = LAB.validate(told["changes"])
    assert told["changes"].keys() == spec.model_dump().keys()
    materials = {table.content_id: table.canonical} if table else {}
    return LAB.build(spec, materials), told["said"]


def refused(weights: bytes, description: Any, **form: Any) -> str:
    answer = sent(weights, description, **form)
    assert answer.status_code == 422, answer.text
    sentence: str = answer.json()["error"]
    assert answer.json()["field"] in ("weights", "description")
    return sentence


def dense(*sizes: int, inner: type[nn.Module] = nn.Tanh, end: nn.Module | None = None, kind: torch.dtype = torch.float64) -> nn.Sequential:
    torch.manual_seed(len(sizes))
    layers: list[nn.Module] = []
    for below, above in pairwise(sizes):
        layers += [nn.Linear(below, above), inner()]
    return nn.Sequential(*layers[:-1], *([end] if end else [])).to(kind)


def agree(model: nn.Sequential, trial: GradientFlow, meant: Any = lambda answer: answer) -> None:
    """The lab's answers to what its network sees are torch's to the same rows, up to the rounding of sums."""
    rows = trial.task.inputs[:50]
    with torch.no_grad():
        there = meant(model.double()(torch.tensor(rows))).numpy()
    np.testing.assert_allclose(trial.answers(rows), there, atol=1e-12, rtol=0)


@pytest.mark.parametrize("inner", [nn.ReLU, nn.Tanh, nn.Sigmoid, nn.Identity])
def test_each_activation_answers_as_in_torch(inner: type[nn.Module]) -> None:
    model = dense(3, 5, 4, 1, inner=inner, end=nn.Tanh())
    trial, said = seen(model)
    agree(model, trial)
    assert (trial.spec.features, trial.spec.dataset, trial.spec.loss) == (("x", "y", "x²"), "circle", "squared_error")
    assert "3-5-4-1" in said and "x, y and x²" in said


def softmax(logits: Any) -> Any:
    return logits.softmax(1)


@pytest.mark.parametrize(
    ("model", "more", "meant", "expected"),
    [
        (dense(2, 1, end=nn.Tanh()), {}, None, {"dataset": "circle", "hidden_layers": ()}),
        (dense(2, 6, 1, end=nn.Sigmoid()), {"data": "spiral"}, None, {"dataset": "spiral", "loss": "cross_entropy"}),
        (dense(2, 6, 1), {}, None, {"dataset": "hills"}),
        (dense(2, 6, 1), {"data": "slope", "loss": "nn.MSELoss()"}, None, {"dataset": "slope"}),
        (dense(2, 6, 1), {"loss": "BCEWithLogitsLoss"}, torch.sigmoid, {"dataset": "circle", "loss": "cross_entropy"}),
        (dense(2, 6, 4), {"loss": "CrossEntropyLoss", "data": "xor"}, softmax, {"dataset": "xor", "classes": 4}),
        (dense(2, 6, 3, end=nn.Softmax(dim=1)), {}, None, {"dataset": "circle", "classes": 3}),
        (dense(2, 6, 3, end=nn.LogSoftmax(dim=1)), {}, torch.exp, {"classes": 3}),
        (dense(2, 6, 2), {}, lambda logits: softmax(logits)[:, 1:], {"classes": 2, "loss": "cross_entropy"}),
        (dense(2, 5, 1, end=nn.Tanh()), {"features": ["sin(x)", "y"]}, None, {"features": ("sin x", "y")}),
        (dense(7, 32, 1, end=nn.Tanh()), {}, None, {"hidden_layers": (32,)}),
        (dense(64, 16, 10, inner=nn.ReLU), {}, softmax, {"dataset": "digits", "activation": "relu"}),
        (dense(64, 64, 64, 64, 64, 64, 64, 10), {}, softmax, {"hidden_layers": (64,) * 6}),
    ],
)  # fmt: skip
def test_each_output_means_in_the_lab_what_it_meant_in_torch(model: Any, more: Any, meant: Any, expected: Any) -> None:
    trial, _ = seen(model, **more)
    agree(model, trial, meant or (lambda answer: answer))
    assert {name: getattr(trial.spec, name) for name in expected} == expected


@pytest.mark.parametrize("kind", [torch.float32, torch.float16, torch.bfloat16])
def test_narrow_numbers_keep_their_values(kind: torch.dtype) -> None:
    model = dense(2, 8, 1, end=nn.Tanh(), kind=kind)
    trial, said = seen(model)
    agree(model, trial)
    assert str(kind).removeprefix("torch.") in said


def test_a_layer_without_bias_gets_zeros_and_a_word() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(2, 4, bias=False), nn.ReLU(inplace=True), nn.Linear(4, 1), nn.Tanh()).double()
    trial, said = seen(model)
    agree(model, trial)
    assert "layer 1" in said and not trial.dense.first.network.state_dict()["0.bias"].any()


def test_numbers_in_the_names_may_have_gaps_and_the_description_several_forms() -> None:
    model = dense(2, 4, 1, end=nn.Tanh())
    renamed = {f"{int(name[0]) * 5 + 11}{name[1:]}": tensor for name, tensor in model.state_dict().items()}
    answers = [
        sent(save(renamed), form).json()["changes"]
        for form in (PLAIN, PLAIN["layers"], {"layers": str(model)}, str(model).encode(), ["nn.Linear(2, 4)", "nn.Tanh", "linear", "Tanh"])
    ]  # fmt: skip
    assert answers[0]["hidden_layers"] == [4] and all(answer == answers[0] for answer in answers)


def table(columns: int, labels: str) -> Table:
    made = read_table(
        "\n".join(",".join(str((i * 7 + j * 3) % 11) for j in range(columns)) + f",{labels[i % len(labels)]}" for i in range(30))
    ).table
    SERVICE.supervisor.materials.add(made)
    return made


def test_a_table_takes_a_network_of_as_many_inputs() -> None:
    given = table(9, "abc")
    model = dense(9, 5, 3)
    for more in ({"content": given.content_id}, {"page": {"dataset": "table", "content": given.content_id}}):
        trial, said = seen(model, given, **more)
        agree(model, trial, softmax)
        assert "standard deviation" in said
    assert "Own data first" in refused(save(model.state_dict()), described(model))
    assert "no longer kept" in refused(save(model.state_dict()), described(model, content="0" * 64))
    assert "three classes" in refused(save(dense(9, 5, 4).state_dict()), described(dense(9, 5, 4), content=given.content_id))


def test_own_points_and_the_data_on_the_page_are_kept_where_they_suit() -> None:
    drawn = table(2, "abc")
    trial, _ = seen(dense(3, 5, 3), drawn, page={"dataset": "own", "content": drawn.content_id})
    assert (trial.spec.dataset, trial.spec.content) == ("own", drawn.content_id)
    assert seen(dense(2, 5, 1, end=nn.Tanh()), page={"dataset": "spiral"})[0].spec.dataset == "spiral"
    assert seen(dense(2, 5, 1), page={"dataset": "spiral"})[0].spec.dataset == "hills"
