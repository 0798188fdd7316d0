"""What a viewer of a dense run can read: of its lanes in every frame, and once of its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.experiments import dense_changes
from models.experiments.dense_lane import DenseLane, of_lane, wants
from models.experiments.dense_lanes import title
from models.experiments.dense_spaces import Spaces
from models.networks.dense import DenseNetwork
from models.probes.compute import multiplications, parts
from models.probes.response_field import SIDE, PlaneFields, as_bytes, plane_fields, weight_images
from models.specs.rule_signals import told
from models.tasks import digits, plane
from models.types import Array, Subscription

if TYPE_CHECKING:
    from models.experiments.gradient_flow import GradientFlow

Read = tuple[dict[str, Array], dict[str, Any]]
SAMPLES: Final = 20
"""Test digits whose images and probabilities are shown."""
FITTED: Final = 200
"""Test examples whose true and predicted values are shown."""


class DenseReadings:
    def __init__(self, lab: GradientFlow) -> None:
        self.lab = lab
        task = lab.task
        self._grid = None if task.kind != "plane" else plane.featured(plane.grid(SIDE), task.features)
        self._spaces = Spaces(task)
        self._fields: dict[int, PlaneFields] = {}

    def moving(self, subscription: Subscription, step: int) -> Read:
        """One frame: readings of every open lane, the first without a prefix, and the scalars."""
        lab, arrays = self.lab, dict[str, Array]()
        lanes, compute, metadata = [], [], dict[str, Any]()
        for lane in lab.dense.open:
            found, scalars, cost = self._of_lane(lane, subscription, step)
            arrays |= found
            lanes.append(scalars)
            compute.append(cost)
            if lane.number == 1:
                metadata |= {name: scalars[name] for name in (*lab.measured, "health")}
        arrays |= self._first_lane_only(subscription)
        return arrays, {**metadata, **self.described(), "problem": lab.task.problem, "lanes": lanes, "compute": {"lanes": compute}}

    def _of_lane(self, lane: DenseLane, subscription: Subscription, step: int) -> tuple[dict[str, Array], dict[str, Any], dict[str, Any]]:
        lab, prefix = self.lab, "" if lane.number == 1 else f"{lane.number}:"
        own = of_lane(subscription, prefix)
        training, test = lab.evaluate(lane, True), lab.evaluate(lane, False)
        arrays = lane.readings(own, prefix, self._field_readings)
        layers, health = lane.overview(own, prefix, training, step)
        arrays |= layers
        if lab.task.problem == "classes" and wants(own, "output/confusion"):
            arrays[prefix + "output/confusion"] = test.confusion.astype(np.int32)
        if lab.task.problem == "number" and wants(own, "output/fit"):
            arrays[prefix + "output/fit"] = self._fit(lane)
        arrays |= {prefix + name: array for name, array in (self._spaces.readings(lane, own) | self._answer(lane, own)).items()}
        scalars = {
            "lane": lane.number,
            "name": title(lane, lab.dense.open),
            "change": lane.change.model_dump(exclude_none=True, mode="json"),
            "from_step": lane.from_step,
            "closed": lane.closed,
            "halted": lane.halted,
            "seconds": lane.lane.seconds,
            **lab.measurements(training, test),
            "health": health,
        }
        return arrays, scalars, {"lane": lane.number, **self._cost(lane)}

    def _cost(self, lane: DenseLane) -> dict[str, Any]:
        batch = self.lab.batches.batch_size
        by_backpropagation = lane.own["rule"] == "backpropagation"  # only its multiplications are counted
        counted = multiplications(lane.network, batch, lane.own["optimiser"], lane.own["regularisation"]) if by_backpropagation else None
        return {**parts(lane.rule.timings, lane.lane.applying), "multiplications": counted}

    def _answer(self, lane: DenseLane, subscription: Subscription) -> dict[str, Array]:
        """`output/field`: the last layer's field, for who need not know its number. By this name only: `*/field` would carry it twice."""
        if self._grid is None or "output/field" not in subscription.readings:
            return {}
        last = lane.network.layers
        return {"output/field": self._field_readings(lane.network, frozenset({last}))[f"{last}/field"]}

    def _fit(self, lane: DenseLane) -> Array:
        """True and predicted values (2, n ≤ 200) of test examples."""
        task, network = self.lab.task, lane.network
        rows = slice(task.train, task.train + FITTED)
        predicted = network.layer_response(task.inputs[rows], network.layers)[:, 0]
        with np.errstate(over="ignore"):
            return np.stack([task.targets[rows, 0], predicted]).astype(np.float32)

    def _first_lane_only(self, subscription: Subscription) -> dict[str, Array]:
        lab, arrays = self.lab, dict[str, Array]()
        if lab.task.kind == "digits" and wants(subscription, "output/prediction"):
            arrays["output/prediction"] = lab.answers(lab.task.inputs[lab.task.train : lab.task.train + SAMPLES]).astype(np.float32)
        if subscription.focus is not None:
            arrays |= lab.dense.first.focus(subscription.focus)
        if any(pattern == "all" or pattern.startswith("synapse") for pattern in subscription.readings):
            arrays |= {name: array for name, array in lab.driven.readings().items() if wants(subscription, name)}
        return arrays

    def _field_readings(self, network: DenseNetwork, wanted: frozenset[int]) -> dict[str, Array]:
        if not wanted or self.lab.task.kind == "table":
            return {}
        if self._grid is None:
            return dict(weight_images(network, wanted, digits.SIDE))
        if type(network) is not DenseNetwork:
            return plane_fields(network, self._grid, wanted)
        fields = self._fields.get(id(network))
        if fields is None or fields.network is not network:
            fields = self._fields[id(network)] = PlaneFields(network, self._grid)
        return dict(fields.readings(wanted))

    def described(self) -> dict[str, Any]:
        network = self.lab.dense.first.network
        layer, to, source = self.lab.driven.chosen
        return {
            "settings": dict(self.lab.live),
            "chosen": {"layer": layer, "to": to, "from": source},
            "frozen": dense_changes.frozen(network),
            "lesioned": dense_changes.lesioned(network),
        }

    def static(self) -> Read:
        task, network = self.lab.task, self.lab.dense.first.network
        metadata: dict[str, Any] = {
            "rule": told(self.lab.spec.rule),
            "task": task.kind,
            "problem": task.problem,
            "sizes": [int(n) for n in network.sizes],
            "activation": network.hidden,
            "output": task.output,
            "loss": task.loss,
            "classes": max(2, len(task.classes)),
            "class_names": list(task.classes),
            "feature_names": list(task.features),
            "scaling": task.scaling,
            "extent": plane.EXTENT if task.kind == "plane" else None,
            "chosen": self.described()["chosen"],
            "train_examples": task.train,
            "test_examples": len(task.inputs) - task.train,
        }
        arrays: dict[str, Array] = self._static_plane() if task.kind == "plane" else self._targets("train")
        return (arrays | self._static_digits() if task.kind == "digits" else arrays), metadata

    def _targets(self, part: str) -> dict[str, Array]:
        """What the examples of a part are: their classes, and their values where the target is a number."""
        task = self.lab.task
        rows = slice(0, task.train) if part == "train" else slice(task.train, None)
        values = {f"data/{part}_values": task.targets[rows, 0].astype(np.float32)} if task.problem == "number" else {}
        return {f"data/{part}_labels": task.labels[rows].astype(np.int32), **values}

    def _static_digits(self) -> dict[str, Array]:
        task = self.lab.task
        shown = slice(task.train, task.train + SAMPLES)
        images = np.clip(task.inputs[shown] * 255, 0, 255).astype(np.uint8).reshape(-1, digits.SIDE, digits.SIDE)
        return {"data/sample_images": images, "data/sample_labels": task.labels[shown].astype(np.int32)}

    def _static_plane(self) -> dict[str, Array]:
        task = self.lab.task
        scale = plane.featured(plane.grid(SIDE // 2), task.features)
        thumbnails = as_bytes(scale / np.abs(scale).max(axis=0)).T.reshape(-1, SIDE // 2, SIDE // 2)
        train, test = slice(0, task.train), slice(task.train, None)
        arrays: dict[str, Array] = {
            "data/train_points": task.points[train].astype(np.float32),
            "data/test_points": task.points[test].astype(np.float32),
            "0/field": np.ascontiguousarray(thumbnails),
        }
        return arrays | self._targets("train") | self._targets("test")
