"""One lane of the page on learning rules: the common network under one rule, and what a viewer can read of it."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from models.experiments.dense_lane import wants
from models.experiments.dense_task import DenseTask
from models.experiments.rule_networks import network_of
from models.experiments.rules_angles import TrueGradient, angles
from models.experiments.rules_replay import BareNetwork, Replayed
from models.networks.dense import LOSS_CODES
from models.probes.layers import Magnitudes
from models.rules.catalogue import make
from models.rules.optimisers import Optimiser
from models.specs.learning_rules import Spec, rate_of
from models.specs.rules import RULES, RuleLane
from models.types import Array, Batches, Lane, Settings, Subscription

TRAINING: Final = 200
"""So many training examples are measured."""
TESTED: Final = 500
_BIASES: Final = 13
"""Stream of the generator that draws first biases."""


class RulesLane:
    """`shared` are the run's live settings. All lanes begin with the same weights."""

    def __init__(self, spec: Spec, change: RuleLane, task: DenseTask, batches: Batches, shared: Settings, number: int) -> None:
        self.number, self.change, self.task, self.shared = number, change, task, shared
        self.described = RULES[change.rule]
        self.rate = rate_of(change, spec)
        sizes = (task.inputs.shape[1], *spec.hidden_layers, task.targets.shape[1])
        self.network = network_of(self.described.network, sizes, spec.activation, task.output, f"rule {number}", by_batch=True)
        self.network.initialise(spec.initialisation, spec.seed)
        self._draw_biases(spec.seed)
        self.settings: Settings = {"regularisation_rate": 0.0}
        self._take_settings()
        self.optimiser = Optimiser(spec.optimiser, "none", self.network.parameters.size, self.settings)
        loss = LOSS_CODES[task.loss]
        self.rule = make(change.rule, self.network, batches, loss, self.optimiser, spec.seed, change.recipe)
        self.replayed = Replayed(self.network, self.rule)
        self.lane = Lane(self.network.name, "network", BareNetwork(self.network), self.replayed)
        self._true = TrueGradient(self.described.network, self.network, task.loss)
        self.batches = batches
        self.halted: str | None = None
        self.measured: dict[str, float] = {}
        self.measured_at = 0

    def _draw_biases(self, seed: int) -> None:
        """Hidden biases uniform within ±1/√n_in, as PyTorch draws them. Without them a tanh network is an odd function of its inputs for as
        long as nothing moves them, and a rule that leaves them alone could never tell a circle's inside from its outside."""
        generator = np.random.default_rng([seed, _BIASES])
        for k in range(1, self.network.layers):
            limit = 1.0 / math.sqrt(int(self.network.sizes[k - 1]))
            here = self.network.bias_slice(k)
            self.network.parameters[here] = generator.uniform(-limit, limit, here.stop - here.start)

    @property
    def layers(self) -> int:
        return self.network.layers

    def _take_settings(self) -> None:
        self.settings |= {"learning_rate": self.rate * self.shared["rate_factor"], "momentum": self.shared["momentum"]}

    def settled(self) -> None:
        self._take_settings()
        self.optimiser.settled()
        self.lane.resting = self.halted is not None

    def broken(self) -> bool:
        return not np.isfinite(self.optimiser.moved)

    def halt(self, sentence: str) -> None:
        self.halted, self.lane.resting = sentence, True

    # Measuring

    def measure(self) -> dict[str, float]:
        """Loss and share right on the first training examples and on the held-out ones, and the angles of the last update."""
        task, network = self.task, self.network
        parts = {"train": slice(0, min(task.train, TRAINING)), "test": slice(task.train, min(len(task.inputs), task.train + TESTED))}
        found: dict[str, float] = {}
        for part, rows in parts.items():
            evaluation = network.evaluate(task.loss, task.inputs[rows], task.targets[rows], task.labels[rows])
            found |= {f"{part}_loss": evaluation.loss, f"{part}_accuracy": evaluation.accuracy}
        turned = self.angles()
        self.measured = found | {f"angle_{k}": float(turned[k - 1]) for k in range(1, self.layers + 1)}
        self.measured_at = self.replayed.made
        return self.measured

    def angles(self) -> Array:
        """(L,) degrees between the last update's direction and the gradient, at the weights that it was made for and on its batch."""
        if not self.replayed.made:
            return np.full(self.layers, np.nan)
        rows = self.batches.batch(self.replayed.made - 1)
        gradient = self._true.at(self.replayed.weights, self.batches.inputs[rows], self.batches.targets[rows])
        return angles(self.network, self.rule.gradient, gradient)

    # Showing

    def readings(self, subscription: Subscription, prefix: str) -> dict[str, Array]:
        """The subscribed `k/…` readings, single precision; what overflows it is shown as infinite."""
        network, found = self.network, dict[str, Array]()
        flats = {"": network.parameters, "_gradient": self.rule.gradient, "_update": self.optimiser.last}
        with np.errstate(over="ignore", invalid="ignore"):
            for k in range(1, network.layers + 1):
                for suffix, flat in flats.items():
                    if wants(subscription, f"{k}/weight{suffix}"):
                        found[f"{k}/weight{suffix}"] = network.weights_of(flat, k).astype(np.float32)
                if wants(subscription, f"{k}/bias"):
                    found[f"{k}/bias"] = network.parameters[network.bias_slice(k)].astype(np.float32)
                for name, units in (("activation", network.units), ("delta", self.rule.deltas)):
                    if wants(subscription, f"{k}/{name}"):
                        found[f"{k}/{name}"] = units[0, network.unit_slice(k)].astype(np.float32)
            if wants(subscription, "layers/update_ratio"):
                found["layers/update_ratio"] = Magnitudes(network, self.rule.deltas, self.optimiser.last).ratio.astype(np.float32)
            if wants(subscription, "angles"):
                found["angles"] = np.array([self.measured.get(f"angle_{k}", np.nan) for k in range(1, self.layers + 1)], np.float32)
        return {prefix + name: array for name, array in found.items()}

    def scalars(self) -> dict[str, Any]:
        told = {name: value for name, value in self.measured.items() if not name.startswith("angle")}
        turned = [self.measured.get(f"angle_{k}") for k in range(1, self.layers + 1)]
        return {
            "lane": self.number,
            "rule": self.change.rule,
            "title": self.described.title,
            "rate": self.settings["learning_rate"],
            "halted": self.halted,
            "seconds": self.lane.seconds,
            **told,
            "measured_at": self.measured_at,
            "angles": turned,
        }

    def remembered(self) -> Settings:
        measured = {name: value if math.isfinite(value) else None for name, value in self.measured.items()}
        return {"halted": self.halted, "measured": measured, "measured_at": self.measured_at}

    def recall(self, remembered: Settings) -> None:
        self.halted, self.measured_at = remembered["halted"], int(remembered["measured_at"])
        self.measured = {str(name): math.nan if value is None else float(value) for name, value in remembered["measured"].items()}
