"""Cell assemblies: connections in closed form, an energy that never rises, and recall below and above capacity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.brain.assembly import Circuit, circuit, energy, overlap, recall, recalled, step, stored


def random_patterns(count: int, n: int, seed: int, active: float = 0.5) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return (np.random.default_rng(seed).random((count, n)) < active).astype(np.uint8)


def test_one_presentation_after_another_gives_hopfield_s_outer_products():
    """w_ij = Σ_μ S_i S_j / n for i ≠ j (Hopfield 1982), S = ±1."""
    patterns = random_patterns(5, 40, 1)
    signs = 2.0 * patterns - 1
    expected = signs.T @ signs / 40
    np.fill_diagonal(expected, 0)
    shown = sum(step(pattern, 0.5) for pattern in patterns)
    assert np.allclose(shown, expected) and np.allclose(stored(patterns, 0.5), expected)
    assert np.array_equal(shown, shown.T) and not shown.diagonal().any()


def test_the_covariance_rule_s_sign_turns_at_the_threshold():
    """(V_i − p)(V_j − p) / (n p (1 − p)) (Tsodyks and Feigelman 1988): .64, −.16 and .04 over .16 n at p = .2."""
    weights = step(np.array([1, 1, 0, 0, 0], np.uint8), 0.2) * 5
    assert weights[0, 1] == pytest.approx(4) and weights[0, 2] == pytest.approx(-1) and weights[2, 3] == pytest.approx(0.25)


@pytest.mark.parametrize(("rule", "active"), [("hopfield", 0.5), ("covariance", 0.2)])
def test_no_update_raises_the_energy(rule, active):
    for seed in range(8):
        patterns = random_patterns(9, 60, seed, active)
        mean = float(patterns.mean())
        reads = circuit(rule, mean)
        weights = stored(patterns, 0.5 if rule == "hopfield" else mean)
        state = random_patterns(1, 60, 100 + seed, active)[0]
        found = recall(weights, state, reads, seed)
        energies = [energy(weights, state, reads)]
        for _, unit in found.flips:
            state[unit] ^= 1
            energies.append(energy(weights, state, reads))
        assert len(energies) > 5 and found.settled
        assert np.all(np.diff(energies) <= 1e-12)
        assert np.array_equal(state, found.final)


def test_patterns_stay_below_capacity_and_are_lost_above_it():
    """Capacity 0.138 n (Amit, Gutfreund and Sompolinsky 1985)."""
    n = 200
    few, many = (random_patterns(round(load * n), n, 3) for load in (0.1, 0.3))
    kept, lost = (overlap(recalled(stored(p, 0.5), p, Circuit(True), 1), p) for p in (few, many))
    assert (kept > 0.95).all() and kept.mean() > 0.995
    assert lost.mean() < 0.6


def test_few_patterns_are_fixed_points_and_complete_a_part():
    patterns = random_patterns(4, 100, 5)
    weights = stored(patterns, 0.5)
    assert np.array_equal(recalled(weights, patterns, Circuit(True), 1), patterns)
    cue = patterns[0] * (np.arange(100) < 60)
    assert np.array_equal(recall(weights, cue, Circuit(True), 2).final, patterns[0])


def test_at_equal_drive_and_threshold_a_unit_stays():
    cue = np.array([1, 0, 1], np.uint8)
    found = recall(np.zeros((3, 3)), cue, Circuit(True), 1)
    assert np.array_equal(found.final, cue) and len(found.flips) == 0 and found.sweeps == 1


def test_connections_that_are_not_symmetric_may_never_settle():
    found = recall(np.array([[0.0, 1.0], [-1.0, 0.0]]), np.array([1, 1], np.uint8), Circuit(True), 1)
    assert not found.settled


def test_the_same_seed_recalls_in_the_same_order():
    patterns = random_patterns(12, 60, 7)
    weights, cue = stored(patterns, 0.5), random_patterns(1, 60, 8)[0]
    first, again, other = (recall(weights, cue, Circuit(True), seed).flips for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_overlap_is_1_for_the_pattern_and_minus_1_for_its_inverse():
    pattern = np.array([1, 0, 1, 1, 0], np.uint8)
    states = np.stack([pattern, 1 - pattern, np.ones(5, np.uint8)])
    assert overlap(states, pattern).tolist() == pytest.approx([1, -1, 0])
