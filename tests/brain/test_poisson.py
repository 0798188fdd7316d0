"""Counter-based Poisson trains: pure, exponential, uncorrelated between neurons, steps and seeds."""

from __future__ import annotations

import numpy as np
import pytest

from models.brain.poisson import POSTSYNAPTIC, PRESYNAPTIC, spike_train


def test_train_is_a_pure_function_and_a_longer_stimulus_continues_it() -> None:
    short, long = spike_train(3, 17, PRESYNAPTIC, 40.0, 200.0), spike_train(3, 17, PRESYNAPTIC, 40.0, 1000.0)
    assert np.array_equal(short, spike_train(3, 17, PRESYNAPTIC, 40.0, 200.0))
    assert np.array_equal(short, long[long < 200.0])


def test_trains_differ_between_neurons_steps_and_seeds() -> None:
    first = spike_train(1, 0, PRESYNAPTIC, 50.0, 1000.0)
    for other in ((1, 0, POSTSYNAPTIC), (1, 1, PRESYNAPTIC), (2, 0, PRESYNAPTIC)):
        assert not set(first) & set(spike_train(*other, 50.0, 1000.0))


def test_counts_are_poisson() -> None:
    counts = np.array([spike_train(7, step, PRESYNAPTIC, 50.0, 200.0).size for step in range(20_000)])
    assert counts.mean() == pytest.approx(10.0, abs=0.1)
    assert counts.var() == pytest.approx(10.0, abs=0.4)


def test_the_two_neurons_are_uncorrelated() -> None:
    pre, post = ([spike_train(7, step, neuron, 50.0, 200.0).size for step in range(10_000)] for neuron in (PRESYNAPTIC, POSTSYNAPTIC))
    assert abs(np.corrcoef(pre, post)[0, 1]) < 0.03


def test_intervals_are_exponential() -> None:
    intervals = np.sort(np.concatenate([np.diff(spike_train(5, step, POSTSYNAPTIC, 50.0, 10_000.0)) for step in range(40)]))
    expected = 1.0 - np.exp(-intervals / 20.0)
    observed = np.arange(1, intervals.size + 1) / intervals.size
    assert np.abs(observed - expected).max() < 1.63 / np.sqrt(intervals.size)  # Kolmogorov–Smirnov, 1%


def test_a_silent_neuron_never_fires() -> None:
    assert spike_train(1, 0, PRESYNAPTIC, 0.0, 1000.0).size == 0
