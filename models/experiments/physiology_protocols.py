"""Protocols of gratings: what is shown to a unit, one moment after the other, and what its responses come to.

A record: `result` is JSON-able, `arrays` float32. `moments` are the stimuli in order, each with the phases of its drift (test, mask),
in degrees; `rates` (variants, moments, phases) is the answer to each, `response` (variants, moments) what is plotted: F1 of the test's
drift for a modulated unit, else F0. Responses to gratings whose phases differ in the mask are averaged over the mask first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.experiments.physiology_units import Subject
from models.probes import contrast_response
from models.probes.tuning import Tuning, harmonics, tuning
from models.specs.unit_physiology import FREQUENCIES, ORIENTATIONS, Parameters
from models.tasks.stimuli import Floats, Grating, Window
from models.types import Array

PHASES = np.arange(4) * 90.0
CYCLE = np.arange(16) * 22.5
CONTRASTS = tuple(float(value) for value in np.geomspace(0.02, 1, 12))
TEST_CONTRASTS = CONTRASTS[:10]
"""Up to .491: a test and a mask of .5 together must fit between black and white."""
MASK_CONTRASTS = (0.0, 0.12, 0.25, 0.5)
DIAMETERS = tuple(float(value) for value in np.geomspace(0.125, 4, 16))
"""In fields of the unit."""
Say = Callable[[float, str], None]


@dataclass
class Record:
    """What a protocol comes to."""

    result: dict[str, Any]
    arrays: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Preferred:
    """The grating that a unit answers to best, at full contrast; `known` is false for a unit that no grating drives."""

    grating: Grating
    modulated: bool
    known: bool


def grid(contrast: float) -> list[Grating]:
    """128 gratings, orientation after orientation for each frequency, each at four phases: 512 stimuli."""
    kinds = (Grating(orientation, frequency, contrast) for frequency in FREQUENCIES for orientation in ORIENTATIONS)
    return [kind.at(float(phase)) for kind in kinds for phase in PHASES]


def shaped(rates: Array) -> Array:
    """(…, 512) → (…, frequencies, orientations, phases)"""
    return rates.reshape(*rates.shape[:-1], len(FREQUENCIES), len(ORIENTATIONS), len(PHASES))


def tuned(rates: Array) -> Tuning | None:
    """(512,)"""
    return tuning(shaped(rates), PHASES, np.array(ORIENTATIONS), np.array(FREQUENCIES))


def preferred(found: Tuning | None) -> Preferred:
    if found is None:
        return Preferred(Grating(0.0, FREQUENCIES[3]), False, False)
    return Preferred(Grating(found.orientation, found.frequency), found.modulated, True)


def gratings(subject: Subject, parameters: Parameters, say: Say) -> Record:
    """128 gratings at four phases, then one cycle of the best one in sixteen steps."""
    window = subject.window("gratings")
    say(0.05, "showing 128 gratings")
    rates = subject.answer(grid(parameters.contrast), window)
    tunings = [tuned(variant) for variant in rates]
    best = best_shown(tunings[0], parameters.contrast)
    cycle = subject.answer([best.at(float(phase)) for phase in CYCLE], window)
    shown = [replace(stimulus, phase=0.0) for stimulus in grid(parameters.contrast)[:: len(PHASES)]]
    moments = [_moment(stimulus, _drift(PHASES)) for stimulus in shown] + [_moment(best, [(float(phase), 0.0)]) for phase in CYCLE]
    numbers = [_of_cycle(found, variant) for found, variant in zip(tunings, cycle, strict=True)]
    modulated = bool(tunings[0] and tunings[0].modulated)
    response = _responses(rates.reshape(len(rates), len(shown), len(PHASES)), modulated)
    axes = {"orientations": list(ORIENTATIONS), "frequencies": list(FREQUENCIES), "phases": CYCLE.tolist()}
    result = {"moments": moments, "axes": axes, "numbers": numbers, "modulated": modulated, "best": asdict(best)}
    return Record(result | about(subject, window), {"response": response, "cycle": cycle.astype(np.float32)})


def contrast(subject: Subject, parameters: Parameters, say: Say) -> Record:
    """The preferred grating at twelve contrasts, and the Naka–Rushton fit of each variant."""
    window, best = subject.window("contrast"), find(subject, say)
    stimuli = [replace(best.grating, contrast=value) for value in CONTRASTS]
    response, moments = _shown(subject, stimuli, window, best.modulated)
    fits = [_fitted(np.array(CONTRASTS), variant) for variant in response]
    result = {"moments": moments, "axes": {"contrasts": list(CONTRASTS)}, "fits": fits, "best": asdict(best.grating), "known": best.known}
    return Record(result | about(subject, window) | {"modulated": best.modulated}, {"response": response})


def size(subject: Subject, parameters: Parameters, say: Say) -> Record:
    """The preferred grating in apertures from an eighth of the field to four fields."""
    window, best = subject.window("size"), find(subject, say)
    widths = diameters(subject.described().field_degrees)
    stimuli = [replace(best.grating, contrast=parameters.contrast, diameter=width) for width in widths]
    say(0.6, "letting the grating grow")
    response, moments = _shown(subject, stimuli, window, best.modulated)
    numbers = [_grown(widths, variant) for variant in response]
    result = {"moments": moments, "axes": {"diameters": widths}, "numbers": numbers, "best": asdict(best.grating), "known": best.known}
    return Record(result | about(subject, window) | {"modulated": best.modulated}, {"response": response})


def masks(subject: Subject, parameters: Parameters, say: Say) -> Record:
    """Ten test contrasts under four contrasts of a mask at right angles, of the same frequency, drifting at a speed of its own."""
    window, best = subject.window("masks"), find(subject, say)
    turned = (best.grating.orientation + 90) % 180
    under = [replace(best.grating, mask_contrast=mask, mask_orientation=turned) for mask in MASK_CONTRASTS]
    stimuli = [replace(grating, contrast=test) for grating in under for test in TEST_CONTRASTS]
    say(0.5, "adding masks")
    response, moments = _shown(subject, stimuli, window, best.modulated, masked=True)
    curves = response.reshape(len(response), len(MASK_CONTRASTS), len(TEST_CONTRASTS))
    fits = [[_fitted(np.array(TEST_CONTRASTS), curve) for curve in variant] for variant in curves]
    axes = {"contrasts": list(TEST_CONTRASTS), "masks": list(MASK_CONTRASTS)}
    result = {"moments": moments, "axes": axes, "fits": fits, "best": asdict(best.grating), "known": best.known}
    return Record(result | about(subject, window) | {"modulated": best.modulated}, {"response": response})


def find(subject: Subject, say: Say) -> Preferred:
    """The unit's preferred grating, from the grid at full contrast."""
    say(0.05, "looking for the preferred grating")
    return preferred(tuned(subject.answer(grid(1.0), subject.window("gratings"))[0]))


def best_shown(found: Tuning | None, contrast: float) -> Grating:
    """The grating of the grid with the largest response, as it was shown."""
    if found is None:
        return Grating(0.0, FREQUENCIES[3], contrast)
    return Grating(ORIENTATIONS[found.best[1]], FREQUENCIES[found.best[0]], contrast)


def diameters(field_degrees: float) -> list[float]:
    return [field_degrees * factor for factor in DIAMETERS]


def about(subject: Subject, window: Window) -> dict[str, Any]:
    """What every record says of its unit."""
    variants = [{"name": name, "title": title} for name, title in subject.variants]
    return {"unit": asdict(subject.described()), "window": window.described(), "box": list(subject.box(window)), "variants": variants}


def _drift(phases: NDArray[Any]) -> list[tuple[float, float]]:
    return [(float(phase), 0.0) for phase in phases]


def _moment(stimulus: Grating, phases: list[tuple[float, float]]) -> dict[str, Any]:
    kept = ("orientation", "frequency", "contrast", "diameter", "mask_orientation", "mask_contrast")
    return {name: getattr(stimulus, name) for name in kept} | {"phases": phases}


def _shown(
    subject: Subject, stimuli: list[Grating], window: Window, modulated: bool, masked: bool = False
) -> tuple[Floats, list[dict[str, Any]]]:
    """(variants, stimuli) of responses, and the moments. A mask is shown at four phases of its own for each of the test's."""
    pairs = [(float(test), float(mask)) for mask in (PHASES if masked else (0.0,)) for test in PHASES]
    rates = subject.answer([stimulus.at(*pair) for stimulus in stimuli for pair in pairs], window)
    drifts = rates.reshape(len(rates), len(stimuli), -1, len(PHASES)).mean(axis=2)
    return _responses(drifts, modulated), [_moment(stimulus, pairs) for stimulus in stimuli]


def _responses(rates: Floats, modulated: bool) -> Floats:
    mean, first = harmonics(rates, PHASES)
    return np.asarray(first if modulated else mean, np.float32)


def _of_cycle(found: Tuning | None, cycle: Floats) -> dict[str, Any] | None:
    """A tuning as JSON, its F1/F0 from the finer cycle where that has a response."""
    if found is None:
        return None
    mean, first = (float(value) for value in harmonics(cycle, CYCLE))
    return {**asdict(found), "ratio": first / mean if mean > 0 else found.ratio, "f0": mean, "f1": first}


def _fitted(contrasts: NDArray[Any], rates: Floats) -> dict[str, Any] | None:
    found = contrast_response.fit(contrasts, rates, baseline=0.0)
    if found is None:
        return None
    line = np.geomspace(contrasts[0], contrasts[-1], 40)
    return {**asdict(found), "saturates": found.saturates, "line": [line.tolist(), found.at(line).tolist()]}


def _grown(widths: list[float], rates: Floats) -> dict[str, Any] | None:
    """The diameter of the largest response and how much the largest aperture suppresses it."""
    index = contrast_response.suppression_index(rates)
    if index is None:
        return None
    near = np.flatnonzero(rates >= 0.95 * rates.max())
    return {"suppression_index": index, "summation_field": widths[int(near[0])], "best": widths[int(rates.argmax())]}
