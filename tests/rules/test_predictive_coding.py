"""Predictive coding goes down its energy, its step is that energy's slope, and goes to backpropagation's as the error vanishes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from models.networks.dense import DenseNetwork
from models.rules.predictive_coding import ITERATIONS, PRECISION, STEP, PredictiveCoding
from tests.rules.energy_runs import OUTPUTS, TORCH, build, flat_of, torch_layers, torch_loss
from tests.rules.small_runs import cosine, ready, resumed_equals, run, true_gradient

SIZES = (5, 9, 8, 3)


def make(hidden: str = "tanh", pair: tuple[str, str] = OUTPUTS[0], sizes: tuple[int, ...] = SIZES, **more: object) -> PredictiveCoding:
    return build(DenseNetwork, PredictiveCoding, sizes, hidden, pair, **more)


def torch_energy(rule: PredictiveCoding, flat: torch.Tensor, values: list[torch.Tensor], rows: np.ndarray, loss: str) -> torch.Tensor:
    network = rule.network
    assert isinstance(network, DenseNetwork)
    activity, energy = torch.tensor(rule.batches.inputs[rows]), torch.zeros(())
    for (weights, biases), value in zip(torch_layers(network, flat)[:-1], values, strict=True):
        energy = energy + 0.5 * ((value - activity @ weights.T - biases) ** 2).sum()
        activity = TORCH[network.hidden](value)
    weights, biases = torch_layers(network, flat)[-1]
    targets = torch.tensor(rule.batches.targets[rows])
    return energy + PRECISION * torch_loss(network.output, loss, activity @ weights.T + biases, targets).sum()


@pytest.mark.parametrize(("hidden", "pair"), list(itertools.product(["tanh", "sigmoid", "relu"], OUTPUTS)))
def test_values_and_weights_move_down_the_slope_of_the_energy(hidden: str, pair: tuple[str, str]) -> None:
    rule = make(hidden, pair)
    rows = ready(rule)
    found = rule.clamped(rows)
    found.relax(STEP, 7)
    flat = flat_of(rule.network)
    values = [torch.tensor(value.copy(), requires_grad=True) for value in found.values]
    energy = torch_energy(rule, flat, values, rows, pair[1])
    energy.backward()
    assert found.energy.sum() == pytest.approx(energy.item(), rel=1e-9)
    for k, value in enumerate(values, start=1):
        np.testing.assert_allclose(found.descent(k), -value.grad.numpy(), rtol=1e-7, atol=1e-12)
    seven = make(hidden, pair, iterations=7)
    seven.updates(0)
    np.testing.assert_allclose(seven.gradient * len(rows) * PRECISION, flat.grad.numpy(), rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("pair", OUTPUTS)
def test_the_step_goes_to_the_gradient_as_the_answer_weighs_less(pair: tuple[str, str]) -> None:
    # Whittington and Bogacz 2017: where the output's error, over its variance, is small, the step is backpropagation's.
    away = []
    for precision in (1.0, 0.1, 0.01, 0.001):
        rule = make("tanh", pair, precision=precision, iterations=240)
        rule.updates(0)
        truth = true_gradient(rule, 0)
        away.append((cosine(rule.gradient, truth), np.linalg.norm(rule.gradient - truth) / np.linalg.norm(truth)))
    cosines, distances = np.array(away).T
    assert (np.diff(cosines) > 0).all() and cosines[1] > 0.95 and cosines[3] > 0.99999
    assert (distances[1:] < distances[:-1] / 2).all() and distances[2] / distances[3] == pytest.approx(10, rel=0.1)


def test_a_smaller_error_alone_comes_nearer_and_not_all_the_way() -> None:
    distances = []
    for share in (1.0, 0.01, 0.0001):
        rule = make(precision=1.0, iterations=200)
        rows = ready(rule)
        answers = rule.network.units[:, -3:]
        rule.batches.targets[rows] = answers + share * (rule.batches.targets[rows] - answers)
        rule.direction(0, rows)
        truth = true_gradient(rule, 0)
        distances.append(np.linalg.norm(rule.gradient - truth) / np.linalg.norm(truth))
    assert distances[1] < distances[0]
    assert distances[2] == pytest.approx(distances[1], rel=0.02) and distances[2] > 0.1


def test_the_energy_never_rises_at_the_default_step() -> None:
    for hidden, width in itertools.product(["tanh", "sigmoid"], [9, 40]):
        rule = make(hidden, sizes=(5, width, width, 3), rate=0.3)
        for updates in (0, 40):
            run(rule, updates)
            found = rule.clamped(ready(rule))
            course = [found.energy]
            for _ in range(ITERATIONS):
                found.relax(STEP, 1)
                course.append(found.energy)
            assert (np.diff(course, axis=0) <= 1e-12).all()
            assert (course[-1] < course[0]).all()


def test_nothing_moves_where_the_answer_is_right_already() -> None:
    rule = make(pair=("tanh", "squared_error"))
    rows = ready(rule)
    rule.batches.targets[rows] = rule.network.units[:, -3:]
    rule.direction(0, rows)
    np.testing.assert_allclose(rule.gradient, 0.0, atol=1e-14)


def test_a_lesioned_neuron_has_no_error_and_sends_nothing() -> None:
    rule = make("sigmoid")
    unit = rule.network.unit_slice(1).start + 2
    rule.network.alive[unit] = 0.0
    rule.updates(0)
    assert not rule.deltas[:, unit].any()
    assert not rule.network.weights_of(rule.gradient, 1)[2].any()
    assert not rule.network.weights_of(rule.gradient, 2)[:, 2].any()


def test_it_resumes_bit_by_bit_and_ends_in_no_number_when_it_diverges() -> None:
    assert resumed_equals(make)
    wild = run(make("relu", rate=1e9), 40)
    assert not np.isfinite(wild.network.parameters).all()
