"""Changes that a person makes to a running network by hand: edit, freeze, lesion. Each returns its undoing."""

from __future__ import annotations

import math
from typing import Any, Final

from models.networks.dense import DenseNetwork
from models.types import Change, Refused

LARGEST_EDIT: Final = 100.0
_BEYOND: Final = ("nan", "inf", "-inf")
"""What a weight of a diverged run may have been, as JSON can say it."""


def _whole(change: Change, name: str, lowest: int, highest: int) -> int:
    value = change.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise Refused(name, f"{name}: give a whole number from {lowest} to {highest}.")
    return value


def _flag(change: Change, name: str) -> bool:
    value = change.get(name)
    if not isinstance(value, bool):
        raise Refused(name, f"{name}: give true or false.")
    return value


def place(network: DenseNetwork, change: Change) -> tuple[int, int, int]:
    """The weight (layer from 1, to, from) that a change names, within the network's bounds."""
    layer = _whole(change, "layer", 1, network.layers)
    to = _whole(change, "to", 0, int(network.sizes[layer]) - 1)
    return layer, to, _whole(change, "from", 0, int(network.sizes[layer - 1]) - 1)


def _index(network: DenseNetwork, change: Change) -> int:
    if change.get("from") is None:
        layer = _whole(change, "layer", 1, network.layers)
        return network.index(layer, _whole(change, "to", 0, int(network.sizes[layer]) - 1), None)
    layer, to, source = place(network, change)
    return network.index(layer, to, source)


def _value(change: Change) -> float:
    value = change.get("value")
    if change.get("undo") is True and (isinstance(value, float) or value in _BEYOND):
        return float(value)  # a weight may have grown beyond what a person may type
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > LARGEST_EDIT:
        raise Refused("value", f"value: give a number from −{LARGEST_EDIT:g} to {LARGEST_EDIT:g}.")
    return float(value)


def _edit(network: DenseNetwork, change: Change) -> Change:
    index, value = _index(network, change), _value(change)
    before = float(network.parameters[index])
    network.parameters[index] = value
    return {**change, "value": before if math.isfinite(before) else str(before), "undo": True}


def _freeze(network: DenseNetwork, change: Change) -> Change:
    layer = _whole(change, "layer", 1, network.layers)
    whole = slice(network.weight_slice(layer).start, network.bias_slice(layer).stop)
    before = [int(value) for value in network.mobile[whole]]
    mask = change.get("mobile")
    if mask is not None:
        if not isinstance(mask, list) or len(mask) != len(before) or any(value not in (0, 1) for value in mask):
            raise Refused("mobile", f"mobile: give {len(before)} values of 0 and 1.")
        network.mobile[whole] = mask
    elif change.get("to") is None:
        network.mobile[whole] = 0.0 if _flag(change, "frozen") else 1.0
    else:
        network.mobile[_index(network, change)] = 0.0 if _flag(change, "frozen") else 1.0
    return {"command": "freeze", "layer": layer, "mobile": before}


def _lesion(network: DenseNetwork, change: Change) -> Change:
    layer = _whole(change, "layer", 0, network.layers - 1)
    unit = network.unit_slice(layer).start + _whole(change, "neuron", 0, int(network.sizes[layer]) - 1)
    before = network.alive[unit] == 0.0
    network.alive[unit] = 0.0 if _flag(change, "lesioned") else 1.0
    return {**change, "lesioned": bool(before)}


_CHANGES: Final = {"edit": _edit, "freeze": _freeze, "lesion": _lesion}


def change_network(network: DenseNetwork, change: Change) -> Change:
    """Applies edit, freeze or lesion; raises Refused for anything else."""
    command = change.get("command")
    if command not in _CHANGES:
        raise Refused("command", f"“{str(command)[:40]}” is not a change; set, edit, freeze, lesion and choose are.")
    return _CHANGES[command](network, change)


def frozen(network: DenseNetwork) -> list[list[Any]]:
    """[[layer, to, from | null], …] of every frozen parameter; a layer that is frozen whole is [layer, null, null]."""
    if network.mobile.all():
        return []
    found: list[list[Any]] = []
    for k in range(1, network.layers + 1):
        weights, biases = network.weights_of(network.mobile, k), network.mobile[network.bias_slice(k)]
        if not weights.any() and not biases.any():
            found.append([k, None, None])
            continue
        found += [[k, int(to), int(source)] for to, source in zip(*(weights == 0).nonzero(), strict=True)]
        found += [[k, int(to), None] for to in (biases == 0).nonzero()[0]]
    return found


def lesioned(network: DenseNetwork) -> list[list[int]]:
    """[[layer, neuron], …] of every neuron that is switched off; layer 0 is the input."""
    if network.alive.all():
        return []
    return [[k, int(j)] for k in range(network.layers) for j in (network.alive[network.unit_slice(k)] == 0).nonzero()[0]]
