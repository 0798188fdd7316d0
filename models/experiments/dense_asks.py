"""Questions to a dense run's present weights. None of them changes the run."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from models.brain.protocols import answer_protocol
from models.experiments.dense_lane import DenseLane
from models.networks.dense import LOSS_CODES, DenseNetwork, example_loss
from models.rules.backpropagation import Backpropagation
from models.specs.gradient_flow import ASKS, NeuronValues, PlaneSpec, SlowMotion, Spec
from models.tasks import plane
from models.types import Array, Ask, Refused


class Lab(Protocol):
    """What the questions need of the trial."""

    spec: Spec
    dense: list[DenseLane]
    inputs: Array
    targets: Array
    train: int


class _OneExample:
    """A task of one example, to run the ordinary rule on it alone."""

    def __init__(self, inputs: Array, targets: Array) -> None:
        self.inputs, self.targets = np.ascontiguousarray(inputs), np.ascontiguousarray(targets)

    def batch(self, step: int) -> Array:
        return np.zeros(1, np.int64)


def _copy(lane: DenseLane, task: _OneExample) -> tuple[DenseNetwork, Backpropagation]:
    """The lane's network and rule as they are now, on another task; the lane itself is left alone."""
    again = DenseLane(lane.spec, lane.change, tuple(int(n) for n in lane.network.sizes), lane.network.output, task, lane.shared, "copy")
    again.network.restore(lane.network.state())
    again.rule.restore(lane.rule.state())
    again.settled()
    return again.network, again.rule


def slow_motion(lab: Lab, parameters: SlowMotion) -> dict[str, Any]:
    """Every number of one training example's forward pass, loss, backward pass and the update it alone would cause."""
    if parameters.example >= lab.train:
        raise Refused("example", f"example: there are {lab.train} training examples, numbered from 0.")
    lane, row = lab.dense[0], slice(parameters.example, parameters.example + 1)
    network, rule = _copy(lane, _OneExample(lab.inputs[row], lab.targets[row]))
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
    answer, target = network.units[0, network.unit_slice(network.layers)], lab.targets[parameters.example]
    return {
        "example": parameters.example,
        "inputs": network.units[0, network.unit_slice(0)].tolist(),
        "target": target.tolist(),
        "layers": layers,
        "loss": float(example_loss(answer, target, LOSS_CODES[lab.spec.loss], network.output_code)),
        "loss_name": lab.spec.loss,
        "output_name": network.output,
        "learning_rate": lane.settings["learning_rate"],
        "optimiser": lab.spec.optimiser,
        "regularisation": lab.spec.regularisation,
    }


def neuron_values(lab: Lab, parameters: NeuronValues) -> dict[str, Any]:
    """Every neuron's activation at one point of the plane, layer by layer, the input features first."""
    if not isinstance(lab.spec, PlaneSpec):
        raise Refused("probe", "Only points of the plane have neuron values; this run reads digits.")
    lane = lab.dense[0]
    inputs = plane.featured(np.array([[parameters.x, parameters.y]]), lab.spec.features)
    network, _ = _copy(lane, _OneExample(inputs, lab.targets[:1]))
    network.respond(inputs, np.zeros(1, np.int64))
    return {"layers": [network.units[0, network.unit_slice(k)].tolist() for k in range(network.layers + 1)]}


def dense_asks(lab: Lab) -> dict[str, Ask]:
    """Each of the spec's asks with its answer."""
    answers = {
        "slow_motion": lambda parameters: slow_motion(lab, parameters),
        "neuron_values": lambda parameters: neuron_values(lab, parameters),
        "stdp_protocol": answer_protocol,
    }
    return {name: Ask(description, model, answers[name]) for name, (description, model) in ASKS.items()}
