"""The same protocol on a whole layer: cells of the V1 model, or every channel of a stage, and what each comes to.

Arrays of (units,), nan where a unit says nothing: gratings give `orientation`, `frequency`, `circular_variance`, `ratio` and
`half_width`, size gives `suppression_index`. `moments` holds each unit's preferred grating, so that the screen can show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.experiments.physiology_network import StageUnits, table, units
from models.experiments.physiology_protocols import PHASES, Preferred, Record, diameters, grid, preferred, tuned
from models.experiments.physiology_units import Cell
from models.probes.contrast_response import suppression_index
from models.probes.tuning import Tuning, harmonics
from models.specs.unit_physiology import CELLS, CHANNELS, PIXELS_PER_DEGREE, UnitPhysiologySpec
from models.tasks.stimuli import Grating, Window
from models.types import Array, Refused

Progress = Callable[..., None]
SIZE_STAGES = ("stem", "stage1", "stage2")
SIZED = tuple(range(0, CELLS, 2))
"""Cells of the size protocol, every second: a pool over places takes its time."""
MEASURES = ("orientation", "frequency", "circular_variance", "ratio", "half_width")


def of_layer(spec: UnitPhysiologySpec, progress: Progress) -> Record:
    """Raises Refused for a protocol that is not offered on a layer."""
    if spec.protocol not in ("gratings", "size"):
        raise Refused("protocol", "protocol: a whole layer can be put through “gratings” or “size”.")
    if spec.unit == "v1":
        return _cells(spec, progress)
    if spec.protocol == "size" and spec.stage not in SIZE_STAGES:
        raise Refused("stage", f"stage: on a whole layer, size is offered for {', '.join(SIZE_STAGES)}, whose fields are small.")
    return _channels(spec, progress)


def summarised(tunings: list[Tuning | None]) -> dict[str, Array]:
    """Arrays of (units,) by measure."""
    rows = [[_number(getattr(found, name, None)) for name in MEASURES] for found in tunings]
    return dict(zip(MEASURES, np.asarray(rows, np.float32).T.copy(), strict=True))


def shown(found: list[Preferred]) -> list[dict[str, Any]]:
    """Each unit's preferred grating."""
    names = ("orientation", "frequency")
    return [{"known": best.known} | {name: getattr(best.grating, name) for name in names} for best in found]


def _cells(spec: UnitPhysiologySpec, progress: Progress) -> Record:
    """With size, a cell's preferred grating is the planted one: looking for it would take longer than the protocol."""
    sized = spec.protocol == "size"
    tunings: list[Tuning | None] = []
    found: list[Preferred] = []
    indices: list[float] = []
    chosen = SIZED if sized else tuple(range(CELLS))
    for done, number in enumerate(chosen):
        progress(done / len(chosen), f"recording cell {done + 1} of {len(chosen)}")
        cell = Cell(number, spec.normalised)
        if sized:
            found.append(Preferred(Grating(cell.preferred, cell.frequency), not cell.is_complex, True))
            answer = partial(_first_variant, cell, cell.window("size"))
            indices.append(_index(answer, found[-1], cell.field, spec.contrast))
        else:
            tunings.append(tuned(cell.answer(grid(spec.contrast), cell.window("gratings"))[0]))
            found.append(preferred(tunings[-1]))
    title = "V1 model, " + ("with" if spec.normalised else "without") + " normalisation"
    arrays = {"suppression_index": np.asarray(indices, np.float32)} if sized else summarised(tunings)
    return _record(title, found, list(chosen), arrays)


def _channels(spec: UnitPhysiologySpec, progress: Progress) -> Record:
    """All channels answer to each stimulus at once. The shuffled network's values have `shuffled/` before their names."""
    arrays: dict[str, Array] = {}
    found: list[Preferred] = []
    for turn, prefix in enumerate(("", "shuffled/")):
        stage = units(spec.stage, shuffled=bool(prefix))

        def told(share: float, turn: int = turn) -> None:
            progress((turn + share) / 2, "passing gratings through the network")

        rates = table(stage, tuple(grid(1.0 if spec.protocol == "size" else spec.contrast)), told)
        tunings = [tuned(column) for column in rates.T]
        best = [preferred(one) for one in tunings]
        found = found or best
        values = {"suppression_index": _grown(stage, best, spec.contrast)} if spec.protocol == "size" else summarised(tunings)
        arrays |= {prefix + measure: array for measure, array in values.items()}
    return _record(f"EfficientNet-Lite0, {spec.stage.replace('stage', 'stage ')}", found, list(range(CHANNELS[spec.stage])), arrays)


def _grown(stage: StageUnits, best: list[Preferred], contrast: float) -> Array:
    """(channels,) suppression indices; nan for a channel that no grating drives."""
    indices = np.full(len(best), np.nan, np.float32)
    for channel, one in enumerate(best):
        if one.known:
            indices[channel] = _index(partial(_one_channel, stage, channel), one, stage.field.size / PIXELS_PER_DEGREE, contrast)
    return indices


def _first_variant(cell: Cell, window: Window, stimuli: list[Grating]) -> NDArray[Any]:
    return cell.answer(stimuli, window)[0]


def _one_channel(stage: StageUnits, channel: int, stimuli: list[Grating]) -> NDArray[Any]:
    return stage.rates_to(tuple(stimuli))[:, channel]


def _record(layer: str, found: list[Preferred], numbers: list[int], arrays: dict[str, Array]) -> Record:
    return Record({"layer": layer, "moments": shown(found), "numbers": numbers, "pixels_per_degree": PIXELS_PER_DEGREE}, arrays)


def _index(answer: Callable[[list[Grating]], NDArray[Any]], best: Preferred, field_degrees: float, contrast: float) -> float:
    """The suppression index of one unit's preferred grating."""
    stimuli = [replace(best.grating, contrast=contrast, diameter=width) for width in diameters(field_degrees)]
    rates = answer([stimulus.at(float(phase)) for stimulus in stimuli for phase in PHASES])
    mean, first = harmonics(rates.reshape(len(stimuli), len(PHASES)), PHASES)
    return _number(suppression_index(first if best.modulated else mean))


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
