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
DEAD_SHARE: Final = 0.75
SATURATED_SHARE: Final = 0.75
LARGE_UPDATE: Final = 0.5
UNSOLVED: Final = 0.2
"""Nothing is said of a run whose train loss is below this share of the loss at chance."""


@dataclass(frozen=True)
class Remedy:
    """What a press of the button changes; a `restart` begins the run anew with it."""

    label: str
    changes: dict[str, Any]
    restart: bool = True


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
    stride: Floats
    silent: Floats


def _slower(signs: Signs, factor: float) -> Remedy:
    """A lower rate from here on."""
    rate = max(float(f"{signs.learning_rate / factor:.3g}"), 1e-5)
    return Remedy(f"Lower the rate to {rate:g}", {"learning_rate": rate}, restart=False)


def _afresh() -> Remedy:
    """A start that trains every task of the plane."""
    return Remedy("Start again: tanh, Xavier, rate 0.03", {"activation": "tanh", "initialisation": "xavier", "learning_rate": 0.03})


def _times(factor: float) -> str:
    """A factor as people read it: 1,600× or 4.1×10¹⁶-fold."""
    if factor < 1e6:
        return f"{float(f'{factor:.3g}'):,.0f}×"
    mantissa, exponent = f"{factor:.1e}".split("e")
    return f"{mantissa}×10{str(int(exponent)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}-fold"


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
    sentence = f"The loss is no longer a number: at update {signs.step:,} the error overflowed in layer {layer}."
    return Finding("not_a_number", layer, None, sentence, [_afresh()])


def _exploding(signs: Signs) -> Finding | None:
    first, last = signs.delta[0], signs.delta[-1]
    layer = int(np.argmax(signs.delta)) + 1
    if last > 0 and signs.delta.max() / last > EXPLODED:
        growth = signs.delta.max() / last
        sentence = f"Gradients grow {_times(growth)} from the output to layer {layer}."
        return Finding("exploding", layer, float(growth), sentence, [_afresh(), *_starts(signs)])
    if signs.train_loss > 100 * signs.chance_loss:
        sentence = (
            f"The loss is {_times(signs.train_loss / signs.chance_loss)} the loss of guessing; layer 1 receives an error of {first:.3g}."
        )
        return Finding("exploding", 1, float(signs.train_loss / signs.chance_loss), sentence, [_afresh(), *_starts(signs)])
    return None


def _dead(signs: Signs) -> Finding | None:
    if signs.activation != "relu" or not signs.hidden_sizes:
        return None
    hidden = signs.silent[: len(signs.hidden_sizes)]
    worst = int(np.argmax(hidden))
    if hidden[worst] < DEAD_SHARE:
        return None
    count = round(hidden[worst] * signs.hidden_sizes[worst])
    units = f"{count} of {signs.hidden_sizes[worst]} ReLU units in layer {worst + 1}"
    sentence = f"{units} are silent for every training point; no gradient reaches them."
    return Finding("dead_units", worst + 1, float(hidden[worst]), sentence, [_afresh()])


def _no_error(signs: Signs) -> Finding | None:
    if signs.delta[-1] > 0.0:
        return None
    layer = len(signs.delta)
    sentence = (
        f"No error leaves the output (layer {layer}): it is driven to its bounds for every example of the batch, where its slope is zero."
    )
    return Finding("saturated", layer, 0.0, sentence, [_afresh()])


def _vanishing(signs: Signs) -> Finding | None:
    last = signs.delta[-1]
    if not signs.hidden_sizes:
        return None
    ratio = signs.delta[0] / last
    if ratio >= VANISHED:
        return None
    if ratio == 0.0:
        sentence = "No error reaches layer 1: every path down to it is multiplied by zero."
    else:
        sentence = f"Gradients shrink {_times(1 / ratio)} from the output to layer 1 ({signs.activation})."
    remedies = [*_starts(signs), *([_afresh()] if signs.activation == "tanh" else [])]
    saturated = float(signs.silent[: len(signs.hidden_sizes)].max())
    if signs.activation == "tanh" and ratio > 0.0 and saturated >= SATURATED_SHARE:
        driven = f"{saturated:.0%} of a layer's tanh units are driven to ±1, where the slope is zero"
        sentence = f"Gradients shrink {_times(1 / ratio)} from the output to layer 1: {driven}."
    if signs.activation == "sigmoid":
        remedies = [
            Remedy("Use ReLU", {"activation": "relu", "initialisation": "he", "learning_rate": min(signs.learning_rate, 0.03)}),
            Remedy("Use tanh", {"activation": "tanh", "initialisation": "xavier"}),
        ]
    return Finding("vanishing", 1, float(ratio), sentence, remedies)


def _overshooting(signs: Signs) -> Finding | None:
    # A layer whose weights are near zero moves far in proportion; only a long stride as well overshoots.
    finite = np.minimum(np.where(np.isfinite(signs.update_ratio), signs.update_ratio, 0.0), signs.stride)
    layer = int(np.argmax(finite)) + 1
    if finite[layer - 1] < LARGE_UPDATE:
        return None
    moved = f"One update moved the weights of layer {layer} by {signs.update_ratio[layer - 1]:.0%} of their length"
    sentence = f"{moved}: the rate is too high to settle."
    return Finding("overshooting", layer, float(finite[layer - 1]), sentence, [_slower(signs, 10)])


def findings(signs: Signs) -> list[dict[str, Any]]:
    """At most one finding, the gravest; none before the first update or once the task is nearly solved."""
    broken = _no_number(signs)
    if broken:
        return [asdict(broken)]
    if signs.step < 1 or signs.train_loss < UNSOLVED * signs.chance_loss:
        return []
    for look in (_exploding, _dead, _no_error, _overshooting, _vanishing):
        found = look(signs)
        if found:
            return [asdict(found)]
    return []
