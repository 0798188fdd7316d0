"""The live convolutional network: a spec becomes a small network on images, and the brain's side beside it."""

from __future__ import annotations

import io
import math
import time
from collections import deque
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

import numpy as np
import torch

from models.curves import Curves
from models.experiments.convnet_asks import convnet_asks
from models.experiments.convnet_brain import BrainSide
from models.experiments.convnet_evaluation import HeldOut
from models.experiments.convnet_health import first_broken
from models.experiments.convnet_readings import ConvnetReadings
from models.experiments.convnet_script import convnet_script
from models.experiments.live_settings import LiveSettings
from models.networks.convolutional import ConvolutionalNetwork
from models.rules.convolutional_backpropagation import RECENT, ConvolutionalBackpropagation
from models.rules.optimisers import Optimiser
from models.specs.convolutional_shapes import check_size, layer_shapes
from models.specs.live_convnet import ADAPTER, Spec, live_fields
from models.tasks.augmentation import Augmentation
from models.tasks.image_sources import load
from models.tasks.image_task import ImageBatches, ImageTask
from models.types import TIMINGS, Array, Change, Lane, Outcome, Refused, Settings, Subscription

LEAST_APART: Final = 8
MOST_APART: Final = 100
"""Updates between two measurements on the held-out images, in the first two thousand."""


class LiveConvnet:
    """The trial of `models.types.Trial`: one network lane, and the sparse code."""

    def __init__(self, spec: Spec, materials: Mapping[str, str]) -> None:
        # One thread: the other processor is the page's, and sums in one order make a replay exact.
        torch.set_num_threads(1)
        self.spec = spec
        self.referee = frozenset({"shown"})
        self._judged = False
        self._settings = LiveSettings(ADAPTER, spec, live_fields(), '{"learning_rate": 0.001}')
        self.live = self._settings.values
        self.measured = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
        self.task = load(spec.dataset, spec.content, materials)
        self.network = _network(spec, self.task)
        self.network.initialise(spec.initialisation, spec.seed)
        augment = Augmentation(spec.augmentation, spec.seed, self.task.image.height) if spec.augmentation else None
        self.batches = ImageBatches(self.task, spec.batch_size, spec.seed, augment)
        self.steps_per_epoch = float(self.batches.steps_per_epoch)
        optimiser = Optimiser(spec.optimiser, spec.regularisation, self.network.parameters.size, self.live, np.float32)
        self.rule = ConvolutionalBackpropagation(self.network, self.batches, optimiser)
        self.lane = Lane(self.network.name, "network", self.network, self.rule)
        self.brain = BrainSide(spec.seed, self.live)
        self.lanes = [self.lane, self.brain.lane]
        self.held_out = HeldOut(self.network, self.task)
        self._first_filters = self.network.weights_of(self.network.parameters, 1).copy()
        self._probing: deque[float] = deque(maxlen=TIMINGS)
        self._readings = ConvnetReadings(self)
        self.asks = convnet_asks(self)

    def shown(self) -> int:
        """Number of the sample image whose maps are shown."""
        return min(int(self.live["shown"]), len(self.task.samples) - 1)

    @property
    def _step(self) -> int:
        return int(self.rule.optimiser.updates[0])

    # Measuring

    def next_measured(self, step: int) -> int:
        """Carrying all held-out images through the network costs as much as several updates: it is done more rarely the longer a run is."""
        apart = min(max(math.ceil(2.5 * len(self.task.test) / self.batches.batch_size), LEAST_APART), MOST_APART)
        return step + max(min(apart, max(step, LEAST_APART)), step // 20)

    def measure(self) -> dict[str, dict[str, float]]:
        self.held_out.now(self._step)
        return {self.lane.name: self.measurements(self._step)}

    def measurements(self, step: int) -> dict[str, float]:
        """Training: mean of the last 20 batches, each before its update. Test: all held-out images when they were last measured."""
        test = self.held_out.lately(step)
        loss, right = self._training(step)
        return dict(zip(self.measured, (loss, test.loss, right, test.accuracy), strict=True))

    def _training(self, step: int) -> tuple[float, float]:
        if step == 0:  # no batch has been learned from: the first one, as it will be met
            images, labels = self.batches.batch(0)
            answers = self.network.answers(images).astype(np.float64)
            certainty = answers[np.arange(len(labels)), labels]
            return float(-np.log(np.maximum(certainty, 1e-30)).mean()), float((answers.argmax(axis=1) == labels).mean())
        loss, right = self.rule.recent[:, : min(step, RECENT)].mean(axis=1)
        return float(loss), float(right)

    def verdict(self, step: int) -> tuple[Outcome, str] | None:
        if not math.isfinite(self.rule.optimiser.moved):
            _, what = first_broken(self.network, self.rule)
            return "diverged", f"At update {step:,} {what} left the range of numbers: the run has diverged."
        stop_steps, stop_accuracy = self.live["stop_steps"], self.live["stop_accuracy"]
        if stop_steps is not None and step >= stop_steps:
            return "done", f"Stopped after {step:,} updates, as asked."
        if stop_accuracy is not None and step % self.batches.steps_per_epoch == 0:
            reached, count = self.held_out.now(step).accuracy, len(self.task.test)
            if reached >= stop_accuracy:
                return "done", f"Stopped at update {step:,}: {reached:.1%} of {count:,} held-out images are named right, as asked."
        return None

    def standing(self, curves: Sequence[Curves]) -> dict[str, Any]:
        return {}

    # Showing

    def readings(self, subscription: Subscription, step: int) -> tuple[dict[str, Array], dict[str, Any]]:
        begun = time.perf_counter()
        arrays, metadata = self._readings.moving(subscription, step)
        metadata["compute"]["probes_ms"] = 1000 * median(self._probing) if self._probing else None
        self._probing.append(time.perf_counter() - begun)
        return arrays, metadata

    def static(self) -> tuple[dict[str, Array], dict[str, Any]]:
        return self._readings.static()

    def brain_readings(self, subscription: Subscription, step: int) -> dict[str, Array]:
        filters = self.network.weights_of(self.network.parameters, 1)
        return self.brain.readings(subscription, filters, self._first_filters, step)

    def brain_metadata(self) -> dict[str, Any]:
        return self.brain.metadata()

    def brain_static(self) -> tuple[dict[str, Array], dict[str, Any]]:
        return self.brain.static()

    # Changing

    def change(self, change: Change, step: int) -> Change:
        if change.get("command") != "set":
            raise Refused("command", f"“{str(change.get('command'))[:40]}” is no change of this run; set is.")
        values: Any = change.get("values")
        undo = self._settings.set(values)
        self._judged = self._judged or not self.referee.isdisjoint(values)
        return undo

    def settled(self) -> None:
        self.rule.optimiser.settled()

    def remembered(self) -> Settings:
        return {"live": dict(self.live)}

    def recall(self, remembered: Settings) -> None:
        """Checks what it is given, because a saved file may hold anything. Raises Refused."""
        live = self._settings.within_bounds(remembered["live"])
        self.held_out.forget()
        # The image that a person looks at stays, wherever in its history the run goes; a file brings its own.
        self.live.update({name: value for name, value in live.items() if not (self._judged and name in self.referee)})

    # Taking away

    def state_dict(self) -> bytes:
        """A `.pt` file for `torch.load(…, weights_only=True)`: single precision, for the Sequential of `script`."""
        file = io.BytesIO()
        torch.save(self.network.state_dict(), file)
        return file.getvalue()

    def script(self, step: int) -> str:
        return convnet_script(self.spec, self.task, self.network, self.live, step)

    def weights_as_text(self, step: int) -> str:
        count = self.network.parameters.size
        raise Refused("format", f"format: a link has no room for {count:,} weights and biases; save the run or take a file of them.")


def _network(spec: Spec, task: ImageTask) -> ConvolutionalNetwork:
    """Raises Refused where the layers do not fit the images."""
    try:
        shapes = layer_shapes(task.image, spec.layers, spec.dense, task.classes, spec.activation)
        check_size(shapes)
    except ValueError as error:
        raise Refused("layers", f"layers: {error}.") from None
    return ConvolutionalNetwork(shapes)


def build(spec: Spec, materials: Mapping[str, str] | None = None) -> LiveConvnet:
    """A fresh trial of this spec; `materials` has the set of images that it names."""
    return LiveConvnet(spec, materials or {})
