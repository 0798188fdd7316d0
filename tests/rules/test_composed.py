"""Rules out of ingredients: number for number the named ones where the ingredients are theirs, and honest elsewhere."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import numpy as np
import pytest

from models.networks.relaxing import FEEDBACK
from models.rules import bcm, hebb, oja
from models.rules.backpropagation import Backpropagation
from models.rules.bcm import BCM
from models.rules.composed import KEEP, Composed
from models.rules.dense_rule import DenseRule
from models.rules.direct_feedback_alignment import DirectFeedbackAlignment
from models.rules.equilibrium_propagation import BETA
from models.rules.feedback_alignment import FeedbackAlignment
from models.rules.hebb import Hebb
from models.rules.oja import Oja
from models.rules.predictive_coding import PRECISION
from models.rules.sign_symmetric import SignSymmetric
from models.rules.three_factor import ThreeFactor
from models.rules.tried import NOISE
from models.rules.weight_perturbation import SHAKE
from models.specs.rules import COMPOSED_BOUND, COMPOSED_NOISE, RULES, Recipe, RuleLane, hidden_share
from tests.rules.small_runs import cosine, make, ready, resumed_equals, run, true_gradient

NAMED: list[tuple[type[DenseRule], dict[str, Any], dict[str, str]]] = [
    (Backpropagation, {}, {"post": "slope", "third": "error_transposed"}),
    (Backpropagation, {}, {"post": "slope", "third": "error_transposed", "output": "same"}),
    (FeedbackAlignment, {}, {"post": "slope", "third": "error_fixed"}),
    (DirectFeedbackAlignment, {}, {"post": "slope", "third": "error_direct"}),
    (SignSymmetric, {}, {"post": "slope", "third": "error_sign"}),
    (Hebb, {}, {"post": "activity", "third": "none"}),
    (Oja, {"form": "each"}, {"post": "activity", "third": "none", "keep": "oja"}),
    (BCM, {}, {"post": "activity_above_threshold", "third": "none"}),
    (ThreeFactor, {}, {"post": "noise", "third": "reward", "output": "same"}),
]


def composed(hidden: str = "tanh", at_output: str = "softmax", **ingredients: str) -> Composed:
    rule = make(Composed, hidden, at_output, recipe=Recipe.model_validate(ingredients))
    assert isinstance(rule, Composed)
    return rule


@pytest.mark.parametrize(("hidden", "output"), [("tanh", "softmax"), ("relu", "softmax"), ("sigmoid", "tanh")])
@pytest.mark.parametrize(("rule", "more", "ingredients"), NAMED, ids=lambda value: getattr(value, "__name__", None))
def test_equals_the_named_rule(rule: type[DenseRule], more: dict, ingredients: dict[str, str], hidden: str, output: str) -> None:
    named, put_together = make(rule, hidden, output, **more), composed(hidden, output, **ingredients)
    for each in (named, put_together):
        each.network.alive[[8, 19]] = 0.0
        run(each, 20)
    np.testing.assert_allclose(put_together.gradient, named.gradient, rtol=0, atol=1e-12)
    np.testing.assert_allclose(put_together.deltas[:, 5:], named.deltas[:, 5:], rtol=0, atol=1e-12)
    np.testing.assert_allclose(put_together.network.parameters, named.network.parameters, rtol=0, atol=1e-12)


CHOICES = [get_args(Recipe.model_fields[name].annotation) for name in ("pre", "post", "third", "keep", "output")]


def test_whatever_the_spec_allows_runs_and_leaves_the_networks_own_arrays_alone() -> None:
    ran = 0
    for values in itertools.product(*CHOICES):
        ingredients = dict(zip(("pre", "post", "third", "keep", "output"), values, strict=True))
        try:
            rule = composed(**ingredients)
        except ValueError:
            continue
        before = rule.network.parameters.copy()
        rows = ready(rule)
        units = rule.network.units.copy()
        rule.direction(0, rows)
        assert np.array_equal(rule.network.parameters, before), ingredients
        assert np.array_equal(rule.network.units, units), ingredients
        assert np.isfinite(rule.gradient).all(), ingredients
        assert rule.network.weights_of(rule.gradient, 1).any(), ingredients
        ran += 1
    assert ran > 100


def test_an_output_with_the_delta_rule_learns_as_the_gradient_says_whatever_is_below() -> None:
    for post, third in (("activity", "none"), ("noise", "reward"), ("activity", "error_fixed")):
        rule = composed(pre="centred", post=post, third=third)
        rule.updates(0)
        place = slice(rule.network.weight_slice(3).start, None)
        np.testing.assert_allclose(rule.gradient[place], true_gradient(rule, 0)[place], atol=1e-14)


def test_a_centred_sender_is_less_its_batch_mean_and_moves_no_bias() -> None:
    rule = composed(pre="centred", post="slope", third="error_transposed")
    rule.updates(0)
    x = rule.network.units[:, :5]
    expected = rule.deltas[:, 5:12].T @ (x - x.mean(0)) / 6
    np.testing.assert_allclose(rule.network.weights_of(rule.gradient, 1), expected, atol=1e-14)
    assert not rule.gradient[rule.network.bias_slice(1)].any()


def test_decay_takes_a_share_of_each_weight_and_of_no_bias() -> None:
    kept, free = composed(third="error_transposed", keep="decay"), composed(third="error_transposed")
    kept.updates(0)
    free.updates(0)
    pulled = kept.gradient - free.gradient
    np.testing.assert_allclose(kept.network.weights_of(pulled, 1), KEEP * kept.network.weights_of(kept.network.parameters, 1), atol=1e-14)
    for place in (kept.network.bias_slice(1), kept.network.weight_slice(3)):
        assert np.array_equal(kept.gradient[place], free.gradient[place])


def test_reward_without_noise_is_compared_with_the_usual_one() -> None:
    # The first batch is compared with its own mean, so the scalars of its examples sum to zero.
    rule = composed(post="activity", third="reward")
    rule.updates(0)
    scalar = rule.deltas[:, 5:18] / rule.network.units[:, 5:18]
    np.testing.assert_allclose(scalar, np.tile(scalar[:, :1], 13), rtol=1e-10)
    assert scalar[:, 0].sum() == pytest.approx(0.0, abs=1e-12)


def test_hidden_layers_that_try_with_an_output_that_is_told_follow_the_gradient() -> None:
    rule = composed(post="noise", third="reward")
    rows = ready(rule)
    total = np.zeros_like(rule.gradient)
    for step in range(3000):
        rule.direction(step, rows)
        total += rule.gradient
    assert cosine(total, true_gradient(rule, 0)) > 0.98


@pytest.mark.parametrize(("post", "third"), [("activity_above_threshold", "none"), ("activity", "reward"), ("noise", "reward")])
def test_goes_on_bit_by_bit_after_a_restore(post: str, third: str) -> None:
    assert resumed_equals(lambda: composed(post=post, third=third, output="delta" if third == "none" else "same"))


def test_the_numbers_that_equations_are_printed_with_are_the_rules_own():
    shares = {name: described.hidden_share for name, described in RULES.items() if described.hidden_share != 1}
    assert shares == {"hebb": hebb.HIDDEN_SHARE, "oja": oja.HIDDEN_SHARE, "bcm": bcm.HIDDEN_SHARE}
    assert all(f"ρ = 1/{round(1 / share):,}" in RULES[name].equation for name, share in shares.items())
    assert (COMPOSED_BOUND, COMPOSED_NOISE) == (KEEP, NOISE)
    assert f"κ = {PRECISION:g}" in RULES["predictive_coding"].equation and f"σ = {SHAKE:g}" in RULES["weight_perturbation"].equation
    assert f"β = {BETA:g},  γ = {FEEDBACK:g}" in RULES["equilibrium_propagation"].equation
    for ingredients in ({"third": "none"}, {"third": "none", "keep": "oja"}, {"third": "none", "keep": "decay"}, {"third": "reward"}):
        rule = composed(post="activity", **ingredients)
        weights = rule.network.is_weight[rule.parameters] == 1
        assert set(rule.shares[weights]) == {hidden_share(RuleLane(rule="composed", recipe=rule.recipe))}
