"""The dense lab's network as a PyTorch script that a person would want to read: what it is, and how it was trained.

The script needs torch and the weights (`export?format=pytorch`), and nothing of the lab. Run by itself it answers a few inputs and
compares them with what the lab answered, so that whoever takes it away can see that it is the same network.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np

from models.experiments.dense_changes import lesioned
from models.experiments.dense_task import DenseTask
from models.experiments.torch_data import as_given, checked_inputs, data_part
from models.networks.dense import DenseNetwork
from models.rules.optimisers import BETA_1, BETA_2, EPSILON
from models.specs.gradient_flow import Spec
from models.specs.rules import RULES
from models.types import Array, Settings

__all__ = ["checked_inputs", "torch_script"]

_MODULES: Final = {
    "relu": "nn.ReLU()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "linear": "nn.Identity()",
    "softmax": "nn.Softmax(dim=1)",
}
_LOSSES: Final = {
    "tanh": ("half the squared error; targets are -1 and +1", "0.5 * (answer - targets).square().sum(1).mean()"),
    "linear": ("half the squared error; a target is the number itself", "0.5 * (answer - targets).square().sum(1).mean()"),
    "sigmoid": ("cross-entropy; targets are 0 and 1", "nn.functional.binary_cross_entropy(answer, targets)"),
    "softmax": ("cross-entropy; a target is 1 at its class and 0 elsewhere", "-(targets * answer.clamp_min(1e-300).log()).sum(1).mean()"),
}
_ON: Final = {"own": "points of one's own", "table": "a table of one's own", "digits": "8×8 digits"}
_PENALTIES: Final = {
    "l1": "{rate!r} * sum(weight.abs().sum() for weight in weights)",
    "l2": "0.5 * {rate!r} * sum(weight.square().sum() for weight in weights)",
}


def torch_script(spec: Spec, task: DenseTask, network: DenseNetwork, live: Settings, step: int, shown: Array, answers: Array) -> str:
    """Python source. `shown` are inputs as a person gives them (points or pixels), `answers` what the lab answers to them."""
    parts = [
        _opening(spec, network, step),
        data_part(task),
        _network(network),
        _training(network, spec, live),
        _checking(as_given(task, shown), answers),
    ]
    return "\n\n".join(parts)


def _opening(spec: Spec, network: DenseNetwork, step: int) -> str:
    sizes = "-".join(str(int(n)) for n in network.sizes)
    whose = ", the first of its run's networks," if spec.lanes else ""
    return f'''"""A {sizes} network{whose} as it was after {step:,} updates on {_ON.get(spec.dataset, f"“{spec.dataset}”")} in Parallax.

    python this_script.py weights.pt

loads the weights that were exported with it and compares a few answers with those of the lab.
Needs torch only. Everything is in double precision, as in the lab.{_rule(spec)}
"""

import sys

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
'''


def _rule(spec: Spec) -> str:
    """Torch has one rule; a network that learned by another goes on by backpropagation."""
    if spec.rule == "backpropagation":
        return ""
    return f"\n\nIn the lab it learned by another rule ({RULES[spec.rule].title}); train() below goes on by backpropagation."


def _network(network: DenseNetwork) -> str:
    last = network.layers - 1
    lines = []
    for k, (below, above) in enumerate(pairwise(int(n) for n in network.sizes)):
        lines.append(f"    nn.Linear({below}, {above}),")
        if k < last or network.output != "linear":
            lines.append(f"    {_MODULES[network.output if k == last else network.hidden]},")
    body = "\n".join(lines)
    return f"""network = nn.Sequential(
{body}
)
{_lesions(network)}

def load(path):
    network.load_state_dict(torch.load(path, weights_only=True))
{_SILENCE if lesioned(network) else ""}"""


_SILENCE: Final = """    with torch.no_grad():
        for layer, neuron in LESIONED:
            network[2 * layer].weight[:, neuron] = 0.0
"""


def _lesions(network: DenseNetwork) -> str:
    if not lesioned(network):
        return ""
    pairs = ", ".join(f"({layer}, {neuron})" for layer, neuron in lesioned(network))
    said = "# Switched off in the lab, layer 0 being the inputs: a neuron that answers 0 is one that nobody listens to."
    return f"{said}\nLESIONED = [{pairs}]\n"


def _optimiser(spec: Spec, live: Settings) -> str:
    rate = float(live["learning_rate"])
    if spec.optimiser == "adam":
        return f"torch.optim.Adam(network.parameters(), lr={rate!r}, betas=({BETA_1!r}, {BETA_2!r}), eps={EPSILON!r})"
    momentum = f", momentum={float(live['momentum'])!r}" if spec.optimiser == "momentum" else ""
    return f"torch.optim.SGD(network.parameters(), lr={rate!r}{momentum})"


def _training(network: DenseNetwork, spec: Spec, live: Settings) -> str:
    said, expression = _LOSSES[network.output]
    penalty, weights = "", ""
    if spec.regularisation != "none":
        weights = '\n    weights = [parameter for name, parameter in network.named_parameters() if name.endswith("weight")]'
        penalty = " + " + _PENALTIES[spec.regularisation].format(rate=float(live["regularisation_rate"]))
    held = "\n".join(_held(network))
    return f'''def loss_of(answer, targets):
    """The loss: {said}{"" if not penalty else f"; and {spec.regularisation.upper()} on the weights"}."""{weights}
    return {expression}{penalty}


{held}optimiser = {_optimiser(spec, live)}


def step(inputs, targets):
    """One update; returns the loss before it."""
    optimiser.zero_grad()
    loss = loss_of(network(features(inputs)), targets)
    loss.backward()
{_HELD_STEP if held else "    optimiser.step()"}
    return loss.item()


def train(inputs, targets, epochs):
    """Inputs as `features` takes them, targets as `targets_of` makes them.{_FORGOTTEN[spec.optimiser]}"""
    for _ in range(epochs):
        for batch in torch.randperm(len(inputs)).split({spec.batch_size}):
            step(inputs[batch], targets[batch])
'''


_FORGOTTEN: Final = {
    "sgd": "",
    "momentum": "\n\n    The lab's momentum is not in the weights: it begins anew here.\n    ",
    "adam": "\n\n    The lab's moments of the gradient are not in the weights: they begin anew here.\n    ",
}
_HELD_STEP: Final = """    before = [(parameter, places, parameter.detach().view(-1)[places].clone()) for parameter, places in frozen()]
    optimiser.step()
    with torch.no_grad():
        for parameter, places, values in before:
            parameter.view(-1)[places] = values"""


def _held(network: DenseNetwork) -> Iterator[str]:
    """What no update moves: frozen weights, and the silenced ones of lesioned neurons."""
    places: dict[str, list[int] | slice] = {}
    for k in range(1, network.layers + 1):
        moves = network.weights_of(network.mobile, k) * network.alive[network.unit_slice(k - 1)]
        for name, mobile in ((f"{2 * (k - 1)}.weight", moves.ravel()), (f"{2 * (k - 1)}.bias", network.mobile[network.bias_slice(k)])):
            if not mobile.all():
                places[name] = slice(None) if not mobile.any() else np.flatnonzero(mobile == 0).tolist()
    if not places:
        return
    yield "# Which places of each flattened parameter no update moves: frozen in the lab, or behind a neuron that is switched off."
    yield f"FROZEN = {places!r}\n\n"
    yield "def frozen():\n    return [(network.get_parameter(name), places) for name, places in FROZEN.items()]\n\n\n"


def _checking(shown: Array, answers: Array) -> str:
    return f'''# A few test examples, and what the lab answered to them.
INPUTS = torch.tensor([
{_rows(shown)}
])
LAB_ANSWERED = torch.tensor([
{_rows(answers)}
])


def check():
    """The largest difference between this network's answers and the lab's."""
    with torch.no_grad():
        return (network(features(INPUTS)) - LAB_ANSWERED).abs().max().item()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the file of the weights: python this_script.py weights.pt")
    load(sys.argv[1])
    with torch.no_grad():
        for given, answer in zip(INPUTS, network(features(INPUTS))):
            print([round(value, 4) for value in given.tolist()], "->", [round(value, 6) for value in answer.tolist()])
    print(f"largest difference from the lab: {{check():.1e}}")
'''


def _rows(table: Array) -> str:
    return "\n".join("    " + _row(row) + "," for row in np.asarray(table, float).tolist())


def _row(values: list[Any]) -> str:
    """A run that diverged has numbers that Python has no word for."""
    return "[" + ", ".join(repr(value) if math.isfinite(value) else f'float("{value}")' for value in values) + "]"
