"""The dense lab: a spec becomes networks on one task, and a synapse that is driven by one of their weights."""

from __future__ import annotations

import io
import json
import math
import time
from collections import deque
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

import torch

from models.brain.synapse import Synapse
from models.curves import Curves
from models.experiments import dense_changes
from models.experiments.dense_asks import dense_asks
from models.experiments.dense_lane import DenseLane
from models.experiments.dense_lanes import DenseLanes
from models.experiments.dense_readings import DenseReadings
from models.experiments.dense_task import load
from models.experiments.drive import DrivenRule
from models.experiments.live_settings import LiveSettings
from models.experiments.torch_script import checked_inputs, torch_script
from models.networks.dense import Evaluation
from models.probes.race import RaceRule, Runner, standing
from models.specs.gradient_flow import ADAPTER, Spec, live_fields
from models.specs.rules import RULES
from models.tasks.batches import ShuffledBatches
from models.types import TIMINGS, Array, Change, Lane, Outcome, Refused, Settings, Subscription

EVALUATED: Final = 500
"""At most so many training and so many test examples are measured for each frame."""


class GradientFlow:
    """The trial of `models.types.Trial`. The first lane is the first network; the last one is the synapse."""

    def __init__(self, spec: Spec, materials: Mapping[str, str]) -> None:
        self.spec = spec
        self.referee = frozenset(name for name in live_fields() if name.startswith("race_"))
        self._judged = False
        self._settings = LiveSettings(ADAPTER, spec, live_fields(), '{"learning_rate": 0.1}')
        self.live = self._settings.values
        self.task = task = load(spec, materials)
        score = "r2" if task.problem == "number" else "accuracy"
        self.measured = ("train_loss", "test_loss", f"train_{score}", f"test_{score}")
        self.batches = ShuffledBatches(task.inputs[: task.train], task.targets[: task.train], spec.batch_size, spec.seed)
        self.steps_per_epoch = float(self.batches.steps_per_epoch)
        self.dense = DenseLanes(spec, task, self.batches, self.live)
        self.synapse = Synapse()
        first = self.dense.first
        self.driven = DrivenRule(first.network, first.rule, self.synapse, spec.seed, self.live)
        self.driven.aim(1, 0, self._liveliest_input())
        self._synapse_lane = Lane("synapse", "brain", self.synapse, self.driven)
        self._probing: deque[float] = deque(maxlen=TIMINGS)
        self._readings = DenseReadings(self)
        self.asks = dense_asks(self)

    @property
    def lanes(self) -> list[Lane]:
        return [*(lane.lane for lane in self.dense.all), self._synapse_lane]

    def _liveliest_input(self) -> int:
        """The corner pixels of digits are blank in every image: a synapse there would be silent."""
        return int(self.task.inputs[: self.task.train].var(axis=0).argmax()) if self.task.kind == "digits" else 0

    # Measuring

    def evaluate(self, lane: DenseLane, training: bool) -> Evaluation:
        task = self.task
        start, stop = (0, task.train) if training else (task.train, len(task.inputs))
        rows = slice(start, min(stop, start + EVALUATED))
        found = lane.network.evaluate(task.loss, task.inputs[rows], task.targets[rows], task.labels[rows])
        return found if task.problem == "classes" else found._replace(accuracy=_explained(found.loss, task.targets[rows]))

    def measure(self) -> dict[str, dict[str, float]]:
        return {
            lane.lane.name: self.measurements(self.evaluate(lane, True), self.evaluate(lane, False)) for lane in self.dense.learning
        }  # fmt: skip

    def measurements(self, training: Evaluation, test: Evaluation) -> dict[str, float]:
        return dict(zip(self.measured, (training.loss, test.loss, training.accuracy, test.accuracy), strict=True))

    def verdict(self, step: int) -> tuple[Outcome, str] | None:
        for lane in self.dense.learning:
            if not math.isfinite(lane.optimiser.moved):
                lane.halt(f"At update {step:,} its weights left the range of numbers.")
                self._synapse_lane.resting = self.dense.first.lane.resting
        if not any(self.dense.learning):
            return "diverged", self._diverged(step)
        stop_steps, stop_loss = self.live["stop_steps"], self.live["stop_loss"]
        if stop_steps is not None and step >= stop_steps:
            return "done", f"Stopped after {step:,} updates, as asked."
        if stop_loss is not None and step % self.batches.steps_per_epoch == 0:
            loss = min(self.evaluate(lane, False).loss for lane in self.dense.learning)
            if loss < stop_loss:
                return "done", f"Stopped at update {step:,}: the test loss {loss:.3g} is below {stop_loss:g}, as asked."
        return None

    def _diverged(self, step: int) -> str:
        if len(self.dense.open) > 1:
            return f"At update {step:,} the last lane's weights left the range of numbers: all lanes have diverged."
        return f"At update {step:,} the weights left the range of numbers: the run has diverged."

    def standing(self, curves: Sequence[Curves]) -> dict[str, Any]:
        lanes = self.dense.all
        if len(self.dense.open) < 2:
            return {}
        rule = RaceRule(self.live["race_rule"], self.live["race_by"], self.live["race_goal"], self.live["race_limit"])
        runners = [
            Runner(lane.number, curve.rows[:, 0], curve.clock, curve.column("test_loss"), lane.lane.resting)
            for lane, curve in zip(lanes, curves, strict=True)
            if not lane.closed
        ]
        return {"race": standing(rule, runners)}

    # Showing

    def readings(self, subscription: Subscription, step: int) -> tuple[dict[str, Array], dict[str, Any]]:
        begun = time.perf_counter()
        arrays, metadata = self._readings.moving(subscription, step)
        metadata["compute"]["probes_ms"] = 1000 * median(self._probing) if self._probing else None
        self._probing.append(time.perf_counter() - begun)
        return arrays, metadata

    def static(self) -> tuple[dict[str, Array], dict[str, Any]]:
        return self._readings.static()

    def answers(self, inputs: Array) -> Array:
        """The first network's output (n, n_L) for rows of inputs."""
        return self.dense.first.network.layer_response(inputs, self.dense.first.network.layers)

    # Changing

    def change(self, change: Change, step: int) -> Change:
        command = change.get("command")
        if command == "set":
            return self._set(change.get("values"))
        if command == "fork":
            return self.dense.fork(change.get("values"), step)
        if command == "close_lane":
            return self.dense.close(change.get("lane"), change.get("closed"))
        network = self.dense.first.network
        if command == "choose":
            before = self.driven.chosen
            self.driven.choose(*dense_changes.place(network, change))
            return {"command": "choose", "layer": before[0], "to": before[1], "from": before[2]}
        return dense_changes.change_network(network, change)

    def _set(self, values: Any) -> Change:
        undo = self._settings.set(values)
        self._judged = self._judged or not self.referee.isdisjoint(values)
        return undo

    def settled(self) -> None:
        for lane in self.dense.all:
            lane.settled()
        self._synapse_lane.resting = self.dense.first.lane.resting

    # Taking away

    def state_dict(self) -> bytes:
        """A `.pt` file for `torch.load(…, weights_only=True)`: double precision, for a Sequential of Linear and activation layers."""
        file = io.BytesIO()
        torch.save(self.dense.first.network.state_dict(), file)
        return file.getvalue()

    def script(self, step: int) -> str:
        """The first network as Python source for PyTorch, with a few answers to compare. Raises Refused where no Sequential answers so."""
        rule = RULES[self.spec.rule]
        if rule.network != "dense":
            answers = f"under {rule.title} the network answers otherwise than a Sequential would"
            raise Refused("format", f"format: {answers}; take a file of its weights.")
        shown = checked_inputs(self.task.points[self.task.train :])
        return torch_script(
            self.spec, self.task, self.dense.first.network, self.live, step, shown, self.answers(self.task.inputs_of(shown))
        )

    def weights_as_text(self, step: int) -> str:
        network = self.dense.first.network
        return json.dumps({"weights": network.as_text(), "parameters": int(network.parameters.size), "step": step})

    def remembered(self) -> Settings:
        return {"live": dict(self.live), "chosen": list(self.driven.chosen), "lanes": self.dense.remembered()}

    def recall(self, remembered: Settings) -> None:
        """Checks what it is given, because a saved file may hold anything. Raises Refused."""
        chosen = dict(zip(("layer", "to", "from"), remembered["chosen"], strict=True))
        layer, to, source = dense_changes.place(self.dense.first.network, chosen)
        live = self._settings.within_bounds(remembered["live"])
        self.dense.recall(remembered["lanes"])
        # A person's present rule of the race stands, wherever in its history the run goes; a file brings its own.
        self.live.update({name: value for name, value in live.items() if not (self._judged and name in self.referee)})
        self.driven.aim(layer, to, source)


def _explained(loss: float, targets: Array) -> float:
    """R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², from the mean of ½(y − ŷ)²."""
    spread = float(targets.var())
    return 1.0 - 2.0 * loss / spread if spread > 0 else math.nan


def build(spec: Spec, materials: Mapping[str, str] | None = None) -> GradientFlow:
    """A fresh trial of this spec; `materials` has the tables that it names."""
    return GradientFlow(spec, materials or {})
