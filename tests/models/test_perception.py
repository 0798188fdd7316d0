"""What Perception computes: light, contrast, exposure, scenes, and networks that learn to judge reflectance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from models.experiments import exposure, perception, reflectance
from models.specs import exposure as exposure_spec
from models.specs import perception as perception_spec
from models.specs import reflectance as reflectance_spec
from models.tasks.scenes import scenes
from models.types import Refused


def asked(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return perception.build(perception_spec.ADAPTER.validate_python(values)).analyse({}, lambda *_: None)


def test_the_adapting_curve_keeps_a_photograph_and_the_fixed_one_loses_it():
    _, arrays = asked(part="adaptation")
    fixed, follows = arrays["kept"]
    bright = arrays["levels"] >= -1
    assert np.ptp(follows[bright]) < 0.02  # only ratios of light count (Weber)
    assert fixed[-1] < 0.1 * follows[-1] and fixed[0] < 0.1 * follows[0]  # 316 times more and less light
    assert arrays["fixed"].shape == arrays["adapting"].shape == (51, 112, 112)


def test_in_dim_light_the_floor_of_adaptation_counts():
    """Half-saturation = mean light + floor: at 1/251 of the photograph's light the floor of 0.003 is 43% of it (0.003 / 0.00698)."""
    result, arrays = asked(part="adaptation")
    follows, level = arrays["kept"][1], 10 ** arrays["levels"][1]
    assert result["night"] / (level + result["night"]) == pytest.approx(0.43, abs=0.005)
    assert follows[1] < 0.9 * follows[45]


@pytest.mark.parametrize(
    ("values", "speaks"),
    [
        ({"grey": 0.5}, True),
        ({"grey": 0.1}, False),  # the target has the dark bars' light
        ({"grey": 0.9}, False),
        ({"grey": 0.9, "contrast": 0.4}, False),  # lighter than both bars
        ({"grey": 0.25}, True),
        ({"contrast": 0.05}, False),
        ({"illusion": "simultaneous_contrast", "grey": 0.1, "size": 3}, False),
        ({"illusion": "hermann_grid", "size": 1, "grey": 0.1}, True),  # the grid has no targets of their own grey
    ],
)
def test_people_s_report_speaks_of_targets_between_the_bars_only(values, speaks):
    """White 1979: grey patches between dark and light bars."""
    result, _ = asked(**{"contrast": 0.8, **values})
    assert (result["unreported"] == "") is speaks


def test_half_saturation_of_the_fixed_curve_is_where_the_spec_says():
    _, arrays = asked(part="adaptation", fixed_at=1)
    at = int(np.abs(arrays["curve_light"] - 1).argmin())
    assert arrays["fixed_curve"][at] == pytest.approx(0.5, abs=0.03)
    assert arrays["levels"][arrays["kept"][0].argmax()] == pytest.approx(1, abs=0.5)


def test_thresholds_go_from_slope_0_over_a_half_to_1_and_the_stem_stays_at_0():
    """Barlow 1957 (dark light), de Vries 1943 and Rose 1948 (square root), Weber."""
    _, arrays = asked(part="threshold")
    slope, background = arrays["slope"], np.log10(arrays["background"])
    assert slope[0] < 0.05 and slope[-1] > 0.95
    assert slope[np.abs(background - 2.5).argmin()] == pytest.approx(0.5, abs=0.05)
    measured = np.gradient(np.log10(arrays["threshold"]), background)
    assert np.abs(measured - slope)[2:-2].max() < 0.02
    assert np.ptp(np.log10(arrays["stem"][1])) < 1e-3


def test_a_mask_moves_the_half_contrast_and_leaves_the_ceiling():
    result, arrays = asked(part="normalisation", mask=0.4, half=0.3, exponent=2)
    assert (result["half_alone"], result["half_masked"]) == pytest.approx((0.3, 0.5))  # √(0.3² + 0.4²)
    assert np.interp(0.5, arrays["masked"], arrays["contrast"]) == pytest.approx(0.5, abs=0.01)
    assert np.interp(0.5, arrays["alone"], arrays["contrast"]) == pytest.approx(0.3, abs=0.01)


def test_the_network_s_unit_is_straight_in_contrast_and_a_mask_is_added():
    _, arrays = asked(part="normalisation", mask=0.4)
    for name in ("stem_alone", "stem_masked"):
        steps = np.diff(arrays[name])
        assert np.ptp(steps) < 0.05 * steps.mean(), name
    assert np.ptp(arrays["stem_masked"] - arrays["stem_alone"]) < 0.02


def test_a_label_is_lost_in_glare_and_kept_behind_the_adapting_curve():
    spec = exposure_spec.ADAPTER.validate_python({"image": "sample:camera", "levels": 3})
    result, arrays = exposure.build(spec).analyse({}, lambda *_: None)
    assert result["label"] == "tripod" and arrays["camera"][1] == pytest.approx(result["probability"], abs=1e-3)
    assert arrays["camera"][2] < 0.1 < 0.5 < arrays["adapted"][2]


def test_light_decodes_and_encodes_to_the_same_bytes():
    every = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, 2)
    assert np.array_equal(exposure.encoded(exposure.decoded(every)), every)


def test_scenes_are_reflectance_times_light_and_depend_on_seed_and_number_only():
    luminance, true = scenes(3, 5, 4)
    assert np.array_equal(luminance[1:], scenes(3, 6, 3)[0])
    assert true.min() >= 0.05 and true.max() <= 0.95
    light = luminance / true
    assert light.mean(axis=(1, 2)) == pytest.approx(1, abs=1e-4)
    steps = np.abs(np.diff(np.log(light), axis=2)).max(axis=(1, 2))
    assert steps.max() < 0.25  # smooth
    shadowed, same = scenes(3, 5, 4, "shadows")
    assert np.array_equal(same, true)
    assert np.abs(np.diff(np.log(shadowed / same), axis=2)).max() > 0.9  # an edge of at least ln 3


@pytest.fixture(scope="module")
def judged() -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """Both networks after few updates; previews as they came."""
    previews: list[Any] = []
    spec = reflectance_spec.ADAPTER.validate_python({"steps": 30, "illusion": "simultaneous_contrast", "size": 3})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reflectance, "TRAINING", 256)  # quicker than the page's 2,048
        patch.setattr(reflectance, "HELD_OUT", 32)
        first = spec.model_copy(update={"networks": 1})
        alone = reflectance.build(first).analyse({}, lambda _share, _doing, preview=None: previews.append(preview))
        result, arrays = reflectance.build(spec).analyse({}, lambda _share, _doing, preview=None: previews.append(preview))
    assert np.array_equal(alone[1]["judged"], arrays["judged"][:1])  # the first is not trained again
    return result, arrays, previews


def test_after_few_updates_a_judge_knows_more_than_the_mean(judged):
    result, arrays, previews = judged
    assert max(result["errors"]) < result["constant"]
    curve = arrays["curve"]
    assert set(curve[:, 0]) == {0, 1} and curve.shape[1] == 4
    shown = [preview for preview in previews if preview]
    assert len(shown) == 4 and {"curve", "scene", "true", "guess"} <= set(shown[0])


def test_judges_answer_another_illusion_without_learning_again(judged):
    previews: list[Any] = []
    spec = reflectance_spec.ADAPTER.validate_python({"steps": 30, "illusion": "white", "size": 2})
    result, arrays = reflectance.build(spec).analyse({}, lambda _share, _doing, preview=None: previews.append(preview))
    assert previews == [] and result["errors"] == judged[0]["errors"]
    assert arrays["judged"].shape == (2, 64, 64) and not np.array_equal(arrays["judged"][0], arrays["judged"][1])
    assert arrays["judged"].min() >= 0 and arrays["judged"].max() <= 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"illusion": "hermann_grid", "size": 3}, "at most 2 degrees"),
        ({"contrast": 2}, "less than or equal to 1"),
        ({"illusion": "spiral"}, "simultaneous_contrast"),
        ({"size": float("nan")}, "finite"),
        ({"colour": 1}, "Extra"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(values, said):
    with pytest.raises(ValidationError, match=said):
        perception_spec.ADAPTER.validate_python(values)


def test_a_photograph_that_expired_is_refused():
    with pytest.raises(Refused, match="no longer kept"):
        asked(part="adaptation", image="a" * 64)
