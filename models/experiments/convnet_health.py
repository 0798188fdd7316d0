"""What the last batch tells of each layer, and a sentence where signal or error vanish, explode or stop.

The bounds are those of the dense lab (`models/probes/health.py`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from models.networks.convolutional import ConvolutionalNetwork, activate
from models.probes.health import DEAD_SHARE, EXPLODED, LARGE_UPDATE, UNSOLVED, VANISHED, Finding, Remedy
from models.rules.convolutional_backpropagation import ConvolutionalBackpropagation
from models.types import Settings

Floats = NDArray[np.float64]
_SATURATED: Final = 0.99
_SEEN: Final = 16
"""Images of the last batch whose whole maps are looked at: all of them would cost as much as an update."""


@dataclass(frozen=True)
class Overview:
    """activation (L+1,): mean |a| of the last batch's first 16 images, which come first; delta (L,): mean |∂loss/∂drive| of an example;
    ratio (L,): ‖Δw‖/‖w‖ of the last update; stride (L,): its root mean square over that of Xavier's first weights; silent (L,): see
    `_silent`.
    """

    activation: Floats
    delta: Floats
    ratio: Floats
    stride: Floats
    silent: Floats


def overview(network: ConvolutionalNetwork, rule: ConvolutionalBackpropagation) -> Overview:
    count = network.layers
    empty = Overview(np.zeros(count + 1), np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count))
    passed = rule.passed
    if passed is None:
        return empty
    with torch.inference_mode(), np.errstate(all="ignore"):
        activations = [activate(shape.activation, drive[:_SEEN]) for shape, drive in zip(network.shapes, passed.drives, strict=True)]
        empty.activation[:] = [float(part.abs().mean()) for part in (passed.images[:_SEEN], *activations)]
        empty.delta[:] = [float(error[:_SEEN].abs().mean()) * len(error) for error in rule.errors]
        empty.silent[:] = [_silent(shape.activation, part) for shape, part in zip(network.shapes, passed.outputs, strict=True)]
        update = network.parameters - rule.before
        for k, shape in enumerate(network.shapes):
            place = network.weight_slice(k + 1)
            moved, length = float(np.linalg.norm(update[place])), float(np.linalg.norm(rule.before[place]))
            empty.ratio[k] = moved / length if length > 0 else (0.0 if moved == 0 else np.inf)
            empty.stride[k] = moved * np.sqrt((shape.fan_in + shape.fan_out) / (2 * shape.weights))
    return empty


def _silent(kind: str, activation: torch.Tensor) -> float:
    """Of what the layer passes on of the last batch: ReLU: share of channels (units) that are zero everywhere; tanh and sigmoid: share of
    activations above 0.99."""
    if kind == "relu":
        return float((activation.transpose(0, 1).flatten(1).amax(1) == 0).float().mean())
    return 0.0 if kind == "softmax" else float((activation.abs() > _SATURATED).float().mean())


def first_broken(network: ConvolutionalNetwork, rule: ConvolutionalBackpropagation) -> tuple[int, str]:
    """Layer and what of it is no number any more, where it first appears: forward through the layers, then back."""
    passed = rule.passed
    if passed is not None:
        for k, drive in enumerate(passed.drives):
            if not bool(torch.isfinite(drive).all()):
                return k + 1, f"the activations of {network.shapes[k].title}"
        for k in range(network.layers - 1, -1, -1):
            if not bool(torch.isfinite(rule.errors[k]).all()):
                return k + 1, f"the errors of {network.shapes[k].title}"
    for k, shape in enumerate(network.shapes, start=1):
        if not np.isfinite(network.parameters[network.weight_slice(k)]).all():
            return k, f"the weights of {shape.title}"
    return network.layers, "the weights"


def findings(
    step: int, loss: float, seen: Overview, network: ConvolutionalNetwork, rule: ConvolutionalBackpropagation, settings: Settings
) -> list[dict[str, Any]]:
    """At most one, the gravest; none before the first update or once the task is nearly solved."""
    if step < 1:
        return []
    if not np.isfinite(rule.optimiser.moved) or not np.isfinite(loss):
        layer, what = first_broken(network, rule)
        sentence = f"At update {step:,} {what} left the range of numbers."
        return [asdict(Finding("not_a_number", layer, None, sentence, [_afresh()]))]
    if loss < UNSOLVED * float(np.log(network.shapes[-1].outputs)):
        return []
    for look in (_exploding, _dead, _no_error, _overshooting, _vanishing):
        found = look(seen, network, settings)
        if found is not None:
            return [asdict(found)]
    return []


def _afresh() -> Remedy:
    """A start that trains every one of this page's tasks."""
    changes = {"activation": "relu", "initialisation": "he", "optimiser": "adam", "learning_rate": 0.004}
    return Remedy("Start again: ReLU, He, Adam, rate 0.004", changes)


def _title(network: ConvolutionalNetwork, layer: int) -> str:
    return network.shapes[layer - 1].title


def _factor(value: float) -> str:
    return f"{float(f'{value:.3g}'):,.0f}×" if value < 1e6 else f"{value:.1e}×"


def _exploding(seen: Overview, network: ConvolutionalNetwork, settings: Settings) -> Finding | None:
    last, layer = seen.delta[-1], int(np.argmax(seen.delta)) + 1
    if last <= 0 or seen.delta.max() / last <= EXPLODED:
        return None
    growth = float(seen.delta.max() / last)
    return Finding("exploding", layer, growth, f"Errors grow {_factor(growth)} from the output to {_title(network, layer)}.", [_afresh()])


def _dead(seen: Overview, network: ConvolutionalNetwork, settings: Settings) -> Finding | None:
    hidden = seen.silent[:-1]
    layer = int(np.argmax(hidden)) + 1
    if network.shapes[layer - 1].activation != "relu" or hidden[layer - 1] < DEAD_SHARE:
        return None
    shape = network.shapes[layer - 1]
    units = "kernels" if shape.kind == "convolution" else "units"
    count = round(hidden[layer - 1] * shape.outputs)
    sentence = f"{count} of {shape.outputs} {units} of {shape.title} answer nothing of the last batch; no error reaches them."
    return Finding("dead_units", layer, float(hidden[layer - 1]), sentence, [_afresh()])


def _no_error(seen: Overview, network: ConvolutionalNetwork, settings: Settings) -> Finding | None:
    if seen.delta[-1] > 0:
        return None
    return Finding("saturated", network.layers, 0.0, "No error leaves the softmax: it is certain of every image of the batch.", [_afresh()])


def _overshooting(seen: Overview, network: ConvolutionalNetwork, settings: Settings) -> Finding | None:
    # A layer whose weights are near zero moves far in proportion; only a long stride as well overshoots.
    finite = np.minimum(np.where(np.isfinite(seen.ratio), seen.ratio, 0.0), seen.stride)
    layer = int(np.argmax(finite)) + 1
    if finite[layer - 1] < LARGE_UPDATE:
        return None
    rate = max(float(f"{settings['learning_rate'] / 10:.3g}"), 1e-5)
    moved = f"One update moved the weights of {_title(network, layer)} by {seen.ratio[layer - 1]:.0%} of their length"
    slower = Remedy(f"Lower the rate to {rate:g}", {"learning_rate": rate}, restart=False)
    return Finding("overshooting", layer, float(finite[layer - 1]), f"{moved}: the rate is too high to settle.", [slower])


def _vanishing(seen: Overview, network: ConvolutionalNetwork, settings: Settings) -> Finding | None:
    """Errors of a convolution are spread over its places: its sum over them counts, against that of the softmax."""
    places = np.array([shape.height * shape.width * shape.outputs for shape in network.shapes])
    total = seen.delta * places
    ratio = float(total[0] / total[-1])
    if ratio >= VANISHED:
        return None
    kind = network.shapes[0].activation
    sentence = (
        f"No error reaches {_title(network, 1)}: every path down to it is multiplied by zero."
        if ratio == 0.0
        else f"Errors shrink {_factor(1 / ratio)} from the output to {_title(network, 1)} ({kind})."
    )
    return Finding("vanishing", 1, ratio, sentence, [_afresh()])
