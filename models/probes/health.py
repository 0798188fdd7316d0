"""When gradients vanish or explode, units die or the loss is no number: a sentence with the layer and the number,
and remedies that can be applied.

The bounds are ours, set so that the healthy presets raise nothing (tests/probes/test_health.py).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
VANISHED: Final = 1e-3
EXPLODED: Final = 1e3
DEAD_SHARE: Final = 0.5
LARGE_UPDATE: Final = 0.5
UNSOLVED: Final = 0.2
"""Nothing is said of a run whose train loss is below this share of the loss at chance."""


@dataclass(frozen=True)
class Remedy:
    label: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    code: str
    layer: int
    value: float | None
    sentence: str
    remedies: list[Remedy] = field(default_factory=list)


@dataclass(frozen=True)
class Signs:
    """What a finding is drawn from; layer arrays hold layers 1…L."""

    step: int
    train_loss: float
    chance_loss: float
    activation: str
    initialisation: str
    learning_rate: float
    hidden_sizes: tuple[int, ...]
    delta: Floats
    update_ratio: Floats
    silent: Floats


def _slower(signs: Signs, factor: float) -> Remedy:
    rate = max(float(f"{signs.learning_rate / factor:.3g}"), 1e-5)
    return Remedy(f"Lower the rate to {rate:g}", {"learning_rate": rate})


def _starts(signs: Signs) -> list[Remedy]:
    """Better first weights for the activation in use."""
    fitting = "he" if signs.activation == "relu" else "xavier"
    label = "Use He" if fitting == "he" else "Use Xavier"
    return [Remedy(label, {"initialisation": fitting})] if signs.initialisation != fitting else []


def _no_number(signs: Signs) -> Finding | None:
    if np.isfinite(signs.train_loss):
        return None
    broken = [k + 1 for k, value in enumerate(signs.delta) if not np.isfinite(value)]
    layer = broken[-1] if broken else len(signs.delta)
    calm = Remedy("Start smaller and slower", {"initialisation": "xavier", "learning_rate": min(signs.learning_rate, 0.03), "activation": "tanh"})
    sentence = f"The loss is no longer a number: at update {signs.step:,} the error overflowed in layer {layer}."
    return Finding("not_a_number", layer, None, sentence, [calm])


def _exploding(signs: Signs) -> Finding | None:
    first, last = signs.delta[0], signs.delta[-1]
    layer = int(np.argmax(signs.delta)) + 1
    if last > 0 and signs.delta.max() / last > EXPLODED:
        growth = signs.delta.max() / last
        sentence = f"Gradients grow {growth:,.0f}× from the output to layer {layer}."
        return Finding("exploding", layer, float(growth), sentence, [*_starts(signs), _slower(signs, 10)])
    if signs.train_loss > 100 * signs.chance_loss:
        sentence = f"The loss is {signs.train_loss / signs.chance_loss:,.0f}× the loss of guessing; layer 1 receives an error of {first:.3g}."
        return Finding("exploding", 1, float(signs.train_loss / signs.chance_loss), sentence, [*_starts(signs), _slower(signs, 10)])
    return None


def _dead(signs: Signs) -> Finding | None:
    if signs.activation != "relu" or not signs.hidden_sizes:
        return None
    hidden = signs.silent[: len(signs.hidden_sizes)]
    worst = int(np.argmax(hidden))
    if hidden[worst] < DEAD_SHARE:
        return None
    count = round(hidden[worst] * signs.hidden_sizes[worst])
    sentence = f"{count} of {signs.hidden_sizes[worst]} ReLU units in layer {worst + 1} are silent for every training point; no gradient reaches them."
    remedies = [Remedy("Use tanh", {"activation": "tanh", "initialisation": "xavier", "learning_rate": min(signs.learning_rate, 0.03)})]
    return Finding("dead_units", worst + 1, float(hidden[worst]), sentence, remedies)


def _vanishing(signs: Signs) -> Finding | None:
    last = signs.delta[-1]
    if not signs.hidden_sizes or last <= 0:
        return None
    ratio = signs.delta[0] / last
    if ratio >= VANISHED:
        return None
    if ratio == 0.0:
        sentence = "No error reaches layer 1: every path down to it is multiplied by zero."
    else:
        sentence = f"Gradients shrink {1 / ratio:,.0f}× from the output to layer 1 ({signs.activation})."
    remedies = _starts(signs)
    if signs.activation == "sigmoid":
        remedies = [
            Remedy("Use ReLU", {"activation": "relu", "initialisation": "he", "learning_rate": min(signs.learning_rate, 0.03)}),
            Remedy("Use tanh", {"activation": "tanh", "initialisation": "xavier"}),
        ]
    return Finding("vanishing", 1, float(ratio), sentence, remedies)


def _overshooting(signs: Signs) -> Finding | None:
    finite = np.where(np.isfinite(signs.update_ratio), signs.update_ratio, 0.0)
    layer = int(np.argmax(finite)) + 1
    if finite[layer - 1] < LARGE_UPDATE:
        return None
    sentence = f"One update moved the weights of layer {layer} by {finite[layer - 1]:.0%} of their length: the rate is too high to settle."
    return Finding("overshooting", layer, float(finite[layer - 1]), sentence, [_slower(signs, 10)])


def findings(signs: Signs) -> list[dict[str, Any]]:
    """At most one finding, the gravest; none before the tenth update or once the task is nearly solved."""
    broken = _no_number(signs)
    if broken:
        return [asdict(broken)]
    if signs.step < 10 or signs.train_loss < UNSOLVED * signs.chance_loss:
        return []
    for look in (_exploding, _dead, _vanishing, _overshooting):
        found = look(signs)
        if found:
            return [asdict(found)]
    return []
