"""One network lane of the dense lab: its network, its rule, and what a viewer can read of them."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, Final

import numpy as np

from models.experiments.dense_task import DenseTask
from models.experiments.rule_networks import network_of
from models.networks.dense import LOSS_CODES, DenseNetwork, Evaluation
from models.probes.health import Signs, findings
from models.probes.layers import Magnitudes, histogram, silent_share
from models.rules.catalogue import make
from models.rules.optimisers import Optimiser
from models.specs.gradient_flow import LaneChange, Spec, weight_bytes
from models.specs.rules import RULES
from models.types import Array, Batches, Focus, Lane, Refused, Settings, Subscription

Fields = Callable[[DenseNetwork, frozenset[int]], dict[str, Array]]
LARGEST_WEIGHT: Final = 1e6


@lru_cache(maxsize=65536)
def _matches(patterns: frozenset[str], name: str) -> bool:
    return any(pattern == "all" or fnmatchcase(name, pattern) for pattern in patterns)


def wants(subscription: Subscription, name: str) -> bool:
    """Whether a subscriber watches the reading `name`; `*` in a pattern stands for anything."""
    return _matches(subscription.readings, name)


def of_lane(subscription: Subscription, prefix: str) -> Subscription:
    """What a lane's readings are asked for without its prefix: `2:*/field` is `*/field` of lane 2, and `*:…` of any lane but the first."""
    if not prefix:
        return Subscription(frozenset(name for name in subscription.readings if ":" not in name), subscription.focus, subscription.passing)
    asked = {name.split(":", 1)[1] for name in subscription.readings if name.startswith((prefix, "*:"))}
    return Subscription(frozenset(asked | (subscription.readings & {"all"})), None, subscription.passing)


def first_weights(text: str) -> Array:
    """The flat parameters that base64url text stands for. Raises Refused."""
    try:
        given = np.frombuffer(weight_bytes(text), "<f8")
    except ValueError:
        raise Refused("weights", "weights: these are not weights in base64url.") from None
    if not np.isfinite(given).all() or np.abs(given).max(initial=0.0) > LARGEST_WEIGHT:
        raise Refused("weights", f"weights: each has to be a number within ±{LARGEST_WEIGHT:,.0f}.")
    return given


class DenseLane:
    """Builds the lane and reads it. `shared` are the run's live settings; the lane's own overrides win over them."""

    def __init__(self, spec: Spec, change: LaneChange, task: DenseTask, batches: Batches, shared: Settings, number: int = 1) -> None:
        self.change = change
        self.number = number
        self.overrides = change.model_dump(exclude_none=True)
        self.own = {**spec.model_dump(), **self.overrides}
        self.spec, self.task, self.shared = spec, task, shared
        self.settings: Settings = {}
        self.from_step = 0
        self.closed = False
        self.halted: str | None = None
        name = "network" if number == 1 else f"network {number}"
        self.network = network_of(RULES[self.own["rule"]].network, self.sizes, self.own["activation"], task.output, name)
        self._begin()
        self._take_settings()
        self.optimiser = Optimiser(self.own["optimiser"], self.own["regularisation"], self.network.parameters.size, self.settings)
        self.rule = make(self.own["rule"], self.network, batches, LOSS_CODES[task.loss], self.optimiser, spec.seed)
        self.lane = Lane(self.network.name, "network", self.network, self.rule)

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.task.inputs.shape[1], *self.own["hidden_layers"], self.task.targets.shape[1])

    def _begin(self) -> None:
        """First weights: those of the spec where they are given and fit, else drawn from the seed."""
        given = None if self.spec.weights is None else first_weights(self.spec.weights)
        if given is not None and given.size == self.network.parameters.size:
            self.network.parameters[:] = given
        elif given is not None and self.number == 1:
            raise Refused(
                "weights", f"weights: this network has {self.network.parameters.size} weights and biases, and {given.size} are given."
            )
        else:
            self.network.initialise(self.own["initialisation"], self.spec.seed)

    def copy_from(self, other: DenseLane, step: int) -> None:
        """Becomes what the other lane is now; the optimiser's moments come along where the optimiser is the same."""
        self.network.restore(other.network.state())
        past = other.rule.state()
        if self.optimiser.kind != other.optimiser.kind:
            past |= {name: array for name, array in self.optimiser.state().items() if name in ("updates", "first", "second")}
        self.rule.restore({**self.rule.state(), **past})
        self.from_step = step
        self.lane.source, self.lane.seconds = other.lane.name, other.lane.seconds

    def halt(self, sentence: str) -> None:
        self.halted = sentence
        self.rest()

    def rest(self) -> None:
        """A lane that is closed or halted takes no further steps."""
        self.lane.resting = self.closed or self.halted is not None

    def remembered(self) -> Settings:
        return {
            "change": self.change.model_dump(exclude_none=True, mode="json"),
            "from_step": self.from_step,
            "source": self.lane.source,
            "closed": self.closed,
            "halted": self.halted,
        }

    def _take_settings(self) -> None:
        self.settings.update(self.shared)
        self.settings.update({key: value for key, value in self.overrides.items() if key in self.shared})

    def settled(self) -> None:
        self._take_settings()
        self.optimiser.settled()

    def readings(self, subscription: Subscription, prefix: str, fields: Fields) -> dict[str, Array]:
        """The subscribed `k/…` readings, single precision; what overflows it is shown as infinite."""
        with np.errstate(over="ignore"):
            return {prefix + name: array for name, array in self._parameters(subscription, fields).items()}

    def _parameters(self, subscription: Subscription, fields: Fields) -> dict[str, Array]:
        network, chosen = self.network, dict[str, Array]()
        flats = {"": network.parameters, "_gradient": self.rule.gradient, "_update": self.optimiser.last}
        for k in range(1, network.layers + 1):
            for suffix, flat in flats.items():
                if wants(subscription, f"{k}/weight{suffix}"):
                    chosen[f"{k}/weight{suffix}"] = network.weights_of(flat, k).astype(np.float32)
                if wants(subscription, f"{k}/bias{suffix}"):
                    chosen[f"{k}/bias{suffix}"] = flat[network.bias_slice(k)].astype(np.float32)
            for name, units in (("activation", network.units), ("delta", self.rule.deltas)):
                if wants(subscription, f"{k}/{name}"):
                    chosen[f"{k}/{name}"] = units[0, network.unit_slice(k)].astype(np.float32)
            for name, flat in (("weight", network.parameters), ("gradient", self.rule.gradient)):
                if wants(subscription, f"{k}/{name}_histogram"):
                    chosen[f"{k}/{name}_histogram"] = histogram(flat[network.weight_slice(k)])
        chosen |= fields(network, frozenset(k for k in range(1, network.layers + 1) if wants(subscription, f"{k}/field")))
        return chosen

    def focus(self, focus: Focus) -> dict[str, Array]:
        """The focused parameter, its last update and that update's parts, double precision."""
        network = self.network
        within = 1 <= focus.layer <= network.layers and 0 <= focus.to < network.sizes[focus.layer]
        if not within or (focus.source is not None and not 0 <= focus.source < network.sizes[focus.layer - 1]):
            return {}
        index = network.index(focus.layer, focus.to, focus.source)
        return {
            "focus/weight": network.parameters[index : index + 1].copy(),
            "focus/update": self.optimiser.last[index : index + 1].copy(),
            "focus/update_parts": self.optimiser.parts(index, float(self.rule.gradient[index])),
        }

    def overview(
        self, subscription: Subscription, prefix: str, evaluation: Evaluation, step: int
    ) -> tuple[dict[str, Array], list[dict[str, Any]]]:
        """`layers/…` readings and the health findings, which rest on the same numbers."""
        network = self.network
        magnitudes = Magnitudes(network, self.rule.deltas, self.optimiser.last)
        silent = silent_share(network, evaluation.highest)
        layers = {
            "layers/activation_magnitude": magnitudes.activation,
            "layers/delta_magnitude": magnitudes.delta,
            "layers/update_ratio": magnitudes.ratio,
            "layers/saturation": silent,
        }
        chance = float(np.log(network.sizes[-1])) if network.output == "softmax" else self.task.chance_loss
        signs = Signs(
            step,
            evaluation.loss,
            chance,
            network.hidden,
            self.own["initialisation"],
            self.settings["learning_rate"],
            tuple(int(n) for n in network.sizes[1:-1]),
            magnitudes.delta,
            magnitudes.ratio,
            magnitudes.stride,
            silent,
        )
        with np.errstate(over="ignore"):
            chosen = {prefix + name: values.astype(np.float32) for name, values in layers.items() if wants(subscription, name)}
        # What is found rests on how errors fare on their way down, which is backpropagation's way.
        return chosen, findings(signs) if self.own["rule"] == "backpropagation" else []
