"""Every experiment of the catalogue, built for real: it repeats itself, its readings are as the table says, its page draws them."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from models.catalog import EXPERIMENTS
from models.readings import reading
from models.service.codec import decode, encode
from models.trainer import Trainer
from models.types import Focus, Subscription
from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.learning_curves import accuracy_curves, loss_curves, r2_curves
from pages.figures.regression_fit import regression_fit
from pages.registry import PAGES

EVERYTHING = Subscription(frozenset({"all"}), Focus(1, 0, 0))
RUNS = [(entry.name, preset.name) for entry in EXPERIMENTS.values() if entry.kind == "run" for preset in entry.presets]


def trained(experiment: str, preset: str, steps: int = 3) -> Trainer:
    entry = EXPERIMENTS[experiment]
    changes = next(known.changes for known in entry.presets if known.name == preset)
    trainer = Trainer(entry.build(entry.validate(changes)))
    trainer.advance(steps, math.inf)
    return trainer


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: run[1])
def pair(request) -> tuple[Trainer, Trainer]:
    """The same start, built and trained twice."""
    return trained(*request.param), trained(*request.param)


def test_three_steps_with_one_seed_are_equal_to_the_last_bit(pair):
    first, second = (trainer.snapshot(EVERYTHING) for trainer in pair)
    assert first.step == second.step >= 1
    assert set(first.arrays) == set(second.arrays)
    for name, array in first.arrays.items():
        assert array.tobytes() == second.arrays[name].tobytes(), name


def test_snapshots_survive_the_wire(pair):
    for snapshot in (pair[0].snapshot(EVERYTHING), pair[0].static()):
        arrays, metadata = decode(encode(snapshot.arrays, snapshot.metadata))
        assert metadata == json.loads(json.dumps(snapshot.metadata))
        assert set(arrays) == set(snapshot.arrays)
        for name, array in snapshot.arrays.items():
            assert arrays[name].dtype == array.dtype and arrays[name].shape == array.shape
            assert arrays[name].tobytes() == np.ascontiguousarray(array).tobytes(), name


def test_every_reading_is_in_the_table_with_its_type_and_axes(pair):
    for snapshot in (pair[0].snapshot(EVERYTHING), pair[0].static()):
        for name, array in snapshot.arrays.items():
            known = reading(name)
            assert known is not None, name
            assert array.dtype == np.dtype(known.dtype), name
            assert array.ndim - len(known.axes) in {0, int(known.last_axis != "")}, name


def test_the_page_draws_what_the_run_sends(pair):
    arrays = pair[0].snapshot(EVERYTHING).arrays
    if "output/confusion" not in arrays:
        pytest.skip("its target is a number: see the next test")
    for live in (loss_curves("light"), accuracy_curves("light"), confusion_matrix("light")):
        for binding in live.bindings:
            values = arrays[binding.reading] if binding.index is None else arrays[binding.reading][binding.index]
            live.figure.data[binding.trace][binding.attribute] = values
        for trace, attribute in live.named:
            live.figure.data[trace][attribute] = pair[0].static().metadata["class_names"]
        sizes = {len(trace.x) for trace in live.figure.data} | {len(trace.y) for trace in live.figure.data}
        assert len(sizes) == 1, live.name
    assert np.array_equal(live.figure.data[0].z, arrays["output/confusion"])
    assert len(live.figure.data[0].x) == len(arrays["output/confusion"])


def test_the_page_draws_values_as_a_run_of_values_sends_them():
    arrays = (
        Trainer(EXPERIMENTS["gradient-flow"].build(EXPERIMENTS["gradient-flow"].validate({"dataset": "hills"}))).snapshot(EVERYTHING).arrays
    )
    for live in (r2_curves("light"), regression_fit("light")):
        for binding in live.bindings:
            assert (arrays[binding.reading] if binding.index is None else arrays[binding.reading][binding.index]).ndim == 1


@pytest.mark.parametrize("entry", EXPERIMENTS.values(), ids=lambda entry: entry.name)
def test_every_experiment_has_a_page_a_schema_and_presets_that_hold(entry):
    assert entry.slug in {page.slug for page in PAGES}
    assert json.dumps(entry.json_schema())
    assert len({preset.name for preset in entry.presets}) == len(entry.presets)
    for preset in entry.presets:
        assert preset.title and preset.sentence.endswith((".", "?"))
        spec = entry.validate(preset.changes)
        assert entry.validate(spec.model_dump()) == spec


def test_gradient_flow_has_ten_presets_or_more():
    assert len(EXPERIMENTS["gradient-flow"].presets) >= 10
