"""What the page's spike-timing tab is told: one clock for all models, a weight on the same spikes, recordings with their source."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from models.experiments import stdp_curve, synapse
from models.experiments.synapse_moments import thinned
from models.experiments.synapse_network import START, counted, held, learned
from models.experiments.synapse_words import misfit, percent
from models.specs import stdp_curve as curve_spec
from models.specs import synapse as synapse_spec
from models.specs.synapse_badges import SYNAPSE_BADGES
from models.specs.synapse_fields import MODELS
from tests.brain.test_references import ENTRIES

ALL = list(MODELS)
Answer = tuple[dict[str, Any], dict[str, Any]]


def asked(**values: Any) -> Answer:
    return synapse.build(synapse_spec.ADAPTER.validate_python(values)).analyse({}, lambda *_: None)


def curve(**values: Any) -> Answer:
    return stdp_curve.build(curve_spec.ADAPTER.validate_python(values)).analyse({}, lambda *_: None)


@pytest.mark.parametrize("protocol", synapse_spec.PROTOCOLS)
def test_every_protocol_answers_for_every_model_within_its_bounds(protocol: str) -> None:
    result, arrays = asked(protocol=protocol, models=ALL, synapses=20, moments=200, trains=2)
    assert json.dumps(result, allow_nan=False)
    assert [model["name"] for model in result["models"]] == ALL
    m, w = arrays["time"].size, arrays["window/time"].size
    assert 2 < m <= 200 and 2 < w <= 1500 and (np.diff(arrays["time"]) > 0).all()
    for name, values in arrays.items():
        assert np.isfinite(values).all(), name
        if name not in ("pre", "post", "bcm/loop"):
            assert values.shape == ((w,) if name.startswith("window/") else (m,)), name
    for model in result["models"]:
        assert arrays[f"{model['name']}/weight"][0] == pytest.approx(1.0, abs=0.02)
        assert arrays[f"{model['name']}/weight"][-1] == pytest.approx(1 + model["change"], abs=1e-4), model["name"]


def test_one_answer_repeats_itself_and_another_seed_does_not() -> None:
    first, again, other = (asked(seed=seed, synapses=50)[1] for seed in (1, 1, 2))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["calcium/rho_down"], other["calcium/rho_down"])
    assert np.array_equal(first["calcium/weight"], other["calcium/weight"])  # the closed form has no noise


def test_calcium_says_its_thresholds_and_stands_beside_its_simulation() -> None:
    """Sixty pairs at +6 ms: the closed form's 1.240 (Graupner and Brunel 2012), within three standard errors of 1,000 synapses."""
    result, arrays = asked(delta_ms=6, synapses=1000)
    found = result["calcium"]
    assert (found["theta_d"], found["theta_p"]) == (1.0, 1.3) and found["change"] == pytest.approx(0.240, abs=0.003)
    assert found["simulated"]["change"] == pytest.approx(found["change"], abs=3 * found["simulated"]["standard_error"])
    assert found["above_p_ms"] < found["above_d_ms"] < 60_000
    assert arrays["window/calcium"].max() > 1.3 and np.diff(arrays["window/time"]) == pytest.approx(0.2)
    assert found["sets"]["D′"] < 0 < found["sets"]["P"]
    assert f"closed form says {percent(found['change'])}; 1000 synapses" in found["said"]


def test_what_rests_on_an_assumption_is_told_for_every_set() -> None:
    """Nine hundred pulses at 1 Hz, each answered after 5 ms: D and D′ weaken the synapse, the other sets do not."""
    result, _ = asked(protocol="low_frequency", calcium_set="D′", models=["calcium"])
    assert "weakened under D and D′; strengthened under DP, DPD, P, DPD′ and cortical" in result["calcium"]["said"]
    assert "Set by set" not in asked(models=["calcium"])[0]["calcium"]["said"]
    assert "assumption" in result["assumptions"][0]


def test_the_close_up_shows_the_pairing_that_is_asked_for() -> None:
    result, arrays = asked(look_at=3, pairs=5)
    assert result["window"]["spike"] == 3 and arrays["window/time"][0] < 2000.0 < arrays["window/time"][-1] < 2500.0
    whole = np.interp(arrays["window/time"], arrays["time"], arrays["pair/weight"])
    assert arrays["window/pair/weight"][[0, -1]] == pytest.approx(whole[[0, -1]], abs=1e-3)
    assert asked(look_at=99, pairs=5)[0]["window"]["spike"] == 5


def test_the_weight_sees_counts_and_not_their_order() -> None:
    """Within a bin Δt and −Δt are one thing; w = ½ + (1 − (1 − η)ⁿ)/2 after n bins with x = y = 1."""
    forward, backward = (asked(delta_ms=delta, models=["pair"])[0] for delta in (10, -10))
    assert forward["network"]["end"] == backward["network"]["end"] == pytest.approx(1 - 0.5 * 0.95**60)
    assert forward["network"]["mirrored"] == forward["network"]["end"]
    assert "the same" in forward["network"]["said"][-1]
    assert np.sign(forward["models"][0]["change"]) != np.sign(backward["models"][0]["change"])


def test_apart_by_more_than_a_bin_the_weight_unlearns() -> None:
    result, _ = asked(delta_ms=30, models=["pair"])
    assert result["network"]["end"] == pytest.approx(START * 0.95**60)


def test_the_weight_stops_when_its_error_is_nothing_and_says_when() -> None:
    result, arrays = asked(pairs=200, models=["pair"])
    assert abs(result["network"]["error"]) < 1e-4
    assert "From bin 78 of 200" in result["network"]["said"][1]  # ½ · 0.95ⁿ < 0.01 from n = 77 steps on
    assert abs(arrays["network/step"][-1]) < 1e-5 < abs(arrays["network/step"]).max()


def test_a_weight_that_diverges_is_named_and_held() -> None:
    result, arrays = asked(protocol="tetanus", bin_ms=200, learning_rate=0.5, models=["pair"])  # 20 spikes a bin: η x² = 200
    assert result["network"]["diverged"] and "diverged" in result["network"]["said"][0]
    assert np.isfinite(arrays["network/weight"]).all()


def test_counts_are_exact_at_the_edges_of_bins() -> None:
    bins, x, y = counted(np.arange(10) * (1000 / 40), np.zeros(0), 25.0)
    assert bins.tolist() == list(range(10)) and x.tolist() == [1.0] * 10 and not y.any()
    found = learned(np.array([5.0]), np.array([6.0]), 20.0, 0.1)
    assert held(np.array([0.0, 19.9, 20.0]), found, found.weight, START).tolist() == [0.5, 0.5, 0.55]


def test_recordings_stand_where_there_are_some() -> None:
    result, _ = asked(rate_hz=50, delta_ms=-10, models=["triplet"])
    assert (result["recorded"]["mean"], result["recorded"]["standard_error"]) == (0.75, 0.19)
    assert asked(rate_hz=51, models=["triplet"])[0]["recorded"] is None
    tetanus = asked(protocol="tetanus", models=["triplet"])[0]["recorded"]
    assert (tetanus["potentiated"], tetanus["rabbits"]) == (15, 18)  # Bliss and Lømo 1973, abstract
    assert [part["share"] for part in tetanus["proportions"]] == [0.43, 0.40, 0.57, 0.29]


def test_thinning_keeps_peaks_troughs_and_ends() -> None:
    times = np.arange(10_000.0)
    height = np.zeros(10_000)
    height[[1234, 7777]] = (5.0, -3.0)
    kept = thinned(times, height, 100)
    assert kept.size <= 100 and {0.0, 1234.0, 7777.0, 9999.0} <= set(kept.tolist())


def test_the_interval_curve_has_the_models_own_closed_forms() -> None:
    """One pair: A₂⁺ e^(−Δt/16.8) and −A₂⁻ e^(Δt/33.7)."""
    _, arrays = curve(pairs=1, models=["pair"])
    delta = arrays["delta_ms"]
    assert delta.size == 41 and delta[0] == -100 and delta[-1] == 100
    assert arrays["pair/change"][delta > 0] == pytest.approx(4.6e-3 * np.exp(-delta[delta > 0] / 16.8), rel=1e-4)
    assert arrays["pair/change"][delta < 0] == pytest.approx(-7.1e-3 * np.exp(delta[delta < 0] / 33.7), rel=1e-4)
    larger = curve(pairs=1, models=["pair"], pair_potentiation=9.2e-3)[1]["pair/change"]
    assert larger[delta > 0] == pytest.approx(2 * arrays["pair/change"][delta > 0], rel=1e-4)


def test_over_frequencies_the_triplet_rule_follows_the_recordings_and_the_pair_rule_does_not() -> None:
    result, arrays = curve(mode="frequency", models=["pair", "triplet", "triplet_nearest"])
    assert all(np.isclose(arrays["frequency_hz"], rate).sum() == 1 for rate in (0.1, 10, 20, 40, 50))
    assert arrays["recorded/change"].shape == arrays["recorded/standard_error"].shape == (2, 5)
    off = {name: misfit(arrays["frequency_hz"].astype(float), arrays[f"{name}/change"], 10.0) for name in ("pair", "triplet")}
    assert off["triplet"] < 1.0 < 3.0 < off["pair"]
    assert arrays["triplet/change"][:, -1] == pytest.approx([0.76, 0.75], abs=0.005)
    assert result["recorded"]["citation"] == "sjostrom2001"
    assert "recorded/change" not in curve(mode="frequency", at_ms=15)[1]


def test_under_the_recorded_bursts_the_calcium_set_that_was_fitted_to_them_holds_and_the_triplet_rule_does_not() -> None:
    result, arrays = curve(mode="frequency", models=["triplet", "calcium"], calcium_set="cortical", pairs=5, bursts=15)
    off = {name: misfit(arrays["frequency_hz"].astype(float), arrays[f"{name}/change"], 10.0) for name in ("triplet", "calcium")}
    assert off["calcium"] < 1.0 < 2.0 < off["triplet"]
    assert len(result["sentences"]) == 2


def test_over_frequencies_the_set_that_was_fitted_to_the_recordings_stands_beside_any_other() -> None:
    result, arrays = curve(mode="frequency", models=["calcium"], calcium_set="DP", frequencies=3)
    fitted = curve(mode="frequency", models=["calcium"], calcium_set="cortical", frequencies=3)[1]
    assert [model["name"] for model in result["models"]] == ["calcium", "calcium_cortical"]
    assert np.array_equal(arrays["calcium_cortical/change"], fitted["calcium/change"]) and "calcium_cortical/change" not in fitted
    assert not np.allclose(arrays["calcium/change"], fitted["calcium/change"], atol=0.05)


def test_bcm_has_no_curve_over_intervals_and_the_answer_says_so() -> None:
    result, arrays = curve(models=["bcm"], rate_hz=20)
    assert np.ptp(arrays["bcm/change"]) < 0.05 * abs(arrays["bcm/change"]).max()
    assert "rates, not spikes" in result["sentences"][-1]


def test_a_threshold_that_slides_turns_strengthening_into_weakening() -> None:
    preset = next(preset for preset in synapse_spec.PRESETS if preset.name == "sliding-threshold")
    _, arrays = asked(**preset.changes)
    assert arrays["bcm/weight"].max() > 1.05 and arrays["bcm/weight"][-1] < 0.9
    assert arrays["bcm/threshold_hz"][0] == pytest.approx(10.0, rel=0.05) and arrays["bcm/threshold_hz"].max() > 30.0


def test_badges_of_others_work_carry_its_source() -> None:
    for name, badge in SYNAPSE_BADGES.items():
        if badge.kind in ("published model", "recorded data"):
            assert badge.doi == ENTRIES[badge.citation]["doi"] and ENTRIES[badge.citation]["year"] in badge.source, name
    assert SYNAPSE_BADGES.keys() >= MODELS.keys()


def judged(condition: dict[str, Any], changes: dict[str, float]) -> bool | None:
    """None: the choice that holds where no other does."""
    if "otherwise" in condition:
        return None
    if "all" in condition:
        return all(judged(part, changes) for part in condition["all"])
    value = changes[condition["measure"]]
    return value < condition["below"] if "below" in condition else value >= condition["at_least"]


@pytest.mark.parametrize("preset", synapse_spec.PRESETS, ids=lambda preset: preset.name)
def test_each_preset_answers_and_its_question_is_decided_by_the_choice_that_has_the_reason(preset: Any) -> None:
    changes = {model["name"]: model["change"] for model in asked(**preset.changes)[0]["models"]}
    if preset.prediction is None:
        return
    choices = preset.prediction["choices"]
    right = [choice for choice in choices if judged(choice["when"], changes)] or [choices[-1]]
    assert len(right) == 1 and right[0]["because"]
    assert set(preset.prediction["follows"]) <= changes.keys()


def test_percentages_read_as_written() -> None:
    assert [percent(value) for value in (0.1234, -0.05, 0.0004, 8.03, -1.54)] == ["+12.3%", "−5%", "0%", "+803%", "−154%"]
