"""The three-factor synapse against its closed form: one pairing under M = 1 comes to the pair rule's change, and under M = 0 to none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.eligibility import BALANCED, TAU_MS, EligibilitySynapse, ThreeFactorRule, postsynaptic
from models.brain.poisson import POSTSYNAPTIC, PRESYNAPTIC, spike_train
from models.brain.stdp import PAIR
from models.types import Refused

SEED = 3
MS = 200.0
RATE = 5.0
E = 2
"""Place of the trace in the rule's memory."""


def synapse(reward: float, rates: tuple[float, float] = (RATE, RATE), strength: float = 1.0):
    made = EligibilitySynapse()
    drive = np.array([*rates, reward, 0.0])
    return made, ThreeFactorRule(made, drive, SEED, {"stimulus_ms": MS}, strength)


def one_pairing(pre_first: bool) -> tuple[int, float]:
    """A stimulus with one spike on each side, in this order, and the interval between them in ms."""
    for step in range(10_000):
        pre, post = (spike_train(SEED, step, which, RATE, MS) for which in (PRESYNAPTIC, POSTSYNAPTIC))
        if len(pre) == len(post) == 1 and bool(pre[0] < post[0]) == pre_first and abs(post[0] - pre[0]) < 30:
            return step, float(post[0] - pre[0])
    raise AssertionError("no such stimulus")


def moved(rule: ThreeFactorRule, made: EligibilitySynapse, step: int) -> None:
    made.apply(rule.updates(step))


@pytest.mark.parametrize(
    ("pre_first", "amplitude", "tau"), [(True, PAIR.a2_plus, PAIR.tau_plus), (False, -PAIR.a2_minus, PAIR.tau_minus)]
)
def test_one_pairing_under_full_reward_comes_to_the_pair_rules_change(pre_first, amplitude, tau):
    """∫₀^∞ c e^{−t/τe} dt/τe = c: the weight goes to where the pair rule would have put it at once (Izhikevich 2007)."""
    step, interval = one_pairing(pre_first)
    made, rule = synapse(1.0)
    moved(rule, made, step)
    expected = amplitude * math.exp(-abs(interval) / tau)
    assert made.parameters[1] - 1.0 == pytest.approx(expected, rel=1e-12)
    assert abs(made.parameters[0] - 1.0) < 0.5 * abs(expected)  # the trace has only begun to act
    rule.drive[:2] = 0.0
    for quiet in range(100):
        moved(rule, made, step + 1 + quiet)
    assert made.parameters[0] - 1.0 == pytest.approx(expected, rel=1e-6)  # e^{−20} is left


def test_the_trace_decays_with_a_time_constant_of_one_second():
    step, _ = one_pairing(True)
    made, rule = synapse(1.0)
    moved(rule, made, step)
    before = rule.state()["memory"][E]
    rule.drive[:2] = 0.0
    for quiet in range(5):  # 5 × 200 ms
        moved(rule, made, step + 1 + quiet)
    assert TAU_MS == 1000.0
    assert rule.state()["memory"][E] / before == pytest.approx(math.exp(-1), rel=1e-12)


def test_independent_spikes_leave_a_negative_trace_under_the_published_amplitudes_and_none_under_balanced_ones():
    """A₂⁻τ⁻ is three times A₂⁺τ⁺. Evoked spikes turn the balance towards strengthening, and leave the rate as it was."""
    means, posts = {}, {}
    for name, plasticity, evoke in (("published", PAIR, 0.0), ("balanced", BALANCED, 0.0), ("evoked", BALANCED, 0.5)):
        drive = np.array([20.0, 20.0, 0.0, 0.0])
        rule = ThreeFactorRule(EligibilitySynapse(), drive, SEED, {"stimulus_ms": MS}, 1.0, plasticity=plasticity, evoke=evoke)
        changes = [float(rule.updates(step)[1]) for step in range(3000)]
        means[name] = np.mean(changes) / (np.std(changes) / np.sqrt(len(changes)))  # in standard errors
        pre = [spike_train(SEED, step, PRESYNAPTIC, 20.0, MS) for step in range(500)]
        posts[name] = np.mean([postsynaptic(SEED, step, MS, drive, evoke, pre[step]).size for step in range(500)])
    assert means["published"] < -10 and abs(means["balanced"]) < 4 and means["evoked"] > 10, means
    assert posts["evoked"] == pytest.approx(4.0, abs=0.3) and posts["published"] == pytest.approx(4.0, abs=0.3)


def test_half_the_reward_moves_half_as_far_and_a_punishment_the_other_way():
    step, _ = one_pairing(True)
    ends = {}
    for reward in (1.0, 0.5, -1.0):
        _, rule = synapse(reward)
        ends[reward] = float(rule.updates(step)[0])
    assert ends[0.5] == pytest.approx(ends[1.0] / 2) and ends[-1.0] == pytest.approx(-ends[1.0])


def test_without_reward_the_weight_keeps_its_bits_while_the_trace_does_not():
    made, rule = synapse(0.0, (40.0, 40.0))
    before = made.parameters[0].tobytes()
    for step in range(300):
        moved(rule, made, step)
    assert made.parameters[0].tobytes() == before
    assert made.parameters[1] != 1.0
    window = rule.window()
    assert window.shape == (240, 8) and window[-1, 0] == 300
    assert (window[:, 3] != 0).all() and (window[:, 4] == 0).all() and (window[:, 5] == 1).all()


def test_put_back_it_goes_on_bit_for_bit_and_refuses_what_no_run_left():
    made, rule = synapse(0.7, (30.0, 30.0))
    for step in range(10):
        moved(rule, made, step)
    weights, memory = made.state(), rule.state()
    for step in range(10, 20):
        moved(rule, made, step)
    again, twin = synapse(0.7, (30.0, 30.0))
    again.restore(weights)
    twin.restore(memory)
    for step in range(10, 20):
        moved(twin, again, step)
    assert again.parameters.tobytes() == made.parameters.tobytes() and np.array_equal(twin.window(), rule.window())
    with pytest.raises(Refused, match="within 0 and 2"):
        again.restore({"parameters": np.array([1.0, 3.0])})
    with pytest.raises(Refused, match="saved traces"):
        twin.restore({**memory, "window": memory["window"][:-1]})
