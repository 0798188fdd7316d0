"""Learning rules side by side: one network, one set of data, one clock, a lane for each rule, and the control."""

from __future__ import annotations

import io
import time
from collections import deque
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

import torch

from models.curves import Curves
from models.experiments.live_settings import LiveSettings
from models.experiments.rules_brain import RulesBrain
from models.experiments.rules_lane import RulesLane
from models.experiments.rules_readings import RulesReadings
from models.experiments.rules_task import load
from models.specs.learning_rules import ADAPTER, Spec, live_fields
from models.specs.rules import CONTROL, RuleLane
from models.tasks.batches import ShuffledBatches
from models.types import TIMINGS, Array, Ask, Change, Lane, Outcome, Refused, Settings, Subscription

_EARLY: Final = 20
"""Updates between two measurements, at most, in the first thousand."""
_LATER: Final = 50


class LearningRules:
    """The trial of `models.types.Trial`: lanes in the order of the spec, the control last among the networks, then the brain's synapse."""

    def __init__(self, spec: Spec) -> None:
        torch.set_num_threads(1)
        self.spec = spec
        self.referee: frozenset[str] = frozenset()
        self._settings = LiveSettings(ADAPTER, spec, live_fields(), '{"rate_factor": 2}')
        self.live = self._settings.values
        self.task = load(spec)
        rows = slice(0, self.task.train)
        self.batches = ShuffledBatches(self.task.inputs[rows], self.task.targets[rows], spec.batch_size, spec.seed)
        self.steps_per_epoch = float(self.batches.steps_per_epoch)
        changes = (*spec.rules, RuleLane(rule=CONTROL))
        self.rules = [RulesLane(spec, change, self.task, self.batches, self.live, n) for n, change in enumerate(changes, start=1)]
        self.brain = RulesBrain(self, spec.seed)
        layers = self.rules[0].layers
        self.measured = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", *(f"angle_{k}" for k in range(1, layers + 1)))
        self.asks: dict[str, Ask] = {}
        self._probing: deque[float] = deque(maxlen=TIMINGS)
        self._readings = RulesReadings(self)

    @property
    def lanes(self) -> list[Lane]:
        return [*(rule.lane for rule in self.rules), self.brain.lane]

    @property
    def control(self) -> RulesLane:
        return self.rules[-1]

    @property
    def learning(self) -> list[RulesLane]:
        return [rule for rule in self.rules if not rule.lane.resting]

    # Measuring

    def next_measured(self, step: int) -> int:
        """Eight networks on all held-out examples cost as much as many updates: measured at steps that spread out."""
        return step + max(1, min(step // 2, _EARLY), step // _LATER)

    def measure(self) -> dict[str, dict[str, float]]:
        return {rule.lane.name: rule.measure() for rule in self.learning}

    def verdict(self, step: int) -> tuple[Outcome, str] | None:
        for rule in self.learning:
            if rule.broken():
                rule.halt(f"{self._named(rule)} left the range of numbers at update {step:,} and has stopped; the others go on.")
        if all(rule.lane.resting for rule in self.rules[:-1]):
            names = "all rules have" if len(self.rules) > 2 else f"{self.rules[0].described.title} has"
            return "diverged", f"At update {step:,} {names} left the range of numbers; only the control is left."
        stop_steps = self.live["stop_steps"]
        if stop_steps is not None and step >= stop_steps:
            return "done", f"Stopped after {step:,} updates, as asked."
        return None

    def _named(self, lane: RulesLane) -> str:
        """Its rule; and its number where another lane has the same rule."""
        alike = sum(other.change.rule == lane.change.rule for other in self.rules)
        return lane.described.title if alike == 1 else f"{lane.described.title} (lane {lane.number})"

    def standing(self, curves: Sequence[Curves]) -> dict[str, Any]:
        return {}

    # Showing

    def readings(self, subscription: Subscription, step: int) -> tuple[dict[str, Array], dict[str, Any]]:
        begun = time.perf_counter()
        arrays, metadata = self._readings.moving(subscription)
        metadata["compute"] = {"probes_ms": 1000 * median(self._probing) if self._probing else None}
        self._probing.append(time.perf_counter() - begun)
        return arrays, metadata

    def static(self) -> tuple[dict[str, Array], dict[str, Any]]:
        return self._readings.static()

    # Changing

    def change(self, change: Change, step: int) -> Change:
        command = change.get("command")
        if command == "choose":
            return self.brain.choose(change)
        if command != "set":
            raise Refused("command", f"“{str(command)[:40]}” is no change of this run; set and choose are.")
        return self._settings.set(change.get("values"))

    def settled(self) -> None:
        for rule in self.rules:
            rule.settled()
        self.brain.settled()

    def remembered(self) -> Settings:
        return {
            "live": dict(self.live),
            "chosen": list(self.brain.chosen),
            "lanes": [rule.remembered() for rule in self.rules],
        }

    def recall(self, remembered: Settings) -> None:
        """Checks what it is given, because a saved file may hold anything. Raises Refused."""
        live = self._settings.within_bounds(remembered["live"])
        lanes = remembered["lanes"]
        if not isinstance(lanes, list) or len(lanes) != len(self.rules):
            raise Refused("file", "file: its lanes are not those of its own configuration.")
        for rule, told in zip(self.rules, lanes, strict=True):
            rule.recall(told)
        self.brain.aim(remembered["chosen"])
        self.live.update(live)

    # Taking away

    def state_dict(self) -> bytes:
        """A `.pt` file for `torch.load(…, weights_only=True)`: every lane's weights under `<number>.<rule>`, each for a Sequential."""
        file = io.BytesIO()
        weights = {f"{rule.number}.{rule.change.rule}": rule.network.state_dict() for rule in self.rules}
        torch.save({f"{lane}.{name}": tensor for lane, named in weights.items() for name, tensor in named.items()}, file)
        return file.getvalue()

    def script(self, step: int) -> str:
        raise Refused("format", "format: a script is made of a single network; open its rule in Gradient flow for one.")

    def weights_as_text(self, step: int) -> str:
        raise Refused("format", "format: a link has no room for the weights of all lanes; save the run instead.")


def build(spec: Spec, materials: Mapping[str, str] | None = None) -> LearningRules:
    """A fresh trial of this spec."""
    return LearningRules(spec)
