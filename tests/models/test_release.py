"""Release and step: the events of both sides, three step rules against torch's own, and what the page is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from models.experiments.release import build, train
from models.experiments.release_steps import RULES, steps
from models.rules.optimisers import BETA_1, BETA_2, Optimiser
from models.specs.release import ADAPTER, PRESETS, ReleaseSpec
from pages.ui.synapse_release import release_data

NOISY = np.random.default_rng(4).normal(1, 2, 40)


def asked(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return build(ADAPTER.validate_python(values)).analyse({}, lambda *_: None)


@pytest.mark.parametrize(
    ("rule", "optimiser"),
    [
        ("sgd", lambda p: torch.optim.SGD(p, lr=0.1)),
        ("momentum", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.7)),
        ("adam", lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.95))),
    ],
)
def test_steps_are_those_of_torch(rule, optimiser):
    weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    stepped = optimiser([weight])
    expected = []
    for gradient in NOISY:
        weight.grad = torch.tensor([gradient], dtype=torch.float64)
        before = float(weight.detach())
        stepped.step()
        expected.append(float(weight.detach()) - before)
    assert steps(NOISY, 0.1, 0.7, 0.8, 0.95).deltas[RULES.index(rule)] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_steps_are_those_of_the_lab_s_own_networks(rule):
    optimiser = Optimiser(rule, "none", 1, {"learning_rate": 0.1, "momentum": 0.9, "regularisation_rate": 0.0})
    weight = SimpleNamespace(parameters=np.zeros(1), is_weight=np.ones(1), mobile=np.ones(1))
    expected = [float(optimiser.deltas(weight, np.array([gradient]))[0]) for gradient in NOISY]
    assert steps(NOISY, 0.1, 0.9, BETA_1, BETA_2).deltas[RULES.index(rule)] == pytest.approx(expected, abs=1e-15)


def test_after_large_gradients_adam_s_step_is_shorter_only_once_its_mean_has_let_go_of_them():
    """β 0.9 and 0.999. Event 11: m̂ = (0.9(1 − 0.9¹⁰) + 1)/(1 − 0.9¹¹) = 2.31, v̂ ≈ (10 + 100)/11 = 10, so m̂/√v̂ = 0.73."""
    _, arrays = asked(events=30, gradients="surge", surge=10)
    assert arrays["gradients"][[0, 9, 10, 19, 20, 29]] == pytest.approx([1, 1, 10, 10, 1, 1])
    assert arrays["counts"][1, -1] == pytest.approx(1)
    adam = arrays["counts"][3]
    assert adam[10] == pytest.approx(0.73, abs=0.01)  # ten times the gradient
    assert adam[20] == pytest.approx(1, abs=0.01) and arrays["mean"][20] > 6  # the first small one after them: no shorter
    assert adam[23] == pytest.approx(0.8, abs=0.01) and adam[-1] == pytest.approx(0.54, abs=0.01)
    assert arrays["root"][-1] == pytest.approx(np.sqrt((20 + 10 * 100) / 30), rel=0.01)  # β₂ = 0.999: all but the plain mean


def test_constant_gradients_count_alike_for_adam_and_add_up_in_momentum():
    _, arrays = asked(events=60)
    assert arrays["counts"][3] == pytest.approx(np.ones(60), abs=1e-5)
    assert arrays["counts"][2, -1] == pytest.approx((1 - 0.9**60) / (1 - 0.9), rel=1e-5)  # geometric sum
    assert arrays["weights"][0] == pytest.approx(-0.1 * np.arange(1, 61), rel=1e-5)


def test_a_pause_fills_the_pool_and_leaves_adam_as_it_was():
    """τrec = 800 ms: a pause of 8 s leaves e^(−10) of what was lacking."""
    (_, short), (_, long) = (asked(train="recovery", pause_ms=pause, gradients="noisy") for pause in (100, 8000))
    assert long["pool"][-1] > 0.9999 and short["pool"][-1] < 0.35
    assert np.array_equal(short["deltas"], long["deltas"])


def test_where_the_gradient_is_what_was_released_both_fade_alike():
    _, arrays = asked(gradients="released")
    assert arrays["counts"][1] == pytest.approx(arrays["counts"][0], rel=1e-6)


def test_the_answer_names_the_model_s_own_marks():
    depressing, _ = asked()
    assert depressing["limit_hz"] == pytest.approx(1.25) and depressing["peak_hz"] is depressing["theory_peak_hz"] is None
    facilitating, _ = asked(use=0.03, recovery_ms=130, facilitation_ms=530)
    assert facilitating["peak_hz"] == pytest.approx(21, abs=0.5) and facilitating["theory_peak_hz"] == pytest.approx(22, abs=0.05)


def test_traces_pass_through_every_spike_twice():
    _, arrays = asked(train="own", spikes=[30, 80, 400])
    at = np.flatnonzero(np.isclose(arrays["trace_time"], 80))
    assert len(at) == 2
    assert arrays["trace_pool"][at] == pytest.approx([arrays["pool"][1], arrays["pool"][1] - arrays["released"][1]], abs=1e-6)
    assert arrays["trace_response"][0, at[1]] - arrays["trace_response"][0, at[0]] == pytest.approx(0.1 * arrays["quanta"][1, 1], abs=1e-5)
    assert (np.diff(arrays["trace_time"]) >= 0).all()


def test_trains_keep_their_clock():
    def spikes(**values: Any) -> np.ndarray:
        return train(ReleaseSpec(**values))

    assert spikes(events=3, rate_hz=10) == pytest.approx([0, 100, 200])
    assert np.diff(spikes(train="step", events=5, rate_hz=10, second_rate_hz=50)) == pytest.approx([100, 100, 20, 20])
    assert np.diff(spikes(train="recovery", events=4, rate_hz=10, pause_ms=700)) == pytest.approx([100, 100, 700])
    drawn = np.concatenate([np.diff(spikes(train="poisson", events=60, rate_hz=20, seed=seed)) for seed in range(40)])
    assert drawn.mean() == pytest.approx(50, rel=0.06) and drawn.std() / drawn.mean() == pytest.approx(1, abs=0.08)


def test_one_spec_has_one_answer():
    first, second = (asked(train="poisson", gradients="noisy", seed=9)[1] for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("spikes", [[1], [5, 4], [0, 0.5], [0, 30_000], [-1, 5], [0, float("nan")], list(range(0, 610, 10))])
def test_spikes_that_make_no_train_are_refused(spikes):
    with pytest.raises(ValidationError):
        ReleaseSpec(train="own", spikes=tuple(spikes))


def test_a_link_is_read_and_what_makes_no_sense_is_named():
    data = release_data({"train": "own", "spikes": "0,20,40.5", "use": "7", "gradients": "surge"})
    assert data["spec"]["spikes"] == (0, 20, 40.5) and data["spec"]["gradients"] == "surge"
    assert data["faults"] == ["The link's “use” is not used: it is a number from 0.01 to 1."]
    assert release_data({"spikes": "50,20"})["faults"] == ["The link's “spikes” is not used: spikes rise, and stand at least 1 ms apart."]


def test_what_the_starts_promise_is_so():
    answers = {preset.name: asked(**preset.changes)[1] for preset in PRESETS}
    assert (np.diff(answers["depressing"]["counts"][0]) < 0).all()
    assert (np.diff(answers["facilitating"]["counts"][0])[:6] > 0).all() and answers["facilitating"]["counts"][0, -1] > 3
    assert answers["recovery"]["counts"][0, -1] < 1
    twice = answers["two-rates"]
    assert twice["released"][-1] * 40 == pytest.approx(twice["released"][14] * 20, rel=0.1)
    assert answers["alternating"]["counts"][2, -1] < 1 and answers["alternating"]["counts"][3, -1] < 0.2
