"""The brain's side of the page on learning rules: a spiking synapse with a third factor, driven by one weight of the first lane.

One update is one stimulus. |activation| of the batch's first example, over the layer's largest so far, sets each neuron's rate, as in the
dense lab; half of the presynaptic spikes evoke a postsynaptic one. The reward is 1 where the first lane names that example right and 0
where not, and M is that less its running mean: what was better or worse than expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.brain.eligibility import BALANCED, FASTEST_HZ, WINDOW, EligibilitySynapse, ThreeFactorRule
from models.experiments.dense_changes import place
from models.experiments.dense_lane import wants
from models.experiments.rules_lane import RulesLane
from models.types import Array, Change, Lane, Refused, Subscription

if TYPE_CHECKING:
    from models.experiments.learning_rules import LearningRules

EXPECTING: Final = 0.02
"""How much of each reward the running mean takes in."""
STRENGTH: Final = 0.02
"""Share of the rule's amplitudes that counts; at 1 the synapse would meet its bounds within a hundred stimuli."""
EVOKE: Final = 0.5
"""Share of presynaptic spikes that make the other neuron fire, as far as its rate leaves room."""


class ChosenWeights:
    """The chosen weight in every lane after each of the last updates: rows (update, lane 1 … n), in a ring."""

    def __init__(self, lanes: int) -> None:
        self._rows = np.full((WINDOW, 1 + lanes), np.nan)
        self._count = 0

    def add(self, update: int, weights: Sequence[float]) -> None:
        """The same update again, as when a run is put back, takes its row's place."""
        if self._count and self._rows[(self._count - 1) % WINDOW, 0] == update:
            self._count -= 1
        self._rows[self._count % WINDOW] = update, *weights
        self._count += 1

    def forget(self) -> None:
        self._count = 0

    def rows(self) -> Array:
        """(≤240, 1 + lanes), oldest first."""
        if self._count <= WINDOW:
            return self._rows[: self._count].copy()
        return np.roll(self._rows, -(self._count % WINDOW), axis=0)

    def restore(self, rows: Array) -> None:
        """Raises Refused for a window of another form."""
        given = np.asarray(rows, np.float64)
        if given.ndim != 2 or given.shape[0] > WINDOW or given.shape[1] != self._rows.shape[1]:
            raise Refused("file", "file: the weights that were followed are not those of these lanes.")
        self._rows[: len(given)], self._count = given, len(given)


class DrivenThreeFactor:
    """Hands the chosen weight's numbers to the synapse's rule; remembers each layer's largest activation and the expected reward."""

    def __init__(self, lab: LearningRules, synapse: EligibilitySynapse, seed: int) -> None:
        self.lab = lab
        self.drive = np.zeros(4)
        self.timing = ThreeFactorRule(synapse, self.drive, seed, lab.live, STRENGTH, plasticity=BALANCED, evoke=EVOKE)
        self.peaks = np.zeros(2)
        self.expected = np.zeros(1)
        self.chosen = (1, 0, 0)
        self.weights = ChosenWeights(len(lab.rules))

    def updates(self, step: int) -> Array:
        self.follow(step + 1)
        first = self.lab.rules[0]
        layer, to, source = self.chosen
        network = first.network
        if first.halted:
            return np.zeros(2)
        for which, (k, unit) in enumerate(((layer - 1, source), (layer, to))):
            activity = np.abs(network.units[0, network.unit_slice(k)])
            largest = float(activity.max())
            if np.isfinite(largest):
                self.peaks[which] = max(self.peaks[which], largest)
            share = activity[unit] / self.peaks[which] if self.peaks[which] > 0 else 0.0
            self.drive[which] = FASTEST_HZ * min(float(share), 1.0) if np.isfinite(share) else 0.0
        reward = float(self._right(first, step))
        self.drive[2] = reward - self.expected[0] if self.lab.live["reward"] == "given" else 0.0
        self.expected[0] += EXPECTING * (reward - self.expected[0])
        self.drive[3] = network.parameters[network.index(layer, to, source)]
        return self.timing.updates(step)

    def follow(self, update: int) -> None:
        """Notes the chosen weight of every lane, as it is after this update."""
        self.weights.add(update, [rule.network.parameters[rule.network.index(*self.chosen)] for rule in self.lab.rules])

    def _right(self, first: RulesLane, step: int) -> bool:
        """Whether the first lane answers the batch's first example right, before its update."""
        answer = first.network.units[0, first.network.unit_slice(first.layers)]
        label = self.lab.task.labels[self.lab.batches.batch(step)[0]]
        guess = int(answer[0] > 0) if answer.size == 1 else int(np.argmax(answer))
        return guess == int(label)

    def state(self) -> dict[str, Array]:
        return {**self.timing.state(), "peaks": self.peaks.copy(), "expected": self.expected.copy(), "weights": self.weights.rows()}

    def restore(self, arrays: Mapping[str, Array]) -> None:
        peaks, expected = np.asarray(arrays["peaks"], np.float64), np.asarray(arrays["expected"], np.float64)
        if peaks.shape != (2,) or expected.shape != (1,) or not (np.isfinite(peaks).all() and 0 <= expected[0] <= 1):
            raise Refused("file", "file: the saved traces are not those of a synapse beside a weight.")
        self.weights.restore(arrays["weights"])
        self.timing.restore(arrays)
        self.peaks[:], self.expected[:] = peaks, expected


class RulesBrain:
    """The lane of the spiking synapse, and which weight of the network it stands beside."""

    def __init__(self, lab: LearningRules, seed: int) -> None:
        self.lab = lab
        self.synapse = EligibilitySynapse()
        self.driven = DrivenThreeFactor(lab, self.synapse, seed)
        self.driven.chosen = (1, 0, self._liveliest_input())
        self.driven.follow(0)
        self.lane = Lane("eligibility", "brain", self.synapse, self.driven)

    def _liveliest_input(self) -> int:
        """The corner pixels of digits are blank in every image: a synapse there would be silent."""
        task = self.lab.task
        return int(task.inputs[: task.train].var(axis=0).argmax()) if task.kind == "digits" else 0

    @property
    def chosen(self) -> tuple[int, int, int]:
        return self.driven.chosen

    def aim(self, chosen: Sequence[Any]) -> None:
        """Raises Refused where there is no such weight."""
        layer, to, source = place(self.lab.rules[0].network, dict(zip(("layer", "to", "from"), chosen, strict=True)))
        self.driven.chosen = (layer, to, source)

    def choose(self, change: Change) -> Change:
        """A fresh synapse beside another weight. Raises Refused."""
        before = self.chosen
        self.aim([change.get(name) for name in ("layer", "to", "from")])
        self.driven.timing.reset()
        self.driven.peaks[:] = 0.0
        self.driven.weights.forget()
        self.driven.follow(self.lab.control.replayed.made)
        return {"command": "choose", "layer": before[0], "to": before[1], "from": before[2]}

    def settled(self) -> None:
        """It does not rest where the first lane is halted: the other lanes' weights are still followed."""

    def readings(self, subscription: Subscription) -> dict[str, Array]:
        found = {}
        if wants(subscription, "eligibility/window"):
            found["eligibility/window"] = self.driven.timing.window()
        if wants(subscription, "weights/window"):
            with np.errstate(over="ignore"):
                found["weights/window"] = self.driven.weights.rows().astype(np.float32)
        return found

    def known(self, rule: RulesLane, subscription: Subscription) -> dict[str, Array]:
        """`knows/…` of the chosen synapse in this lane: for the last batch's first example, its weight now, and its last change."""
        layer, to, source = self.chosen
        network = rule.network
        pre = network.units[0, network.unit_slice(layer - 1)][source]
        post = network.units[0, network.unit_slice(layer)][to]
        third = rule.rule.deltas[0, network.unit_slice(layer)][to]
        place = network.index(layer, to, source)
        values = {
            "knows/pre": pre, "knows/post": post, "knows/third": third,
            "knows/weight": network.parameters[place], "knows/update": rule.optimiser.last[place],
        }  # fmt: skip
        with np.errstate(over="ignore"):
            return {name: np.array([value], np.float32) for name, value in values.items() if wants(subscription, name)}
