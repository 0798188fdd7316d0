"""The live convolutional network as a run: it learns, repeats itself, names what went wrong, and can be taken away."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from models.catalog import EXPERIMENTS
from models.image_sets import ImageSet
from models.networks.convolutional import activate
from models.service import codec
from models.service.opening import build_run, take_over
from models.specs.live_convnet import PRESETS
from models.tasks.image_sources import load
from models.trainer import Trainer
from models.types import Refused, Subscription, refusal
from pages.ui import link

LAB = EXPERIMENTS["live-convnet"]
ALL = Subscription(frozenset({"all"}))
SMALL = {"dataset": "digits", "layers": [{"channels": 4, "size": 3, "padding": 1, "pool": 2}], "batch_size": 32}


def trainer_of(changes, materials=None) -> Trainer:
    return Trainer(LAB.build(LAB.validate(changes), materials))


def refused(changes) -> Refused:
    with pytest.raises(ValidationError) as error:
        LAB.validate(changes)
    return refusal(error.value)


def test_the_default_network_names_nine_of_ten_held_out_digits_within_80_updates():
    trainer = trainer_of({})
    trainer.advance(80, math.inf)
    snapshot = trainer.snapshot(ALL)
    assert trainer.static().metadata["test_examples"] == 1000  # what the accuracy is of
    # Measured: 95%. The 97% of the page's claim come within some 300 updates; see `python -m bench convnet`.
    assert snapshot.metadata["test_accuracy"] > 0.9 > 0.2 > snapshot.arrays["curves/test_accuracy"][0]
    assert np.trace(snapshot.arrays["output/confusion"]) == round(1000 * snapshot.metadata["test_accuracy"])
    assert (snapshot.arrays["output/confusion"].sum(axis=1) == 100).all()


def worked_through(run, command) -> None:
    run.command(command)
    while run.goal is not None:
        run.work(math.inf)


def equal(one, other, skip=()) -> bool:
    assert set(one.arrays) == set(other.arrays)
    return all(array.tobytes() == other.arrays[name].tobytes() for name, array in one.arrays.items() if not name.startswith(skip))


def test_going_back_and_opening_a_file_are_equal_to_the_last_bit():
    run = build_run(LAB, {**SMALL, "augmentation": ["shift", "rotate", "scale", "light"]})
    worked_through(run, {"command": "step", "n": 40})
    worked_through(run, {"command": "set", "values": {"learning_rate": 0.02}})
    worked_through(run, {"command": "step", "n": 60})
    there, shown = run.trainer.state(), run.trainer.snapshot(ALL)
    for command in ({"command": "step_back", "n": 1}, {"command": "seek", "step": 20, "branch": None}):
        worked_through(run, command)
        worked_through(run, {"command": "seek", "step": 100, "branch": None})
        assert equal(run.trainer.state(), there, "clock.")
        assert equal(run.trainer.snapshot(ALL), shown)
    opened = build_run(LAB, run.trainer.trial.spec.model_dump())
    heads = {str(branch.id): branch.head for branch in run.history.branches.values()}
    take_over(opened, codec.encode_state(there, {"branch": 0}), run.history.journal, heads, 0, 100, True)
    assert equal(opened.trainer.snapshot(ALL), shown)


def test_the_shown_image_is_no_part_of_history():
    run = build_run(LAB, SMALL)
    worked_through(run, {"command": "step", "n": 5})
    worked_through(run, {"command": "set", "values": {"shown": 7}})
    worked_through(run, {"command": "step_back", "n": 3})
    assert run.trainer.trial.live["shown"] == 7 and run.history.journal == []


def test_maps_are_the_networks_own_activations_in_bytes():
    trainer = trainer_of(SMALL)
    trainer.advance(20, math.inf)
    arrays, lab = trainer.snapshot(ALL).arrays, trainer.trial
    passed = lab.network.forward(lab.network.tensor_of(lab.task.from_bytes(lab.task.samples[0])))
    maps = activate("relu", passed.drives[0])[0].numpy()
    low, high = arrays["1/map_range"]
    assert np.allclose(low + arrays["1/map"] / 255 * (high - low), maps, atol=(high - low) / 500)
    assert np.allclose(low + arrays["1/pooled"] / 255 * (high - low), passed.outputs[0][0].numpy(), atol=(high - low) / 500)
    assert np.allclose(arrays["output/probabilities"], passed.outputs[-1][0].numpy(), atol=1e-6)
    assert np.allclose(arrays["2/unit"], arrays["output/probabilities"])


def test_a_rate_that_is_too_high_ends_with_the_layers_name():
    preset = next(preset for preset in PRESETS if preset.name == "too-high-a-rate")
    trainer = trainer_of(preset.changes)
    trainer.advance(60, math.inf)
    assert trainer.outcome == "diverged"
    assert trainer.message.startswith(f"At update {trainer.step} the activations of ") and "left the range of numbers" in trainer.message
    found = trainer.snapshot(ALL).metadata["health"][0]
    assert found["code"] == "not_a_number" and trainer.static().metadata["layers"][found["layer"] - 1]["title"] in trainer.message


def test_zero_weights_pass_no_error_on():
    trainer = trainer_of({**SMALL, "initialisation": "zero"})
    trainer.advance(3, math.inf)
    assert trainer.snapshot(ALL).metadata["health"][0]["code"] in ("dead_units", "vanishing")
    assert not trainer.snapshot(ALL).arrays["1/filter"].any() and trainer.snapshot(ALL).arrays["2/bias"].any()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"layers": [{"size": 11, "padding": 0, "pool": 3}, {"size": 11, "padding": 0}]}, "layers", ["convolution 2", "6×6", "at most 6"]),
        ({"layers": [{"size": 3, "padding": 4}]}, "layers", ["convolution 1", "nothing but zeros", "at most 2"]),
        ({"dataset": "digits", "layers": [{"pool": 3}, {"pool": 3}]}, "layers", ["convolution 2", "2×2 map", "at most 2"]),
        ({"layers": [{"pool": 1}], "dense": [128]}, "dense", ["60,000", "dense 2"]),
        ({"layers": []}, "layers", ["at least 1"]),
        ({"dataset": "own_images"}, "content", ["uploaded first"]),
        ({"augmentation": ["shift", "shift"]}, "augmentation", ["once"]),
    ],
)
def test_a_network_that_cannot_be_is_refused_with_layer_and_bound(changes, field, words):
    found = refused(changes)
    assert found.field.split(".")[0] == field
    assert all(word in found.message for word in words), found.message


def test_layers_and_augmentation_come_back_from_the_address_bar():
    changes = {"layers": [{"channels": 5, "size": 7, "padding": 3}, {"pool": 1}], "dense": [32], "augmentation": ["rotate", "light"]}
    values = LAB.validate(changes).model_dump()
    read = link.read("live-convnet", link.write("live-convnet", values))
    assert read.sentences == () and LAB.validate(read.values) == LAB.validate(values)


def test_a_drawn_digit_is_recognised_from_its_bytes():
    trainer = trainer_of(SMALL)
    trainer.advance(300, math.inf)
    task, answers = trainer.trial.task, []
    for image, label in zip(task.samples, task.sample_labels, strict=True):
        answer = trainer.ask("recognise", {"pixels": image.ravel().tolist()})
        assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-5)
        answers.append(answer["class"] == label)
    assert np.mean(answers) > 0.8
    with pytest.raises(Refused, match="give 64 numbers from 0 to 255, an image of 8×8 pixels"):
        trainer.ask("recognise", {"pixels": [0] * 63})
    with pytest.raises(Refused, match="less than or equal to 255"):
        trainer.ask("recognise", {"pixels": [256] * 64})


def test_responses_are_of_the_middle_unit():
    trainer = trainer_of(SMALL)
    blank, lit = [0] * 64, [255] * 64
    found = trainer.ask("response", {"layer": 1, "channel": 2, "stimuli": [blank, lit]})
    kernel = trainer.snapshot(ALL).arrays["1/filter"][2, 0]
    assert found["drive"] == pytest.approx([0, float(kernel.sum())], abs=1e-5)
    assert found["activation"] == pytest.approx([max(0, value) for value in found["drive"]])


@pytest.mark.parametrize(
    "changes", [SMALL, {**SMALL, "layers": [{"pool": 1, "size": 3, "padding": 0}, {"pool": 3}], "dense": [9], "activation": "tanh"}]
)
def test_the_script_answers_as_the_lab_does(changes, tmp_path: Path):
    trainer = trainer_of(changes)
    trainer.advance(30, math.inf)
    (tmp_path / "weights.pt").write_bytes(trainer.export("pytorch")[0])
    script = {"__name__": "script"}
    exec(compile(trainer.export("script")[0], "script.py", "exec"), script)
    script["load"](tmp_path / "weights.pt")
    assert script["check"]() < 1e-5
    names = set(torch.load(tmp_path / "weights.pt", weights_only=True))
    assert {"0.weight", "0.bias"} < names


def test_curves_go_out_as_a_table_and_weights_not_into_a_link():
    trainer = trainer_of(SMALL)
    trainer.advance(40, math.inf)
    assert trainer.export("csv")[0].decode().splitlines()[0] == "step,train_loss,test_loss,train_accuracy,test_accuracy"
    with pytest.raises(Refused, match="no room for"):
        trainer.export("link")


def test_stopping_at_an_accuracy_stops_at_the_end_of_an_epoch():
    trainer = trainer_of({**SMALL, "stop_accuracy": 0.5})
    trainer.advance(2000, math.inf)
    assert trainer.outcome == "done" and trainer.step % trainer.trial.batches.steps_per_epoch == 0
    assert "held-out images are named right" in trainer.message


def own_images(each=(20, 8, 12)) -> ImageSet:
    """Three kinds of colour patterns."""
    generator = np.random.default_rng(1)
    pixels, labels = [], []
    for label, count in enumerate(each):
        pixels.append(np.clip(generator.normal(40 + 60 * label, 20, (count, 28, 28, 3)), 0, 255).astype(np.uint8))
        labels += [label] * count
    return ImageSet(("a", "b", "c"), np.concatenate(pixels), np.array(labels, np.int32))


def test_a_quarter_of_each_class_of_own_images_is_held_out():
    images = own_images()
    materials = {images.content_id: images.canonical}
    trainer = trainer_of({"dataset": "own_images", "content": images.content_id, "layers": [{"pool": 3}]}, materials)
    assert np.bincount(trainer.trial.task.test_labels).tolist() == [5, 2, 3]
    trainer.advance(2, math.inf)
    arrays, metadata = trainer.snapshot(ALL).arrays, trainer.static().metadata
    assert arrays["1/filter"].shape == (8, 3, 5, 5) and metadata["image"] == {"height": 28, "width": 28, "channels": 3}
    assert metadata["class_names"] == ["a", "b", "c"] and trainer.static().arrays["data/sample_images"].shape == (10, 28, 28, 3)
    with pytest.raises(Refused, match="no longer kept"):
        trainer_of({"dataset": "own_images", "content": "0" * 64})


def test_fashion_mnist_that_is_not_there_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PARALLAX_FASHION_MNIST", str(tmp_path))
    with pytest.raises(Refused, match="apt install dataset-fashion-mnist"):
        trainer_of({"dataset": "fashion"})


def test_every_preset_says_what_it_is_about():
    assert len(PRESETS) >= 8 and json.dumps([preset.prediction for preset in PRESETS])
    assert all(preset.prediction is not None for preset in PRESETS)


def test_patches_that_test_come_from_another_part_of_each_photograph():
    task = load("patches", None, {})
    assert task.classes == 6 and len(task.test) == 996
    seen = {image.tobytes() for image in task.train}
    assert not any(image.tobytes() in seen for image in task.test)
    assert np.abs(task.train.mean(axis=(1, 2, 3)) - 0.5).max() < 0.07
