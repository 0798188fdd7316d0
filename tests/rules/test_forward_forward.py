"""Each layer goes down its own objective by its own weights; wrong labels are wrong; goodness comes to tell them apart."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.networks.dense import LOSS_CODES, DenseNetwork
from models.networks.normalised import NormalisedNetwork
from models.rules.dense_rule import DenseRule
from models.rules.forward_forward import ForwardForward, label_drive, wrong_labels
from models.rules.output_only import OutputOnly
from models.tasks import plane
from models.tasks.batches import ShuffledBatches
from tests.rules.energy_runs import OUTPUTS, TORCH, build
from tests.rules.small_runs import optimiser, ready, resumed_equals, run

SIZES = (5, 9, 8, 3)


def make(hidden: str = "tanh", pair: tuple[str, str] = OUTPUTS[0], sizes: tuple[int, ...] = SIZES, rate: float = 0.1) -> ForwardForward:
    return build(NormalisedNetwork, ForwardForward, sizes, hidden, pair, rate)


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize(("pair", "n_out"), [(OUTPUTS[0], 3), (OUTPUTS[1], 1), (OUTPUTS[2], 1)])
def test_each_hidden_layer_goes_down_the_slope_of_its_own_objective(hidden: str, pair: tuple[str, str], n_out: int) -> None:
    rule = make(hidden, pair, (5, 9, 8, n_out))
    network = rule.network
    assert isinstance(network, NormalisedNetwork)
    rows = ready(rule)
    units = rule.both(rule.batches.targets[rows], 0)
    rule.direction(0, rows)
    sent = torch.tensor(network.sent(units))
    label = torch.tensor(units[:, network.unit_slice(1)])  # its drive is found from the activity that it leads to
    side = torch.tensor(np.repeat([1.0, -1.0], len(rows)))
    for k in (1, 2):
        weights, biases = (torch.tensor(part.copy(), requires_grad=True) for part in network.layer[k - 1])
        drive = sent[:, network.unit_slice(k - 1)] @ weights.T + biases
        if k == 1:
            codes = rule.batches.targets[rows] if pair[0] != "sigmoid" else 2 * rule.batches.targets[rows] - 1
            drive = drive + _added(rule, codes, rows)
        activity = TORCH[hidden](drive)
        if k == 1:
            torch.testing.assert_close(activity.detach(), label)
        signal = 2 * activity - 1 if hidden == "sigmoid" else activity
        n = signal.shape[1]
        logit = rule.sharpness / np.sqrt(n) * ((signal**2).sum(1) - rule.threshold * n)
        objective = torch.nn.functional.softplus(-side * logit).sum() / len(rows)
        objective.backward()
        np.testing.assert_allclose(network.weights_of(rule.gradient, k), weights.grad.numpy(), rtol=1e-7, atol=1e-12)
        np.testing.assert_allclose(rule.gradient[network.bias_slice(k)], biases.grad.numpy(), rtol=1e-7, atol=1e-12)


def _added(rule: ForwardForward, codes: np.ndarray, rows: np.ndarray) -> torch.Tensor:
    wrong = -codes
    if codes.shape[1] > 1:
        wrong = wrong_labels(rule.network.units[:, -codes.shape[1] :], codes, rule.seed, 0)
    return torch.tensor(np.concatenate([codes, wrong]) @ rule.label_drive)


def test_wrong_labels_are_never_right_and_follow_the_answer() -> None:
    # Hinton 2022: wrong classes in proportion to the answer. Of the rest, .3 : .1 is ¾ : ¼; 5 standard deviations of 4000 draws are .034.
    rows = 4000
    targets = np.tile([1.0, 0.0, 0.0, 0.0], (rows, 1))
    wrong = wrong_labels(np.tile([0.6, 0.3, 0.0, 0.1], (rows, 1)), targets, 7, 3)
    assert (wrong.sum(1) == 1).all() and not (wrong * targets).any()
    np.testing.assert_allclose(wrong.mean(0), [0.0, 0.75, 0.0, 0.25], atol=0.034)
    sure = wrong_labels(targets, targets, 7, 3)
    np.testing.assert_allclose(sure.mean(0), [0.0, 1 / 3, 1 / 3, 1 / 3], atol=0.038)
    assert not np.array_equal(wrong, wrong_labels(np.tile([0.6, 0.3, 0.0, 0.1], (rows, 1)), targets, 7, 4))


def test_the_neutral_label_adds_nothing() -> None:
    drive = label_drive(10, 50, 3)
    np.testing.assert_allclose(drive.mean(0), 0.0, atol=1e-15)
    assert drive.std() == pytest.approx(np.sqrt(0.9), rel=0.1)


def test_nothing_comes_down_from_the_layers_above() -> None:
    one, other = (make(pair=("tanh", "squared_error"), sizes=(5, 9, 8, 1)) for _ in range(2))
    other.network.parameters[other.network.weight_slice(2).start :] *= -3.0
    for rule in (one, other):
        rule.updates(0)
    first = slice(0, one.network.bias_slice(1).stop)
    assert one.gradient[first].any() and np.array_equal(one.gradient[first], other.gradient[first])


def xor(rule: type, network_class: type[DenseNetwork]) -> DenseRule:
    points, labels, train = plane.draw("xor", 300, 0.0, 0.7, 2)
    network = network_class((2, 8, 8, 1), "tanh", "tanh")
    network.initialise("xavier", 2)
    batches = ShuffledBatches(points[:train], (2.0 * labels - 1)[:train, None], 10, 2)
    return rule(network, batches, LOSS_CODES["squared_error"], optimiser(network, 0.06), 2)


def test_goodness_tells_right_from_wrong_and_exclusive_or_is_learned_where_the_control_fails() -> None:
    rule, control = run(xor(ForwardForward, NormalisedNetwork), 900), run(xor(OutputOnly, DenseNetwork), 900)
    assert isinstance(rule, ForwardForward)
    inputs, targets = rule.batches.inputs, rule.batches.targets
    accuracy = [r.network.evaluate("squared_error", inputs, targets, (targets[:, 0] > 0).astype(int)).accuracy for r in (rule, control)]
    assert accuracy[0] > 0.9 and accuracy[1] < 0.75
    rule.network.respond(inputs, np.arange(len(inputs)))
    units = rule.both(targets, 0)
    for k in (1, 2):
        right, wrong = np.split(rule.goodness(units, k), 2)
        assert (right > wrong).mean() > 0.85


def test_a_lesioned_neuron_takes_no_part() -> None:
    for hidden in ("tanh", "sigmoid"):
        rule = make(hidden)
        unit = rule.network.unit_slice(1).start + 2
        rule.network.alive[unit] = 0.0
        rule.updates(0)
        assert not rule.deltas[:, unit].any()
        assert not rule.network.weights_of(rule.gradient, 1)[2].any()
        assert not rule.network.weights_of(rule.gradient, 2)[:, 2].any()


def test_it_resumes_bit_by_bit_and_ends_in_no_number_when_it_diverges() -> None:
    assert resumed_equals(make)
    wild = run(make("relu", rate=1e200), 6)
    assert not np.isfinite(wild.network.parameters).all()
