"""A photograph through the real network: its names, its maps, and what the page is promised."""

import io
import json
import subprocess
import sys

import numpy as np
import pytest
import torch
from PIL import Image
from pydantic import ValidationError

from models.catalog import EXPERIMENTS
from models.experiments.feature_hierarchy import FeatureHierarchy, strongest
from models.specs.feature_hierarchy import ADAPTER, SAMPLES
from models.tasks.photographs import PhotographRefused
from models.tasks.samples import sample_path
from models.types import Refused

CATS = {"tabby", "tiger cat", "Persian cat", "Siamese cat", "Egyptian cat"}


def analyse(values, images=None, progress=lambda share, sentence: None):
    return FeatureHierarchy(ADAPTER.validate_python(values)).analyse(images or {}, progress)


@pytest.fixture(scope="module")
def cat():
    return analyse({"image": "sample:chelsea"})


def names(result):
    return [label["name"] for label in result["labels"]]


def test_a_cat_is_called_a_cat(cat):
    assert CATS & set(names(cat[0]))


def test_an_espresso_is_called_an_espresso():
    assert names(analyse({"image": "sample:coffee"})[0])[0] == "espresso"


def test_labels_are_five_best_first_and_probabilities(cat):
    probabilities = [label["probability"] for label in cat[0]["labels"]]
    assert len(probabilities) == 5
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1


def test_the_stages_equal_the_networks_own_forward_pass(cat):
    from models.networks.efficientnet import EfficientNetLite0

    opened = EfficientNetLite0()
    image = opened.prepare(cat[1]["input"])
    with torch.no_grad():
        whole = opened.network(image).softmax(1)[0]
    assert cat[0]["labels"][0]["probability"] == pytest.approx(float(whole.max()), rel=1e-5)


def test_every_stage_has_maps_that_match_their_description(cat):
    result, arrays = cat
    shapes = {stage["name"]: stage["shape"] for stage in result["stages"]}
    assert shapes == {
        "stem": [32, 112, 112], "stage1": [16, 112, 112], "stage2": [24, 56, 56], "stage3": [40, 28, 28], "stage4": [80, 14, 14],
        "stage5": [112, 14, 14], "stage6": [192, 7, 7], "stage7": [320, 7, 7], "head": [1280, 7, 7],
    }  # fmt: skip
    for stage in result["stages"]:
        maps = arrays[f"{stage['name']}/map"]
        assert maps.dtype == np.uint8
        assert maps.shape == (12, *stage["shape"][1:])
        for values, described in zip(maps, stage["maps"], strict=True):
            row, column = described["position"]
            assert values[row, column] == 255
            assert described["minimum"] <= described["mean"] <= described["maximum"]
            field = described["field"]
            assert 0 <= field["left"] < field["right"] <= 224
            assert 0 <= field["top"] < field["bottom"] <= 224


def test_maps_are_ordered_by_their_largest_response():
    drive = torch.tensor([[[1.0, 2]], [[9, 0]], [[-5, 4]]])
    assert strongest(drive, 2) == [1, 2]
    assert strongest(drive, 32) == [1, 2, 0]


def test_the_result_is_json_and_the_arrays_are_plain(cat):
    result, arrays = cat
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert arrays["photo"].shape == (300, 451, 3)
    assert arrays["input"].shape == (224, 224, 3)
    assert all(values.dtype == np.uint8 for values in arrays.values())


def test_a_twelve_megapixel_photograph_is_named_with_progress(cat):
    grain = np.tile(np.random.default_rng(1).normal(0, 8, (500, 500, 3)).astype(np.int16), (6, 8, 1))
    with Image.open(sample_path("chelsea")) as image:
        large = np.asarray(image.convert("RGB").resize((4000, 3000))) + grain
    file = io.BytesIO()
    Image.fromarray(large.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=92)
    told = []
    result, _ = analyse({"image": "abc123"}, {"abc123": file.getvalue()}, lambda share, sentence: told.append((share, sentence)))
    assert CATS & set(names(result))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert {"decoding the photograph", "network: stem", "network: head"} <= {sentence for _, sentence in told}


def test_an_expired_photograph_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="expire"):
        analyse({"image": "0123456789abcdef"})


def test_a_bad_photograph_is_refused_with_its_code():
    with pytest.raises(PhotographRefused) as refusal:
        analyse({"image": "upload"}, {"upload": b"<svg/>"})
    assert refusal.value.code == 415


OUT_OF_BOUNDS = [
    {"image": "../../etc/passwd"}, {"image": "sample:../x"}, {"image": "sample:nobody"}, {"image": "a" * 129},
    {"maps_per_stage": 0}, {"maps_per_stage": 33}, {"labels": 0}, {"size": 3},
]  # fmt: skip


@pytest.mark.parametrize("values", OUT_OF_BOUNDS)
def test_a_spec_out_of_bounds_is_refused(values):
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(values)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_is_there_with_its_thumbnail(sample):
    from pathlib import Path

    assert sample_path(sample.name).is_file()
    assert (Path(__file__).parents[2] / "assets/images/samples" / f"{sample.name}.webp").is_file()


def test_presets_are_valid_specs():
    entry = EXPERIMENTS["feature-hierarchy"]
    for preset in entry.presets:
        entry.validate(preset.changes)


def test_the_spec_loads_no_torch():
    script = "import sys, models.specs.feature_hierarchy; sys.exit('torch' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
