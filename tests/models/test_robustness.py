"""A label under distortion: none leaves it, much takes it away, and the numbers are those of the network itself."""

from __future__ import annotations

import pytest
import torch

from models.experiments.hierarchy_images import seen
from models.experiments.hierarchy_networks import trained_network
from models.experiments.robustness import build
from models.specs.robustness import ADAPTER
from models.tasks.distortions import distorted


def asked(**spec):
    return build(ADAPTER.validate_python(spec)).analyse({}, lambda share, doing: None)


def test_nothing_done_leaves_the_label_and_its_probability():
    result, arrays = asked(image="sample:chelsea", distortion="rotation", level=0)
    assert result["kept"] and result["rank"] == 1
    assert result["undistorted"]["probability"] == result["undistorted"]["now"] == result["labels"][0]["probability"]
    assert arrays["image"].tobytes() == seen("sample:chelsea", {}).tobytes()


def test_much_noise_takes_the_cat_away_and_the_rank_says_how_far():
    result, arrays = asked(image="sample:chelsea", distortion="noise", level=0.6)
    network = trained_network()
    pixels = distorted(seen("sample:chelsea", {}), "noise", 0.6, 0)
    assert arrays["image"].tobytes() == pixels.tobytes()
    *_, last = network.responses(network.prepare(pixels))
    answers = network.probabilities(last.activation)
    own = next(index for index, (name, _) in enumerate(network.labels) if name == result["undistorted"]["name"])
    assert not result["kept"]
    assert result["undistorted"]["now"] == pytest.approx(float(answers[own]))
    assert result["rank"] == int((answers > answers[own]).sum()) + 1 > 1
    assert torch.isclose(answers.max(), torch.tensor(result["labels"][0]["probability"]))


def test_a_level_beyond_the_scale_is_refused_with_its_ends():
    with pytest.raises(ValueError, match=r"contrast goes from 0\.01 to 1"):
        ADAPTER.validate_python({"distortion": "contrast", "level": 2})
