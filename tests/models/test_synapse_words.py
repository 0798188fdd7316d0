"""What the spike-timing tab says: sentences that a number could make false, each beside that number."""

from __future__ import annotations

import numpy as np
import pytest

from models.brain.calcium import CALCIUM_SETS, time_above, transient
from models.brain.spike_protocols import spikes
from models.experiments.synapse_models import change
from models.experiments.synapse_words import figure, share
from models.specs import synapse as synapse_spec
from models.specs.synapse_fields import MODELS
from models.specs.synapse_sources import PROTOCOL_SOURCES
from tests.brain.test_references import ENTRIES
from tests.models.test_synapse import asked


def test_at_one_a_second_the_direction_of_bcm_hangs_on_how_fast_its_threshold_falls() -> None:
    """Held at c₀ = 10 Hz the pulses weaken it; a threshold of 600 s leaves that sign, one of 30 s turns it."""
    slow, quick = (asked(protocol="low_frequency", models=["bcm"], bcm_average_s=s)[0]["bcm"] for s in (600, 30))
    assert slow["held"] == quick["held"] < -0.04
    assert slow["held"] < slow["change"] < -0.005 < 0.005 < quick["change"]
    assert "time constant of 30 s that is this page’s choice: had it stayed at 10 Hz" in quick["said"] and "by +0.834%" in quick["said"]
    assert "θ has fallen" not in asked(models=["bcm"], protocol="tetanus")[0]["bcm"]["said"]
    assert next(p for p in synapse_spec.PRESETS if p.name == "low-frequency").changes["bcm_average_s"] == 600


def test_uncorrelated_trains_weaken_under_the_pair_rule_as_its_areas_say() -> None:
    """Rates × (A₂⁺τ⁺ − A₂⁻τ⁻) × duration = 100 /s² × 20 s × (77.3 − 239.3) µs = −32%, and every seed has that sign."""
    specs = [synapse_spec.SynapseSpec(protocol="poisson", seed=seed) for seed in range(1, 61)]
    found = [change("pair", spikes(spec), spec) for spec in specs]
    assert max(found) < -0.1 and np.mean(found) == pytest.approx(-0.324, abs=0.03) and 0.04 < np.std(found) < 0.07


def test_before_a_pair_the_postsynaptic_spike_alone_passes_both_thresholds() -> None:
    """Set DP, C_post = 2: τ ln(2/1.3) = 8.62 ms above θp at each spike; with the presynaptic calcium on top it is longer."""
    p = CALCIUM_SETS["DP"]
    alone = time_above(p.theta_p, transient(np.zeros(0), np.arange(60) * 1000.0, p), p)[0]
    assert alone == pytest.approx(60 * 20 * np.log(2 / 1.3), rel=1e-3)
    assert asked(models=["calcium"])[0]["calcium"]["above_p_ms"] > 2 * alone


def test_what_grows_beyond_all_recordings_is_said_to_have_no_bound() -> None:
    said = {model["name"]: model["said"] for model in asked(protocol="tetanus", models=list(MODELS), synapses=0)[0]["models"]}
    assert "by 803%: the rule has no upper bound of its own; it was fitted to 60 pairs" in said["triplet"]
    assert "upper bound" in said["bcm"] and "bound" not in said["calcium"]
    assert "bound" not in asked(rate_hz=50, models=["triplet"])[0]["models"][0]["said"]


def test_small_numbers_read_as_people_write_them() -> None:
    assert [figure(value) for value in (0.5, 7.14e-6, -2.5e-4, 0, -1.25)] == ["0.5", "7.14×10⁻⁶", "−2.50×10⁻⁴", "0", "−1.25"]
    assert [share(value) for value in (0.0, 1.04e-7, 0.123456)] == ["none", "fewer than 0.1%", "12.3%"]
    still = asked(protocol="own", pre_ms=[], post_ms=[5.0], models=["pair"])[0]["network"]["said"][0]
    assert still == "Gradient descent leaves the network’s weight at 0.5, in bins of 20 ms."


def test_each_protocol_has_its_source() -> None:
    for name, source in PROTOCOL_SOURCES.items():
        assert bool(source.doi) is (name not in ("poisson", "own"))
        if source.doi:
            assert source.doi == ENTRIES[source.citation]["doi"] and ENTRIES[source.citation]["year"] in source.source
    assert PROTOCOL_SOURCES.keys() == synapse_spec.PROTOCOLS.keys()
