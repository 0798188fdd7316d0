"""The driven synapse: the published rule on its own spikes, a complete state, bounded weights, readings as promised."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.stdp import PAIR, TRIPLET, weight_change
from models.brain.synapse import COLUMNS, WINDOW, SpikeTimingRule, Synapse
from models.types import Refused

Setup = tuple[Synapse, SpikeTimingRule, np.ndarray, dict[str, float]]


def driven(a_pre: float = 0.9, a_post: float = -0.8, seed: int = 4, stimulus_ms: float = 200.0) -> Setup:
    synapse, settings = Synapse(), {"stimulus_ms": stimulus_ms, "plasticity": 1.0}
    drive = np.array([a_pre, a_post, 1.0, 1.0, 0.1, 0.09, -0.3])
    return synapse, SpikeTimingRule(synapse, drive, seed, settings), drive, settings


def step(setup: Setup, number: int) -> np.ndarray:
    synapse, rule, _, _ = setup
    deltas = rule.updates(number).copy()
    synapse.apply(deltas)
    return deltas


def test_deltas_are_the_published_rules_on_the_spikes_that_are_shown() -> None:
    setup = driven(stimulus_ms=1000.0)
    deltas = step(setup, 0)
    readings = setup[1].readings()
    pre, post = (readings[f"synapse/{which}_spikes"].astype(float) for which in ("pre", "post"))
    assert pre.size > 10 and post.size > 10
    assert deltas == pytest.approx([weight_change(pre, post, rule, False) for rule in (PAIR, TRIPLET)], rel=1e-4)


def test_traces_carry_over_between_stimuli() -> None:
    setup = driven()
    trains: tuple[list[np.ndarray], list[np.ndarray]] = [], []
    total = np.zeros(2)
    for number in range(10):
        total += step(setup, number)
        readings = setup[1].readings()
        for train, which in zip(trains, ("pre", "post"), strict=True):
            train.append(readings[f"synapse/{which}_spikes"].astype(float) + 200.0 * number)
    pre, post = (np.concatenate(train) for train in trains)
    assert total == pytest.approx([weight_change(pre, post, rule, False) for rule in (PAIR, TRIPLET)], rel=1e-4)


def test_shown_traces_end_where_the_next_stimulus_begins() -> None:
    setup = driven()
    for number in range(5):
        step(setup, number)
    end = setup[1].readings()["synapse/traces"][:, -1]
    step(setup, 5)
    readings = setup[1].readings()
    assert readings["synapse/traces"][:, 0] == pytest.approx(end, rel=1e-5)
    assert readings["synapse/trace_time"][[0, 1, -1]] == pytest.approx([0.0, 2.0, 200.0])
    assert readings["synapse/traces"].shape == (3, 101)


def test_rates_follow_magnitude_over_the_running_maximum() -> None:
    setup = driven(a_pre=-0.5, a_post=0.25)
    _, rule, drive, _ = setup
    step(setup, 0)
    drive[2] = 0.4
    step(setup, 1)
    drive[2] = 2.0
    step(setup, 2)
    window = rule.readings()["synapse/window"]
    assert window[:, COLUMNS.index("pre_rate_hz")] == pytest.approx([25.0, 25.0, 12.5])
    assert window[:, COLUMNS.index("post_rate_hz")] == pytest.approx([12.5, 12.5, 12.5])


def test_no_presynaptic_activity_no_change() -> None:
    setup = driven(a_pre=0.0)
    for number in range(20):
        assert not step(setup, number).any()


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_a_diverging_network_leaves_the_synapse_finite(broken: float) -> None:
    setup = driven()
    _, rule, drive, _ = setup
    for number in range(5):
        step(setup, number)
        drive[:4] = broken
    assert all(np.isfinite(array).all() for name, array in rule.readings().items() if name != "synapse/window")
    assert setup[0].parameters.min() >= 0.0 and setup[0].parameters.max() <= 2.0


def test_weights_stop_at_their_bounds_and_the_window_shows_the_bounded_ones() -> None:
    setup = driven(a_pre=1.0, a_post=1.0)
    for number in range(300):
        step(setup, number)
        row = setup[1].readings()["synapse/window"][-1]
        assert np.array_equal(row[3:5], setup[0].parameters.astype(np.float32))
    # At 50 Hz the triplet rule strengthens and the pair rule weakens, each as far as it may.
    assert setup[0].parameters == pytest.approx([0.0, 2.0], abs=0.3)


def test_window_keeps_the_last_updates_in_order() -> None:
    setup = driven()
    for number in range(1000, 1250):
        step(setup, number)
    window = setup[1].readings()["synapse/window"]
    assert window.shape == (WINDOW, len(COLUMNS))
    assert np.array_equal(window[:, 0], np.arange(1011, 1251))
    assert window[-1, 5:] == pytest.approx([0.9, -0.8, 0.1, 0.09, -0.3])


def test_before_the_first_update_readings_are_empty() -> None:
    readings = driven()[1].readings()
    shapes = {name: array.shape for name, array in readings.items()}
    assert shapes == {
        "synapse/window": (0, 10),
        "synapse/pre_spikes": (0,),
        "synapse/post_spikes": (0,),
        "synapse/trace_time": (0,),
        "synapse/traces": (3, 0),
        "synapse/weight": (2,),
    }


@pytest.mark.parametrize("made", [0, 7, 260])
def test_restored_synapse_repeats_its_future_bit_for_bit(made: int) -> None:
    setup, other = driven(), driven()
    for number in range(made):
        step(setup, number)
    learner, rule = setup[0].state(), setup[1].state()
    futures = []
    for synapse, timing, _, _ in (setup, other, setup):
        synapse.restore(learner)
        timing.restore(rule)
        for number in range(made, made + 30):
            synapse.apply(timing.updates(number))
        futures.append({**synapse.state(), **timing.state(), **timing.readings()})
    for future in futures[1:]:
        assert all(np.array_equal(future[name], array) for name, array in futures[0].items())


@pytest.mark.parametrize("place", range(13))
@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_a_forged_memory_is_refused_and_changes_nothing(place: int, value: float) -> None:
    setup = driven()
    step(setup, 0)
    kept = setup[1].state()
    forged = setup[1].state()
    forged["memory"][place] = value
    with pytest.raises(Refused):
        setup[1].restore(forged)
    assert all(np.array_equal(setup[1].state()[name], array) for name, array in kept.items())


@pytest.mark.parametrize(
    "forged",
    [{"memory": np.zeros(12)}, {"memory": np.full(13, 1e12)}, {"window": np.zeros((2, 10))}, {"window": np.zeros((1, 9))}],
)
def test_a_state_of_another_shape_is_refused(forged: dict[str, np.ndarray]) -> None:
    setup = driven()
    step(setup, 0)
    with pytest.raises(Refused):
        setup[1].restore({**setup[1].state(), **forged})


@pytest.mark.parametrize("weights", [[1.0, math.nan], [-0.1, 1.0], [1.0, 2.1], [1.0]])
def test_weights_out_of_bounds_are_refused(weights: list[float]) -> None:
    with pytest.raises(Refused):
        Synapse().restore({"parameters": np.array(weights)})


def test_state_is_a_copy() -> None:
    setup = driven()
    step(setup, 0)
    before = {**setup[0].state(), **setup[1].state()}
    kept = {name: array.copy() for name, array in before.items()}
    step(setup, 1)
    assert all(np.array_equal(before[name], array) for name, array in kept.items())


def test_stimulus_duration_is_read_at_every_update() -> None:
    setup = driven()
    step(setup, 0)
    setup[3]["stimulus_ms"] = 1000.0
    step(setup, 1)
    assert setup[1].readings()["synapse/trace_time"][-1] == 1000.0


def test_reset_gives_a_fresh_synapse() -> None:
    setup, fresh = driven(), driven()
    for number in range(300):
        step(setup, number)
    setup[1].reset()
    step(setup, 300)
    step(fresh, 300)
    assert np.array_equal(setup[0].parameters, fresh[0].parameters)
    assert all(np.array_equal(setup[1].state()[name], array) for name, array in fresh[1].state().items())
