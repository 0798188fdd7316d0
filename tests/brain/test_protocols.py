"""The rules against published and accepted weight changes (Pfister and Gerstner 2006; Sjöström et al. 2001)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.brain.protocols import BURST_PAUSE_MS, answer_protocol, protocol_change, spike_trains
from models.brain.stdp import PAIR, TRIPLET, weight_change
from models.specs.asks import StdpProtocol
from models.specs.recordings import SJOSTROM_2001
from models.types import Ask, Refused


def change(frequency_hz: float, delta_ms: float, **other: object) -> float:
    return protocol_change(StdpProtocol.model_validate({"frequency_hz": frequency_hz, "delta_ms": delta_ms, **other}))


@pytest.mark.parametrize(
    ("frequency_hz", "pre_first", "post_first"),
    [(0.1, 0.00, -0.32), (10, 0.12, -0.33), (20, 0.23, -0.34), (40, 0.53, 0.17), (50, 0.76, 0.75)],
)
def test_triplet_rule_all_to_all_gives_the_published_fit(frequency_hz: float, pre_first: float, post_first: float) -> None:
    assert round(change(frequency_hz, 10), 2) == pre_first
    assert round(change(frequency_hz, -10), 2) == post_first


def test_nearest_neighbour_triplets_fail_at_50_hz() -> None:
    assert round(change(50, 10, interaction="nearest_neighbour"), 2) == -0.13
    assert round(change(50, -10, interaction="nearest_neighbour"), 2) == -0.14


def test_fifteen_bursts_of_five_give_less_than_a_continuous_train() -> None:
    assert round(change(50, 10, pairs=5, bursts=15), 2) == 0.03
    assert round(change(50, -10, pairs=5, bursts=15), 2) == -0.16


@pytest.mark.parametrize(("frequency_hz", "pre_first", "post_first"), [(40, -0.31, -0.45), (50, -0.46, -0.48)])
def test_pair_rule_goes_negative_at_high_frequency(frequency_hz: float, pre_first: float, post_first: float) -> None:
    assert round(change(frequency_hz, 10, rule="pair"), 2) == pre_first
    assert round(change(frequency_hz, -10, rule="pair"), 2) == post_first


def test_triplet_rule_lies_closer_to_the_recordings_than_the_pair_rule() -> None:
    def misfit(rule: str) -> float:
        return sum(((change(r.frequency_hz, r.delta_ms, rule=rule) - r.mean) / r.standard_error) ** 2 for r in SJOSTROM_2001)

    assert misfit("triplet") < misfit("pair") / 3


def test_one_pair_has_the_closed_form() -> None:
    lone = np.zeros(1)
    assert weight_change(lone, lone + 10, PAIR, False) == pytest.approx(4.6e-3 * math.exp(-10 / 16.8), rel=1e-12)
    assert weight_change(lone + 10, lone, PAIR, False) == pytest.approx(-7.1e-3 * math.exp(-10 / 33.7), rel=1e-12)
    # A triplet post–pre–post: the second postsynaptic spike meets r₁ of 5 ms ago and o₂ of 15 ms ago.
    triplet = 6.5e-3 * math.exp(-5 / 16.8) * math.exp(-15 / 114) - 7.1e-3 * math.exp(-10 / 33.7)
    assert weight_change(lone + 10, np.array([0.0, 15.0]), TRIPLET, False) == pytest.approx(triplet, rel=1e-12)


def test_slow_presynaptic_trace_deepens_depression() -> None:
    with_r2 = TRIPLET._replace(a3_minus=1e-3)
    pre, post = np.array([0.0, 30.0]), np.array([20.0])
    extra = 1e-3 * math.exp(-10 / 33.7) * math.exp(-30 / 101)
    assert weight_change(pre, post, TRIPLET, False) - weight_change(pre, post, with_r2, False) == pytest.approx(extra, rel=1e-9)


def test_spikes_at_one_moment_do_not_meet_each_other() -> None:
    lone = np.zeros(1)
    for post in (lone, lone + 1e-9, lone - 1e-9):
        assert weight_change(lone, post, PAIR, False) == 0.0


def test_no_presynaptic_spike_no_change() -> None:
    assert weight_change(np.zeros(0), np.arange(10.0), TRIPLET, False) == 0.0


def test_trains_keep_frequency_interval_and_pause() -> None:
    pre, post = spike_trains(StdpProtocol(frequency_hz=50, delta_ms=-10, pairs=5, bursts=3))
    assert post - pre == pytest.approx(np.full(15, -10.0))
    assert np.diff(pre)[:4] == pytest.approx(np.full(4, 20.0))
    assert np.diff(pre)[4] == pytest.approx(BURST_PAUSE_MS)
    assert min(pre[0], post[0]) == 0.0


def test_answer_names_the_recording_only_where_there_is_one() -> None:
    answer = answer_protocol(StdpProtocol(frequency_hz=50, delta_ms=10))
    assert answer["recorded"] == {"mean": 0.56, "standard_error": 0.26, "source": "sjostrom2001"}
    assert answer["weight_change"] == pytest.approx(0.7627, abs=1e-4)
    assert answer["pairs"] == 60
    assert answer_protocol(StdpProtocol(frequency_hz=51, delta_ms=10))["recorded"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("frequency_hz", 0.01),
        ("frequency_hz", 101),
        ("frequency_hz", float("nan")),
        ("delta_ms", 101),
        ("pairs", 0),
        ("pairs", 1001),
        ("bursts", 61),
        ("rule", "hebb"),
        ("interaction", "some"),
        ("volume", 11),
    ],
)
def test_parameters_out_of_bounds_are_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        Ask("", StdpProtocol, answer_protocol).parse({field: value})
    assert refused.value.field == field
