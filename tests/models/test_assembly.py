"""Active circuits: descent against autograd and its closed form, and both sides on the same patterns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from models.brain.assembly import overlap
from models.experiments import assembly, assembly_capacity
from models.experiments import assembly_descent as descent
from models.experiments.assembly_patterns import pair_classes, patterns
from models.specs.assembly import ADAPTER, PRESETS
from models.specs.assembly_capacity import CapacitySpec

FUNCTIONS = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "linear": lambda drive: drive}


def asked(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return assembly.build(ADAPTER.validate_python(values)).analyse({}, lambda *_: None)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_descent_takes_the_step_of_autograd(name):
    draws = np.random.default_rng(1)
    start, pattern = draws.normal(0, 0.3, (25, 25)), draws.integers(0, 2, 25).astype(np.uint8)
    np.fill_diagonal(start, 0)
    weights = torch.tensor(start, requires_grad=True)
    activation = descent.Activation(name)
    inputs = torch.tensor(2.0 * pattern - 1)
    target = torch.tensor(activation.target(inputs.numpy()))
    connected = 1 - torch.eye(25, dtype=torch.float64)
    loss = ((target - FUNCTIONS[name]((weights * connected) @ inputs)) ** 2).sum() / (2 * 25)
    (gradient,) = torch.autograd.grad(loss, weights)
    made = descent.step(start, pattern, activation, 0.7)
    assert np.allclose(made.change, -0.7 * gradient.numpy(), atol=1e-14)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_descent_ends_at_the_shortest_weights_that_solve_it(name):
    """The pseudo-inverse without self-connections (Diederich and Opper 1987), for correlated patterns as well."""
    spec = ADAPTER.validate_python({"source": "random", "shared": 0.5, "side": 6})
    activation = descent.Activation(name)
    found = descent.trained(patterns(spec), 4000 if name == "sigmoid" else 700, activation, 1.9)
    assert np.allclose(found, descent.least_norm(patterns(spec), activation.wanted_drive()), atol=1e-4)


def test_descent_shrinks_its_steps_of_itself_and_hebb_goes_on():
    """No tolerance ends it: after all outputs count as right, each round's steps are shorter than the round's before."""
    result, arrays = asked()
    circuit, network = arrays["change"]
    assert 10 < result["solved"] < 40
    rounds = network.reshape(16, 3).mean(1)
    assert (rounds > 0).all() and (np.diff(rounds) < 0).all() and rounds[-1] < 0.02 * rounds[0]
    assert circuit[-3:] == pytest.approx(circuit[:3])  # the same three patterns, 15 rounds later
    assert arrays["error"][-1] < 0.05 < arrays["error"][0]


def test_overlapping_patterns_cost_hebb_more_than_descent():
    """Over 12 draws of three patterns that share 70% of their active units, undamaged and with a fifth missing."""
    differences = []
    for seed in range(12):
        _, arrays = asked(source="random", side=6, shared=0.7, seed=seed)
        circuit, network = arrays["curve"][:, [0, 2], 0].mean(1)
        differences.append(network - circuit)
    assert np.mean(differences) - 1.96 * np.std(differences, ddof=1) / np.sqrt(12) > 0.05


def test_of_an_overlapping_pair_the_covariance_rule_keeps_less_than_descent():
    """Over 10 draws of two patterns of which a fifth of the units is active, sharing 80% of them."""
    kept = []
    for seed in range(10):
        _, arrays = asked(source="random", count=2, side=7, active=0.2, shared=0.8, seed=seed)
        kept.append(arrays["curve"][:, 0, 0])
    circuit, network = np.mean(kept, 0)
    assert network > 0.99 and circuit < 0.95


def test_hopfield_s_rule_keeps_any_pair():
    """The drive on the first of two patterns is S¹ + m S² with |m| < 1, whose sign is S¹: overlap hurts from three patterns on."""
    for seed in range(5):
        _, arrays = asked(source="random", count=2, side=7, active=0.4, shared=0.9, seed=seed, rule="hopfield")
        assert arrays["curve"][0, 0, 0] == pytest.approx(1)


def test_random_patterns_share_what_they_should():
    for seed in range(5):
        found = patterns(ADAPTER.validate_python({"source": "random", "side": 8, "count": 4, "active": 0.25, "shared": 0.5, "seed": seed}))
        assert found.sum(1).tolist() == [16] * 4
        assert found.all(0).sum() >= 8


def test_pairs_are_told_apart():
    kinds = pair_classes(np.array([[1, 1, 0, 0], [0, 0, 1, 0]], np.uint8))
    assert kinds.tolist() == [[-1, 0, 1, 2], [0, -1, 1, 2], [1, 1, -1, 2], [2, 2, 2, -1]]
    silent = pair_classes(np.array([[1, 1, 0, 0]], np.uint8))
    assert silent.tolist() == [[-1, 0, 2, 2], [0, -1, 2, 2], [2, 2, -1, 3], [2, 2, 3, -1]]


@pytest.mark.parametrize(("rule", "grown"), [("covariance", 1.08), ("hopfield", 1.92)])
def test_two_silent_units_gain_most_and_the_page_s_means_hold_them(rule, grown):
    """48 presentations of θ² / (n θ(1 − θ)): θ = 0.36 → 48 · 0.1296 / 5.76 = 1.08; θ = ½ → 48 / 25 = 1.92."""
    result, arrays = asked(rule=rule)
    last = arrays["means"][:, -1]
    assert result["pairs"][3] == 7 * 6 and sum(result["pairs"]) == 25 * 24
    assert last[0, 3] == pytest.approx(grown, rel=1e-6)
    assert (last[:, 3] > last[:, :3].max(1)).all()  # in circuit and network no other kind grows more


def test_recall_is_told_change_by_change():
    _, arrays = asked(damage_kind="flipped", damage=0.2)
    states, units = arrays["recall_states"], arrays["recall_units"]
    assert (states[0] == arrays["cue"]).all()
    for before, after, changed in zip(states, states[1:], units[1:], strict=False):
        for side in range(2):
            assert np.flatnonzero(before[side] != after[side]).tolist() == ([changed[side]] if changed[side] >= 0 else [])
    assert np.all(np.diff(arrays["recall_energy"]) <= 1e-6)
    assert arrays["recall_overlap"][-1] == pytest.approx(overlap(states[-1], arrays["patterns"][0]))


def test_what_is_drawn_is_what_was_learned():
    """Bytes to half a step of 1/127.5; means over the same matrix; the chosen connection's sum of changes is its end."""
    result, arrays = asked(rule="hopfield")
    drawn = (arrays["weights"][0, -1] / 127.5 - 1) * result["largest"][0]
    signs = 2.0 * arrays["patterns"] - 1
    exact = 16 * signs.T @ signs / 25 * (1 - np.eye(25))
    assert np.abs(drawn - exact).max() <= 0.51 / 127.5 * result["largest"][0]
    assert arrays["means"][0, -1, 0] == pytest.approx(exact[pair_classes(arrays["patterns"]) == 0].mean(), rel=1e-5)
    for gate, change in ((arrays["gate"][0], 3), (arrays["gate"][1], 6)):
        assert gate[:, change].sum() == pytest.approx(gate[-1, change + 1], rel=1e-4)


def test_a_cue_s_sliders_do_not_change_what_was_learned():
    first, second = asked(damage=0.1)[1], asked(damage=0.6, cue=2)[1]
    assert np.array_equal(first["weights"], second["weights"]) and not np.array_equal(first["cue"], second["cue"])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_start_looks_at_two_units_that_are_active_together(preset):
    spec = ADAPTER.validate_python(preset.changes)
    cue = patterns(spec)[spec.cue - 1]
    assert cue[spec.pre] and cue[spec.post]


def test_the_theory_s_line_is_drawn_only_where_the_curves_speak_for_it():
    loads = np.array(assembly_capacity.LOADS)
    falls = [np.where(loads < 0.138, 1, 0.35 + late) for late in (0.2, 0.1, 0)]
    assert assembly_capacity.borne_out(np.array(falls))
    assert not assembly_capacity.borne_out(np.ones((3, loads.size)))
    assert not assembly_capacity.borne_out(np.array(falls[::-1]))  # the larger the later


def test_capacity_comes_in_pieces(monkeypatch):
    monkeypatch.setattr(assembly_capacity, "SIZES", (40, 200))
    monkeypatch.setattr(assembly_capacity, "TAUGHT", 40)
    monkeypatch.setattr(assembly_capacity, "LOADS", (0.05, 0.4))
    previews: list[Any] = []
    result, arrays = assembly_capacity.build(CapacitySpec(draws=2)).analyse(
        {}, lambda _share, _doing, preview=None: previews.append(preview)
    )
    assert arrays["overlap"].shape == (3, 2, 3) and np.isfinite(arrays["overlap"]).all()
    assert np.isnan(previews[0]["overlap"]).all() and np.isfinite(previews[1]["overlap"][0, 0]).all()
    assert arrays["overlap"][1, 0, 0] > arrays["overlap"][1, 1, 0] + 0.2 and arrays["overlap"][2, 1, 0] > 0.99
    assert result["sizes"] == [40, 200]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"patterns": ["1" * 25, "10" * 12 + "1"]}, "pattern 1 needs at least one active and one silent unit"),
        ({"patterns": ["1" * 24 + "0", "1" * 35 + "0"]}, "the same size"),
        ({"patterns": ["1" * 24 + "<", "0" * 24 + "1"]}, "written 1 and 0"),
        ({"cue": 4}, "one of the 3 patterns"),
        ({"pre": 6}, "no unit is connected with itself"),
        ({"post": 25}, "numbered from 0 to 24"),
        ({"rate": float("nan")}, "finite"),
        ({"colour": 1}, "Extra"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(values, said):
    with pytest.raises(ValidationError, match=said):
        ADAPTER.validate_python(values)
