"""What a viewer of a running convolutional network can read: only what is subscribed is computed."""

from __future__ import annotations

import time
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.experiments.convnet_health import Overview, findings, overview
from models.experiments.convnet_look import as_bytes, look, signed_bytes
from models.probes.compute import parts
from models.probes.layers import histogram
from models.types import Array, Subscription

if TYPE_CHECKING:
    from models.experiments.live_convnet import LiveConvnet

Read = tuple[dict[str, Array], dict[str, Any]]
_OF_OPTIMISER: Final = {"sgd": 1, "momentum": 2, "adam": 6}
_OF_REGULARISER: Final = {"none": 0, "l1": 2, "l2": 2}
_OVERVIEW_SECONDS: Final = 0.2
"""While a run plays, what is told of each layer's batch may be so old."""


@lru_cache(maxsize=65536)
def _matches(patterns: frozenset[str], name: str) -> bool:
    return any(pattern == "all" or fnmatchcase(name, pattern) for pattern in patterns)


def wants(subscription: Subscription, *names: str) -> bool:
    """Whether a subscriber watches any of these readings."""
    return any(_matches(subscription.readings, name) for name in names)


class ConvnetReadings:
    def __init__(self, lab: LiveConvnet) -> None:
        self.lab = lab
        self._overview: Overview | None = None
        self._looked_at = 0.0

    def moving(self, subscription: Subscription, step: int) -> Read:
        lab = self.lab
        if not subscription.passing:
            lab.rule.recall(step)
        arrays = self._parameters(subscription) | self._shown(subscription) | self._layers(subscription)
        arrays |= self._held_out(subscription, step) | lab.brain_readings(subscription, step)
        return arrays, self._metadata(subscription, step)

    # What moves

    def _parameters(self, subscription: Subscription) -> dict[str, Array]:
        network, rule, chosen = self.lab.network, self.lab.rule, dict[str, Array]()
        for k, shape in enumerate(network.shapes, start=1):
            name = "filter" if shape.kind == "convolution" else "weight"
            place = network.weight_slice(k)
            for suffix, flat in (("", network.parameters), ("_gradient", rule.gradient)):
                if wants(subscription, f"{k}/{name}{suffix}") and (name == "filter" or not suffix):
                    chosen[f"{k}/{name}{suffix}"] = network.weights_of(flat, k).copy()
            if wants(subscription, f"{k}/{name}_update"):
                chosen[f"{k}/{name}_update"] = network.weights_of(network.parameters, k) - network.weights_of(rule.before, k)
            if wants(subscription, f"{k}/bias"):
                chosen[f"{k}/bias"] = network.parameters[network.bias_slice(k)].copy()
            for which, flat in (("weight", network.parameters), ("gradient", rule.gradient)):
                if wants(subscription, f"{k}/{which}_histogram"):
                    chosen[f"{k}/{which}_histogram"] = histogram(flat[place])
        return chosen

    def _shown(self, subscription: Subscription) -> dict[str, Array]:
        """Readings of the image that is shown."""
        network = self.lab.network
        names = ["output/probabilities"]
        for k, shape in enumerate(network.shapes, start=1):
            names += [f"{k}/unit"] if shape.kind == "dense" else [f"{k}/{part}" for part in ("map", "map_range", "pooled")]
        names += [f"{k}/map_gradient{end}" for k in range(1, network.convolutions + 1) for end in ("", "_range")]
        if not wants(subscription, *names):
            return {}
        arrays = self._looked()
        return {name: array for name, array in arrays.items() if wants(subscription, name)}

    def _looked(self) -> dict[str, Array]:
        lab, arrays = self.lab, dict[str, Array]()
        number = lab.shown()
        seen = look(lab.network, lab.task.from_bytes(lab.task.samples[number]), int(lab.task.sample_labels[number]))
        for k in range(1, lab.network.convolutions + 1):
            arrays[f"{k}/map"], within = as_bytes(seen.maps[k - 1])
            arrays[f"{k}/map_range"] = within
            if lab.network.shapes[k - 1].pool > 1:  # on the map's own scale: what pooling keeps has the colour that it had
                arrays[f"{k}/pooled"] = as_bytes(seen.pooled[k - 1], within)[0]
            arrays[f"{k}/map_gradient"], arrays[f"{k}/map_gradient_range"] = signed_bytes(seen.gradients[k - 1])
        for k, units in enumerate(seen.units, start=lab.network.convolutions + 1):
            arrays[f"{k}/unit"] = units
        arrays["output/probabilities"] = seen.probabilities
        return arrays

    def _of_batch(self, passing: bool) -> Overview:
        if self._overview is None or not passing or time.perf_counter() - self._looked_at > _OVERVIEW_SECONDS:
            self._overview, self._looked_at = overview(self.lab.network, self.lab.rule), time.perf_counter()
        return self._overview

    def _layers(self, subscription: Subscription) -> dict[str, Array]:
        seen = self._of_batch(subscription.passing)
        layers = {"activation_magnitude": seen.activation, "delta_magnitude": seen.delta}
        layers |= {"update_ratio": seen.ratio, "saturation": seen.silent}
        with np.errstate(over="ignore"):
            return {f"layers/{name}": values.astype(np.float32) for name, values in layers.items() if wants(subscription, f"layers/{name}")}

    def _held_out(self, subscription: Subscription, step: int) -> dict[str, Array]:
        if not wants(subscription, "output/confusion", "worst/images", "worst/labels", "worst/probability", "worst/example"):
            return {}
        lab = self.lab
        found = lab.held_out.lately(step) if subscription.passing else lab.held_out.now(step)
        worst = found.worst()
        arrays = {
            "output/confusion": found.confusion,
            "worst/images": np.rint(lab.task.test[worst] * 255).astype(np.uint8),
            "worst/labels": np.stack([lab.task.test_labels[worst], found.predicted[worst]], axis=1).astype(np.int32),
            "worst/probability": found.certainty[worst],
            "worst/example": worst.astype(np.int32),
        }
        return {name: array for name, array in arrays.items() if wants(subscription, name)}

    # What is said

    def _metadata(self, subscription: Subscription, step: int) -> dict[str, Any]:
        lab = self.lab
        if not subscription.passing:
            lab.held_out.now(step)
        measured = lab.measurements(step)
        assert self._overview is not None
        health = findings(step, measured["train_loss"], self._overview, lab.network, lab.rule, lab.live)
        lane: dict[str, Any] = {
            "lane": 1, "name": "as set", "change": {}, "from_step": 0, "closed": False, "halted": None,
            "seconds": lab.lane.seconds, **measured, "health": health,
        }  # fmt: skip
        return {
            **measured,
            "measured_at": lab.held_out.step,
            "health": health,
            "settings": dict(lab.live),
            "problem": "classes",
            "frozen": [],
            "lesioned": [],
            "lanes": [lane],
            "compute": {"lanes": [{"lane": 1, **parts(lab.rule.timings, lab.lane.applying), "multiplications": self._multiplications()}]},
            **lab.brain_metadata(),
        }

    def _multiplications(self) -> dict[str, int]:
        """Of one update: products of weights and activations forward; of errors and activations, and of weights and errors, back."""
        spec, batch = self.lab.spec, self.lab.batches.batch_size
        each = [shape.multiplications for shape in self.lab.network.shapes]
        update = (_OF_OPTIMISER[spec.optimiser] + _OF_REGULARISER[spec.regularisation]) * self.lab.network.parameters.size
        return {"forward": batch * sum(each), "backward": batch * (sum(each) + sum(each[1:])), "update": update}

    def static(self) -> Read:
        lab = self.lab
        height, width, channels = lab.task.image
        arrays: dict[str, Array] = {"data/sample_images": lab.task.samples, "data/sample_labels": lab.task.sample_labels.astype(np.int32)}
        metadata: dict[str, Any] = {
            "task": lab.spec.dataset,
            "problem": "classes",
            "layers": lab.network.layers_described,
            "sizes": [height * width * channels, *(shape.outputs for shape in lab.network.shapes)],
            "activation": lab.spec.activation,
            "output": "softmax",
            "loss": "cross_entropy",
            "classes": lab.task.classes,
            "class_names": list(lab.task.class_names),
            "image": {"height": height, "width": width, "channels": channels},
            "train_examples": len(lab.task.train),
            "test_examples": len(lab.task.test),
            "batch_size": lab.batches.batch_size,
            "parameters": int(lab.network.parameters.size),
        }
        brain_arrays, brain = lab.brain_static()
        return arrays | brain_arrays, metadata | brain
