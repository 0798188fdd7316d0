"""One network lane of the dense lab: its network, its rule, and what a viewer can read of them."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, Final

import numpy as np

from models.networks.dense import LOSS_CODES, DenseNetwork, Evaluation
from models.probes.health import Signs, findings
from models.probes.layers import Magnitudes, histogram, silent_share
from models.rules.backpropagation import Backpropagation
from models.rules.optimisers import Optimiser
from models.specs.gradient_flow import LaneChange, Spec
from models.types import Array, Batches, Focus, Lane, Settings, Subscription

Fields = Callable[[DenseNetwork, frozenset[int]], dict[str, Array]]
CHANCE_LOSS: Final = {"squared_error": 0.5, "cross_entropy": float(np.log(2))}


@lru_cache(maxsize=65536)
def _matches(patterns: frozenset[str], name: str) -> bool:
    return any(pattern == "all" or fnmatchcase(name, pattern) for pattern in patterns)


def wants(subscription: Subscription, name: str) -> bool:
    """Whether a subscriber watches the reading `name`; `*` in a pattern stands for anything."""
    return _matches(subscription.readings, name)


class DenseLane:
    """Builds the lane and reads it. `shared` are the run's live settings; the lane's own overrides win over them."""

    def __init__(
        self, spec: Spec, change: LaneChange, sizes: tuple[int, ...], output: str, batches: Batches, shared: Settings, name: str
    ) -> None:
        self.change = change
        self.overrides = change.model_dump(exclude_none=True)
        own = {**spec.model_dump(), **self.overrides}
        self.spec, self.shared = spec, shared
        self.settings: Settings = {}
        self.network = DenseNetwork(sizes, own["activation"], output, name)
        self.network.initialise(spec.initialisation, spec.seed)
        self._take_settings()
        self.optimiser = Optimiser(own["optimiser"], own["regularisation"], self.network.parameters.size, self.settings)
        self.rule = Backpropagation(self.network, batches, LOSS_CODES[spec.loss], self.optimiser)
        self.lane = Lane(name, "network", self.network, self.rule)

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
        chance = float(np.log(network.sizes[-1])) if network.output == "softmax" else CHANCE_LOSS[self.spec.loss]
        signs = Signs(
            step,
            evaluation.loss,
            chance,
            network.hidden,
            self.spec.initialisation,
            self.settings["learning_rate"],
            tuple(int(n) for n in network.sizes[1:-1]),
            magnitudes.delta,
            magnitudes.ratio,
            magnitudes.stride,
            silent,
        )
        with np.errstate(over="ignore"):
            chosen = {prefix + name: values.astype(np.float32) for name, values in layers.items() if wants(subscription, name)}
        return chosen, findings(signs)
