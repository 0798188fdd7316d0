"""A small trial for tests of the service: Adam towards a moving target whose place depends on (seed, step) alone."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from models.catalog import Experiment
from models.types import Ask, Lane, Refused, Subscription
from tests.service.toy_spec import Scale, ToySpec

EXPERIMENTS: dict[str, Experiment] = {
    "toy": Experiment("toy", "Toy", "run", "tests.service.toy_spec", "tests.service.toy:Toy"),
    "count": Experiment("count", "Count", "analysis", "tests.service.toy_analysis", "tests.service.toy_analysis:build"),
}


class Vector:
    name = "vector"

    def __init__(self, size: int, seed: int) -> None:
        self.parameters = np.random.default_rng(seed).normal(size=size)

    def apply(self, deltas: np.ndarray) -> None:
        self.parameters += deltas

    def state(self) -> dict[str, np.ndarray]:
        return {"parameters": self.parameters.copy()}

    def restore(self, arrays: Any) -> None:
        self.parameters[:] = arrays["parameters"]


def _work(seconds: float) -> None:
    """Sleeps; beyond the bound of an update it computes, as only that is counted."""
    if seconds <= 0.05:
        time.sleep(seconds)
    begun = time.thread_time()
    while seconds > 0.05 and time.thread_time() - begun < seconds:
        pass


class Adam:
    """Kingma and Ba (2015), with moments that are part of the state."""

    def __init__(self, toy: Toy) -> None:
        self.toy = toy
        self.moments = np.zeros((2, toy.spec.size))

    def updates(self, step: int) -> np.ndarray:
        toy = self.toy
        _work(toy.spec.step_ms / 1000)
        if toy.spec.break_at is not None and step == toy.spec.break_at:
            raise ZeroDivisionError("the toy is broken")
        target = np.sin(np.arange(toy.spec.size) * (toy.spec.seed + 1) + step * 0.37)
        gradient = toy.vector.parameters - target
        self.moments[0] += 0.1 * (gradient - self.moments[0])
        self.moments[1] += 0.001 * (gradient**2 - self.moments[1])
        return -toy.settings["learning_rate"] * self.moments[0] / (np.sqrt(self.moments[1]) + 1e-8)

    def state(self) -> dict[str, np.ndarray]:
        return {"moments": self.moments.copy()}

    def restore(self, arrays: Any) -> None:
        self.moments[:] = arrays["moments"]


class Toy:
    steps_per_epoch = 10.0
    referee = frozenset[str]()
    measured = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")

    def __init__(self, spec: ToySpec) -> None:
        self.spec = spec
        self.settings: dict[str, Any] = {"learning_rate": spec.learning_rate, "stop_steps": spec.stop_steps}
        self.vector = Vector(spec.size, spec.seed)
        self.lanes = [Lane("vector", "network", self.vector, Adam(self))]
        self.asks = {"scaled": Ask("The parameters times a factor.", Scale, self.scaled)}

    def scaled(self, parameters: Scale) -> dict[str, Any]:
        return {"values": (self.vector.parameters * parameters.factor).tolist()}

    def measure(self) -> dict[str, dict[str, float]]:
        return {"vector": self.measurements()}

    def measurements(self) -> dict[str, float]:
        loss = float((self.vector.parameters**2).mean())
        return {"train_loss": loss, "test_loss": loss, "train_accuracy": 0.5, "test_accuracy": 0.5}

    def standing(self, curves: Any) -> dict[str, Any]:
        return {}

    def verdict(self, step: int):
        if not np.isfinite(self.vector.parameters).all() or np.abs(self.vector.parameters).max() > 1e6:
            return "diverged", "The parameters left all bounds."
        stop = self.settings["stop_steps"]
        return ("done", f"Stopped after {step} updates, as asked.") if stop is not None and step >= stop else None

    def readings(self, subscription: Subscription, step: int):
        if subscription.focus is not None and subscription.focus.to >= self.spec.size:
            raise Refused("focus", f"focus: there are {self.spec.size} numbers.")
        wanted = subscription.readings & {"all", "*/weight", "1/weight"}
        arrays = {"1/weight": self.vector.parameters.copy()} if wanted else {}
        if subscription.focus is not None:
            arrays["focus/weight"] = self.vector.parameters[subscription.focus.to : subscription.focus.to + 1].copy()
        return arrays, {**self.measurements(), "settings": dict(self.settings)}

    def static(self):
        return {"data/start": np.arange(self.spec.size, dtype=np.float32)}, {"sizes": [self.spec.size]}

    def change(self, change: dict[str, Any], step: int) -> dict[str, Any]:
        if change["command"] == "set":
            unknown = change["values"].keys() - self.settings.keys()
            if unknown:
                raise Refused(min(unknown), f"{min(unknown)}: there is no such setting.")
            before = {name: self.settings[name] for name in change["values"]}
            self.settings |= change["values"]
            return {"command": "set", "values": before}
        if change["command"] == "edit":
            if change["to"] >= self.spec.size:
                raise Refused("to", f"to: at most {self.spec.size - 1}.")
            before = float(self.vector.parameters[change["to"]])
            self.vector.parameters[change["to"]] = change["value"]
            return {**change, "value": before}
        raise Refused("command", f"The toy knows no {change['command']}.")

    def settled(self) -> None:
        pass

    def remembered(self) -> dict[str, Any]:
        return dict(self.settings)

    def recall(self, remembered: dict[str, Any]) -> None:
        self.settings = dict(remembered)
