"""The protocols' spike trains: as laboratories gave them, ascending, seeded, bounded."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from models.brain.spike_protocols import assumptions, spikes
from models.specs.synapse import ADAPTER, PRESYNAPTIC_ONLY, PROTOCOLS, USES, SynapseSpec


def trains(**values: Any) -> tuple[np.ndarray, np.ndarray]:
    return spikes(ADAPTER.validate_python(values))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_trains_ascend_from_zero(protocol: str) -> None:
    other = {"delta_ms": -60, "rate_hz": 40, "bursts": 3, "between_ms": -20, "correlation": 0.7, "trains": 3, "follow_every": 3}
    for values in ({}, other):
        pre, post = trains(protocol=protocol, **values)
        assert pre.size and post.size and min(pre[0], post[0]) >= 0.0
        assert (np.diff(pre) >= 0).all() and (np.diff(post) >= 0).all()
        assert set(USES[protocol]) <= SynapseSpec.model_fields.keys()


def test_pairs_keep_interval_rate_and_pause() -> None:
    pre, post = trains(rate_hz=50, delta_ms=-10, pairs=5, bursts=3, pause_s=10)
    assert post - pre == pytest.approx(np.full(15, -10.0)) and post[0] == 0.0
    assert np.diff(pre)[:5] == pytest.approx([20, 20, 20, 20, 10_000])


def test_triplets_have_their_order_and_intervals() -> None:
    pre, post = trains(protocol="triplets", first_ms=5, second_ms=15, pairs=2)
    assert pre == pytest.approx([0, 20, 1000, 1020]) and post == pytest.approx([5, 1005])
    pre, post = trains(protocol="triplets", triplet="post_pre_post", first_ms=5, second_ms=15, pairs=1)
    assert post == pytest.approx([0, 20]) and pre == pytest.approx([5])


def test_quadruplets_are_post_pre_then_pre_post_and_the_other_way_round_before_zero() -> None:
    pre, post = trains(protocol="quadruplets", delta_ms=4, between_ms=30, pairs=1)
    assert post == pytest.approx([0, 34]) and pre == pytest.approx([4, 30])
    pre, post = trains(protocol="quadruplets", delta_ms=4, between_ms=-30, pairs=1)
    assert pre == pytest.approx([0, 34]) and post == pytest.approx([4, 30])


def test_laboratory_trains_have_their_numbers() -> None:
    pre, _ = trains(protocol="tetanus", trains=2, gap_s=10)  # 100 a second for one second
    assert pre.size == 200 and np.diff(pre[:100]) == pytest.approx(np.full(99, 10.0)) and pre[100] - pre[99] == pytest.approx(10_000)
    pre, _ = trains(protocol="low_frequency")  # Dudek and Bear 1992
    assert pre.size == 900 and np.diff(pre) == pytest.approx(np.full(899, 1000.0))
    pre, _ = trains(protocol="theta_burst", theta_bursts=3)  # four at 100 Hz, bursts 200 ms apart (Larson and others 1986)
    assert pre == pytest.approx([0, 10, 20, 30, 200, 210, 220, 230, 400, 410, 420, 430])


@pytest.mark.parametrize("protocol", PRESYNAPTIC_ONLY)
def test_what_the_other_cell_does_is_an_assumption_that_is_told(protocol: str) -> None:
    pre, post = trains(protocol=protocol, follow_every=4, follow_ms=7)
    assert np.isin((post - 7).round(6), pre.round(6)).all() and post.size == pre.size // 4 and post[0] == pytest.approx(pre[3] + 7)
    assert "every 4th pulse" in assumptions(ADAPTER.validate_python({"protocol": protocol, "follow_every": 4}))[0]
    assert trains(protocol=protocol, follow_every=0)[1].size == 0
    assert "not to fire" in assumptions(ADAPTER.validate_python({"protocol": protocol, "follow_every": 0}))[0]
    assert assumptions(ADAPTER.validate_python({})) == []


def test_poisson_trains_have_their_rates_share_their_spikes_and_belong_to_their_seed() -> None:
    asked = {"protocol": "poisson", "pre_hz": 40, "post_hz": 20, "seconds": 60, "delta_ms": 10}
    pre, post = trains(**asked)
    assert pre.size == pytest.approx(2400, abs=4 * 49) and post.size == pytest.approx(1200, abs=4 * 35)  # ± 4 √n
    half_pre, half_post = trains(**asked, correlation=0.5)
    together = np.isin((half_post - 10).round(6), half_pre.round(6)).mean()
    assert together == pytest.approx(0.5, abs=0.06) and half_pre.size == pytest.approx(2400, abs=4 * 49)
    assert np.array_equal(trains(**asked)[0], pre) and not np.array_equal(trains(**asked, seed=2)[0][:5], pre[:5])


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"pre_ms": [1, 3, 2]}, "ascend"),
        ({"post_ms": [5, 5]}, "ascend"),
        ({"pre_ms": [-1]}, "60000"),
        ({"pre_ms": [60_001]}, "60000"),
        ({"post_ms": ["nan"]}, "within"),
        ({"pre_ms": list(range(501))}, "500"),
        ({"pairs": 1000, "bursts": 60}, "3000"),
        ({"models": []}, "at least 1"),
        ({"models": ["pair", "pair"]}, "once"),
        ({"models": "pair,hebb"}, "bcm"),
        ({"delta_ms": 101}, "100"),
        ({"rate_hz": float("inf")}, "finite"),
        ({"calcium_set": "Q"}, "DP"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(values: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ADAPTER.validate_python(values)
    assert says in str(refused.value)


def test_a_link_writes_lists_as_text() -> None:
    spec = ADAPTER.validate_python({"pre_ms": "1,2.5", "post_ms": "", "models": "bcm,pair"})
    assert spec.pre_ms == (1.0, 2.5) and spec.post_ms == () and spec.models == ("pair", "bcm")
