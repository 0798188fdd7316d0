"""What the address of Synapse may ask for: each tab reads only its own fields, and what makes no sense is named."""

from __future__ import annotations

import pytest

from models.specs.synapse import USES, SynapseSpec
from pages.ui.synapse_view import TABS, view_data


def test_a_link_opens_what_it_says():
    data = view_data({"rate_hz": "50", "delta_ms": "-10", "models": "triplet,pair", "data": "1"})
    spec = data["protocol"]["spec"]
    assert data["opened"]["tab"] == "protocol" and data["opened"]["faults"] == []
    assert (spec["rate_hz"], spec["delta_ms"], spec["models"]) == (50, -10, ["pair", "triplet"])
    own = view_data({"protocol": "own", "pre_ms": "1,5.5,9", "post_ms": ""})["protocol"]["spec"]
    assert own["pre_ms"] == [1, 5.5, 9] and own["post_ms"] == []


def test_what_makes_no_sense_is_named_and_the_rest_is_kept():
    data = view_data({"rate_hz": "7", "delta_ms": "900", "protocol": "<b>", "pre_ms": "9,1", "pairs": "1000", "bursts": "60"})
    spec, faults = data["protocol"]["spec"], data["opened"]["faults"]
    assert spec["rate_hz"] == 7 and spec["delta_ms"] == SynapseSpec().delta_ms and spec["protocol"] == "pairs"
    assert "The link's “delta_ms” is not used: it is a number from -100 to 100 ms." in faults
    assert any("protocol” is not used: it is one of pairs, triplets" in fault for fault in faults)
    assert any("pre_ms” is not used: spike times ascend" in fault for fault in faults)
    both = "The link's “pairs” and “bursts” are not used: pairs times bursts is at most 3000; 1000 × 60 is 60000."
    assert both in faults and (spec["pairs"], spec["bursts"]) == (60, 1) and not any("60 × 60" in fault for fault in faults)


@pytest.mark.parametrize("tab", TABS)
def test_only_the_open_tab_reads_the_address(tab):
    data = view_data({"tab": tab, **dict.fromkeys(SynapseSpec.model_fields, "nonsense")})
    assert data["opened"]["tab"] == tab
    assert bool(data["protocol"]["faults"]) is (tab == "protocol")
    assert data["protocol"]["spec"] == data["protocol"]["defaults"]


def test_an_unknown_tab_opens_the_first():
    assert view_data({"tab": "<script>"})["opened"]["tab"] == TABS[0]


def test_the_view_is_told_all_that_a_control_needs():
    told = view_data({})["protocol"]
    for name in {name for names in USES.values() for name in names} - {"pre_ms", "post_ms", "triplet"}:
        assert told["fields"][name]["low"] < told["fields"][name]["high"] and told["fields"][name]["title"], name
    assert set(told["models"]) <= set(told["badges"]) and {"network", "recorded", "bliss"} <= set(told["badges"])
    assert told["sources"].keys() == told["protocols"].keys()
    assert len(told["presets"]) >= 8 and all(preset["sentence"] for preset in told["presets"])
    for preset in told["presets"]:
        SynapseSpec(**preset["changes"])


def test_no_two_tabs_lose_a_field_of_the_address():
    """What any tab may write is taken out of the address when another opens."""
    data = view_data({})
    for tab in TABS:
        assert set(data[tab].get("defaults", {})) <= set(data["names"])
