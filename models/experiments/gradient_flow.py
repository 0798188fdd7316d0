"""The dense lab: a spec becomes networks on one task, and a synapse that is driven by one of their weights."""

from __future__ import annotations

import io
import math
from typing import Any, Final

import numpy as np
import torch
from pydantic import ValidationError

from models.brain.synapse import Synapse
from models.experiments import dense_changes
from models.experiments.dense_asks import dense_asks
from models.experiments.dense_lane import DenseLane, wants
from models.experiments.drive import DrivenRule
from models.experiments.torch_script import checked_inputs, torch_script
from models.networks.dense import Evaluation
from models.probes.response_field import SIDE, PlaneFields, as_bytes, weight_images
from models.specs.gradient_flow import ADAPTER, DigitsSpec, LaneChange, Spec, live_fields
from models.tasks import digits, plane
from models.tasks.batches import ShuffledBatches
from models.types import Array, Change, Lane, Outcome, Refused, Settings, Subscription, refusal

EVALUATED: Final = 500
"""At most so many training and so many test examples are measured for each frame."""
SAMPLES: Final = 20
"""Test digits whose images and probabilities are shown."""


class GradientFlow:
    """The trial of `models.types.Trial`. Lane 0 is the first network; the last lane is the synapse."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.live: Settings = {name: getattr(spec, name) for name in live_fields()}
        self._load(spec)
        self.batches = ShuffledBatches(self.inputs[: self.train], self.targets[: self.train], spec.batch_size, spec.seed)
        self.steps_per_epoch = float(self.batches.steps_per_epoch)
        sizes = (self.inputs.shape[1], *spec.hidden_layers, self.targets.shape[1])
        self.dense = [
            DenseLane(spec, change, sizes, self.output, self.batches, self.live, "network" if i == 0 else f"network {i + 1}")
            for i, change in enumerate((LaneChange(), *spec.lanes))
        ]
        self.synapse = Synapse()
        self.driven = DrivenRule(self.dense[0].network, self.dense[0].rule, self.synapse, spec.seed, self.live)
        if isinstance(spec, DigitsSpec):  # the corner pixels are blank in every image: a synapse there would be silent
            self.driven.aim(1, 0, int(self.inputs[: self.train].var(axis=0).argmax()))
        self.lanes: list[Lane] = [*(lane.lane for lane in self.dense), Lane("synapse", "brain", self.synapse, self.driven)]
        self._fields = (
            None
            if isinstance(spec, DigitsSpec)
            else [PlaneFields(lane.network, plane.featured(plane.grid(SIDE), spec.features)) for lane in self.dense]
        )
        self.asks = dense_asks(self)

    def _load(self, spec: Spec) -> None:
        """Fills inputs (n, n_0), targets (n, n_L), labels (n,) and the number of training rows; training rows come first."""
        self.targets: Array
        if isinstance(spec, DigitsSpec):
            self.inputs, self.labels, self.train = digits.draw(spec.noise, spec.train_share, spec.seed)
            self.points = self.inputs
            self.targets, self.output = np.eye(digits.CLASSES)[self.labels], "softmax"
            return
        self.points, self.labels, self.train = plane.draw(spec.dataset, spec.samples, spec.noise, spec.train_share, spec.seed)
        self.inputs = plane.featured(self.points, spec.features)
        squared = spec.loss == "squared_error"
        self.output = "tanh" if squared else "sigmoid"
        self.targets = (2.0 * self.labels - 1.0 if squared else self.labels.astype(float))[:, None]

    def evaluate(self, lane: DenseLane, training: bool) -> Evaluation:
        start, stop = (0, self.train) if training else (self.train, len(self.inputs))
        rows = slice(start, min(stop, start + EVALUATED))
        return lane.network.evaluate(self.spec.loss, self.inputs[rows], self.targets[rows], self.labels[rows])

    def measure(self) -> dict[str, float]:
        return _measured(self.evaluate(self.dense[0], True), self.evaluate(self.dense[0], False))

    def verdict(self, step: int) -> tuple[Outcome, str] | None:
        network = self.dense[0]
        if not math.isfinite(network.optimiser.moved):
            return "diverged", f"At update {step:,} the weights left the range of numbers: the run has diverged."
        stop_steps, stop_loss = self.live["stop_steps"], self.live["stop_loss"]
        if stop_steps is not None and step >= stop_steps:
            return "done", f"Stopped after {step:,} updates, as asked."
        if stop_loss is not None and step % self.batches.steps_per_epoch == 0:
            loss = self.evaluate(network, False).loss
            if loss < stop_loss:
                return "done", f"Stopped at update {step:,}: the test loss {loss:.3g} is below {stop_loss:g}, as asked."
        return None

    def readings(self, subscription: Subscription, step: int) -> tuple[dict[str, Array], dict[str, Any]]:
        arrays: dict[str, Array] = {}
        metadata: dict[str, Any] = {}
        for i, lane in enumerate(self.dense):
            prefix = "" if i == 0 else f"{i + 1}:"
            training, test = self.evaluate(lane, True), self.evaluate(lane, False)
            arrays |= lane.readings(subscription, prefix, self._field_readings)
            layers, health = lane.overview(subscription, prefix, training, step)
            arrays |= layers
            if wants(subscription, "output/confusion"):
                arrays[prefix + "output/confusion"] = test.confusion.astype(np.int32)
            own = {**_measured(training, test), "health": health}
            metadata |= own if i == 0 else {f"lane {i + 1}": own}
        arrays |= self._first_lane_only(subscription)
        return arrays, metadata | self._described()

    def _first_lane_only(self, subscription: Subscription) -> dict[str, Array]:
        arrays: dict[str, Array] = {}
        lane = self.dense[0]
        if isinstance(self.spec, DigitsSpec) and wants(subscription, "output/prediction"):
            arrays["output/prediction"] = self.answers(self.inputs[self.train : self.train + SAMPLES]).astype(np.float32)
        if subscription.focus is not None:
            arrays |= lane.focus(subscription.focus)
        if any(pattern == "all" or pattern.startswith("synapse") for pattern in subscription.readings):
            arrays |= {name: array for name, array in self.driven.readings().items() if wants(subscription, name)}
        return arrays

    def _field_readings(self, network: Any, wanted: frozenset[int]) -> dict[str, Array]:
        if not wanted:
            return {}
        if self._fields is None:
            return dict(weight_images(network, wanted, digits.SIDE))
        return dict(next(fields for fields in self._fields if fields.network is network).readings(wanted))

    def answers(self, inputs: Array) -> Array:
        """The first network's output (n, n_L) for rows of inputs; its buffers are put back."""
        network = self.dense[0].network
        kept = network.units
        network.units = np.zeros((len(inputs), kept.shape[1]))
        network.respond(np.ascontiguousarray(inputs), np.arange(len(inputs)))
        answer, network.units = network.units[:, network.unit_slice(network.layers)], kept
        return answer

    def _described(self) -> dict[str, Any]:
        network = self.dense[0].network
        layer, to, source = self.driven.chosen
        return {
            "settings": dict(self.live),
            "chosen": {"layer": layer, "to": to, "from": source},
            "frozen": dense_changes.frozen(network),
            "lesioned": dense_changes.lesioned(network),
        }

    def static(self) -> tuple[dict[str, Array], dict[str, Any]]:
        spec, network = self.spec, self.dense[0].network
        metadata = {
            "sizes": [int(n) for n in network.sizes],
            "activation": network.hidden,
            "output": self.output,
            "loss": spec.loss,
            "classes": int(self.targets.shape[1]) if self.output == "softmax" else 2,
            "chosen": self._described()["chosen"],
            "train_examples": self.train,
            "test_examples": len(self.inputs) - self.train,
        }
        if isinstance(spec, DigitsSpec):
            shown = slice(self.train, self.train + SAMPLES)
            images = np.clip(self.inputs[shown] * 255, 0, 255).astype(np.uint8).reshape(-1, digits.SIDE, digits.SIDE)
            samples: dict[str, Array] = {"data/sample_images": images, "data/sample_labels": self.labels[shown].astype(np.int32)}
            return samples, metadata | {"task": "digits", "feature_names": [], "extent": None}
        scale = plane.featured(plane.grid(SIDE // 2), spec.features)
        thumbnails = as_bytes(scale / np.abs(scale).max(axis=0)).T.reshape(-1, SIDE // 2, SIDE // 2)
        arrays: dict[str, Array] = {
            "data/train_points": self.points[: self.train].astype(np.float32),
            "data/train_labels": self.labels[: self.train].astype(np.int32),
            "data/test_points": self.points[self.train :].astype(np.float32),
            "data/test_labels": self.labels[self.train :].astype(np.int32),
            "0/field": np.ascontiguousarray(thumbnails),
        }
        return arrays, metadata | {"task": "plane", "feature_names": list(spec.features), "extent": plane.EXTENT}

    def change(self, change: Change) -> Change:
        command = change.get("command")
        if command == "set":
            return self._set(change.get("values"))
        if command == "choose":
            before = self.driven.chosen
            self.driven.choose(*dense_changes.place(self.dense[0].network, change))
            return {"command": "choose", "layer": before[0], "to": before[1], "from": before[2]}
        return dense_changes.change_network(self.dense[0].network, change)

    def _set(self, values: Any) -> Change:
        if not isinstance(values, dict) or not values:
            raise Refused("values", '“set” takes values: a setting and its value, for example {"learning_rate": 0.1}.')
        for name in values:
            if name not in self.live:
                raise Refused(str(name)[:40], f"“{str(name)[:40]}” cannot change while a run goes on; {', '.join(self.live)} can.")
        checked = self._within_bounds(values)
        before = {name: self.live[name] for name in values}
        self.live.update(checked)
        return {"command": "set", "values": before}

    def _within_bounds(self, values: Settings) -> Settings:
        """These live settings as the spec takes them. Raises Refused."""
        try:
            checked = ADAPTER.validate_python({**self.spec.model_dump(), **self.live, **values})
        except ValidationError as error:
            raise refusal(error) from None
        return {name: getattr(checked, name) for name in values}

    def settled(self) -> None:
        for lane in self.dense:
            lane.settled()

    def state_dict(self) -> bytes:
        """A `.pt` file for `torch.load(…, weights_only=True)`: double precision, for a Sequential of Linear and activation layers."""
        file = io.BytesIO()
        torch.save(self.dense[0].network.state_dict(), file)
        return file.getvalue()

    def script(self, step: int) -> str:
        """The first network as Python source for PyTorch, with a few answers to compare."""
        shown = checked_inputs(self.points[self.train :])
        inputs = shown if isinstance(self.spec, DigitsSpec) else plane.featured(shown, self.spec.features)
        return torch_script(self.spec, self.dense[0].network, self.live, step, shown, self.answers(inputs))

    def remembered(self) -> Settings:
        return {"live": dict(self.live), "chosen": list(self.driven.chosen)}

    def recall(self, remembered: Settings) -> None:
        """Checks what it is given, because a saved file may hold anything. Raises Refused."""
        chosen = dict(zip(("layer", "to", "from"), remembered["chosen"], strict=True))
        layer, to, source = dense_changes.place(self.dense[0].network, chosen)
        self.live.update(self._within_bounds(remembered["live"]))
        self.driven.aim(layer, to, source)


def _measured(training: Evaluation, test: Evaluation) -> dict[str, float]:
    return {
        "train_loss": training.loss,
        "test_loss": test.loss,
        "train_accuracy": training.accuracy,
        "test_accuracy": test.accuracy,
    }


def build(spec: Spec) -> GradientFlow:
    """A fresh trial of this spec."""
    return GradientFlow(spec)
