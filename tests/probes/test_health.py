"""Each ailing preset is named with its layer, its remedy helps, and healthy presets raise nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest

from models.catalog import EXPERIMENTS
from models.trainer import Trainer
from models.types import Subscription

EXPERIMENT = EXPERIMENTS["gradient-flow"]
LAYERS = Subscription(frozenset({"layers/*"}))
AILING = {
    "vanishing-sigmoid": "vanishing",
    "exploding-start": "not_a_number",
    "large-start": "exploding",
    "dead-relus": "dead_units",
    "too-high-a-rate": "overshooting",
    "zero-start": "vanishing",
}
HEALTHY = [preset for preset in EXPERIMENT.presets if preset.name not in AILING]
CHECKS = (2, 5, 20, 60, 200, 600)
LATE = 1500


def trained(changes: dict[str, Any], seed: int, checks: tuple[int, ...]) -> tuple[Trainer, list[dict[str, Any]]]:
    trainer = Trainer(EXPERIMENT.build(EXPERIMENT.validate({**changes, "seed": seed})))
    found: list[dict[str, Any]] = []
    for step in checks:
        trainer.advance(step, math.inf)
        found += trainer.snapshot(LAYERS).metadata["health"]
    return trainer, found


@pytest.mark.parametrize("preset", HEALTHY, ids=lambda preset: preset.name)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_healthy_presets_raise_no_alarm(preset: Any, seed: int) -> None:
    assert trained(preset.changes, seed, (*CHECKS, LATE) if seed == 1 else CHECKS)[1] == []


@pytest.mark.parametrize("name", AILING)
def test_ailing_presets_are_named_and_the_remedy_lowers_the_loss(name: str) -> None:
    preset = next(preset for preset in EXPERIMENT.presets if preset.name == name)
    trainer, found = trained(preset.changes, 1, (*CHECKS, LATE))
    finding = next(f for f in found if f["code"] == AILING[name])
    assert f"layer {finding['layer']}" in finding["sentence"]
    worse = trainer.snapshot(LAYERS).metadata["train_loss"]
    changes = {**preset.changes, **finding["remedies"][0]["changes"]}
    better = trained(changes, 1, (2000,))[0].snapshot(LAYERS).metadata["train_loss"]
    assert better < 0.3 and (worse is None or better < worse)


def test_a_saturated_output_is_named() -> None:
    changes = {"activation": "linear", "hidden_layers": [8, 8, 8, 8], "initialisation": "too_large", "learning_rate": 0.001}
    finding = trained(changes, 1, (20,))[1][0]
    assert finding["code"] == "saturated" and "layer 5" in finding["sentence"]
