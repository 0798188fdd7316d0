"""Learning rules: held-out accuracy on digits over three seeds for each rule and the control, and eight rules at once on the screen.

`python -m bench.learning_rules` also writes the accuracies to assets/measured/learning_rules.json, which the page shows.
"""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any, Final

from bench.percentiles import significant
from bench.screen import browsing, closed, opened, rates, show_everything, window
from scripts.lab import link
from scripts.server import serving

SEEDS: Final = (1, 2, 3)
UPDATES: Final = 4310
"""Thirty times through the 1,438 training digits, ten at a time."""
EIGHT: Final = (
    "backpropagation", "feedback_alignment", "direct_feedback_alignment", "predictive_coding", "equilibrium_propagation", "oja",
    "three_factor",
)  # fmt: skip
SECONDS: Final = 8.0
WARM_SECONDS: Final = 3.0
WRITTEN: Final = Path(__file__).parents[1] / "assets" / "measured" / "learning_rules.json"


def accuracies() -> dict[str, Any]:
    """Of the default network on digits: each rule at the rate that the page gives it, all from the same first weights."""
    from models.specs.rules import CONTROL, RULES

    names = [name for name in RULES if name not in (CONTROL, "composed")]
    found: dict[str, dict[str, Any]] = {name: {"accuracies": [], "seconds": []} for name in (*names, CONTROL)}
    for seed in SEEDS:
        for some in (names[:6], names[6:]):
            trial = _trained(some, seed)
            for rule in trial.rules:
                if rule.change.rule == CONTROL and some[0] != names[0]:
                    continue  # the control is in both halves and comes out the same
                entry = found[rule.change.rule]
                entry["accuracies"].append(significant(rule.measure()["test_accuracy"]))
                entry["seconds"].append(rule.lane.seconds)
                entry["rate"] = rule.rate
    for entry in found.values():
        entry["ms_an_update"] = significant(1000 * sum(entry.pop("seconds")) / len(SEEDS) / UPDATES)
        entry["mean"] = significant(sum(entry["accuracies"]) / len(SEEDS))
    return found


def _trained(rules: list[str], seed: int) -> Any:
    from models.catalog import EXPERIMENTS
    from models.trainer import Trainer

    experiment = EXPERIMENTS["learning-rules"]
    trainer = Trainer(experiment.build(experiment.validate({"rules": [{"rule": rule} for rule in rules], "seed": seed})))
    trainer.advance(UPDATES, math.inf)
    return trainer.trial


def on_screen() -> dict[str, Any]:
    """Eight rules at once on 64-100-100-10, the control among them, with every panel in one window."""
    with serving(environment={"PARALLAX_WORKERS": "1"}) as server, browsing() as browser:
        rules = json.dumps([{"rule": rule} for rule in EIGHT], separators=(",", ":"))
        lab = opened(browser, link(server.url, "learning-rules", {"rules": rules}))
        lab.play()
        show_everything(lab)
        lab.page.wait_for_timeout(1000 * WARM_SECONDS)
        begun, before = time.perf_counter(), lab.shown().step
        found = rates(lab, SECONDS)
        updates = (lab.shown().step - before) / (time.perf_counter() - begun)
        shown = {"frames_per_s": found["frames_per_s"], "updates_per_s": significant(updates)} | window(lab)
        closed(lab)
    return shown


def measure() -> dict[str, Any]:
    return {"accuracy": accuracies(), "updates": UPDATES, "eight_rules": on_screen()}


def main() -> None:
    kept = {"network": "64-100-100-10", "batch": 10, "updates": UPDATES, "seeds": list(SEEDS), "rules": accuracies()}
    WRITTEN.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
