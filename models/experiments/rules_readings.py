"""What a viewer of the page on learning rules can read: of every lane in every frame, and once of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.experiments.dense_lane import of_lane, wants
from models.experiments.rules_lane import TESTED, TRAINING, RulesLane
from models.experiments.rules_task import SAMPLES
from models.probes.response_field import as_bytes
from models.specs.rules import RULES, hidden_share
from models.tasks import plane
from models.types import Array, Subscription

if TYPE_CHECKING:
    from models.experiments.learning_rules import LearningRules

Read = tuple[dict[str, Array], dict[str, Any]]
FIELD_SIDE: Final = 48
FEATURES: Final = 24
"""Units of the first hidden layer whose features are shown."""


class RulesReadings:
    def __init__(self, lab: LearningRules) -> None:
        self.lab = lab
        self._grid = plane.featured(plane.grid(FIELD_SIDE), lab.task.features) if lab.task.kind == "plane" else None

    @property
    def side(self) -> int:
        """Of a feature's picture."""
        return FIELD_SIDE // 2 if self._grid is not None else int(np.sqrt(self.lab.task.inputs.shape[1]))

    def moving(self, subscription: Subscription) -> Read:
        lab, arrays = self.lab, dict[str, Array]()
        for rule in lab.rules:
            prefix = "" if rule.number == 1 else f"{rule.number}:"
            own = of_lane(subscription, prefix)
            arrays |= rule.readings(own, prefix)
            arrays |= {prefix + name: array for name, array in (self._pictures(rule, own) | lab.brain.known(rule, own)).items()}
        arrays |= lab.brain.readings(subscription)
        layer, to, source = lab.brain.chosen
        metadata = {
            "lanes": [rule.scalars() for rule in lab.rules],
            "control": lab.control.number,
            "settings": dict(lab.live),
            "chosen": {"layer": layer, "to": to, "from": source},
            **{name: lab.rules[0].measured.get(name) for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")},
        }
        return arrays, metadata

    def _pictures(self, rule: RulesLane, subscription: Subscription) -> dict[str, Array]:
        """The lane's answer over the plane, and its first hidden layer's features."""
        answer = self._grid is not None and wants(subscription, "output/field")
        features = wants(subscription, "1/feature")
        if self._grid is None:
            return {"1/feature": self._weights_as_images(rule)} if features else {}
        if not answer and not features:
            return {}
        with np.errstate(all="ignore"):
            units = rule.network.responses(self._grid)
        found = {}
        if answer:
            field = units[:, rule.network.unit_slice(rule.layers)].T.reshape(-1, FIELD_SIDE, FIELD_SIDE)
            found["output/field"] = as_bytes(field.astype(np.float32))
        if features:
            hidden = units[:, rule.network.unit_slice(1)][:, :FEATURES].T.reshape(-1, FIELD_SIDE, FIELD_SIDE)[:, ::2, ::2]
            found["1/feature"] = as_bytes(np.ascontiguousarray(hidden, dtype=np.float32))
        return found

    def _weights_as_images(self, rule: RulesLane) -> Array:
        weights = rule.network.weights_of(rule.network.parameters, 1)[:FEATURES]
        with np.errstate(all="ignore"):
            largest = np.abs(weights).max(axis=1, keepdims=True)
            scaled = np.where(largest > 0, weights / largest, 0.0)
        return as_bytes(scaled.reshape(-1, self.side, self.side).astype(np.float32))

    def static(self) -> Read:
        lab, task = self.lab, self.lab.task
        network = lab.rules[0].network
        metadata = {
            "task": "plane" if task.kind == "plane" else "digits",
            "problem": "classes",
            "sizes": [int(n) for n in network.sizes],
            "activation": network.hidden,
            "output": task.output,
            "loss": task.loss,
            "classes": max(2, len(task.classes)),
            "class_names": list(task.classes),
            "feature_names": list(task.features),
            "features": {"side": self.side, "count": min(FEATURES, int(network.sizes[1]))},
            "extent": plane.EXTENT if task.kind == "plane" else None,
            "train_examples": task.train,
            "test_examples": len(task.inputs) - task.train,
            "measured": {"train": min(TRAINING, task.train), "test": min(TESTED, len(task.inputs) - task.train)},
            "lanes": [
                {
                    "lane": rule.number,
                    "rule": rule.change.rule,
                    "title": rule.described.title,
                    "equation": rule.described.equation,
                    "knows": list(rule.described.knows),
                    "recipe": rule.change.recipe.model_dump() if rule.change.recipe else None,
                    "network": RULES[rule.change.rule].network,
                    "hidden_share": hidden_share(rule.change),
                }
                for rule in lab.rules
            ],
        }
        labels = task.labels.astype(np.int32)
        arrays: dict[str, Array] = {"data/train_labels": labels[: task.train], "data/test_labels": labels[task.train :]}
        if task.kind == "plane":
            arrays |= {
                "data/train_points": task.points[: task.train].astype(np.float32),
                "data/test_points": task.points[task.train :].astype(np.float32),
            }
        else:
            shown = slice(task.train, task.train + SAMPLES)
            images = np.clip(task.inputs[shown] * 255, 0, 255).astype(np.uint8).reshape(-1, self.side, self.side)
            arrays |= {"data/sample_images": images, "data/sample_labels": task.labels[shown].astype(np.int32)}
        return arrays, metadata
