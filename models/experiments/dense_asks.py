"""Questions to a dense run's present weights. None of them changes the run."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from models.brain.protocols import answer_protocol
from models.experiments.dense_lane import DenseLane
from models.experiments.dense_lanes import DenseLanes
from models.experiments.dense_task import DenseTask
from models.networks.dense import LOSS_CODES, DenseNetwork, example_loss
from models.probes.layer_space import nearest
from models.rules.dense_rule import DenseRule
from models.specs.gradient_flow import ASKS, Nearest, NeuronValues, SlowMotion, Spec
from models.specs.rules import RULES
from models.tasks import plane
from models.types import Array, Ask, Refused


class Lab(Protocol):
    """What the questions need of the trial."""

    spec: Spec
    task: DenseTask
    dense: DenseLanes


class _OneExample:
    """A task of one example, to run the ordinary rule on it alone."""

    def __init__(self, inputs: Array, targets: Array) -> None:
        self.inputs, self.targets = np.ascontiguousarray(inputs), np.ascontiguousarray(targets)

    def batch(self, step: int) -> Array:
        return np.zeros(1, np.int64)


def _copy(lane: DenseLane, example: _OneExample) -> tuple[DenseNetwork, DenseRule]:
    """The lane's network and rule as they are now, on another task; the lane itself is left alone."""
    again = DenseLane(lane.spec, lane.change, lane.task, example, lane.shared, lane.number)
    again.network.restore(lane.network.state())
    again.rule.restore(lane.rule.state())
    again.settled()
    return again.network, again.rule


def slow_motion(lab: Lab, parameters: SlowMotion) -> dict[str, Any]:
    """Every number of one training example's forward pass, loss, backward pass and the update it alone would cause."""
    _check_example(lab, parameters.example)
    if lab.spec.rule != "backpropagation":
        named = f"this network learns by another rule ({RULES[lab.spec.rule].title})"
        raise Refused("rule", f"Slow motion writes out backpropagation, and {named}. Choose backpropagation to see it.")
    task, lane, row = lab.task, lab.dense.first, slice(parameters.example, parameters.example + 1)
    network, rule = _copy(lane, _OneExample(task.inputs[row], task.targets[row]))
    updates = rule.updates(0)
    layers = []
    for k in range(1, network.layers + 1):
        below, here = network.units[0, network.unit_slice(k - 1)], network.unit_slice(k)
        weights, bias = network.weights_of(network.parameters, k), network.parameters[network.bias_slice(k)]
        layers.append(
            {
                "weights": weights.tolist(),
                "bias": bias.tolist(),
                "z": (weights @ below + bias).tolist(),
                "activation": network.units[0, here].tolist(),
                "activation_name": network.output if k == network.layers else network.hidden,
                "delta": rule.deltas[0, here].tolist(),
                "weight_gradient": network.weights_of(rule.gradient, k).tolist(),
                "bias_gradient": rule.gradient[network.bias_slice(k)].tolist(),
                "weight_update": network.weights_of(updates, k).tolist(),
                "bias_update": updates[network.bias_slice(k)].tolist(),
            }
        )
    answer, target = network.units[0, network.unit_slice(network.layers)], task.targets[parameters.example]
    return {
        "example": parameters.example,
        "inputs": network.units[0, network.unit_slice(0)].tolist(),
        "target": target.tolist(),
        "layers": layers,
        "loss": float(example_loss(answer, target, LOSS_CODES[task.loss], network.output_code)),
        "loss_name": task.loss,
        "output_name": network.output,
        "learning_rate": lane.settings["learning_rate"],
        "optimiser": lab.spec.optimiser,
        "regularisation": lab.spec.regularisation,
    }


def _check_example(lab: Lab, example: int) -> None:
    if example >= lab.task.train:
        raise Refused("example", f"example: there are {lab.task.train} training examples, numbered from 0.")


def neuron_values(lab: Lab, parameters: NeuronValues) -> dict[str, Any]:
    """Every neuron's activation at one point of the plane, layer by layer, the input features first."""
    inputs, network = _of_point(lab, parameters.x, parameters.y), lab.dense.first.network
    return {"layers": [network.layer_response(inputs, k)[0].tolist() for k in range(network.layers + 1)]}


def _of_point(lab: Lab, x: float, y: float) -> Array:
    """The features (1, n_0) of a point of the plane."""
    if lab.task.kind != "plane":
        raise Refused(
            "probe", f"Only points of the plane have neuron values; this run reads {'digits' if lab.task.kind == 'digits' else 'a table'}."
        )
    return plane.featured(np.array([[x, y]]), lab.task.features)


def nearest_examples(lab: Lab, parameters: Nearest) -> dict[str, Any]:
    """The training examples whose activations in a layer lie nearest (Euclid) to those of a point or of an example.

    `scale` is the layer's spread: the root mean square distance of those examples from their mean.
    """
    task, network = lab.task, lab.dense.first.network
    if parameters.layer > network.layers:
        raise Refused("layer", f"layer: give a whole number from 0 to {network.layers}.")
    if parameters.example is not None:
        _check_example(lab, parameters.example)
        here = task.inputs[parameters.example : parameters.example + 1]
    else:
        assert parameters.x is not None and parameters.y is not None
        here = _of_point(lab, parameters.x, parameters.y)
    places = network.layer_response(task.inputs[: min(task.train, parameters.among or task.train)], parameters.layer)
    indices, distances = nearest(places, network.layer_response(here, parameters.layer)[0], parameters.count + 1)
    found = [(int(i), float(d)) for i, d in zip(indices, distances, strict=True) if i != parameters.example][: parameters.count]
    spread = float(np.sqrt(places.var(axis=0).sum()))
    return {"layer": parameters.layer, "neighbours": [_neighbour(task, i, d) for i, d in found], "scale": spread}


def _neighbour(task: DenseTask, example: int, distance: float) -> dict[str, Any]:
    point = task.points[example].tolist() if task.kind == "plane" else None
    label = float(task.targets[example, 0]) if task.problem == "number" else int(task.labels[example])
    return {"example": example, "distance": distance, "label": label, "point": point}


def dense_asks(lab: Lab) -> dict[str, Ask]:
    """Each of the spec's asks with its answer."""
    answers = {
        "slow_motion": lambda parameters: slow_motion(lab, parameters),
        "nearest": lambda parameters: nearest_examples(lab, parameters),
        "neuron_values": lambda parameters: neuron_values(lab, parameters),
        "stdp_protocol": answer_protocol,
    }
    return {name: Ask(description, model, answers[name]) for name, (description, model) in ASKS.items()}
